# SPDX-License-Identifier: Apache-2.0
"""The workspace: everything a firm keeps in Askwell, in one file of one folder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import Engine

from askwell.domain.errors import StoreError
from askwell.domain.questions import Kit, Question
from askwell.domain.records import BatchSummary, Candidate, Goal, Kpi, PastInterview, Position, Record, Standard
from askwell.store import audit, backup, batches, candidates, goals, kits, kpis, positions, records, settings
from askwell.store.audit import AuditEvent
from askwell.store.batches import BatchDetail
from askwell.store.connection import file_of, make_engine
from askwell.store.migrate import prepare
from askwell.store.records import RecordVersion

FILE_NAME = "askwell.db"


def open_workspace(folder: Path, busy_ms: int = 10_000) -> Workspace:
    """Open the workspace in `folder`, creating it or upgrading it as needed.

    Raises StoreError: damaged, made by a newer version, locked by another program, or not writable.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError.of("store_unwritable", file=FILE_NAME, detail=str(error)) from error
    engine = make_engine(folder / FILE_NAME, busy_ms)
    try:
        prepare(engine)
    except BaseException:
        # Windows cannot move or restore a file that is still open.
        engine.dispose()
        raise
    return Workspace(engine)


class Workspace:
    """Safe to use from several threads: each call takes its own connection and is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def __enter__(self) -> Workspace:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The database file."""
        return file_of(self._engine)

    def close(self) -> None:
        """Give all connections back; harmless when called twice."""
        self._engine.dispose()

    # Imports

    def save_batch(self, file: str, records: Sequence[Record], problems: int, verify: bool = True) -> BatchSummary:
        """Save an import in one transaction, then verify it field by field."""
        return batches.save_batch(self._engine, file, records, problems, verify)

    def undo_batch(self, batch_id: str) -> BatchSummary:
        """Restore exactly what was before an import."""
        return batches.undo_batch(self._engine, batch_id)

    def batches(self) -> list[BatchSummary]:
        """All imports, newest first."""
        return batches.batches(self._engine)

    def batch_detail(self, batch_id: str) -> BatchDetail:
        """What an import changed, and each field that did not come back equal."""
        return batches.batch_detail(self._engine, batch_id)

    def followers(self) -> dict[str, tuple[str | None, ...]]:
        """By batch, the later batches that stand on it and keep it from being undone; None for edits by hand."""
        return batches.followers(self._engine)

    # Records

    def positions(self) -> list[Position]:
        """All positions."""
        return positions.positions(self._engine)

    def position(self, position_id: str) -> Position:
        """The position with this identifier."""
        return positions.position(self._engine, position_id)

    def find_position(self, text: str) -> Position:
        """The position a person means by an id, code, title or part of a title."""
        return positions.find_position(self._engine, text)

    def update_position(self, position: Position) -> Position:
        """Save a changed position as its next version."""
        return positions.update_position(self._engine, position)

    def kpis(self, position_id: str | None = None) -> list[Kpi]:
        """All KPIs, or those of one position."""
        return kpis.kpis(self._engine, position_id)

    def update_kpi(self, kpi: Kpi) -> Kpi:
        """Save a changed KPI as its next version."""
        return kpis.update_kpi(self._engine, kpi)

    def goals(self) -> list[Goal]:
        """All goals."""
        return goals.goals(self._engine)

    def standards(self, competency: str | None = None) -> list[Standard]:
        """All standards, or those of one competency."""
        return goals.standards(self._engine, competency)

    def candidates(self, position_title: str | None = None) -> list[Candidate]:
        """All candidates, or those for one position."""
        return candidates.candidates(self._engine, position_title)

    def candidate(self, code: str) -> Candidate:
        """The candidate with this code."""
        return candidates.candidate(self._engine, code)

    def interviews(self, position_title: str | None = None) -> list[PastInterview]:
        """All past questions, or those asked for one position."""
        return candidates.interviews(self._engine, position_title)

    def counts(self) -> dict[str, int]:
        """How many records of each kind, batches, kits and questions there are."""
        return records.counts(self._engine)

    def all_records(self) -> list[Record]:
        """Every present record, kind by kind."""
        return [
            *self.positions(),
            *self.kpis(),
            *self.goals(),
            *self.standards(),
            *self.candidates(),
            *self.interviews(),
        ]

    def history(self, record_id: str) -> list[RecordVersion]:
        """All versions of a record, oldest first."""
        return records.history(self._engine, record_id)

    # Kits

    def save_kit(self, kit: Kit) -> Kit:
        """Save a kit and exactly its questions."""
        return kits.save_kit(self._engine, kit)

    def save_question(self, question: Question) -> Question:
        """Save one question of a kit that exists."""
        return kits.save_question(self._engine, question)

    def kit(self, kit_id: str) -> Kit:
        """A kit with its questions."""
        return kits.kit(self._engine, kit_id)

    def kits(self) -> list[Kit]:
        """All kits, newest first."""
        return kits.kits(self._engine)

    def question(self, question_id: str) -> Question:
        """One question."""
        return kits.question(self._engine, question_id)

    def delete_kit(self, kit_id: str) -> None:
        """Remove a kit and its questions."""
        kits.delete_kit(self._engine, kit_id)

    # Audit log, settings, backup

    def log_event(
        self, actor: str, action: str, subject: str, detail: Mapping[str, object] | None = None
    ) -> AuditEvent:
        """Append an entry to the audit log."""
        return audit.log_event(self._engine, actor, action, subject, detail)

    def events(self, limit: int = 200, before: int | None = None) -> list[AuditEvent]:
        """Entries of the audit log, newest first."""
        return audit.events(self._engine, limit, before)

    def verify_audit(self) -> int:
        """Check the whole audit log; the number of its entries."""
        return audit.verify_audit(self._engine)

    def setting(self, key: str, default: Any = None) -> Any:
        """A setting of this workspace."""
        return settings.setting(self._engine, key, default)

    def set_setting(self, key: str, value: Any) -> None:
        """Change a setting of this workspace."""
        settings.set_setting(self._engine, key, value)

    def backup(self, path: Path) -> Path:
        """Copy the workspace to one file while it is in use."""
        return backup.copy_database(self._engine, path)
