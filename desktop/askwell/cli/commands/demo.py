# SPDX-License-Identifier: Apache-2.0
"""`demo`: the main job on the sample company, from exports to documents, without a question typed by hand."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import typer

from askwell.app.bootstrap import App
from askwell.cli.commands.generate import show_blueprint, show_question, write_kit
from askwell.cli.commands.imports import show_reports
from askwell.cli.session import FINE, JsonOption, Session, UiLangOption
from askwell.domain.errors import UsageError
from askwell.domain.questions import Kit
from askwell.writing.blueprint import BlueprintOptions

DEMO_POSITIONS = ("生产车间主管", "区域销售经理", "Store Manager")
DEMO_FORMATS = ("docx", "pdf", "xlsx", "html", "json")
APPROVER = "demo"
MARKER = ".askwell-demo"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)


def demo(
    out: Path = typer.Option(Path("askwell-demo"), "--out", help="Folder for the workspace and the documents."),
    position: list[str] = typer.Option(list(DEMO_POSITIONS), "--position", help="Positions to write kits for."),
    count: int = typer.Option(8, "--count", min=1, max=40, help="Questions a kit."),
    as_json: JsonOption = False,
    ui_lang: UiLangOption = "",
) -> None:
    """Import the sample company, write kits, review, approve what has no finding, export."""
    folder = out.expanduser().resolve()
    session = Session(as_json, folder / "workspace", ui_lang)
    prepare(folder)
    started = time.monotonic()
    with session.app() as app:
        session.say("cli.demo.import")
        reports = app.imports.import_many(app.imports.sample_files())
        show_reports(session, reports)
        session.say("cli.demo.imported", seconds=f"{time.monotonic() - started:.1f}", **_counts(app))
        for name in position:
            kit = _one_kit(session, app, name, count)
            _export(session, app, kit, folder)
        session.say("cli.demo.done", folder=str(folder), seconds=f"{time.monotonic() - started:.0f}")
    raise typer.Exit(FINE)


def prepare(folder: Path) -> None:
    """An empty demo folder; one that the demo did not make is left alone. Raises UsageError through the session."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARKER).exists():
            error = UsageError.of("demo_folder_taken", folder=str(folder))
            Session().report(error)
            raise typer.Exit(error.exit_code)
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text("made by askwell demo; removed and made anew by the next one\n", encoding="utf-8")


def _one_kit(session: Session, app: App, name: str, count: int) -> Kit:
    """Plan, write, review and approve what has no finding."""
    position = app.goals.find(name)
    candidates = app.writing.candidates(position.id)
    options = BlueprintOptions(count=count, candidate_code=candidates[0].code if candidates else "")
    blueprint = app.writing.plan(position.id, options)
    if not session.as_json:
        show_blueprint(session, blueprint)
    kit = write_kit(session, app, blueprint)
    for question in kit.questions:
        if question.words.text and not question.findings:
            app.review.approve(question.id, by=APPROVER)
    kit = app.kits.kit(kit.id)
    if session.as_json:
        session.emit(kit)
    else:
        for question in kit.questions:
            show_question(session, question)
    session.say("cli.demo.approved", approved=len(kit.approved), count=len(kit.questions))
    return kit


def _export(session: Session, app: App, kit: Kit, folder: Path) -> None:
    if not kit.approved:
        session.say("cli.demo.nothing_approved", position=kit.position_title)
        return
    for fmt in DEMO_FORMATS:
        if fmt in app.kits.formats():
            path = app.kits.export(kit.id, fmt, folder)
            session.say("cli.export.done", file=str(path), count=len(kit.approved))


def _counts(app: App) -> dict[str, int]:
    counts = app.workspace.counts()
    return {name: counts.get(name, 0) for name in ("position", "kpi", "goal", "standard", "candidate", "interview")}
