# SPDX-License-Identifier: Apache-2.0
"""The second verification: read back from the store and compare with the source, field by field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from askwell.domain.records import Record
from askwell.store.kinds import Kind
from askwell.store.planning import Plan, Target
from askwell.store.rows import record_of

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class Miss:
    """A field that is not in the store as it was in the source."""

    record: str
    field: str
    source: str
    stored: str
    file: str = ""
    sheet: str = ""
    row: int = 0


@dataclass(slots=True)
class Verdict:
    """The sum of all comparisons."""

    checked: int = 0
    equal: int = 0
    misses: list[Miss] = field(default_factory=list)

    def add(self, other: Verdict) -> None:
        """Take in the result of another part."""
        self.checked += other.checked
        self.equal += other.equal
        self.misses += other.misses


def read_back(connection: Connection, plan: Plan) -> Verdict:
    """Compare every incoming record of the plan, those that a later row of the file replaced included."""
    verdict = Verdict()
    for start in range(0, len(plan.targets), _CHUNK):
        chunk = plan.targets[start : start + _CHUNK]
        stored = _stored(connection, plan.kind, chunk)
        for target in chunk:
            _compare_target(plan.kind, target, stored.get((target.id, target.version)), verdict)
    return verdict


def _stored(connection: Connection, kind: Kind, chunk: list[Target]) -> dict[tuple[str, int], Record]:
    query = select(kind.table).where(kind.table.c.id.in_([target.id for target in chunk]))
    rows = connection.execute(query).mappings()
    return {(row["id"], row["version"]): record_of(kind, row) for row in rows}


def _compare_target(kind: Kind, target: Target, stored: Record | None, verdict: Verdict) -> None:
    for record in target.records:
        # Unchanged content keeps the version and the origin of the import that brought it.
        lineage = target.written and record is target.records[-1]
        for name in (*kind.content, "origin") if lineage else kind.content:
            verdict.checked += 1
            source, found = getattr(record, name), getattr(stored, name, None)
            if stored is not None and source == found:
                verdict.equal += 1
            else:
                verdict.misses.append(_miss(kind, record, name, found))


def _miss(kind: Kind, record: Any, name: str, found: object) -> Miss:
    origin = record.origin
    place = {} if origin is None else {"file": origin.file, "sheet": origin.sheet, "row": origin.row}
    return Miss(kind.label(record), name, str(getattr(record, name)), str(found), **place)
