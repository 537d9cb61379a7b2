# SPDX-License-Identifier: Apache-2.0
"""Goals and evaluation standards."""

from __future__ import annotations

from sqlalchemy import Engine

from askwell.domain.records import Goal, Standard
from askwell.store.connection import reading
from askwell.store.kinds import KINDS
from askwell.store.records import current
from askwell.store.text import normalise

GOAL = KINDS[2]
STANDARD = KINDS[3]


def goals(engine: Engine) -> list[Goal]:
    """All present goals."""
    with reading(engine) as connection:
        found: list[Goal] = current(connection, GOAL)
    return found


def standards(engine: Engine, competency: str | None = None) -> list[Standard]:
    """All present standards, or those of one competency."""
    with reading(engine) as connection:
        found: list[Standard] = current(connection, STANDARD)
    if competency is None:
        return found
    wanted = normalise(competency)
    return [standard for standard in found if normalise(standard.competency) == wanted]
