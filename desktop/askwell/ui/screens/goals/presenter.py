# SPDX-License-Identifier: Apache-2.0
"""Decides what the Goals screen shows. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from askwell.app.goals import GoalService
from askwell.domain.messages import msg
from askwell.domain.questions import Evidence, EvidenceKind
from askwell.domain.records import Kpi, Position
from askwell.goals import GoalNode
from askwell.ui.ports import Change, Job, JobRunner, Level, Notice, Shell


@dataclass(frozen=True, slots=True)
class Line:
    """A requirement with the number of questions that ask about it."""

    evidence: Evidence
    questions: int


@dataclass(frozen=True, slots=True)
class PositionPage:
    """Everything about one position. `covered` is the share of the weight that some question covers."""

    position: Position
    kpis: tuple[Kpi, ...]
    lines: tuple[Line, ...]
    covered: float
    asked: int


class View(Protocol):
    """What the presenter needs of the widgets."""

    def show_tree(self, roots: Sequence[GoalNode], positions: Sequence[Position]) -> None:
        """The goals and the positions; none: the empty state."""
        ...

    def show_position(self, page: PositionPage) -> None:
        """One position."""
        ...


class GoalsPresenter:
    """Goals and requirements."""

    def __init__(self, goals: GoalService, runner: JobRunner, shell: Shell, view: View) -> None:
        self._goals = goals
        self._runner, self._shell, self._view = runner, shell, view
        self._chosen = ""

    def open(self, target: str = "") -> None:
        """Load the tree and the chosen position."""
        if target:
            self._chosen = target

        def work(_context: object) -> tuple[list[GoalNode], list[Position]]:
            return self._goals.tree(), self._goals.positions()

        self._runner.start(Job(work, self._loaded, self._shell.fail, key="goals.tree"))

    def stale(self, what: Change) -> None:
        """Records or questions changed."""
        if what in (Change.DATA, Change.GOALS, Change.QUESTIONS, Change.REVIEW, Change.KITS):
            self.open()

    def choose(self, position_id: str) -> None:
        """Open a position."""
        if not position_id:
            return
        self._chosen = position_id
        self._runner.start(
            Job(lambda _c: self._page(position_id), self._view.show_position, self._shell.fail, key="goals.position")
        )

    def change_kpi(self, kpi: Kpi, target: str, weight: float) -> None:
        """Save a changed target or weight (a fraction of 1) as the next version."""
        if (target, weight) == (kpi.target, kpi.weight):
            return

        def done(saved: Kpi) -> None:
            self._shell.changed(Change.GOALS)
            self._shell.notify(Notice(Level.GOOD, msg("ui.goals.kpi_saved", name=saved.name, version=saved.version)))

        changed = replace(kpi, target=target, weight=weight)
        self._runner.start(Job(lambda _c: self._goals.update_kpi(changed), done, self._shell.fail))

    def write(self) -> None:
        """Questions for the open position."""
        self._shell.go("write", self._chosen)

    def import_data(self) -> None:
        """There is nothing yet."""
        self._shell.go("data")

    def _page(self, position_id: str) -> PositionPage:
        coverage = self._goals.coverage(position_id)
        lines = tuple(Line(item, len(coverage.of_item(place))) for place, item in enumerate(coverage.items))
        return PositionPage(
            position=self._goals.position(position_id),
            kpis=tuple(self._goals.kpis(position_id)),
            lines=tuple(sorted(lines, key=lambda line: -line.evidence.weight)),
            covered=coverage.covered_share,
            asked=len(coverage.question_ids),
        )

    def _loaded(self, found: tuple[list[GoalNode], list[Position]]) -> None:
        roots, positions = found
        self._view.show_tree(roots, positions)
        known = {position.id for position in positions}
        if self._chosen not in known:
            best = max(positions, key=lambda one: len(one.duties), default=None)
            self._chosen = best.id if best is not None else ""
        self.choose(self._chosen)


def kpi_of(page: PositionPage, evidence: Evidence) -> Kpi | None:
    """The KPI behind a line, where it is one."""
    if evidence.kind is not EvidenceKind.KPI:
        return None
    return next((kpi for kpi in page.kpis if kpi.id == evidence.record_id), None)
