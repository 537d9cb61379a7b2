# SPDX-License-Identifier: Apache-2.0
"""Opening, upgrading and refusing database files."""

from __future__ import annotations

import dataclasses
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from askwell.domain.errors import StoreError
from askwell.domain.records import KIND_OF, Position
from askwell.store import FILE_NAME, open_workspace
from askwell.store.connection import make_engine, reading
from askwell.store.kinds import ASSIGNED, KINDS
from askwell.store.migrate import alembic_config, revisions, upgrade
from askwell.store.tables import metadata


def refusal(folder: Path, busy_ms: int = 10_000) -> str:
    with pytest.raises(StoreError) as caught:
        open_workspace(folder, busy_ms)
    assert caught.value.hint is not None
    return caught.value.message.key


def pragma(path: Path, name: str) -> object:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(f"PRAGMA {name}").fetchone()[0]


def test_the_migrations_build_the_schema_that_the_tables_describe(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "fresh.db")
    upgrade(engine)
    with reading(engine) as connection:
        options = {"compare_type": True, "compare_server_default": True}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
    engine.dispose()


def test_a_forgotten_column_would_be_noticed(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "fresh.db")
    upgrade(engine)
    with closing(sqlite3.connect(tmp_path / "fresh.db")) as database:
        database.execute("ALTER TABLE kit DROP COLUMN department")
    with reading(engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata)
    engine.dispose()


def test_file_names_of_migrations_carry_their_revision_numbers() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    assert sorted(step.revision for step in script.walk_revisions()) == revisions()
    assert script.get_current_head() == revisions()[-1]


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "fresh.db")
    upgrade(engine)
    upgrade(engine)
    engine.dispose()


def test_every_field_of_every_record_has_a_column() -> None:
    assert {kind.cls for kind in KINDS} == set(KIND_OF)
    for kind in KINDS:
        fields = {field.name for field in dataclasses.fields(kind.cls)} - ASSIGNED
        assert fields <= set(kind.table.c.keys())


def test_the_schema_is_valid_for_postgresql() -> None:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    for table in metadata.sorted_tables:
        assert str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert str(CreateIndex(index).compile(dialect=dialect))


def test_the_migrations_can_be_written_as_postgresql_script() -> None:
    config = alembic_config()
    config.output_buffer = io.StringIO()
    config.attributes["dialect"] = "postgresql"
    command.upgrade(config, "head", sql=True)
    script = config.output_buffer.getvalue()
    assert "CREATE TABLE position" in script
    assert "audit_append_only" in script


def test_a_new_workspace_uses_wal_and_foreign_keys(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        assert pragma(workspace.path, "journal_mode") == "wal"
        with reading(workspace._engine) as connection:
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
            assert connection.exec_driver_sql("PRAGMA busy_timeout").scalar() == 10_000


def test_reopening_keeps_the_data_and_makes_no_backup(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        workspace.save_batch("a.xlsx", [Position("焊工")], 0)
    with open_workspace(tmp_path) as workspace:
        assert [position.title for position in workspace.positions()] == ["焊工"]
    assert not (tmp_path / "backups").exists()


def test_an_older_database_is_backed_up_before_it_is_upgraded(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("CREATE TABLE before_askwell (note TEXT)")
        database.execute("INSERT INTO before_askwell VALUES ('kept')")
        database.commit()
    with open_workspace(tmp_path) as workspace:
        assert workspace.positions() == []
    (backup,) = (tmp_path / "backups").iterdir()
    with closing(sqlite3.connect(backup)) as database:
        assert database.execute("SELECT note FROM before_askwell").fetchone() == ("kept",)
        assert len(database.execute("SELECT name FROM sqlite_master").fetchall()) == 1


def test_a_file_that_is_no_database_is_called_damaged_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is not a database" * 500)
    assert refusal(tmp_path) == "error.store_damaged"
    assert (tmp_path / FILE_NAME).read_bytes().startswith(b"this is not")


def test_a_cut_off_database_is_called_damaged(tmp_path: Path) -> None:
    with open_workspace(tmp_path) as workspace:
        workspace.save_batch("a.xlsx", [Position(f"岗位{i}") for i in range(500)], 0)
    path = tmp_path / FILE_NAME
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert refusal(tmp_path) == "error.store_damaged"


def test_a_database_without_its_tables_is_called_damaged(tmp_path: Path) -> None:
    open_workspace(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("DROP TABLE question")
    assert refusal(tmp_path) == "error.store_damaged"


def test_a_database_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    open_workspace(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9001'")
        database.commit()
    assert refusal(tmp_path) == "error.store_newer"
    assert not (tmp_path / "backups").exists()


def test_a_database_held_by_another_program_is_called_locked(tmp_path: Path) -> None:
    with open_workspace(tmp_path, busy_ms=50) as workspace, closing(sqlite3.connect(workspace.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError) as caught:
            workspace.set_setting("a", 1)
        assert caught.value.message.key == "error.store_locked"
        other.rollback()
        workspace.set_setting("a", 1)


def test_an_exclusively_locked_file_cannot_be_opened(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / FILE_NAME)) as other:
        other.execute("CREATE TABLE t (x)")
        other.execute("BEGIN EXCLUSIVE")
        assert refusal(tmp_path, busy_ms=50) == "error.store_locked"


def test_a_folder_that_is_a_file_cannot_hold_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    assert refusal(tmp_path / "file") == "error.store_unwritable"


def test_a_path_with_percent_signs_works(tmp_path: Path) -> None:
    open_workspace(tmp_path / "100% 数据").close()
