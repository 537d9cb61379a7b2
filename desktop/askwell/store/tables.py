# SPDX-License-Identifier: Apache-2.0
"""The schema. The migrations build the same one; a test compares the two.

A record table holds one row for each *version* of a record. The present version is the row whose `valid_to` is null.
`key` (and `nth`, where an export lists several records under one key) recognises a record on re-import, `digest` tells
whether its content changed, `batch_id` is the import that brought the version (null: edited by hand).

TO ADD A COLUMN: add it here, add a migration `migrations/versions/rNNNN_<what>.py`, run the store tests.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _json(name: str) -> Column[object]:
    return Column(name, JSON, nullable=False)


def _record_table(name: str, *content: Column[Any]) -> Table:
    table = Table(
        name,
        metadata,
        Column("row", Integer, primary_key=True),
        Column("id", String(32), nullable=False),
        Column("version", Integer, nullable=False),
        Column("rank", Integer, nullable=False),
        _text("key"),
        _text("alt"),
        Column("nth", Integer, nullable=False),
        Column("tell", String(32), nullable=False),
        Column("digest", String(32), nullable=False),
        Column("batch_id", String(32), ForeignKey("batch.id"), nullable=True),
        Column("valid_from", String(32), nullable=False),
        Column("valid_to", String(32), nullable=True),
        Column("origin_file", Text, nullable=True),
        _text("origin_sheet"),
        Column("origin_row", Integer, nullable=False),
        *content,
    )
    current = table.c.valid_to.is_(None)
    Index(f"ix_{name}_id_version", table.c.id, table.c.version, unique=True)
    Index(f"ix_{name}_current", table.c.key, table.c.nth, unique=True, sqlite_where=current, postgresql_where=current)
    Index(f"ix_{name}_batch", table.c.batch_id)
    return table


batch = Table(
    "batch",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    _text("file"),
    Column("imported_at", String(32), nullable=False),
    _json("counts"),
    Column("problems", Integer, nullable=False),
    Column("fields_checked", Integer, nullable=False),
    Column("fields_equal", Integer, nullable=False),
    Column("undone", Boolean, nullable=False),
    _json("changes"),
    _json("misses"),
)

position = _record_table(
    "position",
    *(_text(name) for name in ("title", "code", "department", "level", "lang", "purpose")),
    *(_json(name) for name in ("duties", "qualifications", "competencies")),
    _text("profile_date"),
)

kpi = _record_table(
    "kpi",
    *(_text(name) for name in ("name", "position_title", "position_key")),
    Column("direction", String(16), nullable=False),
    *(_text(name) for name in ("baseline", "target", "unit", "period")),
    Column("weight", Float, nullable=False),
    *(_text(name) for name in ("definition", "scoring")),
)

goal = _record_table(
    "goal",
    *(_text(name) for name in ("text", "code", "parent_code")),
    Column("level", String(16), nullable=False),
    *(_text(name) for name in ("department", "position_title", "measure", "baseline", "target")),
    Column("weight", Float, nullable=False),
    *(_text(name) for name in ("year", "due")),
)

standard = _record_table(
    "standard",
    *(_text(name) for name in ("competency", "text", "level", "definition")),
    _json("positions"),
)

candidate = _record_table(
    "candidate",
    *(_text(name) for name in ("code", "position_title", "position_key")),
    _json("experience"),
    _text("lang"),
)

interview = _record_table(
    "interview",
    *(_text(name) for name in ("question", "position_title", "position_key", "candidate_code", "round", "date")),
    _text("competency"),
    Column("rating", Float, nullable=True),
    _text("answer_note"),
    Column("assessable", Boolean, nullable=True),
)

for _table in (kpi, candidate, interview):
    Index(f"ix_{_table.name}_position_key", _table.c.position_key)

kit = Table(
    "kit",
    metadata,
    Column("id", String(64), primary_key=True),
    _text("title"),
    _text("position_id"),
    _text("position_title"),
    _text("department"),
    Column("lang", String(16), nullable=False),
    Column("created_at", String(40), nullable=False),
    _text("candidate_code"),
)

question = Table(
    "question",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("kit_id", String(64), ForeignKey("kit.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    *(_json(name) for name in ("slot", "words", "provenance", "findings")),
    Column("approval", JSON(none_as_null=True), nullable=True),
    _json("alternatives"),
    _text("note"),
)

setting = Table("setting", metadata, Column("key", String(200), primary_key=True), _json("value"))

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("at", String(32), nullable=False),
    _text("actor"),
    _text("action"),
    _text("subject"),
    _json("detail"),
    Column("prev_hash", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    # SQLite then remembers the highest number ever given, so that a cut-off tail of the log is noticed.
    sqlite_autoincrement=True,
)
