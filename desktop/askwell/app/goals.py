# SPDX-License-Identifier: Apache-2.0
"""What positions must deliver, from the records of the workspace."""

from __future__ import annotations

from collections.abc import Callable

from askwell.domain.errors import UsageError
from askwell.domain.questions import EvidenceKind, Question, Requirements
from askwell.domain.records import Kpi, Position
from askwell.goals import Coverage, GoalNode, build_tree, coverage, requirements
from askwell.store import Workspace

COVERED_KINDS = (EvidenceKind.KPI, EvidenceKind.DUTY, EvidenceKind.STANDARD)


class GoalService:
    """Goals, KPIs and requirements."""

    def __init__(self, workspace: Workspace, actor: Callable[[], str]) -> None:
        self._workspace = workspace
        self._actor = actor

    def tree(self) -> list[GoalNode]:
        """Strategy → department → position."""
        return build_tree(self._workspace.goals())

    def positions(self) -> list[Position]:
        """All positions, by department and title."""
        return sorted(self._workspace.positions(), key=lambda one: (one.department, one.title))

    def position(self, position_id: str) -> Position:
        """One position. Raises UsageError."""
        return self._workspace.position(position_id)

    def find(self, text: str) -> Position:
        """The position a person means. Raises UsageError naming what is close."""
        return self._workspace.find_position(text)

    def kpis(self, position_id: str) -> list[Kpi]:
        """KPIs of a position, heaviest first."""
        return sorted(self._workspace.kpis(position_id), key=lambda kpi: -kpi.weight)

    def requirements(self, position_id: str) -> Requirements:
        """Everything that may become evidence for a position."""
        position = self._workspace.position(position_id)
        return requirements(
            position,
            self._workspace.kpis(),
            self._workspace.goals(),
            self._workspace.standards(),
            self._workspace.interviews(position.title),
        )

    def coverage(self, position_id: str) -> Coverage:
        """Which requirement is asked about by which question of the position's kits."""
        return coverage(self.requirements(position_id), self.questions(position_id), COVERED_KINDS)

    def questions(self, position_id: str) -> list[Question]:
        """All questions of the position's kits."""
        return [
            question for kit in self._workspace.kits() if kit.position_id == position_id for question in kit.questions
        ]

    def update_kpi(self, kpi: Kpi) -> Kpi:
        """Save a changed KPI as its next version. Raises UsageError for a weight outside 0–1."""
        if not 0 <= kpi.weight <= 1:
            raise UsageError.of("weight_out_of_range", name=kpi.name)
        saved = self._workspace.update_kpi(kpi)
        self._workspace.log_event(self._actor(), "kpi.update", saved.id, {"name": saved.name, "version": saved.version})
        return saved
