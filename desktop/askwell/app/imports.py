# SPDX-License-Identifier: Apache-2.0
"""The journey of a file: dry run, build, one transaction, verification, undo."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from askwell.domain.errors import AskwellError, Cancelled, InputRefused, UsageError
from askwell.domain.records import BatchSummary, Kpi, Position, Record, RecordKind
from askwell.intake import service as intake
from askwell.intake.model import ImportPlan, ImportResult, Problem, Severity, Verification
from askwell.store import Workspace

# Jobs come first, so that KPIs, candidates and interviews find their position.
_ORDER = (RecordKind.POSITION, RecordKind.GOAL, RecordKind.STANDARD, RecordKind.KPI, RecordKind.CANDIDATE)
TEMPORARY_PREFIXES = ("~$", ".")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one file. `error` is set, and `batch` None, where it was refused."""

    file: str
    batch: BatchSummary | None = None
    problems: tuple[Problem, ...] = ()
    verification: Verification | None = None
    error: AskwellError | None = None


@dataclass(frozen=True, slots=True)
class PastImport:
    """An import of the past and what keeps it from being undone: later imports, newest first, or edits by hand."""

    batch: BatchSummary
    superseded_by: tuple[str, ...] = ()
    edited: bool = False

    @property
    def undoable(self) -> bool:
        """Nothing stands on it, and it has not been taken back yet."""
        return not (self.batch.undone or self.superseded_by or self.edited)


@dataclass(frozen=True, slots=True)
class UndoReport:
    """What undoing an import did: new records went, changed ones came back as they were before."""

    batch: BatchSummary
    removed: int
    restored: int


