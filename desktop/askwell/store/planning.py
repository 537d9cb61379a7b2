# SPDX-License-Identifier: Apache-2.0
"""Which incoming record is which known one: decided on keys alone, before anything is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from askwell.domain.records import Record
from askwell.store.kinds import Kind
from askwell.store.rows import Row, content_of, digest_of, lookup_of, origin_of, short_hash
from askwell.store.text import new_id


@dataclass(slots=True)
class Held:
    """The present version of a known record, as far as planning needs it."""

    id: str
    version: int
    rank: int
    nth: int
    tell: str
    digest: str
    code: str


@dataclass(slots=True)
class Target:
    """One record of the store and the incoming records that speak of it; the last of them wins."""

    id: str
    nth: int
    held: Held | None
    tell: str
    records: list[Record] = field(default_factory=list)
    written: bool = False
    version: int = 1
    rank: int = 0


@dataclass(slots=True)
class Plan:
    """What saving one kind will do."""

    kind: Kind
    targets: list[Target]

    def steps(self, batch_id: str, now: str, size: int) -> Iterator[tuple[list[Row], list[str]]]:
        """Part by part: the version rows to insert, and the records whose present version ends with that.

        Unchanged content gives no row. In parts, so that a large import never lies in memory twice.
        """
        stamp = {"batch_id": batch_id, "valid_from": now, "valid_to": None}
        for start in range(0, len(self.targets), size):
            rows, ended = [], []
            for target in self.targets[start : start + size]:
                row = _row(self.kind, target)
                target.written = target.held is None or target.held.digest != row["digest"]
                if not target.written:
                    continue
                if target.held is not None:
                    ended.append(target.id)
                    target.version = row["version"] = target.held.version + 1
                row.update(stamp)
                rows.append(row)
            yield rows, ended


def _row(kind: Kind, target: Target) -> Row:
    record = target.records[-1]
    content = content_of(kind, record)
    row = {"id": target.id, "rank": target.rank, "nth": target.nth, "version": 1, "digest": digest_of(content)}
    row["tell"] = target.tell
    return {**row, **lookup_of(kind, record), **origin_of(record), **content}


def tell_of(kind: Kind, record: Record) -> str:
    """What sets the record apart from others under its key."""
    return short_hash(kind.tell(record))


def plan(connection: Connection, kind: Kind, records: Sequence[Record]) -> Plan:
    """Match `records` with what the store holds."""
    book = _Book(connection, kind)
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        key, record = book.resolve(record)
        groups[key].append(record)
    targets = [target for key, group in groups.items() for target in book.assign(key, group)]
    return Plan(kind, targets)


class _Book:
    """The keys of the present versions of one kind, and of what this import adds."""

    def __init__(self, connection: Connection, kind: Kind) -> None:
        self.kind = kind
        self.by_key: dict[str, list[Held]] = defaultdict(list)
        self.by_alt: dict[str, set[str]] = defaultdict(set)
        self.codes: dict[str, str] = {}
        self.alias: dict[str, str] = {}
        self.claimed: set[str] = set()
        self.next_rank = 1
        for held, key, alt in _held(connection, kind):
            self.by_key[key].append(held)
            self._note(key, alt, held.code)
            self.next_rank = max(self.next_rank, held.rank + 1)

    def _note(self, key: str, alt: str, code: str) -> None:
        self.by_alt[alt or key].add(key)
        if code:
            self.codes.setdefault(key, code)

    def resolve(self, record: Any) -> tuple[str, Record]:
        """The key under which the record is known, and the record with the code that the store knows for it."""
        own, alt = self.kind.key(record), self.kind.alt(record)
        key = self.alias.get(own) or self._known(own, alt)
        if key != own:
            self.alias[own] = key
            self.claimed.add(key)
        code = getattr(record, "code", "")
        if not code and key in self.codes:
            record = replace(record, code=self.codes[key])
        self._note(key, alt, code)
        return key, record

    def _known(self, own: str, alt: str) -> str:
        candidates = self.by_alt.get(alt, set())
        if not alt or own in self.by_key or own in candidates:
            return own
        if own.startswith("c:"):
            # The code arrives later than the record: the record under the bare name is the same one.
            bare = f"n:{alt}"
            return bare if bare in candidates and bare not in self.claimed else own
        coded = [key for key in candidates if key.startswith("c:")]
        return coded[0] if len(coded) == 1 else own

    def assign(self, key: str, group: list[Record]) -> Iterable[Target]:
        """Targets for the records under one key: equal `tell` first, then in order, then new ones."""
        incoming: dict[str, list[Record]] = defaultdict(list)
        for record in group:
            incoming[tell_of(self.kind, record)].append(record)
        known = {held.tell: held for held in self.by_key.get(key, ())}
        found = {tell: known.pop(tell) for tell in incoming if tell in known}
        strangers = [tell for tell in incoming if tell not in found]
        # Fewer newcomers than records left over would change the wrong ones; then they stand beside them.
        if len(strangers) >= len(known):
            found |= dict(zip(strangers, sorted(known.values(), key=lambda held: held.nth), strict=False))
        nth = max((held.nth for held in self.by_key.get(key, ())), default=-1)
        for tell, records in incoming.items():
            held = found.get(tell)
            if held is None:
                nth += 1
            yield self._target(held, nth, tell, records)

    def _target(self, held: Held | None, nth: int, tell: str, records: list[Record]) -> Target:
        if held is not None:
            return Target(held.id, held.nth, held, tell, records, version=held.version, rank=held.rank)
        self.next_rank += 1
        return Target(new_id(self.kind.prefix), nth, None, tell, records, rank=self.next_rank - 1)


def _held(connection: Connection, kind: Kind) -> Iterable[tuple[Held, str, str]]:
    columns = kind.table.c
    names = ("id", "version", "rank", "nth", "tell", "digest")
    wanted = [columns[name] for name in (*names, "key", "alt")]
    if "code" in columns:
        wanted.append(columns.code)
    query = select(*wanted).where(columns.valid_to.is_(None)).order_by(columns.rank)
    for row in connection.execute(query):
        values = row._mapping
        held = Held(**{name: values[name] for name in names}, code=values.get("code", ""))
        yield held, values["key"], values["alt"]
