# SPDX-License-Identifier: Apache-2.0
"""Decides what the Data screen shows: start page, plan page, result page. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Protocol

from askwell.app.imports import ImportReport, ImportService, files_in
from askwell.domain.errors import AskwellError, Cancelled, InputRefused
from askwell.domain.messages import msg
from askwell.domain.records import BatchSummary, RecordKind
from askwell.intake.model import ImportPlan, Problem, Severity, TablePlan, column_letter
from askwell.intake.service import with_kind
from askwell.store import BatchDetail
from askwell.ui.ports import Change, Context, Job, JobRunner, Level, Notice, Shell, Step

DOUBTFUL = 0.6
MAX_FILES = 500


class State(Enum):
    """How a file stands before the import."""

    READY = "ready"
    DOUBTFUL = "doubtful"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Planned:
    """A chosen file: its plan, or why it is refused. `wanted` is the user's choice to import it."""

    path: Path
    plan: ImportPlan | None = None
    error: AskwellError | None = None
    wanted: bool = True

    @property
    def state(self) -> State:
        """Refused, doubtful where a person should look first, else ready."""
        if self.plan is None:
            return State.REFUSED
        problems = [*self.plan.problems, *(one for table in self.plan.tables for one in table.problems)]
        unsure = any(table.kind is not None and table.confidence < DOUBTFUL for table in self.plan.tables)
        bad = any(problem.severity is Severity.ERROR for problem in problems)
        return State.DOUBTFUL if unsure or bad or not self.importable else State.READY

    @property
    def importable(self) -> bool:
        """True where at least one table is of a known kind."""
        return self.plan is not None and any(table.kind is not None for table in self.plan.tables)


