# SPDX-License-Identifier: Apache-2.0
"""`export`: approved questions as documents."""

from __future__ import annotations

from pathlib import Path

import typer

from askwell.cli.session import DataDirOption, JsonOption, Session, UiLangOption


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("export")(export)


def export(
    kit: str = typer.Argument(..., help="Id of the kit, or the position whose newest kit is meant."),
    to: list[str] = typer.Option(["docx"], "--to", help="docx, pdf, xlsx, html or json; may be given several times."),
    out: Path | None = typer.Option(None, "--out", help="File, or folder for several formats."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Export the approved questions of a kit."""
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        found = app.kits.find(kit)
        target = out or app.paths.exports
        if out is None or len(to) > 1:
            target.mkdir(parents=True, exist_ok=True)
        for fmt in to:
            path = app.kits.export(found.id, fmt, target)
            if as_json:
                session.emit({"kit": found.id, "format": fmt, "file": str(path)})
            else:
                session.say("cli.export.done", file=str(path), count=len(found.approved))
