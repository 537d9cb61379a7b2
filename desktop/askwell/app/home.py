# SPDX-License-Identifier: Apache-2.0
"""The loop at a glance: what there is in each step, what waits, and the one next thing to do."""

from __future__ import annotations

from dataclasses import dataclass

from askwell.app.review import WAITING
from askwell.domain.questions import Kit
from askwell.store import Workspace

RECENT = 5


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the loop: `name` is the screen's name."""

    name: str
    count: int
    waiting: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What Home shows. `next_key` is a catalogue key, `next_screen` where its button leads."""

    steps: tuple[Step, ...]
    next_key: str
    next_screen: str
    recent: tuple[Kit, ...]


class HomeService:
    """Counts what is there and what waits."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def overview(self) -> Overview:
        """The present state of the loop."""
        counts = self._workspace.counts()
        kits = self._workspace.kits()
        questions = [question for kit in kits for question in kit.questions]
        waiting = sum(1 for question in questions if question.status in WAITING)
        approved = sum(1 for question in questions if question.exportable)
        positions = counts.get("position", 0)
        without_kit = positions - len({kit.position_id for kit in kits})
        ready = sum(1 for kit in kits if kit.approved and not any(q.status in WAITING for q in kit.questions))
        steps = (
            Step("data", sum(counts.get(kind, 0) for kind in ("position", "candidate", "interview")), 0),
            Step("goals", counts.get("kpi", 0) + counts.get("goal", 0), 0),
            Step("write", len(questions), max(0, without_kit)),
            Step("review", approved, waiting),
            Step("kits", len(kits), ready),
        )
        key, screen = _next(positions, len(kits), waiting, ready)
        return Overview(steps, key, screen, tuple(kits[:RECENT]))


def _next(positions: int, kits: int, waiting: int, ready: int) -> tuple[str, str]:
    if not positions:
        return "home.next.import", "data"
    if not kits:
        return "home.next.write", "write"
    if waiting:
        return "home.next.review", "review"
    return ("home.next.export", "kits") if ready else ("home.next.write", "write")
