# SPDX-License-Identifier: Apache-2.0
"""The records that imports bring and that goals are made of.

Identifiers are strings assigned by the store (`""` before the record is saved). Weights are fractions of 1.
Dates are ISO strings (`2026-05-31`), because exports often know a month or a year only (`2026-05`, `2026`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class RecordKind(StrEnum):
    """What a table holds; the value is also the name used on the command line."""

    POSITION = "position"
    KPI = "kpi"
    GOAL = "goal"
    STANDARD = "standard"
    CANDIDATE = "candidate"
    INTERVIEW = "interview"


class Direction(StrEnum):
    """Which way a KPI should move."""

    RAISE = "raise"
    CUT = "cut"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: file name (no folder), sheet, 1-based row of its first cell."""

    file: str
    sheet: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """A job with its profile. `code` is the firm's own number and, where there is one, the key of re-imports."""

    title: str
    code: str = ""
    department: str = ""
    level: str = ""
    lang: str = "zh"
    purpose: str = ""
    duties: tuple[str, ...] = ()
    qualifications: tuple[str, ...] = ()
    competencies: tuple[str, ...] = ()
    profile_date: str = ""
    version: int = 1
    id: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Kpi:
    """A measure bound to a position. `baseline` and `target` stay text with their unit, as the firm wrote them."""

    name: str
    position_title: str = ""
    position_id: str = ""
    direction: Direction = Direction.RAISE
    baseline: str = ""
    target: str = ""
    unit: str = ""
    period: str = ""
    weight: float = 0.0
    definition: str = ""
    scoring: str = ""
    version: int = 1
    id: str = ""
    origin: Origin | None = None

    def text(self) -> str:
        """Name, baseline and target in one line, for prompts and screens."""
        span = f"{self.baseline}→{self.target}" if self.baseline and self.target else self.target
        return f"{self.name} {span}".strip()


class GoalLevel(StrEnum):
    """Height of a goal in the tree."""

    GROUP = "group"
    DEPARTMENT = "department"
    POSITION = "position"


@dataclass(frozen=True, slots=True)
class Goal:
    """A node of the tree strategy → department → position; `parent_code` names the goal above it."""

    text: str
    code: str = ""
    parent_code: str = ""
    level: GoalLevel = GoalLevel.GROUP
    department: str = ""
    position_title: str = ""
    measure: str = ""
    baseline: str = ""
    target: str = ""
    weight: float = 0.0
    year: str = ""
    due: str = ""
    version: int = 1
    id: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Standard:
    """Evaluation standard: observable behaviour for a competency at a level. No positions means all of them."""

    competency: str
    text: str
    level: str = ""
    definition: str = ""
    positions: tuple[str, ...] = ()
    version: int = 1
    id: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A candidate after intake: a code instead of a name, experience without personal facts."""

    code: str
    position_title: str = ""
    experience: tuple[str, ...] = ()
    lang: str = "zh"
    id: str = ""
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class PastInterview:
    """One question asked in one past interview. `rating` is 1–5 or None; `assessable` says whether the answer let the
    interviewer judge the competency (its mean is the hit rate)."""

    question: str
    position_title: str = ""
    candidate_code: str = ""
    round: str = ""
    date: str = ""
    competency: str = ""
    rating: float | None = None
    answer_note: str = ""
    assessable: bool | None = None
    id: str = ""
    origin: Origin | None = None


Record = Position | Kpi | Goal | Standard | Candidate | PastInterview

KIND_OF: dict[type, RecordKind] = {
    Position: RecordKind.POSITION,
    Kpi: RecordKind.KPI,
    Goal: RecordKind.GOAL,
    Standard: RecordKind.STANDARD,
    Candidate: RecordKind.CANDIDATE,
    PastInterview: RecordKind.INTERVIEW,
}


@dataclass(frozen=True, slots=True)
class BatchSummary:
    """One import as the data centre lists it."""

    id: str
    file: str
    imported_at: str
    counts: dict[str, int] = field(default_factory=dict)
    problems: int = 0
    fields_checked: int = 0
    fields_equal: int = 0
    undone: bool = False
