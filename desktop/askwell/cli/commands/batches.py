# SPDX-License-Identifier: Apache-2.0
"""`batches` and `undo`: what was imported, and taking an import back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import typer

from askwell.app.imports import PastImport
from askwell.cli.session import DataDirOption, JsonOption, Session, UiLangOption
from askwell.domain.records import BatchSummary

COLUMNS = ("id", "time", "file", "records", "verified", "state")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("batches")(batches)
    app.command("undo")(undo)


def batches(as_json: JsonOption = False, data_dir: DataDirOption = None, ui_lang: UiLangOption = "") -> None:
    """List the imports, newest first, and say which can be undone.

    With --json one import a line: {"id", "imported_at" (ISO, UTC), "file", "counts": {kind: records}, "problems",
    "fields_checked", "fields_equal", "verified_rate" (0 to 1, null where nothing was compared), "undone", "undoable",
    "superseded_by": [ids of the later imports to undo first, newest first], "edited" (by hand since)}
    """
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        past = app.imports.past()
        for one in past if as_json else ():
            session.emit(_record(one))
        if not past:
            session.say("cli.batches.none")
            return
        headers = [session.text(f"cli.column.{name}") for name in COLUMNS]
        session.table(session.text("cli.batches.title"), headers, [_row(session, one) for one in past], whole=(0,))


def undo(
    batch: str = typer.Argument(..., help="Id of the import; askwell batches lists them."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Undo an import: new records go, changed ones come back as they were before.

    With --json: {"id", "file", "undone": true, "removed": records that went, "restored": records that came back}
    """
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        done = app.imports.take_back(batch)
        if as_json:
            facts = {"id": done.batch.id, "file": done.batch.file, "undone": done.batch.undone}
            session.emit({**facts, "removed": done.removed, "restored": done.restored})
        session.say("cli.undo.done", file=done.batch.file, removed=done.removed, restored=done.restored)


def _record(past: PastImport) -> dict[str, Any]:
    batch = past.batch
    return {
        "id": batch.id,
        "imported_at": batch.imported_at,
        "file": batch.file,
        "counts": batch.counts,
        "problems": batch.problems,
        "fields_checked": batch.fields_checked,
        "fields_equal": batch.fields_equal,
        "verified_rate": batch.fields_equal / batch.fields_checked if batch.fields_checked else None,
        "undone": batch.undone,
        "undoable": past.undoable,
        "superseded_by": past.superseded_by,
        "edited": past.edited,
    }


def _row(session: Session, past: PastImport) -> list[str]:
    batch = past.batch
    time = f"{datetime.fromisoformat(batch.imported_at).astimezone():%Y-%m-%d %H:%M}"
    counts = ", ".join(f"{session.text('kind.' + kind)} {number}" for kind, number in batch.counts.items() if number)
    return [batch.id, time, batch.file, counts, _percent(batch), _state(session, past)]


def _percent(batch: BatchSummary) -> str:
    """Rounded down, so that one lost field never reads as 100 %."""
    if not batch.fields_checked:
        return "—"
    return f"{batch.fields_equal * 10_000 // batch.fields_checked / 100:.2f} %"


def _state(session: Session, past: PastImport) -> str:
    if past.batch.undone:
        return session.text("cli.batches.undone")
    if past.superseded_by:
        return session.text("cli.batches.superseded")
    return session.text("cli.batches.edited" if past.edited else "cli.batches.undoable")
