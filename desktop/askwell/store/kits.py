# SPDX-License-Identifier: Apache-2.0
"""Kits and their questions. Nested parts are JSON columns, written and read by the strict codec."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from askwell.domain.errors import UsageError
from askwell.domain.questions import Approval, Finding, Kit, Provenance, Question, QuestionText, Slot, Status
from askwell.store.codec import decode, encode
from askwell.store.connection import reading, writing
from askwell.store.tables import kit as kit_table
from askwell.store.tables import question as question_table
from askwell.store.text import new_id

_KIT_FIELDS = tuple(column.name for column in kit_table.c)


def save_kit(engine: Engine, kit: Kit) -> Kit:
    """Save a kit and exactly its questions, in their order; returns it with identifiers filled in."""
    kit_id = kit.id or new_id("kit")
    questions = tuple(replace(one, id=one.id or new_id("q"), kit_id=kit_id) for one in kit.questions)
    saved = replace(kit, id=kit_id, questions=questions)
    values = {name: getattr(saved, name) for name in _KIT_FIELDS}
    with writing(engine) as connection:
        connection.execute(delete(question_table).where(question_table.c.kit_id == kit_id))
        if connection.execute(update(kit_table).where(kit_table.c.id == kit_id).values(**values)).rowcount == 0:
            connection.execute(insert(kit_table), values)
        if questions:
            rows = [_row(question, place) for place, question in enumerate(questions)]
            connection.execute(insert(question_table), rows)
    return saved


def save_question(engine: Engine, question: Question) -> Question:
    """Save one question in its place, or at the end of its kit. Raises UsageError when the kit is unknown."""
    saved = replace(question, id=question.id or new_id("q"))
    with writing(engine) as connection:
        known = connection.execute(select(kit_table.c.id).where(kit_table.c.id == saved.kit_id)).first()
        if known is None:
            raise UsageError.of("kit_unknown", kit=saved.kit_id)
        columns = question_table.c
        held = connection.execute(select(columns.place, columns.kit_id).where(columns.id == saved.id)).first()
        if held is not None and held.kit_id == saved.kit_id:
            row = _row(saved, held.place)
        else:
            last = select(func.coalesce(func.max(columns.place), -1)).where(columns.kit_id == saved.kit_id)
            row = _row(saved, connection.execute(last).scalar_one() + 1)
        if held is None:
            connection.execute(insert(question_table), row)
        else:
            connection.execute(update(question_table).where(columns.id == saved.id).values(**row))
    return saved


def kit(engine: Engine, kit_id: str) -> Kit:
    """A kit with its questions. Raises UsageError."""
    with reading(engine) as connection:
        found = _load(connection, kit_id)
    if not found:
        raise UsageError.of("kit_unknown", kit=kit_id)
    return found[0]


def kits(engine: Engine) -> list[Kit]:
    """All kits with their questions, newest first."""
    with reading(engine) as connection:
        return _load(connection)


def question(engine: Engine, question_id: str) -> Question:
    """One question. Raises UsageError."""
    with reading(engine) as connection:
        query = select(question_table).where(question_table.c.id == question_id)
        row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise UsageError.of("question_unknown", question=question_id)
        return _question(row)


def delete_kit(engine: Engine, kit_id: str) -> None:
    """Remove a kit and its questions. Raises UsageError."""
    with writing(engine) as connection:
        connection.execute(delete(question_table).where(question_table.c.kit_id == kit_id))
        if connection.execute(delete(kit_table).where(kit_table.c.id == kit_id)).rowcount == 0:
            raise UsageError.of("kit_unknown", kit=kit_id)


def _load(connection: Connection, kit_id: str | None = None) -> list[Kit]:
    kit_query = select(kit_table).order_by(kit_table.c.created_at.desc(), kit_table.c.id)
    question_query = select(question_table).order_by(question_table.c.place)
    if kit_id is not None:
        kit_query = kit_query.where(kit_table.c.id == kit_id)
        question_query = question_query.where(question_table.c.kit_id == kit_id)
    parts = _by_kit(connection.execute(question_query).mappings())
    rows = connection.execute(kit_query).mappings()
    return [Kit(**{name: row[name] for name in _KIT_FIELDS}, questions=tuple(parts[row["id"]])) for row in rows]


def _by_kit(rows: Iterable[Mapping[Any, Any]]) -> dict[str, list[Question]]:
    parts: dict[str, list[Question]] = defaultdict(list)
    for row in rows:
        parts[row["kit_id"]].append(_question(row))
    return parts


def _row(question: Question, place: int) -> dict[str, Any]:
    row: dict[str, Any] = {"id": question.id, "kit_id": question.kit_id, "place": place}
    row |= {"status": question.status.value, "note": question.note}
    nested = ("slot", "words", "provenance", "findings", "approval", "alternatives")
    return row | {name: encode(getattr(question, name)) for name in nested}


def _question(row: Mapping[Any, Any]) -> Question:
    return Question(
        id=row["id"],
        kit_id=row["kit_id"],
        slot=decode(Slot, row["slot"]),
        words=decode(QuestionText, row["words"]),
        status=decode(Status, row["status"]),
        provenance=decode(Provenance, row["provenance"]),
        findings=decode(tuple[Finding, ...], row["findings"]),
        approval=None if row["approval"] is None else decode(Approval, row["approval"]),
        alternatives=decode(tuple[QuestionText, ...], row["alternatives"]),
        note=row["note"],
    )
