# SPDX-License-Identifier: Apache-2.0
"""SQLite database files. The file is never written, nothing in it is run, and no other file is opened.

It is opened read-only and immutable; an authorizer lets nothing through but SELECT on tables, and a clock stops it.
Views, virtual and internal tables, generated columns and BLOBs are left out, since what they hold is computed elsewhere
or no text.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from askwell.intake.model import Cell, RawTable
from askwell.intake.readers.base import check_shape, head, refuse, tidy
from askwell.intake.readers.sql_columns import Column, Table
from askwell.intake.readers.sql_dialect import dialect
from askwell.intake.readers.sql_script import Script
from askwell.intake.readers.sql_tables import Tables, raw_tables
from askwell.intake.readers.sql_values import text_cell

MAGIC = b"SQLite format 3\x00"
MAX_SECONDS = 60.0
MAX_VALUE = 16 * 1024 * 1024  # bytes of one text
MAX_TABLES = 2_000
_STEPS = 20_000  # virtual machine instructions between two looks at the clock
_BATCH = 500  # rows
_FUNCTIONS = {"typeof", "quote"}
_SAFE = ("trusted_schema=OFF", "query_only=ON", "cell_size_check=ON", "mmap_size=0", "temp_store=MEMORY")
_TABLE = re.compile(r"\s*CREATE\s+TABLE\b", re.I)
_VIRTUAL = re.compile(r"\s*CREATE\s+VIRTUAL\b", re.I)


class SqliteReader:
    """One RawTable for each ordinary table, in the order of their creation."""

    EXTENSIONS: tuple[str, ...] = (".db", ".sqlite", ".sqlite3")

    def sniff(self, path: Path) -> bool:
        """Begins with SQLite's magic bytes."""
        return head(path, len(MAGIC)) == MAGIC

    def read(self, path: Path) -> list[RawTable]:
        """See Reader. Raises InputRefused also where the database is in use or takes longer than MAX_SECONDS."""
        _check(path)
        cells = 0
        tables: list[Table] = []
        with _opened(path) as connection:
            for name, _ in _tables(path, connection):
                names = [
                    str(row[1])
                    for row in connection.execute(f"PRAGMA table_xinfo({_quoted(name)})")
                    if row[6] == 0  # others are generated
                ]
                cells = check_shape(path, 1, len(names), cells)
                table = Table(name, "", columns=[Column(column) for column in names])
                for row in connection.execute(_select(name, names, "{0}", "NULL")):
                    cells = check_shape(path, 1, len(row), cells)
                    table.rows.append([_cell(value) for value in row])
                tables.append(table)
        if not tables:
            raise refuse("file_empty", path)
        return raw_tables(path, tables)

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """As a dump: SQLite writes the values as SQL, which our scanner reads, as it does the declarations."""
        _check(path)
        tables = Tables(path)
        with _opened(path) as connection:
            for name, declared in _tables(path, connection):
                scratch = Tables(path)
                Script(path, declared, dialect("sqlite"), scratch).run()
                columns = [column for column in scratch.only() if not column.generated]
                tables.create([name], columns)
                names = [column.name for column in columns]
                begin = f"INSERT INTO {_quoted(name)}({','.join(map(_quoted, names))})VALUES"
                cursor = connection.execute(_select(name, names, "quote({0})", "'NULL'"))
                while batch := cursor.fetchmany(_BATCH):
                    values = ",".join(f"({','.join(row)})" for row in batch)
                    Script(path, f"{begin}{values};", dialect("sqlite"), tables).run()
        return "dump", tables.finish()


def _check(path: Path) -> None:
    """Refuse a file that is cut off, and one whose last changes lie in a journal beside it."""
    begin = head(path, 100)
    size = int.from_bytes(begin[16:18], "big")
    pages = int.from_bytes(begin[28:32], "big")
    counted = begin[24:28] == begin[92:96]  # else the number of pages is not kept
    if len(begin) < 100 or (counted and pages * (65536 if size == 1 else size) > path.stat().st_size):
        raise refuse("file_damaged", path)
    for ending in ("-wal", "-journal"):
        beside = path.with_name(path.name + ending)
        if beside.is_file() and beside.stat().st_size > 0:
            raise refuse("file_in_use", path)


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, locked up. Raises InputRefused for whatever SQLite does not like inside the block."""
    until = time.monotonic() + MAX_SECONDS
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(uri, uri=True, isolation_level=None)) as connection:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            connection.setlimit(sqlite3.SQLITE_LIMIT_WORKER_THREADS, 0)
            connection.text_factory = _decoded
            for setting in _SAFE:
                connection.execute(f"PRAGMA {setting}")
            connection.set_authorizer(_allowed)
            connection.set_progress_handler(lambda: int(time.monotonic() > until), _STEPS)
            yield connection
    except (sqlite3.Error, UnicodeError) as error:  # messages may quote what is no text
        if time.monotonic() > until:
            raise refuse("file_takes_too_long", path, seconds=round(MAX_SECONDS)) from error
        raise refuse("file_damaged", path) from error


def _allowed(action: int, first: str | None, second: str | None, _base: str | None, _by: str | None) -> int:
    """Reading tables, two harmless functions, and asking for the columns of a table."""
    fine = (
        action in (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
        or (action == sqlite3.SQLITE_FUNCTION and (second or "").lower() in _FUNCTIONS)
        or (action == sqlite3.SQLITE_PRAGMA and (first or "").lower() == "table_xinfo")
    )
    return sqlite3.SQLITE_OK if fine else sqlite3.SQLITE_DENY


def _tables(path: Path, connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Name and declaration of the ordinary tables. What a full-text index keeps under its name is not one of them."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY rowid").fetchmany(
        MAX_TABLES + 1
    )
    if len(found) > MAX_TABLES:
        raise refuse("file_too_many_cells", path, cells=f">{MAX_TABLES}", limit=MAX_TABLES)
    every = [(str(name), sql if isinstance(sql, str) else "") for name, sql in found]
    virtual = tuple(f"{name}_".casefold() for name, sql in every if _VIRTUAL.match(sql))
    return [
        (name, sql)
        for name, sql in every
        if _TABLE.match(sql) and not name.casefold().startswith(("sqlite_", *virtual))
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _select(name: str, columns: Sequence[str], form: str, blob: str) -> str:
    """All rows, with `form` around each value and `blob` for a BLOB, without the help of an index."""
    parts = [
        f"CASE typeof({column}) WHEN 'blob' THEN {blob} ELSE {form.format(column)} END"
        for column in map(_quoted, columns)
    ]
    return f"SELECT {', '.join(parts)} FROM {_quoted(name)} NOT INDEXED"  # noqa: S608 (names are quoted)


def _decoded(data: bytes) -> str:
    """Text is UTF-8; programs of old put what Windows gave them."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return text_cell(value.partition("\0")[0])  # SQLite shows a text up to there
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return None
    return tidy(value)