class ImportService:
    """Imports files into the workspace."""

    def __init__(self, workspace: Workspace, sample_folder: Path, actor: Callable[[], str]) -> None:
        self._workspace = workspace
        self._sample_folder = sample_folder
        self._actor = actor
        self._planned: dict[str, Path] = {}

    def plan(self, path: Path) -> ImportPlan:
        """The dry run: what the file holds and how it would be taken. Raises InputRefused."""
        plan = intake.plan(path)
        self._planned[plan.file] = path
        return plan

    def commit(self, plan: ImportPlan, path: Path | None = None, keep_sound: bool = True) -> ImportReport:
        """Import as planned, in one transaction.

        With `keep_sound` rows with errors are left out and reported; without it, one error refuses the whole file.
        `path` may be left out for a file planned in this session. Raises InputRefused or StoreError.
        """
        source = path or self._planned[plan.file]
        result = intake.build(source, plan, self._salt())
        errors = [problem for problem in result.problems if problem.severity is Severity.ERROR]
        if errors and not keep_sound:
            raise InputRefused.of("import_has_errors", file=plan.file, count=len(errors))
        records = [*self._filled(result.records), *self._missing_positions(result)]
        if not records:
            raise InputRefused.of("import_nothing", file=plan.file)
        batch = self._workspace.save_batch(plan.file, records, len(result.problems))
        self._workspace.log_event(
            self._actor(), "import", batch.id, {"file": plan.file, "counts": batch.counts, "problems": batch.problems}
        )
        return ImportReport(plan.file, batch, result.problems, result.verification)

    def import_many(
        self,
        paths: Sequence[Path],
        on_progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        keep_sound: bool = True,
    ) -> list[ImportReport]:
        """Import several files, jobs first; a refused file does not stop the others. Raises Cancelled."""
        reports: list[ImportReport] = []
        planned: list[tuple[ImportPlan, Path]] = []
        for path in paths:
            try:
                planned.append((self.plan(path), path))
            except AskwellError as error:
                reports.append(ImportReport(path.name, error=error))
        return reports + self.commit_many(planned, on_progress, cancelled, keep_sound)

    def commit_many(
        self,
        plans: Sequence[tuple[ImportPlan, Path]],
        on_progress: Callable[[int, int, str], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        keep_sound: bool = True,
    ) -> list[ImportReport]:
        """Import planned files, jobs first; a refused file does not stop the others. Raises Cancelled."""
        reports: list[ImportReport] = []
        for number, (plan, path) in enumerate(sorted(plans, key=lambda one: _rank(one[0]))):
            if cancelled is not None and cancelled():
                raise Cancelled
            if on_progress is not None:
                on_progress(number, len(plans), path.name)
            try:
                reports.append(self.commit(plan, path, keep_sound))
            except InputRefused as error:
                reports.append(ImportReport(path.name, problems=plan.problems, error=error))
            except OSError as error:
                refused = InputRefused.of("file_unreadable", file=path.name, reason=error.strerror or "")
                reports.append(ImportReport(path.name, problems=plan.problems, error=refused))
        if on_progress is not None:
            on_progress(len(plans), len(plans), "")
        return reports

    def batches(self) -> list[BatchSummary]:
        """All imports, newest first."""
        return self._workspace.batches()

    def past(self) -> list[PastImport]:
        """All imports, newest first, with what keeps them from being undone."""
        followers = self._workspace.followers()
        return [_past_import(batch, followers.get(batch.id, ())) for batch in self._workspace.batches()]

    def take_back(self, batch_id: str) -> UndoReport:
        """Undo an import that nothing stands on, and count what that did.

        Raises UsageError for an unknown import, one undone already and one whose records were changed since.
        """
        past = {one.batch.id: one for one in self.past()}
        known = past.get(batch_id)
        if known is None:
            raise UsageError.of("import_unknown", batch=batch_id)
        if known.superseded_by:
            later = past[known.superseded_by[0]].batch
            raise UsageError.of("import_superseded", file=known.batch.file, later=later.file, batch=later.id)
        if known.edited:
            raise UsageError.of("import_edited", file=known.batch.file)
        summary, detail = self.undo(batch_id), self._workspace.batch_detail(batch_id)
        return UndoReport(summary, removed=detail.new, restored=detail.changed)

    def undo(self, batch_id: str) -> BatchSummary:
        """Take one import back. Raises StoreError where a later one built on it."""
        summary = self._workspace.undo_batch(batch_id)
        self._workspace.log_event(self._actor(), "import.undo", batch_id, {"file": summary.file})
        return summary

    def sample_files(self) -> list[Path]:
        """The exports of the sample company."""
        return files_in(self._sample_folder)

    def _filled(self, records: Sequence[Record]) -> list[Record]:
        """KPIs with their blanks filled from what is known: a profile brings the baseline, the monthly sheet the
        weight, and neither must erase what the other brought."""
        known = {(kpi.position_title, kpi.name): kpi for kpi in self._workspace.kpis()}
        filled: list[Record] = []
        for record in records:
            if isinstance(record, Kpi):
                record = _without_blanks(record, known.get((record.position_title, record.name)))
                known[record.position_title, record.name] = record
            filled.append(record)
        return filled

    def _missing_positions(self, result: ImportResult) -> list[Position]:
        """Positions that a KPI sheet names and nobody has described yet: better an empty profile than a lost KPI."""
        known = {position.title for position in self._workspace.positions()}
        return [position for position in result.mentioned if position.title not in known]

    def _salt(self) -> bytes:
        """The workspace's secret for candidate codes, made once."""
        salt = self._workspace.setting("salt")
        if not isinstance(salt, str):
            salt = secrets.token_hex(16)
            self._workspace.set_setting("salt", salt)
        return bytes.fromhex(salt)


def files_in(folder: Path) -> list[Path]:
    """Importable files of a folder, without the lock files of office programs."""
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith(TEMPORARY_PREFIXES))


def _past_import(batch: BatchSummary, followers: Sequence[str | None]) -> PastImport:
    return PastImport(batch, tuple(one for one in followers if one is not None), edited=None in followers)


def _without_blanks(kpi: Kpi, older: Kpi | None) -> Kpi:
    if older is None:
        return kpi
    names = ["target", "unit", "period", "definition", "scoring"]
    # 8,600 a year is no baseline for 858 this month.
    if not kpi.target or _measure(kpi.target) == _measure(older.baseline):
        names.append("baseline")
    blanks = {name: getattr(older, name) for name in names if not getattr(kpi, name)}
    return replace(kpi, weight=kpi.weight or older.weight, **blanks)


def _measure(value: str) -> str:
    """What stands around the figures: the unit, and words like 当月."""
    return "".join(char for char in value if not (char.isdigit() or char in ".,≥≤<>=~ "))


def _rank(plan: ImportPlan) -> int:
    kinds = [_ORDER.index(table.kind) for table in plan.tables if table.kind in _ORDER]
    return min(kinds, default=len(_ORDER))
