# SPDX-License-Identifier: Apache-2.0
"""The six kinds of record: table, prefix of identifiers, and what recognises a record on re-import.

`key` recognises it. `alt` is a second chance for records whose firm-given code is missing on one side. `tell` sets
apart records that one file lists under the same key (a KPI for two periods, several indicators of one level, the
ratings of a panel); where it gives nothing, the last one in the file wins.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from sqlalchemy import Table

from askwell.domain.records import (
    Candidate,
    Goal,
    Kpi,
    PastInterview,
    Position,
    Record,
    RecordKind,
    Standard,
)
from askwell.store import tables
from askwell.store.text import key_of

Naming = Callable[[Any], str]
ASSIGNED = frozenset({"id", "version", "origin", "position_id"})


def _nothing(_record: Any) -> str:
    return ""


@dataclass(frozen=True)
class Kind:
    """How one kind of record is kept."""

    name: RecordKind
    cls: type[Any]
    table: Table
    prefix: str
    key: Naming
    label: Naming
    alt: Naming = _nothing
    tell: Naming = _nothing

    @cached_property
    def content(self) -> tuple[str, ...]:
        """The fields that the source fills; the store assigns the others."""
        return tuple(field.name for field in fields(self.cls) if field.name not in ASSIGNED)

    @cached_property
    def versioned(self) -> bool:
        """True where the record itself carries a version; the store keeps versions of all kinds."""
        return any(field.name == "version" for field in fields(self.cls))


def _coded(alt: Naming) -> Naming:
    # The prefix keeps a code from meeting a name that reads the same.
    return lambda record: f"c:{key_of(record.code)}" if key_of(record.code) else f"n:{alt(record)}"


def _position_alt(record: Position) -> str:
    return key_of(record.title, record.department)


def _goal_alt(record: Goal) -> str:
    return key_of(record.text)


def _candidate_alt(record: Candidate) -> str:
    return key_of(record.position_title, *record.experience)


def _standard_key(record: Standard) -> str:
    return key_of(record.competency, record.level, *sorted(key_of(name) for name in record.positions))


def _interview_key(record: PastInterview) -> str:
    return key_of(record.candidate_code, record.date, record.question, record.round)


def _interview_tell(record: PastInterview) -> str:
    rating = "" if record.rating is None else str(float(record.rating))
    return key_of(record.position_title, record.competency, rating, record.answer_note)


KINDS: tuple[Kind, ...] = (
    Kind(
        name=RecordKind.POSITION,
        cls=Position,
        table=tables.position,
        prefix="pos",
        key=_coded(_position_alt),
        label=lambda record: record.title,
        alt=_position_alt,
    ),
    Kind(
        name=RecordKind.KPI,
        cls=Kpi,
        table=tables.kpi,
        prefix="kpi",
        key=lambda record: key_of(record.position_title, record.name),
        label=lambda record: record.name,
        tell=lambda record: key_of(record.period),
    ),
    Kind(
        name=RecordKind.GOAL,
        cls=Goal,
        table=tables.goal,
        prefix="goal",
        key=_coded(_goal_alt),
        label=lambda record: record.text,
        alt=_goal_alt,
    ),
    Kind(
        name=RecordKind.STANDARD,
        cls=Standard,
        table=tables.standard,
        prefix="std",
        key=_standard_key,
        label=lambda record: record.competency,
        tell=lambda record: key_of(record.text),
    ),
    Kind(
        name=RecordKind.CANDIDATE,
        cls=Candidate,
        table=tables.candidate,
        prefix="cand",
        key=_coded(_candidate_alt),
        label=lambda record: record.code,
    ),
    Kind(
        name=RecordKind.INTERVIEW,
        cls=PastInterview,
        table=tables.interview,
        prefix="int",
        key=_interview_key,
        label=lambda record: record.question,
        tell=_interview_tell,
    ),
)

_BY_CLASS = {kind.cls: kind for kind in KINDS}
_BY_PREFIX = {kind.prefix: kind for kind in KINDS}


def kind_of(record: Record) -> Kind:
    """The kind of a record."""
    return _BY_CLASS[type(record)]


def kind_of_id(record_id: str) -> Kind | None:
    """The kind that an identifier belongs to."""
    return _BY_PREFIX.get(record_id.partition("_")[0])
