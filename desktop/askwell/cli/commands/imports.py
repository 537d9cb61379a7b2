# SPDX-License-Identifier: Apache-2.0
"""`import`: files in, with a dry run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from askwell.app.imports import ImportReport, files_in
from askwell.cli.session import FINDINGS, DataDirOption, JsonOption, Session, UiLangOption
from askwell.domain.errors import AskwellError, InputRefused
from askwell.domain.messages import Message
from askwell.intake import service as intake
from askwell.intake.model import ImportPlan, Problem, Severity


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(import_files)


def import_files(
    files: list[Path] = typer.Argument(..., help="Files or folders with exports."),
    dry_run: bool = typer.Option(False, "--dry-run", help="Show what was understood; store nothing."),
    strict: bool = typer.Option(False, "--strict", help="One row with an error refuses its whole file."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Import exports of HR and performance systems."""
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        paths = expand(files)
        if dry_run:
            raise typer.Exit(_dry_run(session, app.imports.plan, paths))
        reports = app.imports.import_many(
            paths, lambda done, total, name: _progress(session, done, total, name), keep_sound=not strict
        )
        raise typer.Exit(show_reports(session, reports))


def expand(files: list[Path]) -> list[Path]:
    """Folders stand for the files in them. Raises InputRefused for a path that is not there."""
    paths: list[Path] = []
    for path in files:
        if not path.exists():
            raise InputRefused.of("file_missing", file=str(path))
        paths.extend(files_in(path) if path.is_dir() else [path])
    return paths


def show_reports(session: Session, reports: list[ImportReport]) -> int:
    """Print what became of each file; the exit code: 3 all refused, 1 something left out, 0 fine."""
    refused = [report for report in reports if report.error is not None]
    for report in reports:
        _show_report(session, report)
    if refused and len(refused) == len(reports):
        return InputRefused.exit_code
    lost = any(problem.severity is Severity.ERROR for report in reports for problem in report.problems)
    return FINDINGS if refused or lost else 0


def _show_report(session: Session, report: ImportReport) -> None:
    if session.as_json:
        session.emit(_report_record(session, report))
        return
    if report.error is not None:
        session.report(report.error)
        return
    batch = report.batch
    if batch is None:
        return
    counts = ", ".join(f"{session.text('kind.' + kind)} {number}" for kind, number in batch.counts.items() if number)
    session.say("cli.import.done", file=report.file, counts=counts)
    rate = 100 * batch.fields_equal / batch.fields_checked if batch.fields_checked else 100.0
    session.say("cli.import.verified", checked=batch.fields_checked, rate=f"{rate:.2f}")
    for problem in report.problems:
        if problem.severity is not Severity.NOTE:
            session.say("cli.problem", **_problem_texts(session, problem))


def _dry_run(session: Session, plan: Any, paths: list[Path]) -> int:
    worst = 0
    for path in paths:
        try:
            found: ImportPlan = plan(path)
        except AskwellError as error:
            session.report(error)
            worst = max(worst, error.exit_code)
            continue
        if session.as_json:
            session.emit(intake.to_json(found, lambda message: session.text(message.key, **message.params)))
        else:
            _show_plan(session, found)
    return worst


def _show_plan(session: Session, plan: ImportPlan) -> None:
    for table in plan.tables:
        kind = session.text(f"kind.{table.kind.value}") if table.kind else session.text("kind.unknown")
        session.say("cli.plan.table", file=plan.file, sheet=table.sheet, kind=kind, rows=table.rows)
        rows = [
            [column.header, session.text("cli.plan.dropped") if column.dropped else (column.field or "—"), sample]
            for column in table.columns
            for sample in ["" if column.dropped else " · ".join(column.samples[:2])[:50]]
        ]
        session.table("", [session.text("cli.plan.header"), session.text("cli.plan.field"), ""], rows)
        for problem in table.problems:
            session.say("cli.problem", **_problem_texts(session, problem))


def _problem_record(session: Session, problem: Problem) -> dict[str, Any]:
    texts = _problem_texts(session, problem)
    return {
        "row": problem.row,
        "column": problem.column,
        "message": texts["message"],
        "remedy": texts["remedy"],
        "severity": problem.severity.value,
    }


def _problem_texts(session: Session, problem: Problem) -> dict[str, str]:
    def render(message: Message) -> str:
        return session.text(message.key, **message.params)

    where = " ".join(
        part for part in (problem.file, problem.sheet, str(problem.row) if problem.row else "", problem.column) if part
    )
    return {"where": where, "message": render(problem.message), "remedy": render(problem.remedy)}


def _report_record(session: Session, report: ImportReport) -> dict[str, Any]:
    error = None
    if report.error is not None:
        error = session.text(report.error.message.key, **report.error.message.params)
    return {
        "file": report.file,
        "batch": report.batch,
        "problems": [_problem_record(session, problem) for problem in report.problems],
        "error": error,
    }


def _progress(session: Session, done: int, total: int, name: str) -> None:
    if name and not session.as_json:
        session.err.print(f"[{done + 1}/{total}] {name}", markup=False)
