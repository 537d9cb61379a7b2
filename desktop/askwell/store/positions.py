# SPDX-License-Identifier: Apache-2.0
"""Positions: list, find by what a person types, change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine

from askwell.domain.errors import UsageError
from askwell.domain.records import Position
from askwell.store.connection import reading, writing
from askwell.store.kinds import KINDS
from askwell.store.records import current, revise
from askwell.store.text import normalise

POSITION = KINDS[0]
_SHOWN = 5
Test = Callable[[Position], bool]


def positions(engine: Engine) -> list[Position]:
    """All present positions."""
    with reading(engine) as connection:
        return all_positions(connection)


def all_positions(connection: Connection) -> list[Position]:
    """All present positions, inside a transaction."""
    found: list[Position] = current(connection, POSITION)
    return found


def position(engine: Engine, position_id: str) -> Position:
    """The position with this identifier. Raises UsageError."""
    with reading(engine) as connection:
        found: list[Position] = current(connection, POSITION, POSITION.table.c.id == position_id)
    if not found:
        raise UsageError.of("position_unknown", text=position_id, nearest="—")
    return found[0]


def find_position(engine: Engine, text: str) -> Position:
    """What a person means by `text`: id, code or title; else the only title that begins with it or contains it.

    Raises UsageError: `position_ambiguous` with the names, `position_unknown` with the nearest titles.
    """
    known = positions(engine)
    wanted = normalise(text)
    for test in _tests(text, wanted) if wanted else ():
        found = [candidate for candidate in known if test(candidate)]
        if len(found) > 1:
            raise UsageError.of("position_ambiguous", text=text, names=_names(found))
        if found:
            return found[0]
    raise UsageError.of("position_unknown", text=text, nearest=_nearest(wanted, known))


def _tests(text: str, wanted: str) -> tuple[Test, ...]:
    return (
        lambda candidate: candidate.id == text.strip(),
        lambda candidate: bool(candidate.code) and normalise(candidate.code) == wanted,
        lambda candidate: normalise(candidate.title) == wanted,
        lambda candidate: wanted in _with_department(candidate),
        lambda candidate: normalise(candidate.title).startswith(wanted),
        lambda candidate: wanted in normalise(candidate.title),
    )


def _with_department(candidate: Position) -> tuple[str, ...]:
    # So that two positions of one title can be told apart, in the ways people write both together.
    title, department = normalise(candidate.title), normalise(candidate.department)
    return (f"{department}/{title}", f"{department}{title}", f"{title}({department})", f"{title}/{department}")


def _names(found: Sequence[Position]) -> str:
    names = [f"{one.title} ({one.department or one.code or one.id})" for one in found[:_SHOWN]]
    return ", ".join(names) + (", …" if len(found) > _SHOWN else "")


def _nearest(wanted: str, known: Sequence[Position]) -> str:
    titles = {normalise(candidate.title): candidate.title for candidate in known}
    near = difflib.get_close_matches(wanted, titles, n=3, cutoff=0.3)
    return ", ".join(titles[name] for name in near) or "—"


def update_position(engine: Engine, changed: Position) -> Position:
    """Save a changed position as its next version."""
    with writing(engine) as connection:
        saved: Position = revise(connection, changed)
    return saved
