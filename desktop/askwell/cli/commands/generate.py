# SPDX-License-Identifier: Apache-2.0
"""`generate`: a kit of drafts for a position of the workspace."""

from __future__ import annotations

import typer
from rich.live import Live
from rich.text import Text

from askwell.app.bootstrap import App
from askwell.cli.session import FINDINGS, FINE, DataDirOption, JsonOption, Session, UiLangOption
from askwell.domain.questions import Blueprint, Kit, Question, Status
from askwell.writing.blueprint import BlueprintOptions
from askwell.writing.writer import WritingProgress


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("generate")(generate)


def generate(
    position: str = typer.Option(..., "--position", help="Title, code or id of the position."),
    candidate: str = typer.Option("", "--candidate", help="Code of a candidate whose experience may be asked about."),
    count: int = typer.Option(8, "--count", min=1, max=40, help="Number of questions."),
    lang: str = typer.Option("", "--lang", help="Language of the questions; default: that of the position."),
    seed: int | None = typer.Option(None, "--seed", help="Same inputs and seed give the same text."),
    plan_only: bool = typer.Option(False, "--plan", help="Show the blueprint; write nothing."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Plan and write the questions of a kit; they are drafts until a person approves them."""
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        found = app.goals.find(position)
        options = BlueprintOptions(count=count, candidate_code=candidate, lang=lang)
        blueprint = app.writing.plan(found.id, options)
        if plan_only:
            show_blueprint(session, blueprint)
            if as_json:
                session.emit(blueprint)
            raise typer.Exit(FINE)
        kit = write_kit(session, app, blueprint, seed)
        if as_json:
            session.emit(kit)
        else:
            for question in kit.questions:
                show_question(session, question)
            session.say("cli.generate.done", kit=kit.id, count=len(kit.questions))
        open_slots = any(question.status is Status.NEEDS_YOU or question.findings for question in kit.questions)
        raise typer.Exit(FINDINGS if open_slots else FINE)


def write_kit(session: Session, app: App, blueprint: Blueprint, seed: int | None = None) -> Kit:
    """Write with a moving line on a terminal, and silently elsewhere."""
    if session.as_json or not session.err.is_terminal:
        return app.writing.write(blueprint, seed=seed)
    with Live(Text(""), console=session.err, transient=True, refresh_per_second=6) as live:

        def show(state: WritingProgress) -> None:
            writing = next(iter(state.partial.values()), "").replace("\n", " ")
            line = session.text("cli.generate.progress", done=state.done, total=state.total, tokens=state.tokens)
            live.update(Text(f"{line}  {writing[-60:]}", overflow="ellipsis", no_wrap=True))

        return app.writing.write(blueprint, on_progress=show, seed=seed)


def show_blueprint(session: Session, blueprint: Blueprint) -> None:
    """The plan as a table."""
    columns = ("kind", "text", "competency", "type", "difficulty", "angle")
    session.table(
        session.text("cli.blueprint.title", position=blueprint.title),
        ["#", *(session.text(f"cli.column.{name}") for name in columns)],
        [
            [
                str(slot.number),
                session.text(f"term.evidence.{slot.evidence.kind.value}"),
                slot.evidence.text,
                slot.competency,
                session.text(f"term.type.{slot.type.value}"),
                session.text(f"term.difficulty.{slot.difficulty.value}"),
                session.text(f"term.angle.{slot.angle}") if slot.angle else "",
            ]
            for slot in blueprint.slots
        ],
    )


def show_question(session: Session, question: Question) -> None:
    """A question with probes, anchors, evidence and findings."""
    slot, words = question.slot, question.words
    kind = session.text(f"term.evidence.{slot.evidence.kind.value}")
    text = words.text or session.text("cli.question.needs_you")
    session.out.print(f"\n{slot.number}. {text}", style="bold", markup=False)
    for probe in words.probes:
        session.out.print(f"   · {probe}", markup=False)
    for score, anchor in sorted(words.anchors.items(), reverse=True):
        session.out.print(f"   {score}  {anchor}", markup=False)
    session.out.print(f"   {kind}: {slot.evidence.text} ({question.id})", style="dim", markup=False)
    for key in question.provenance.needs:
        session.out.print(f"   ! {session.text(key)}", style="yellow", markup=False)
    for finding in question.findings:
        severity = session.text(f"term.severity.{finding.severity.value}")
        session.out.print(f"   ! {severity}: {finding.reason}", style="yellow", markup=False)
