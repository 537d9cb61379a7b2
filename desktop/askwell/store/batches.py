# SPDX-License-Identifier: Apache-2.0
"""Imports: save a batch in one transaction, verify it after the commit, take it back exactly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, Table, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from askwell.domain.errors import StoreError, UsageError
from askwell.domain.records import BatchSummary, Record
from askwell.store import tables
from askwell.store.codec import decode, encode
from askwell.store.connection import reading, writing
from askwell.store.kinds import KINDS, Kind, kind_of
from askwell.store.planning import Plan, plan
from askwell.store.readback import Miss, Verdict, read_back
from askwell.store.text import new_id, utc_now

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class BatchDetail:
    """What an import did, and the fields that did not come back as they were in the source."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    misses: tuple[Miss, ...] = ()


def save_batch(
    engine: Engine, file: str, records: Sequence[Record], problems: int, verify: bool = True
) -> BatchSummary:
    """Save all records or none; then read them back and compare field by field."""
    summary = BatchSummary(new_id("bat"), file, utc_now(), _counts(records), problems)
    with writing(engine) as connection:
        _insert_batch(connection, summary)
        plans = [_save_kind(connection, kind, chosen, summary) for kind, chosen in _by_kind(records)]
        _note_changes(connection, summary.id, plans)
    return _verified(engine, summary, plans) if verify else summary


def _counts(records: Sequence[Record]) -> dict[str, int]:
    found = Counter(kind_of(record).name.value for record in records)
    return {kind.name.value: found[kind.name.value] for kind in KINDS if found[kind.name.value]}


def _by_kind(records: Sequence[Record]) -> Iterator[tuple[Kind, list[Record]]]:
    for kind in KINDS:
        chosen = [record for record in records if isinstance(record, kind.cls)]
        if chosen:
            yield kind, chosen


def _insert_batch(connection: Connection, summary: BatchSummary) -> None:
    values: dict[str, Any] = {
        "id": summary.id,
        "file": summary.file,
        "imported_at": summary.imported_at,
        "counts": summary.counts,
        "problems": summary.problems,
        "fields_checked": 0,
        "fields_equal": 0,
        "undone": False,
        "changes": {},
        "misses": [],
    }
    connection.execute(insert(tables.batch), values)


def _save_kind(connection: Connection, kind: Kind, records: list[Record], summary: BatchSummary) -> Plan:
    made = plan(connection, kind, records)
    columns = kind.table.c
    ending = update(kind.table).where(columns.id == bindparam("ended"), columns.valid_to.is_(None))
    for rows, ended in made.steps(summary.id, summary.imported_at, _CHUNK):
        if ended:
            connection.execute(ending.values(valid_to=summary.imported_at), [{"ended": one} for one in ended])
        if rows:
            connection.execute(insert(kind.table), rows)
    return made


def _note_changes(connection: Connection, batch_id: str, plans: list[Plan]) -> None:
    changes = Counter[str]()
    for target in (target for made in plans for target in made.targets):
        changes["unchanged" if not target.written else "new" if target.held is None else "changed"] += 1
    query = update(tables.batch).where(tables.batch.c.id == batch_id)
    connection.execute(query.values(changes=dict(changes)))


def _verified(engine: Engine, summary: BatchSummary, plans: list[Plan]) -> BatchSummary:
    verdict = Verdict()
    with reading(engine) as connection:
        for made in plans:
            verdict.add(read_back(connection, made))
    with writing(engine) as connection:
        query = update(tables.batch).where(tables.batch.c.id == summary.id)
        values = {
            "fields_checked": verdict.checked,
            "fields_equal": verdict.equal,
            "misses": [encode(miss) for miss in verdict.misses],
        }
        connection.execute(query.values(**values))
    return replace(summary, fields_checked=verdict.checked, fields_equal=verdict.equal)


def batches(engine: Engine) -> list[BatchSummary]:
    """All imports, newest first, those taken back included."""
    with reading(engine) as connection:
        rows = connection.execute(select(tables.batch).order_by(tables.batch.c.seq.desc())).all()
    return [_summary(row) for row in rows]


def batch_detail(engine: Engine, batch_id: str) -> BatchDetail:
    """What one import did. Raises UsageError for an unknown one."""
    with reading(engine) as connection:
        row = _batch_row(connection, batch_id)
    return BatchDetail(**row.changes, misses=decode(tuple[Miss, ...], row.misses))


