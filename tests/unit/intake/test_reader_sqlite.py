# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (statements stay on one line)

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.intake.support import refusal

from askwell.domain.errors import InputRefused
from askwell.domain.records import Goal, RecordKind, Standard
from askwell.intake import readers, service
from askwell.intake.model import Cell, RawTable
from askwell.intake.readers import base, sqlite
from askwell.intake.readers.sqlite import SqliteReader
from askwell.intake.verification import verify

SAMPLE = Path(__file__).parents[2] / "data" / "readers" / "standards.sqlite3"


def database(path: Path, script: str, rows: Iterable[tuple[object, ...]] = (), insert: str = "") -> Path:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)
        if insert:
            connection.executemany(insert, rows)
        connection.commit()
    return path


def tables(path: Path) -> list[RawTable]:
    """The tables of a database, which the second way has to see likewise."""
    assert type(readers.reader_for(path)) is SqliteReader
    found = readers.read(path)
    result = verify(path, found)
    assert (result.mismatches, result.rate, result.method) == ((), 1.0, "dump")
    return found


def forge(path: Path, name: str, declared: str) -> None:
    """Write into the schema what SQLite itself would not."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_master SET sql = ? WHERE name = ?", (declared, name))
        connection.commit()


def test_tables_are_read_and_blobs_views_and_computed_columns_left_out() -> None:
    found = tables(SAMPLE)
    assert [table.sheet for table in found] == ["competency_standard", "goals"]
    assert found[0].cells[0] == ["id", "能力项", "等级", "行为标准", "icon"]
    assert found[0].cells[1:3] == [
        [1, "数据分析", 1, "能按模板出报表", None],
        [2, "数据分析", 3, "说明口径；\n能追问'异常'的原因", None],
    ]
    assert found[1].cells[1] == ["G1", None, "Grow online sales", 0.25, "2026-12-31"]


def test_the_whole_way_from_a_database_to_records() -> None:
    plan = service.plan(SAMPLE)
    assert [table.kind for table in plan.tables] == [RecordKind.STANDARD, RecordKind.GOAL]
    result = service.build(SAMPLE, plan, b"salt")
    assert {type(record) for record in result.records} == {Standard, Goal}
    assert result.verification.rate == 1.0


def test_reading_leaves_no_file_behind_and_the_database_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "hr.db"
    path.write_bytes(SAMPLE.read_bytes())
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    tables(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_path_may_hold_signs_that_mean_something_in_an_address(tmp_path: Path) -> None:
    folder = tmp_path / "人事 #1 50%25"
    folder.mkdir()
    path = database(folder / "a&mode=rwc.db", "CREATE TABLE t (a); INSERT INTO t VALUES (1);")
    assert tables(path)[0].cells == [["a"], [1]]
    assert list(folder.iterdir()) == [path]


def test_names_of_tables_and_columns_may_hold_anything(tmp_path: Path) -> None:
    script = """CREATE TABLE "it's; DROP TABLE ""x"" --" ("a""b'c" TEXT, [d e] INT, `f``g` REAL, "{0}" TEXT, "select" TEXT);
    INSERT INTO "it's; DROP TABLE ""x"" --" VALUES ('x', 1, 2.5, 'y', 'z');"""
    (table,) = tables(database(tmp_path / "hr.db", script))
    assert table.sheet == 'it\'s; DROP TABLE "x" --'
    assert table.cells == [["a\"b'c", "d e", "f`g", "{0}", "select"], ["x", 1, 2.5, "y", "z"]]


def test_virtual_internal_and_shadow_tables_are_left_out(tmp_path: Path) -> None:
    script = """CREATE TABLE job (id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT);
    INSERT INTO job (title) VALUES ('成本会计');
    CREATE VIRTUAL TABLE search USING fts5(body); INSERT INTO search VALUES ('x'); ANALYZE;"""
    assert [table.sheet for table in tables(database(tmp_path / "hr.db", script))] == ["job"]


def test_values_keep_their_types(tmp_path: Path) -> None:
    path = database(
        tmp_path / "hr.db",
        "CREATE TABLE t (a, b, c)",
        [
            (None, "", "  "),
            (1790000000000000001, -0.1, 5.0),
            (b"\xff\xd8", b"text", "a\0b"),
            (1e300, "é'\n🙂", "007"),
            (1, 1, 1),
        ],
        "INSERT INTO t VALUES (?, ?, ?)",
    )
    assert tables(path)[0].cells[1:] == [
        [None, None, None],
        [1790000000000000001, -0.1, 5],
        [None, None, "a"],
        [1e300, "é'\n🙂", "007"],
        [1, 1, 1],
    ]


def test_text_in_gb18030_and_databases_in_utf16_are_legible(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("INSERT INTO t VALUES (CAST(? AS TEXT))", ("岗位职责".encode("gb18030"),))
        connection.commit()
    assert tables(path)[0].cells == [["a"], ["岗位职责"]]
    wide = "PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (岗位); INSERT INTO t VALUES ('会计🙂');"
    assert tables(database(tmp_path / "wide.db", wide))[0].cells == [["岗位"], ["会计🙂"]]


def test_keys_get_the_names_that_they_stand_for(tmp_path: Path) -> None:
    script = """CREATE TABLE job (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO job VALUES (1, 'Buyer');
    CREATE TABLE kpi (id INTEGER PRIMARY KEY, job_id INTEGER REFERENCES job, kpi_name TEXT); INSERT INTO kpi VALUES (1, 1, 'Savings');"""
    found = tables(database(tmp_path / "hr.db", script))
    assert found[1].cells == [["id", "job_id", "kpi_name", "job_title"], [1, 1, "Savings", "Buyer"]]


cells = st.none() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
cells |= st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"), max_size=20) | st.binary(
    max_size=9
)


@given(st.lists(st.tuples(cells, cells), max_size=8))
@settings(deadline=None, max_examples=60)
def test_both_ways_see_the_same_in_any_table(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Cell, Cell]]
) -> None:
    path = database(
        tmp_path_factory.mktemp("db") / "x.db", "CREATE TABLE t (a, b)", rows, "INSERT INTO t VALUES (?, ?)"
    )
    tables(path)


# Damaged and hostile


@pytest.mark.parametrize("share", [0.001, 0.3, 0.7, 0.95])
def test_a_truncated_database_is_damaged(share: float, tmp_path: Path) -> None:
    path = tmp_path / "cut.db"
    body = SAMPLE.read_bytes()
    path.write_bytes(body[: max(20, int(len(body) * share))])
    assert refusal(path) == "file_damaged"


@pytest.mark.parametrize("place", [100, 105, 4096])
def test_a_database_with_overwritten_pages_is_damaged(place: int, tmp_path: Path) -> None:
    path = tmp_path / "bad.db"
    body = bytearray(SAMPLE.read_bytes())
    body[place : place + 60] = b"\xff" * 60
    path.write_bytes(body)
    assert refusal(path) == "file_damaged"


def test_a_database_without_tables_is_empty(tmp_path: Path) -> None:
    assert refusal(database(tmp_path / "none.db", "CREATE VIEW v AS SELECT 1;")) == "file_empty"


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_a_database_in_use_is_refused(ending: str, tmp_path: Path) -> None:
    path = tmp_path / "hr.db"
    path.write_bytes(SAMPLE.read_bytes())
    path.with_name(f"hr.db{ending}").write_bytes(b"changes")
    assert refusal(path) == "file_in_use"


def test_a_database_that_was_closed_in_wal_mode_is_read(tmp_path: Path) -> None:
    path = database(tmp_path / "hr.db", "PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (1);")
    assert tables(path)[0].cells == [["a"], [1]]
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO goals (goal_id) VALUES ('x')",
        "DELETE FROM goals",
        "DROP TABLE goals",
        "CREATE TABLE new (a)",
        "CREATE TEMP TABLE new (a)",
        "ATTACH DATABASE '/tmp/other.db' AS other",
        "ATTACH DATABASE ':memory:' AS other",
        "VACUUM INTO '/tmp/other.db'",
        "PRAGMA query_only = OFF",
        "PRAGMA writable_schema = ON",
        "PRAGMA trusted_schema = ON",
        "PRAGMA journal_mode = DELETE",
        "SELECT load_extension('/tmp/x.so')",
        "SELECT writefile('/tmp/x', 'y')",
        "SELECT randomblob(1000000000)",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    ],
)
def test_nothing_but_reading_gets_through(statement: str) -> None:
    with pytest.raises(InputRefused), sqlite._opened(SAMPLE) as connection:
        connection.execute(statement).fetchall()


def test_a_view_that_calls_itself_a_table_is_not_run(tmp_path: Path) -> None:
    path = database(tmp_path / "hr.db", "CREATE TABLE t (a); INSERT INTO t VALUES (1); CREATE TABLE evil (b);")
    forge(path, "evil", "CREATE VIEW evil AS SELECT load_extension('/tmp/x.so') AS b")
    try:
        assert [table.sheet for table in readers.read(path)] == ["t"]
    except InputRefused as refused:
        assert refused.message.key == "error.file_damaged"  # noqa: PT017 (either is right, by SQLite's version)


def test_expressions_in_the_schema_are_not_worked_out(tmp_path: Path) -> None:
    script = """CREATE TABLE t (a TEXT, b TEXT GENERATED ALWAYS AS (hex(zeroblob(100000000))) VIRTUAL, CHECK (length(a) < 9));
    INSERT INTO t (a) VALUES ('x'); CREATE INDEX i ON t (upper(a)) WHERE a LIKE 'x%';"""
    assert tables(database(tmp_path / "hr.db", script))[0].cells == [["a"], ["x"]]


def test_reading_stops_after_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = database(
        tmp_path / "big.db", "CREATE TABLE t (a)", ((number,) for number in range(100_000)), "INSERT INTO t VALUES (?)"
    )
    monkeypatch.setattr(sqlite, "MAX_SECONDS", -1.0)
    assert refusal(path) == "file_takes_too_long"


def test_a_text_beyond_all_measure_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = "CREATE TABLE t (a, photo); INSERT INTO t VALUES ('x', zeroblob(5000000));"
    path = database(tmp_path / "hr.db", script)
    monkeypatch.setattr(sqlite, "MAX_VALUE", 1_000_000)
    assert tables(path)[0].cells == [["a", "photo"], ["x", None]]
    long = database(tmp_path / "long.db", "CREATE TABLE t (a); INSERT INTO t VALUES (hex(zeroblob(1000000)));")
    assert refusal(long) == "file_damaged"


def test_limits_hold_for_cells_and_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "MAX_CELLS", 6)
    assert refusal(SAMPLE) == "file_too_many_cells"
    monkeypatch.setattr(sqlite, "MAX_TABLES", 1)
    assert refusal(SAMPLE) == "file_too_many_cells"


@given(st.lists(st.tuples(st.integers(0, 20_479), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6))
@settings(deadline=None, max_examples=80)
def test_a_database_with_any_bytes_changed_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, bytes]]
) -> None:
    body = bytearray(SAMPLE.read_bytes())
    for place, new in changes:
        body[place : place + len(new)] = new
    path = tmp_path_factory.mktemp("db") / "x.db"
    path.write_bytes(body)
    for way in (SqliteReader().read, SqliteReader().reread):
        try:
            way(path)
        except InputRefused as refused:
            assert refused.hint is not None  # noqa: PT017 (anything else is an error)
