# SPDX-License-Identifier: Apache-2.0
"""`approve`: a person takes responsibility for questions."""

from __future__ import annotations

import typer

from askwell.cli.session import FINDINGS, FINE, DataDirOption, JsonOption, Session, UiLangOption
from askwell.domain.errors import ReviewBlocked, UsageError
from askwell.domain.questions import Question


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("approve")(approve)


def approve(
    kit: str = typer.Argument(..., help="Id of the kit, or the position whose newest kit is meant."),
    question: list[int] = typer.Option(
        [], "--question", "-q", help="Numbers of questions; default: all without a finding."
    ),
    reason: str = typer.Option("", "--reason", help="Why a blocked question is let pass; shown in the kit."),
    by: str = typer.Option("", "--by", help="Who approves; default: the name in the settings."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Approve questions of a kit. Without --question only those that have no finding are approved."""
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        found = app.kits.find(kit)
        by_number = {one.slot.number: one for one in found.questions}
        unknown = [number for number in question if number not in by_number]
        if unknown:
            raise UsageError.of("question_number_unknown", number=unknown[0], count=len(by_number))
        chosen = [by_number[number] for number in question] or [one for one in found.questions if _clean(one)]
        left = len(found.questions) - len(chosen)
        for one in chosen:
            try:
                approved = app.review.approve(one.id, reason, by)
            except ReviewBlocked as error:
                session.report(error)
                left += 1
                continue
            if as_json:
                session.emit({"id": approved.id, "number": approved.slot.number, "approval": approved.approval})
            else:
                session.say("cli.approve.one", number=approved.slot.number, text=approved.words.text)
        session.say("cli.approve.done", approved=len(found.questions) - left, left=left)
        raise typer.Exit(FINDINGS if left else FINE)


def _clean(question: Question) -> bool:
    return bool(question.words.text) and not question.findings
