# SPDX-License-Identifier: Apache-2.0
"""The first schema: records with versions, batches, kits, settings, audit log."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

Columns = list[sa.Column[Any]]


def _texts(*names: str) -> Columns:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _jsons(*names: str) -> Columns:
    return [sa.Column(name, sa.JSON(), nullable=False) for name in names]


def _weight() -> Columns:
    return [sa.Column("weight", sa.Float(), nullable=False)]


def _word(name: str) -> Columns:
    return [sa.Column(name, sa.String(16), nullable=False)]


def _record_table(name: str, content: Columns) -> None:
    op.create_table(
        name,
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        *_texts("key", "alt"),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("tell", sa.String(32), nullable=False),
        sa.Column("digest", sa.String(32), nullable=False),
        sa.Column("batch_id", sa.String(32), nullable=True),
        sa.Column("valid_from", sa.String(32), nullable=False),
        sa.Column("valid_to", sa.String(32), nullable=True),
        sa.Column("origin_file", sa.Text(), nullable=True),
        *_texts("origin_sheet"),
        sa.Column("origin_row", sa.Integer(), nullable=False),
        *content,
        sa.PrimaryKeyConstraint("row", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=f"fk_{name}_batch_id"),
    )
    current = sa.text("valid_to IS NULL")
    op.create_index(f"ix_{name}_id_version", name, ["id", "version"], unique=True)
    op.create_index(
        f"ix_{name}_current", name, ["key", "nth"], unique=True, sqlite_where=current, postgresql_where=current
    )
    op.create_index(f"ix_{name}_batch", name, ["batch_id"])


def _batch() -> None:
    op.create_table(
        "batch",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        *_texts("file"),
        sa.Column("imported_at", sa.String(32), nullable=False),
        *_jsons("counts"),
        sa.Column("problems", sa.Integer(), nullable=False),
        sa.Column("fields_checked", sa.Integer(), nullable=False),
        sa.Column("fields_equal", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        *_jsons("changes", "misses"),
        sa.PrimaryKeyConstraint("seq", name="pk_batch"),
        sa.UniqueConstraint("id", name="uq_batch_id"),
    )


def _records() -> None:
    _record_table(
        "position",
        _texts("title", "code", "department", "level", "lang", "purpose")
        + _jsons("duties", "qualifications", "competencies")
        + _texts("profile_date"),
    )
    _record_table(
        "kpi",
        _texts("name", "position_title", "position_key")
        + _word("direction")
        + _texts("baseline", "target", "unit", "period")
        + _weight()
        + _texts("definition", "scoring"),
    )
    _record_table(
        "goal",
        _texts("text", "code", "parent_code")
        + _word("level")
        + _texts("department", "position_title", "measure", "baseline", "target")
        + _weight()
        + _texts("year", "due"),
    )
    _record_table("standard", _texts("competency", "text", "level", "definition") + _jsons("positions"))
    _people()
    for name in ("kpi", "candidate", "interview"):
        op.create_index(f"ix_{name}_position_key", name, ["position_key"])


def _people() -> None:
    _record_table("candidate", _texts("code", "position_title", "position_key") + _jsons("experience") + _texts("lang"))
    _record_table(
        "interview",
        [
            *_texts("question", "position_title", "position_key", "candidate_code", "round", "date", "competency"),
            sa.Column("rating", sa.Float(), nullable=True),
            *_texts("answer_note"),
            sa.Column("assessable", sa.Boolean(), nullable=True),
        ],
    )


def _kits() -> None:
    op.create_table(
        "kit",
        sa.Column("id", sa.String(64), nullable=False),
        *_texts("title", "position_id", "position_title", "department"),
        *_word("lang"),
        sa.Column("created_at", sa.String(40), nullable=False),
        *_texts("candidate_code"),
        sa.PrimaryKeyConstraint("id", name="pk_kit"),
    )
    op.create_table(
        "question",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("kit_id", sa.String(64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *_word("status"),
        *_jsons("slot", "words", "provenance", "findings"),
        sa.Column("approval", sa.JSON(none_as_null=True), nullable=True),
        *_jsons("alternatives"),
        *_texts("note"),
        sa.PrimaryKeyConstraint("id", name="pk_question"),
        sa.ForeignKeyConstraint(["kit_id"], ["kit.id"], name="fk_question_kit_id"),
    )
    op.create_index("ix_question_kit_id", "question", ["kit_id"])


def _setting_and_audit() -> None:
    op.create_table(
        "setting",
        sa.Column("key", sa.String(200), nullable=False),
        *_jsons("value"),
        sa.PrimaryKeyConstraint("key", name="pk_setting"),
    )
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(32), nullable=False),
        *_texts("actor", "action", "subject"),
        *_jsons("detail"),
        sa.Column("prev_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    _seal_audit(op.get_context().dialect.name)


def _seal_audit(dialect: str) -> None:
    if dialect == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_no_{verb.lower()} BEFORE {verb} ON audit "
                "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
            )
    elif dialect == "postgresql":
        op.execute(
            "CREATE FUNCTION audit_refuse() RETURNS trigger AS $$ "
            "BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$ LANGUAGE plpgsql"
        )
        op.execute(
            "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
        )


def upgrade() -> None:
    """Build everything."""
    _batch()
    _records()
    _kits()
    _setting_and_audit()


def downgrade() -> None:
    """Refused: going back would lose data; restore the backup that the upgrade made."""
    raise NotImplementedError("restore the backup instead")
