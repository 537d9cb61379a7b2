# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern stays on one line)
"""Which SQL a dump is written in, and how its words, strings and comments look."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

_SAMPLE = 300_000  # characters
_MARKS: tuple[tuple[str, int, str], ...] = (
    ("mysql", 5, r"^-- (?:MySQL|MariaDB) dump|^-- phpMyAdmin SQL|Server Type\s*: (?:MySQL|MariaDB)|^Navicat (?:MySQL|MariaDB)"),
    ("mysql", 4, r"/\*!\d{5}|^\) ?ENGINE ?=|\bENGINE ?= ?InnoDB"),
    ("mysql", 3, r"\bAUTO_INCREMENT\b"),
    ("mysql", 2, r"(?:INSERT INTO|CREATE TABLE(?: IF NOT EXISTS)?|DROP TABLE(?: IF EXISTS)?) `"),
    ("mysql", 2, r"\s(?:COMMENT|DEFAULT|NULL) +COMMENT '"),
    ("postgres", 5, r"^-- PostgreSQL database dump|Server Type\s*: PostgreSQL|^SET client_encoding|^COPY .{1,2000} FROM stdin"),
    ("postgres", 3, r"\bpg_catalog\b|\bstandard_conforming_strings\b|\bcharacter varying\b|\bnextval\('|'::\w"),
    ("postgres", 3, r"^COMMENT ON (?:COLUMN|TABLE) "),
    ("tsql", 5, r"Server Type\s*: SQL Server|^SET IDENTITY_INSERT|^GO[ \t]*\r?$|^USE \["),
    ("tsql", 4, r"\[dbo\]\s*\.|\bMS_Description\b"),
    ("tsql", 3, r"\[n?varchar\]|(?:[(,]|=)\s*N'"),
    ("sqlite", 5, r"^PRAGMA |Server Type\s*: SQLite|\bsqlite_sequence\b"),
    ("sqlite", 4, r"^BEGIN TRANSACTION;|\bAUTOINCREMENT\b"),
    ("sqlite", 3, r",'\\n',char\(10\)\)|\bunistr\('"),
)  # fmt: skip


@dataclass(frozen=True)
class Dialect:
    """Patterns of a dialect. `escapes`: a backslash in '…' escapes. `blank`: spaces and comments; `run`: as much of a
    statement as can be passed at once; `cell`: a plain value with the comma or bracket behind it (groups: cast, body of
    '…', body of "…", number, word, end); the others match the beginnings of statements."""

    name: str
    escapes: bool
    identifier: re.Pattern[str]
    blank: re.Pattern[str]
    run: re.Pattern[str]
    token: re.Pattern[str]
    cell: re.Pattern[str]
    insert: re.Pattern[str]
    create: re.Pattern[str]
    copy: re.Pattern[str]
    comment: re.Pattern[str]


def dialect_name(text: str) -> str:
    """mysql, postgres, tsql or sqlite, from what is typical of them; plain SQL is read as sqlite, which adds nothing
    to the standard, unless quotes are escaped by backslashes."""
    begin = text[:_SAMPLE]
    scores: dict[str, int] = {}
    for name, weight, pattern in _MARKS:
        if re.search(pattern, begin, re.M):
            scores[name] = scores.get(name, 0) + weight
    if scores:
        return max(scores, key=lambda name: scores[name])
    return "mysql" if re.search(r"[^\\]\\'(?!\s*[,)])", begin) else "sqlite"


_SINGLE = r"(?:[^'\\]++|\\[\s\S]|'')*+"  # with backslashes
_SINGLE_PLAIN = r"(?:[^']++|'')*+"
_DOUBLE = r'(?:[^"\\]++|\\[\s\S]|"")*+'
_DOUBLE_PLAIN = r'(?:[^"]++|"")*+'
_NUMBER = r"0[xX][0-9A-Fa-f]*+|(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:[eE][-+]?[0-9]++)?+"


@cache
def dialect(name: str) -> Dialect:
    """The patterns of a dialect by name. All loops are possessive: no text makes them go back."""
    mysql = name == "mysql"
    single, double = (_SINGLE, _DOUBLE) if mysql else (_SINGLE_PLAIN, _DOUBLE_PLAIN)
    names = [f'"{_DOUBLE_PLAIN}"', "`(?:[^`]++|``)*+`"]
    if name in ("tsql", "sqlite"):
        names.append(r"\[(?:[^\]]++|\]\])*+\]")
    comments = "|".join([r"--[^\n]*+", r"/\*(?:[^*]++|\*(?!/))*+\*/", *([r"\#[^\n]*+"] if mysql else [])])
    escaped = [f"[eE]'{_SINGLE}'"] if name == "postgres" else []
    prefix = r"(?:_\w++\s*+|[nNxXbB])?+" if mysql else r"(?:[nNxXbB]|[uU]&)?+"
    literals = "|".join([*escaped, f"{prefix}'{single}'", f'"{double}"'])
    ident = f"(?:{'|'.join(names)}|[\\w$#@]++)"
    path = rf"{ident}(?:\s*+\.\s*+{ident})*+"
    return Dialect(
        name,
        escapes=mysql,
        identifier=re.compile(ident),
        blank=re.compile(rf"(?:[\s;\ufeff]++|{comments})*+"),
        run=_run(name, [*escaped, f"'{single}'", f'"{double}"', *names[1:], comments]),
        token=re.compile(
            rf"(?P<space>\s++|{comments})|(?P<literal>{literals})|(?P<name>{'|'.join(names[1:])})"
            rf"|(?P<number>{_NUMBER})(?![\w$])|(?P<word>[\w$#@]++)|(?P<op>::|\|\||[\s\S])"
        ),
        cell=_cell(single, double),
        insert=_insert(ident, path),
        create=_create(path),
        copy=_copy(path),
        comment=re.compile(rf"COMMENT\s++ON\s++(?P<what>COLUMN|TABLE)\s++(?P<name>{path})\s++IS\s++", re.I),
    )


def _run(name: str, wholes: list[str]) -> re.Pattern[str]:
    """Plain characters, strings, names and comments, one behind the other."""
    special = {"mysql": "#", "postgres": "$eE", "tsql": r"\[\n", "sqlite": r"\["}[name]
    plain = rf"""[^'"`;/\-{special}]++"""
    letters = ["[eE](?!')"] if name == "postgres" else []
    return re.compile(f"(?:{'|'.join([plain, *wholes, *letters])})*+")


def _cell(single: str, double: str) -> re.Pattern[str]:
    """A value and the sign behind it. Each date of SQL Server is a cast, so that is passed here too."""
    return re.compile(
        rf"""\s*+(cast\s*+\(\s*+(?=n?'))?+(?:[nN]?+'({single})'(?(1)\s++as\s++\[?\w++\]?(?:\s*+\([0-9, ]*+\))?+\s*+\))|"({double})"|([-+]?+(?!0[xX])(?:{_NUMBER}))|(null|true|false|default))\s*+([,)])""",
        re.I,
    )


def _copy(path: str) -> re.Pattern[str]:
    """`COPY t (a, b) FROM stdin;` and the end of its line."""
    return re.compile(
        rf"COPY\s++(?P<name>{path})\s*+(?:\((?P<columns>[^)]*+)\))?+\s*+FROM\s++STDIN\b(?P<options>[^;\n]*+);[ \t\r]*+\n",
        re.I,
    )


def _insert(ident: str, path: str) -> re.Pattern[str]:
    """`INSERT INTO t (a, b) VALUES`, with what dialects put in between."""
    return re.compile(
        rf"(?:INSERT|REPLACE)(?:\s++(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s++\w++))*+(?:\s++INTO\b)?+\s*+"
        rf"(?P<name>{path})\s*+(?:\(\s*+(?P<columns>{ident}(?:\s*+,\s*+{ident})*+)\s*+\))?+\s*+"
        rf"(?:OVERRIDING\s++\w++\s++VALUE\s++)?+VALUES?+\b",
        re.I,
    )


def _create(path: str) -> re.Pattern[str]:
    """`CREATE TABLE t (`."""
    return re.compile(
        rf"CREATE(?:\s++(?:GLOBAL|LOCAL|TEMP|TEMPORARY|UNLOGGED|FOREIGN|EXTERNAL))*+\s++TABLE\s*+"
        rf"(?:IF\s++NOT\s++EXISTS\s*+)?+(?P<name>{path})\s*+\(",
        re.I,
    )
