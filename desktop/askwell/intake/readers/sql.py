# SPDX-License-Identifier: Apache-2.0
"""SQL dumps of MySQL, PostgreSQL, SQLite and SQL Server, read as data. Nothing in them is ever run.

A table of the dump is a RawTable in the order of the file. Its header row has the comments of the columns where there
are any (`COMMENT '姓名'`), else their names. Foreign keys stay the numbers that they are.
"""

from __future__ import annotations

import re
from pathlib import Path

from askwell.intake.model import RawTable
from askwell.intake.readers.base import head, refuse
from askwell.intake.readers.encoding import decode
from askwell.intake.readers.sql_again import read_again
from askwell.intake.readers.sql_dialect import dialect, dialect_name
from askwell.intake.readers.sql_script import Script
from askwell.intake.readers.sql_tables import Tables

_SNIFFED = 65536
# How a script begins: a comment, a command of psql or sqlcmd, or a statement.
_BEGINS = re.compile(
    r"\s*(?:--|/\*|#|\\(?:restrict|connect|set|encoding)\b|(?:SET|USE|CREATE|INSERT|REPLACE|DROP|BEGIN|START|PRAGMA|LOCK|ALTER|COPY|SELECT"
    r"|DELETE|TRUNCATE|DELIMITER|GO|IF|EXEC|DECLARE|COMMIT|GRANT|COMMENT)\b)",
    re.I,
)
_DATA = re.compile(
    r"^[ \t]*(?:CREATE\s+(?:\w+\s+)?TABLE\s|(?:INSERT|REPLACE)\s+(?:\w+\s+){0,2}(?:INTO\s|\[)"
    r"|COPY\s[^\n]{1,2000}\sFROM\s+stdin)",
    re.I | re.M,
)
# Long dumps may begin with more routines or comments than are looked at.
_DUMP = re.compile(
    r"^(?:-- (?:MySQL|MariaDB|PostgreSQL database) dump|-- phpMyAdmin SQL Dump|\s?Navicat .{0,30}Data Transfer"
    r"|PRAGMA foreign_keys|USE \[)",
    re.M,
)
_BLOB = re.compile(rb"_binary '(?:[^'\\]++|\\[\s\S]|'')*+'")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


class SqlReader:
    """One RawTable for each table of a dump, by a scanner of our own; sqlglot is the second way."""

    EXTENSIONS: tuple[str, ...] = (".sql",)

    def sniff(self, path: Path) -> bool:
        """Begins like a script, and declares or fills a table."""
        # UTF-16 without its zero bytes is legible enough for this.
        begin = head(path, _SNIFFED).lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\x00", b"").decode("latin-1")
        return bool(_BEGINS.match(begin)) and bool(_DATA.search(begin) or _DUMP.search(begin))

    def read(self, path: Path) -> list[RawTable]:
        """See Reader. A statement that cannot be read is left out; where none is left the file is damaged."""
        text, encoding = _text(path)
        tables = Tables(path)
        Script(path, text, dialect(dialect_name(text)), tables).run()
        found = tables.finish(encoding)
        if not found:
            raise refuse("file_damaged", path)
        return found

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """By sqlglot."""
        text, encoding = _text(path)
        return "sqlglot", read_again(path, text, dialect_name(text)).finish(encoding)


def _text(path: Path) -> tuple[str, str]:
    """The decoded file. MySQL writes BLOBs byte by byte into its dumps; they would spoil the encoding of the rest."""
    data = path.read_bytes()
    if b"_binary '" in data and not _is_utf8(data):
        data = _BLOB.sub(lambda found: b"NULL" if _BEYOND_ASCII.search(found[0]) else found[0], data)
    text, encoding = decode(path, data)
    if not text.strip():
        raise refuse("file_empty", path)
    return text, encoding


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
