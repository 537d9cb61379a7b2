# SPDX-License-Identifier: Apache-2.0
"""The audit log: append-only, each entry sealed by a hash over itself and the seal before it.

The database refuses to change or remove entries; the chain shows it where somebody worked around that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from askwell.domain.errors import StoreError
from askwell.store.connection import reading, writing
from askwell.store.tables import audit
from askwell.store.text import utc_now

_FIRST = "0" * 64
_SEALED = ("seq", "at", "actor", "action", "subject", "detail")


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """One entry of the log."""

    seq: int
    at: str
    actor: str
    action: str
    subject: str
    detail: dict[str, Any] = field(default_factory=dict)


def log_event(
    engine: Engine, actor: str, action: str, subject: str, detail: Mapping[str, object] | None = None
) -> AuditEvent:
    """Append an entry. `detail` must be something JSON can hold."""
    with writing(engine) as connection:
        last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
        seq, previous = (1, _FIRST) if last is None else (last.seq + 1, last.hash)
        # Through JSON once, so that what is sealed is what will be read (tuples become lists, and so on).
        plain: dict[str, Any] = json.loads(_canonical(dict(detail or {})))
        event = AuditEvent(seq, utc_now(), actor, action, subject, plain)
        row: dict[str, Any] = {name: getattr(event, name) for name in _SEALED}
        connection.execute(insert(audit), row | {"prev_hash": previous, "hash": _seal(previous, row)})
    return event


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _seal(previous: str, row: Mapping[Any, Any]) -> str:
    body = _canonical({name: row[name] for name in _SEALED})
    return hashlib.sha256((previous + body).encode()).hexdigest()


def events(engine: Engine, limit: int = 200, before: int | None = None) -> list[AuditEvent]:
    """The newest entries first; `before` (a `seq`) pages on."""
    query = select(*(audit.c[name] for name in _SEALED)).order_by(audit.c.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(audit.c.seq < before)
    with reading(engine) as connection:
        return [AuditEvent(*row) for row in connection.execute(query)]


def verify_audit(engine: Engine) -> int:
    """How many entries there are, all of them sound. Raises StoreError at the first that is not."""
    with reading(engine) as connection:
        count, previous = 0, _FIRST
        for row in connection.execute(select(audit).order_by(audit.c.seq)).mappings():
            sound = row["seq"] == count + 1 and row["prev_hash"] == previous and row["hash"] == _seal(previous, row)
            if not sound:
                raise StoreError.of("audit_broken", entry=count + 1)
            count, previous = row["seq"], row["hash"]
        if count < _ever_given(connection, count):
            raise StoreError.of("audit_broken", entry=count + 1)
    return count


def _ever_given(connection: Connection, count: int) -> int:
    if connection.dialect.name != "sqlite":
        return count
    query = text("SELECT seq FROM sqlite_sequence WHERE name = 'audit'")
    return connection.execute(query).scalar() or 0