def followers(engine: Engine) -> dict[str, tuple[str | None, ...]]:
    """What keeps imports from being undone: by batch, the later batches that stand on it, newest first.

    None, always last, stands for edits by hand. Batches that nothing stands on are missing.
    """
    found: dict[str, set[str | None]] = defaultdict(set)
    with reading(engine) as connection:
        order = {row.id: row.seq for row in connection.execute(select(tables.batch.c.id, tables.batch.c.seq))}
        for query in (query for kind in KINDS for query in (_next_versions(kind), _names_taken(kind))):
            for mine, later in connection.execute(query):
                found[mine].add(later)
    return {
        mine: tuple(sorted(later, key=lambda one: order[one] if one is not None else 0, reverse=True))
        for mine, later in found.items()
    }


def _next_versions(kind: Kind) -> Select[Any]:
    """Pairs of batches of which the second wrote the version after one of the first."""
    mine, later = kind.table.alias("mine"), kind.table.alias("later")
    joined = mine.join(later, (later.c.id == mine.c.id) & (later.c.version == mine.c.version + 1))
    query = select(mine.c.batch_id, later.c.batch_id).select_from(joined)
    return query.where(mine.c.batch_id.is_not(None)).distinct()


def _names_taken(kind: Kind) -> Select[Any]:
    """Pairs of batches of which the first renamed a record and the second gave the old name to another one."""
    mine, old, other = (kind.table.alias(name) for name in ("mine", "old", "other"))
    before = (old.c.id == mine.c.id) & (old.c.version == mine.c.version - 1)
    taken = (other.c.key == old.c.key) & (other.c.nth == old.c.nth) & (other.c.id != old.c.id)
    query = select(mine.c.batch_id, other.c.batch_id).select_from(mine.join(old, before).join(other, taken))
    foreign = other.c.batch_id.is_distinct_from(mine.c.batch_id)
    return query.where(mine.c.batch_id.is_not(None), other.c.valid_to.is_(None), foreign).distinct()


def _summary(row: Row[Any]) -> BatchSummary:
    return BatchSummary(
        id=row.id,
        file=row.file,
        imported_at=row.imported_at,
        counts=decode(dict[str, int], row.counts),
        problems=row.problems,
        fields_checked=row.fields_checked,
        fields_equal=row.fields_equal,
        undone=row.undone,
    )


def _batch_row(connection: Connection, batch_id: str) -> Row[Any]:
    row = connection.execute(select(tables.batch).where(tables.batch.c.id == batch_id)).one_or_none()
    if row is None:
        raise UsageError.of("batch_unknown", batch=batch_id)
    return row


def undo_batch(engine: Engine, batch_id: str) -> BatchSummary:
    """Restore what was before the batch. Raises StoreError when a later change stands on it."""
    with writing(engine) as connection:
        row = _batch_row(connection, batch_id)
        if row.undone:
            raise UsageError.of("batch_undone", file=row.file)
        for kind in KINDS:
            _refuse_if_built_upon(connection, kind, row)
        for kind in KINDS:
            _take_back(connection, kind, row)
        connection.execute(update(tables.batch).where(tables.batch.c.id == batch_id).values(undone=True))
        return replace(_summary(row), undone=True)


def _refuse_if_built_upon(connection: Connection, kind: Kind, batch: Row[Any]) -> None:
    mine, later, origin = kind.table.alias("mine"), kind.table.alias("later"), tables.batch
    joined = mine.join(later, (later.c.id == mine.c.id) & (later.c.version == mine.c.version + 1))
    query = (
        select(later, origin.c.file.label("batch_file"))
        .select_from(joined.outerjoin(origin, origin.c.id == later.c.batch_id))
        .where(mine.c.batch_id == batch.id)
        .order_by(later.c.row)
        .limit(1)
    )
    found = connection.execute(query).first()
    if found is not None:
        raise _blocked(batch.file, kind.label(found), found.batch_file or found.valid_from[:19])


def _blocked(file: str, record: str, later: str) -> Exception:
    return StoreError.of("undo_blocked", file=file, record=record, later=later)


def _take_back(connection: Connection, kind: Kind, batch: Row[Any]) -> None:
    table: Table = kind.table
    query = select(table.c.id, table.c.version - 1).where(table.c.batch_id == batch.id, table.c.version > 1)
    restored = [{"old_id": row[0], "old_version": row[1]} for row in connection.execute(query)]
    connection.execute(delete(table).where(table.c.batch_id == batch.id))
    if not restored:
        return
    reopen = update(table).where(table.c.id == bindparam("old_id"), table.c.version == bindparam("old_version"))
    try:
        connection.execute(reopen.values(valid_to=None), restored)
    except IntegrityError as error:
        # The old name was taken by another record since; putting it back would make two of one.
        raise _blocked(batch.file, restored[0]["old_id"], "?") from error
