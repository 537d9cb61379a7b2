# SPDX-License-Identifier: Apache-2.0
"""`rewrite` and `probe`: the model's short tasks, JSON Lines in, JSON Lines out, without a workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from askwell.app.assist import RecordAssistant
from askwell.cli.commands.records import FileOption, JurisdictionOption, OutOption, each, jurisdictions_of
from askwell.cli.session import DataDirOption, Session, UiLangOption

Task = Callable[[RecordAssistant, object, str, int], dict[str, Any]]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("rewrite")(rewrite)
    app.command("probe")(probe)


def rewrite(
    file: Path = FileOption,
    jurisdiction: str = JurisdictionOption,
    out: Path | None = OutOption,
    as_json: bool = typer.Option(True, "--json", help="Always on: the output is JSON Lines."),
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Suggest a lawful, open question with the same purpose for each given question ("text", "position", "lang")."""
    raise typer.Exit(
        _answer(Session(True, data_dir, ui_lang), file, out, jurisdiction, RecordAssistant.rewrite, "rewrite")
    )


def probe(
    file: Path = FileOption,
    out: Path | None = OutOption,
    as_json: bool = typer.Option(True, "--json", help="Always on: the output is JSON Lines."),
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Suggest one follow-up for what each answer leaves out ("question", "answer")."""
    raise typer.Exit(_answer(Session(True, data_dir, ui_lang), file, out, "", RecordAssistant.follow_up, "probe"))


def _answer(session: Session, file: Path, out: Path | None, jurisdiction: str, task: Task, wanted: str) -> int:
    """Run one task over the lines of a file; a line that cannot be read has null for what was `wanted`."""
    with session.core() as core:
        checker = core.checker(jurisdictions_of(jurisdiction))
        helper = RecordAssistant(core.models, core.paths.resources, checker)

        def handle(raw: Any, line: int) -> tuple[dict[str, Any], bool]:
            answer = task(helper, raw, file.name, line)
            return answer, bool(answer["problems"])

        return each(session, core, file, out, handle, {wanted: None})
