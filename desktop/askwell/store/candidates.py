# SPDX-License-Identifier: Apache-2.0
"""Candidates (codes, never names) and past interviews."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Engine

from askwell.domain.errors import UsageError
from askwell.domain.records import Candidate, PastInterview
from askwell.store.connection import reading
from askwell.store.kinds import KINDS, Kind
from askwell.store.records import current
from askwell.store.text import normalise

CANDIDATE = KINDS[4]
INTERVIEW = KINDS[5]


def candidates(engine: Engine, position_title: str | None = None) -> list[Candidate]:
    """All candidates, or those for one position."""
    with reading(engine) as connection:
        found: list[Candidate] = current(connection, CANDIDATE, *_for(CANDIDATE, position_title))
    return found


def candidate(engine: Engine, code: str) -> Candidate:
    """The candidate with this code. Raises UsageError."""
    wanted = normalise(code)
    with reading(engine) as connection:
        found: list[Candidate] = current(connection, CANDIDATE, CANDIDATE.table.c.key == f"c:{wanted}")
    if not wanted or not found:
        raise UsageError.of("candidate_unknown", code=code)
    return found[0]


def interviews(engine: Engine, position_title: str | None = None) -> list[PastInterview]:
    """All past questions, or those asked for one position."""
    with reading(engine) as connection:
        found: list[PastInterview] = current(connection, INTERVIEW, *_for(INTERVIEW, position_title))
    return found


def _for(kind: Kind, position_title: str | None) -> list[ColumnElement[bool]]:
    return [] if position_title is None else [kind.table.c.position_key == normalise(position_title)]
