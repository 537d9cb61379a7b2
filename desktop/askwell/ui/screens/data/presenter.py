# SPDX-License-Identifier: Apache-2.0
"""Decides what the Data screen shows: start page, plan page, result page. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from askwell.app.imports import ImportReport, ImportService, files_in
from askwell.domain.errors import AskwellError
from askwell.domain.messages import msg
from askwell.domain.records import BatchSummary, RecordKind
from askwell.intake.model import ImportPlan
from askwell.intake.service import with_kind
from askwell.ui.ports import Change, Context, Job, JobRunner, Level, Notice, Shell, Step


@dataclass(frozen=True, slots=True)
class Planned:
    """A chosen file: its plan, or why it is refused."""

    path: Path
    plan: ImportPlan | None = None
    error: AskwellError | None = None


class View(Protocol):
    """What the presenter needs of the widgets."""

    def show_start(self, batches: Sequence[BatchSummary]) -> None:
        """Drop area and past imports."""
        ...

    def show_plans(self, files: Sequence[Planned], chosen: int) -> None:
        """The dry run."""
        ...

    def show_result(self, reports: Sequence[ImportReport]) -> None:
        """What became of the files."""
        ...

    def show_busy(self, busy: bool) -> None:
        """Reading or importing."""
        ...


class DataPresenter:
    """The way of files into the workspace."""

    def __init__(self, imports: ImportService, runner: JobRunner, shell: Shell, view: View) -> None:
        self._imports = imports
        self._runner, self._shell, self._view = runner, shell, view
        self._files: list[Planned] = []
        self._chosen = 0
        self._on_start = True
        self.keep_sound = True

    # --- frame ------------------------------------------------------------------------------------------------------

    def open(self, target: str = "") -> None:  # noqa: ARG002
        """The start page, unless a plan is under way."""
        if self._on_start:
            self.start()

    def stale(self, what: Change) -> None:
        """Somebody else imported."""
        if what is Change.DATA and self._on_start:
            self.start()

    # --- start page -------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Past imports, newest first."""
        self._on_start = True
        self._runner.start(
            Job(lambda _c: self._imports.batches(), self._view.show_start, self._shell.fail, key="data.batches")
        )

    def undo_batch(self, batch_id: str) -> None:
        """Take an import back."""

        def done(summary: BatchSummary) -> None:
            self._shell.changed(Change.DATA)
            self._shell.notify(Notice(Level.GOOD, msg("ui.data.undone", file=summary.file)))
            self.start()

        self._runner.start(Job(lambda _c: self._imports.undo(batch_id), done, self._shell.fail))

    def use_sample(self) -> None:
        """The exports of the sample company."""
        self.choose_files(self._imports.sample_files())

    def choose_files(self, paths: Sequence[Path]) -> None:
        """Read the files and show what they are taken for; nothing is stored yet."""
        if not paths:
            return

        def work(context: Context) -> list[Planned]:
            files = [file for path in paths for file in (files_in(path) if path.is_dir() else [path])]
            planned = []
            for number, file in enumerate(files):
                if context.cancelled():
                    break
                context.report(Step(number, len(files), None, file.name))
                planned.append(self._plan(file))
            return planned

        self._view.show_busy(True)
        self._runner.start(Job(work, self._planned, self._failed, label=msg("ui.data.plan_job"), key="data.plan"))

    # --- plan page --------------------------------------------------------------------------------------------------

    def choose_file(self, number: int) -> None:
        """Look at another file of the plan."""
        if 0 <= number < len(self._files):
            self._chosen = number
            self._view.show_plans(self._files, number)

    def set_kind(self, table: int, kind: RecordKind | None) -> None:
        """Correct what a table was taken for; its columns are matched anew."""
        self._edit_table(table, lambda plan: with_kind(plan, kind))

    def set_field(self, table: int, header: str, field: str | None) -> None:
        """Bind a column to another field; private columns stay out."""
        self._edit_table(table, lambda plan: plan.with_field(header, field))

    def import_now(self) -> None:
        """Import what is planned, jobs first; refused files stay out."""
        plans = [(planned.plan, planned.path) for planned in self._files if planned.plan is not None]
        keep = self.keep_sound

        def work(context: Context) -> list[ImportReport]:
            def progress(done: int, total: int, name: str) -> None:
                context.report(Step(done, total, None, name))

            return self._imports.commit_many(plans, progress, context.cancelled, keep)

        self._view.show_busy(True)
        self._runner.start(Job(work, self._imported, self._failed, label=msg("ui.data.job")))

    def cancel(self) -> None:
        """Back to the start page; nothing was stored."""
        self._files = []
        self.start()

    def write(self) -> None:
        """Go on to writing."""
        self._on_start = True
        self._shell.go("write")

    # --- inside -----------------------------------------------------------------------------------------------------

    def _plan(self, path: Path) -> Planned:
        try:
            return Planned(path, self._imports.plan(path))
        except AskwellError as error:
            return Planned(path, error=error)

    def _planned(self, files: list[Planned]) -> None:
        self._view.show_busy(False)
        self._files, self._chosen = files, 0
        if files:
            self._on_start = False
            self._view.show_plans(files, 0)

    def _edit_table(self, number: int, change) -> None:  # type: ignore[no-untyped-def]
        planned = self._files[self._chosen]
        if planned.plan is None:
            return
        tables = list(planned.plan.tables)
        tables[number] = change(tables[number])
        self._files[self._chosen] = replace(planned, plan=replace(planned.plan, tables=tuple(tables)))
        self._view.show_plans(self._files, self._chosen)

    def _imported(self, reports: list[ImportReport]) -> None:
        self._view.show_busy(False)
        refused = [ImportReport(one.path.name, error=one.error) for one in self._files if one.error is not None]
        self._files = []
        self._view.show_result([*reports, *refused])
        self._shell.changed(Change.DATA)

    def _failed(self, error: AskwellError) -> None:
        self._view.show_busy(False)
        self._shell.fail(error)
        if self._files:
            self._view.show_plans(self._files, self._chosen)
        self._shell.changed(Change.DATA)
