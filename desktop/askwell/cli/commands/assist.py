# SPDX-License-Identifier: Apache-2.0
"""`rewrite` and `follow-up`: the model's short tasks, JSON Lines in, JSON Lines out, without a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from askwell.app.assist import RecordAssistant
from askwell.app.bootstrap import Core
from askwell.cli.commands.records import FileOption, OutOption, each
from askwell.cli.session import DataDirOption, Session, UiLangOption


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("rewrite")(rewrite)
    app.command("follow-up")(follow_up)


def rewrite(
    file: Path = FileOption,
    jurisdiction: str = typer.Option("", "--jurisdiction", help="CN, US, UK, EU, DE, ES, JP; several with commas."),
    out: Path | None = OutOption,
    as_json: bool = typer.Option(True, "--json", help="Always on: the output is JSON Lines."),
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Suggest a lawful, open question with the same purpose for each given question ("text", "position", "lang")."""
    session = Session(True, data_dir, ui_lang)
    with session.core() as core:
        helper = _helper(core, jurisdiction)

        def handle(raw: Any, line: int) -> tuple[dict[str, Any], bool]:
            answer = helper.rewrite(raw, file.name, line)
            return answer, bool(answer["problems"])

        raise typer.Exit(each(session, core, file, out, handle, {"text": None}))


def follow_up(
    file: Path = FileOption,
    out: Path | None = OutOption,
    as_json: bool = typer.Option(True, "--json", help="Always on: the output is JSON Lines."),
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Suggest one follow-up for what each answer leaves out ("text" is the question, "answer" what was said)."""
    session = Session(True, data_dir, ui_lang)
    with session.core() as core:
        helper = _helper(core, "")

        def handle(raw: Any, line: int) -> tuple[dict[str, Any], bool]:
            answer = helper.follow_up(raw, file.name, line)
            return answer, bool(answer["problems"])

        raise typer.Exit(each(session, core, file, out, handle, {"probe": None}))


def _helper(core: Core, jurisdiction: str) -> RecordAssistant:
    chosen = tuple(part.strip().upper() for part in jurisdiction.split(",") if part.strip())
    return RecordAssistant(core.models.text_model(), core.paths.resources, core.checker(chosen))