@dataclass(frozen=True, slots=True)
class PlanState:
    """The plan page: all files, the one that is looked at, and its table."""

    files: tuple[Planned, ...] = ()
    file: int = 0
    table: int = 0
    keep_sound: bool = True

    @property
    def count(self) -> int:
        """Number of files that the big button would import."""
        return sum(1 for one in self.files if one.wanted and one.importable)

    @property
    def current(self) -> Planned:
        """The file that is looked at."""
        return self.files[self.file]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. `detail` counts new, changed and unchanged records."""

    report: ImportReport
    detail: BatchDetail | None = None


class View(Protocol):
    """What the presenter needs of the widgets."""

    def show_start(self, batches: Sequence[BatchSummary]) -> None:
        """Drop area and past imports."""
        ...

    def show_plan(self, state: PlanState) -> None:
        """The dry run."""
        ...

    def show_result(self, outcomes: Sequence[Outcome]) -> None:
        """What became of the files."""
        ...

    def show_busy(self, busy: bool) -> None:
        """Reading or importing: nothing else can be started."""
        ...


class DataPresenter:
    """The way of files into the workspace."""

    def __init__(self, imports: ImportService, runner: JobRunner, shell: Shell, view: View) -> None:
        self._imports = imports
        self._runner, self._shell, self._view = runner, shell, view
        self._state = PlanState()
        self._outcomes: list[Outcome] = []
        self._on_start = True
        self._busy = False

    @property
    def state(self) -> PlanState:
        """The plan under way; without files on the other pages."""
        return self._state

    # --- frame ---

    def open(self, target: str = "") -> None:
        """The start page, unless a plan or a result is on the screen. `sample` plans the sample company."""
        if target == "sample":
            self.use_sample()
        elif self._on_start:
            self.start()

    def stale(self, what: Change) -> None:
        """Somebody imported or took an import back."""
        if what is Change.DATA and self._on_start:
            self.start()

    # --- start page ---

    def start(self) -> None:
        """Past imports, newest first."""
        self._on_start = True
        self._state = replace(self._state, files=())
        self._runner.start(Job(lambda _c: self._imports.batches(), self._show_start, self._shell.fail, key="data.past"))

    def undo_batch(self, batch_id: str) -> None:
        """Take an import back. The store refuses where a later one built on it."""

        def done(summary: BatchSummary) -> None:
            self.start()
            self._shell.changed(Change.DATA)
            self._shell.notify(Notice.of(Level.GOOD, "ui.data.undone", file=summary.file))

        self._runner.start(Job(lambda _c: self._imports.undo(batch_id), done, self._shell.fail))

    def use_sample(self) -> None:
        """Plan the exports of the sample company."""
        self._plan_files(lambda: self._imports.sample_files(), keep=False)

    def choose_files(self, paths: Sequence[Path]) -> None:
        """Read files, and what lies in folders, and show what they are taken for; nothing is stored yet. On the plan
        page they join the files that are there."""
        if paths:
            self._plan_files(lambda: _flat(paths), keep=True)

    # --- plan page ---

    def look_at(self, file: int, table: int = 0) -> None:
        """Open a file of the plan, at one of its tables."""
        if 0 <= file < len(self._state.files) and (file, table) != (self._state.file, self._state.table):
            self._show_plan(replace(self._state, file=file, table=table))

    def want(self, file: int, wanted: bool) -> None:
        """Take a file in, or leave it out."""
        if 0 <= file < len(self._state.files) and self._state.files[file].wanted is not wanted:
            self._replace_file(file, replace(self._state.files[file], wanted=wanted))

    def keep_sound(self, keep: bool) -> None:
        """Skip rows with errors, or refuse a file that has any."""
        self._state = replace(self._state, keep_sound=keep)

    def set_kind(self, kind: RecordKind | None) -> None:
        """Correct what the table is taken for; its columns are matched anew."""
        self._edit(lambda table: with_kind(table, kind))

    def set_field(self, header: str, field: str | None) -> None:
        """Bind a column to another field; private columns stay out."""
        self._edit(lambda table: table.with_field(header, field))

    def import_now(self) -> None:
        """Import what is wanted, jobs first; refused files stay out. A stop keeps what is done."""
        plans = [(one.plan, one.path) for one in self._state.files if one.wanted and one.importable and one.plan]
        if self._busy or not plans:
            return
        keep = self._state.keep_sound
        self._outcomes = []

        def work(context: Context) -> None:
            def progress(done: int, total: int, name: str) -> None:
                context.report(Step(done, total, None, name))

            def sent(report: ImportReport) -> None:
                detail = self._imports.detail(report.batch.id) if report.batch is not None else None
                context.send(Outcome(report, detail))

            self._imports.commit_many(plans, progress, context.cancelled, keep, sent)

        self._set_busy(True)
        done, failed, label = lambda _none: self._imported(), self._import_failed, msg("ui.data.job")
        self._runner.start(Job(work, done, failed, item=self._outcomes.append, label=label))

    def cancel(self) -> None:
        """Back to the start page; nothing was stored."""
        self.start()

    # --- result page ---

    def write(self) -> None:
        """Go on to writing; the next visit begins with the start page."""
        self._on_start = True
        self._shell.go("write")

    # --- inside ---

    def _show_start(self, batches: list[BatchSummary]) -> None:
        if self._on_start:
            self._view.show_start(batches)

    def _plan_files(self, find: Callable[[], list[Path]], keep: bool) -> None:
        if self._busy:
            return

        def work(context: Context) -> list[Planned]:
            found, planned = find(), list[Planned]()
            for number, path in enumerate(found):
                if context.cancelled():
                    break
                context.report(Step(number, len(found), None, path.name))
                planned.append(self._plan(path))
            return planned

        def done(planned: list[Planned]) -> None:
            self._set_busy(False)
            self._add(planned, keep)

        self._set_busy(True)
        self._runner.start(Job(work, done, self._failed, label=msg("ui.data.plan_job"), key="data.plan"))

    def _plan(self, path: Path) -> Planned:
        try:
            return Planned(path, self._imports.plan(path))
        except AskwellError as error:
            return Planned(path, error=error, wanted=False)
        except OSError as error:
            return Planned(path, error=InputRefused.of("file_unreadable", file=path.name, reason=error.strerror or ""))

    def _add(self, planned: list[Planned], keep: bool) -> None:
        if not planned:
            return
        fresh = {one.path for one in planned}
        older = [one for one in self._state.files if one.path not in fresh] if keep else []
        self._on_start = False
        self._show_plan(replace(self._state, files=(*older, *planned), file=len(older), table=0))

    def _edit(self, change: Callable[[TablePlan], TablePlan]) -> None:
        planned, number = self._state.current, self._state.table
        if planned.plan is None:
            return
        edited = _with_table(planned.plan, number, change)
        self._replace_file(self._state.file, replace(planned, plan=edited))

        def done(problems: tuple[Problem, ...]) -> None:
            self._recheck_done(planned.path, number, problems)

        work = Job(
            lambda _c: self._imports.recheck(edited, number, planned.path), done, self._shell.fail, key="data.recheck"
        )
        self._runner.start(work)

    def _recheck_done(self, path: Path, number: int, problems: tuple[Problem, ...]) -> None:
        """The dry run of the edited table has ended; meanwhile the user may be elsewhere."""
        for place, planned in enumerate(self._state.files):
            if planned.path == path and planned.plan is not None and number < len(planned.plan.tables):
                plan = _with_table(planned.plan, number, lambda table: replace(table, problems=problems))
                self._replace_file(place, replace(planned, plan=plan))

    def _replace_file(self, place: int, planned: Planned) -> None:
        files = list(self._state.files)
        files[place] = planned
        self._show_plan(replace(self._state, files=tuple(files)))

    def _show_plan(self, state: PlanState) -> None:
        self._state = state
        self._view.show_plan(state)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._view.show_busy(busy)

    def _failed(self, error: AskwellError) -> None:
        self._set_busy(False)
        self._shell.fail(error)

    def _import_failed(self, error: AskwellError) -> None:
        """Stopped, or the workspace cannot be written: the files before that are in."""
        if not self._outcomes:
            self._failed(error)
            return
        done = {one.report.file for one in self._outcomes}
        rest = [one.path.name for one in self._state.files if one.wanted and one.importable]
        left = Cancelled() if isinstance(error, Cancelled) else error
        self._outcomes += [Outcome(ImportReport(name, error=left)) for name in rest if name not in done]
        self._imported()
        self._shell.fail(error)

    def _imported(self) -> None:
        self._set_busy(False)
        refused = [Outcome(ImportReport(one.path.name, error=one.error)) for one in self._state.files if one.error]
        self._state = replace(self._state, files=())
        self._view.show_result([*self._outcomes, *refused])
        self._shell.changed(Change.DATA)


def _flat(paths: Sequence[Path]) -> list[Path]:
    """Files, and the files of folders, each once."""
    found = [file for path in paths for file in (files_in(path) if path.is_dir() else [path])]
    return list(dict.fromkeys(found))[:MAX_FILES]


def _with_table(plan: ImportPlan, number: int, change: Callable[[TablePlan], TablePlan]) -> ImportPlan:
    tables = list(plan.tables)
    tables[number] = change(tables[number])
    return replace(plan, tables=tuple(tables))


def columns_of(problem: Problem, table: TablePlan) -> tuple[int, ...]:
    """Places of the columns that a problem is about: by letter, by header, or by the list in its facts."""
    named = str(problem.message.params.get("columns", "")).split("、")
    letter, _, header = problem.column.partition(" ")
    return tuple(
        place
        for place, column in enumerate(table.columns)
        if column.header in named
        or (header and column.header.split(">")[-1] == header)
        or (letter and column.index >= 0 and column_letter(column.index) == letter)
        or (problem.column and column.header == problem.column)
    )
