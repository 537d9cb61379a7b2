# SPDX-License-Identifier: Apache-2.0
"""What all kinds of record share: the present state, the history, a new version by hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from askwell.domain.errors import StoreError, UsageError
from askwell.domain.records import Record
from askwell.store import tables
from askwell.store.connection import reading
from askwell.store.kinds import KINDS, Kind, kind_of, kind_of_id
from askwell.store.planning import tell_of
from askwell.store.rows import Row, content_of, digest_of, lookup_of, origin_of, record_of
from askwell.store.text import utc_now


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """One state of a record; `valid_to` is empty for the present one, `batch_id` for an edit by hand."""

    record: Record
    version: int
    valid_from: str
    valid_to: str = ""
    batch_id: str = ""


def current(connection: Connection, kind: Kind, *conditions: ColumnElement[bool]) -> list[Any]:
    """The present records of a kind, in the order in which they first came."""
    columns = kind.table.c
    query = select(kind.table).where(columns.valid_to.is_(None), *conditions).order_by(columns.rank, columns.row)
    return [record_of(kind, row) for row in connection.execute(query).mappings()]


def history(engine: Engine, record_id: str) -> list[RecordVersion]:
    """All versions of a record, oldest first. Raises UsageError for an unknown one."""
    kind = kind_of_id(record_id)
    if kind is None:
        raise UsageError.of("record_unknown", record=record_id)
    with reading(engine) as connection:
        columns = kind.table.c
        query = select(kind.table).where(columns.id == record_id).order_by(columns.version)
        rows = connection.execute(query).mappings().all()
    if not rows:
        raise UsageError.of("record_unknown", record=record_id)
    return [
        RecordVersion(
            record=record_of(kind, row),
            version=row["version"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"] or "",
            batch_id=row["batch_id"] or "",
        )
        for row in rows
    ]


def counts(engine: Engine) -> dict[str, int]:
    """How many there are of each kind of record, and of batches, kits and questions."""
    with reading(engine) as connection:
        found = {}
        for kind in KINDS:
            query = select(func.count()).select_from(kind.table).where(kind.table.c.valid_to.is_(None))
            found[kind.name.value] = connection.execute(query).scalar_one()
        for table in (tables.batch, tables.kit, tables.question):
            found[table.name] = connection.execute(select(func.count()).select_from(table)).scalar_one()
    return found


def revise(connection: Connection, record: Record) -> Any:
    """Save a changed record as its next version and return it; unchanged content gives no version.

    Raises UsageError for an unknown record, StoreError when it was changed since it was read or when the new name
    belongs to another record.
    """
    kind = kind_of(record)
    columns = kind.table.c
    query = select(kind.table).where(columns.id == record.id, columns.valid_to.is_(None))
    held = connection.execute(query).mappings().one_or_none()
    if held is None:
        raise UsageError.of("record_unknown", record=record.id or kind.label(record))
    if kind.versioned and getattr(record, "version", 0) != held["version"]:
        raise StoreError.of("record_changed", record=kind.label(record), version=held["version"])
    content = content_of(kind, record)
    if digest_of(content) == held["digest"]:
        return record_of(kind, held)
    row = _next_row(kind, record, held, content)
    connection.execute(update(kind.table).where(columns.row == held["row"]).values(valid_to=row["valid_from"]))
    try:
        connection.execute(insert(kind.table), row)
    except IntegrityError as error:
        raise StoreError.of("record_duplicate", record=kind.label(record)) from error
    return record_of(kind, row)


def _next_row(kind: Kind, record: Record, held: Any, content: Row) -> Row:
    lookup = lookup_of(kind, record)
    return {
        "id": held["id"],
        "version": held["version"] + 1,
        "rank": held["rank"],
        "nth": held["nth"] if lookup["key"] == held["key"] else 0,
        "tell": tell_of(kind, record),
        "digest": digest_of(content),
        "batch_id": None,
        "valid_from": utc_now(),
        "valid_to": None,
        **lookup,
        **origin_of(record),
        **content,
    }
