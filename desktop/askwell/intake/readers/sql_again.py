# SPDX-License-Identifier: Apache-2.0
"""The second way to read a dump: sqlglot cuts it into tokens and parses declarations and expressions.

sqlglot takes all of its tokens into memory, hence the text goes through it in pieces of some ten kilobytes, cut
where a statement or a row may end. A cut within a string shows as a string without an end; then the piece grows.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from askwell.intake.model import Cell
from askwell.intake.readers.sql_nodes import columns_of, grammar_of, value_of
from askwell.intake.readers.sql_tables import Tables
from askwell.intake.readers.sql_values import text_cell

if TYPE_CHECKING:
    from sqlglot import Token

Target = tuple[list[str], list[str]]  # name of the table, names of columns

PIECE = 60_000  # characters
LARGEST = 1_500_000
_CUT = re.compile(r";[ \t]*\r?\n|\),[ \t]*\r?\n|\),[ ]?(?=\()")
_STARTS = re.compile(r"^(?=[ \t]*(?:INSERT|REPLACE|CREATE|COMMENT|DROP|ALTER|EXEC|SET)\s)", re.I | re.M)
_COPY = re.compile(
    r"^COPY[ \t]+(?P<name>[^\n(]+?)[ \t]*(?:\((?P<columns>[^\n]*)\))?[ \t]+FROM[ \t]+stdin;[ \t]*\r?\n", re.I | re.M
)
_PSQL = re.compile(r"^\\[a-z!].*$", re.M)
_DELIMITED = re.compile(
    r"^[ \t]*DELIMITER[ \t]+(?!;)\S+.*?(?:^[ \t]*DELIMITER[ \t]+;[ \t]*\r?$|\Z)", re.I | re.M | re.S
)
_GO = re.compile(r"^[ \t]*GO[ \t]*\r?$", re.I | re.M)
_REPLACE = re.compile(r"^[ \t]*REPLACE[ \t]+(?:(?:LOW_PRIORITY|DELAYED)[ \t]+)?INTO\b", re.I | re.M)
_HEAD = re.compile(r"^[ \t]*INSERT\b[^;'\n]{1,20000}?\)[ \t]*VALUES(?=[ \t]*\()", re.I | re.M)
_BATCH = "askwell_end_of_batch"
_FIELD = re.compile(r"([^\t\n]*)(\t|\n)")
_ROUTINES = {"TRIGGER", "PROCEDURE", "PROC", "FUNCTION", "EVENT", "PACKAGE", "VIEW", "RULE"}
_OPENERS = {"INSERT", "CREATE", "ALTER", "DROP", "SET", "USE", "EXEC", "EXECUTE", "IF", "UPDATE", "DELETE"}
_OPENERS |= {_BATCH.upper()}
_NO_BLOCK = {"IF", "LOOP", "WHILE", "REPEAT", "FOR"}


def read_again(path: Path, text: str, dialect: str) -> Tables:
    """The tables of a dump. Raises InputRefused beyond the limits; what sqlglot cannot read is missing."""
    logging.getLogger("sqlglot").setLevel(logging.ERROR)  # it warns of every statement it takes as a whole
    walk = _Walk(Tables(path), dialect)
    if dialect == "mysql":
        text = _DELIMITED.sub("", text)
    if dialect in ("mysql", "sqlite"):
        text = _REPLACE.sub("INSERT INTO", text)  # sqlglot would take it as a whole
    if dialect == "tsql":
        text = _GO.sub(f";{_BATCH};", text)
    if dialect == "postgres":
        _read_postgres(walk, text)
    else:
        walk.read(text)
    return walk.tables


def _read_postgres(walk: _Walk, text: str) -> None:
    """Text with blocks of COPY lines in it."""
    at = 0
    while block := _COPY.search(text, at):
        end = text.find("\n\\.", block.end() - 1) + 1
        if not end:
            break
        walk.read(_PSQL.sub("", text[at : block.start()]))
        names = walk.names(block["name"])
        columns = walk.names(block["columns"]) if block["columns"] else []
        rows: list[list[Cell]] = []
        row: list[Cell] = []
        for found in _FIELD.finditer(text[block.end() : end].replace("\r\n", "\n")):
            row.append(_unescaped(found[1]))
            if found[2] == "\n":
                walk.tables.count(len(row))
                rows.append(row)
                row = []
        walk.tables.insert(names, columns, rows)
        at = end + 2
    walk.read(_PSQL.sub("", text[at:]))


def _unescaped(field: str) -> Cell:
    if field == "\\N":
        return None
    for sign, meant in (("\\n", "\n"), ("\\t", "\t"), ("\\r", "\r"), ("\\b", "\b"), ("\\f", "\f"), ("\\v", "\v")):
        if sign in field:
            field = "\\\\".join(part.replace(sign, meant) for part in field.split("\\\\"))
    return text_cell("\\".join(part.replace("\\", "") for part in field.split("\\\\")))


class _Walk:
    """Goes through the tokens and keeps what belongs to an unfinished statement for the next piece."""

    def __init__(self, tables: Tables, dialect: str) -> None:
        self.tables = tables
        self.dialect = dialect
        self.grammar = grammar_of(dialect)
        self.heads: dict[str, int] = {}
        self.targets: list[Target] = []
        self._reset()

    def _reset(self) -> None:
        self.kept: list[Token] = []
        self.mode = ""  # "", rows, skip, routine
        self.depth = 0
        self.target: Target = ([], [])
        self.rows: list[list[Cell]] = []

    def names(self, written: str) -> list[str]:
        """A name with its schema, or a list of columns, as parts; [""] where it is none."""
        from sqlglot.errors import TokenError

        try:
            return [token.text for token in self.grammar.tokenize(written) if token.text not in (".", ",")] or [""]
        except TokenError:
            return [""]

    def read(self, text: str) -> None:
        """All statements of a text."""
        self._reset()
        for tokens in self._pieces(_HEAD.sub(self._short, text)):
            if tokens is None:
                self._finish_rows()
                self._reset()
            else:
                self._walk(tokens, final=False)
        self._walk([], final=True)
        self._finish_rows()

    def _short(self, found: re.Match[str]) -> str:
        """`INSERT 7 VALUES` for a head with names of columns, since many dumps repeat it for each row."""
        from sqlglot.errors import TokenError

        head = found[0]
        if head not in self.heads:
            if len(self.heads) > 10_000:
                return head
            try:
                target, _ = _head(self.grammar.tokenize(head), 0)
            except (IndexError, TokenError):
                return head
            if target is None:
                return head
            self.heads[head] = len(self.targets)
            self.targets.append(target)
        return f"INSERT {self.heads[head]} VALUES"

    def _known(self, number: str) -> Target | None:
        at = int(number) if number.isdigit() and len(number) < 6 else len(self.targets)
        return self.targets[at] if at < len(self.targets) else None

    def _pieces(self, text: str) -> Iterator[list[Token] | None]:
        """Tokens of one piece after the other; None where something was left out."""
        from sqlglot.errors import TokenError

        at, size = 0, PIECE
        while at < len(text):
            found = _CUT.search(text, at + size)
            end = min(found.end() if found else len(text), at + LARGEST)
            piece = text[at:end]
            try:
                if piece.rfind("/*") > piece.rfind("*/") and end < len(text) and len(piece) < LARGEST:
                    raise TokenError("a comment was cut")
                yield self.grammar.tokenize(piece)
            except TokenError:
                if end < len(text) and len(piece) < LARGEST:
                    size = len(piece) * 2
                    continue
                yield from self._salvaged(piece)
            at, size = end, PIECE

    def _salvaged(self, piece: str) -> Iterator[list[Token] | None]:
        """The statements of a piece that can be read each by itself."""
        from sqlglot.errors import TokenError

        for part in _STARTS.split(piece):
            yield None
            try:
                yield self.grammar.tokenize(part)
            except TokenError:
                self._reset()
        yield None

    def _walk(self, tokens: list[Token], final: bool) -> None:
        tokens = self.kept + tokens
        at = 0
        while at < len(tokens):
            step = {"rows": self._row, "skip": self._skip, "routine": self._routine}.get(self.mode, self._begin)
            try:
                at = step(tokens, at)
            except IndexError:
                break  # more is needed
        self.kept = [] if final else tokens[at:]

    def _begin(self, tokens: list[Token], at: int) -> int:
        """A statement begins. Raises IndexError where its head is not complete."""
        word = tokens[at].text.upper()
        if word == ";":
            return at + 1
        self.mode = "skip"
        try:
            if word in ("INSERT", "REPLACE"):
                return self._insert(tokens, at)
            if word == "CREATE":
                return self._create(tokens, at)
            if word == "COMMENT":
                return self._comment(tokens, at)
            if word in ("EXEC", "EXECUTE"):
                return self._property(tokens, at + 1)
            if (word, self.dialect) == ("USE", "mysql") or (word == "SET" and tokens[at + 1].text == "search_path"):
                self.tables.schema = tokens[at + 1 if word == "USE" else at + 3].text
        except IndexError:
            self.mode = ""
            raise
        return at + 1

    def _skip(self, tokens: list[Token], at: int) -> int:
        """On to the end of the statement."""
        if self._opens(tokens, at):
            self.mode = ""
            return at
        if tokens[at].text == ";" and _is_sign(tokens[at]):
            self.mode = ""
        return at + 1

    def _routine(self, tokens: list[Token], at: int) -> int:
        """On to the end of a trigger, procedure or view."""
        word = tokens[at].text.upper()
        if self.dialect == "tsql":
            self.mode = "" if word == _BATCH.upper() else self.mode
            return at + 1
        if word == ";" and self.depth <= 0:
            self.mode = ""
        elif word == "END":
            self.depth -= tokens[at + 1].text.upper() not in _NO_BLOCK
            return at + 1 + (tokens[at + 1].text.upper() in (*_NO_BLOCK, "CASE"))
        self.depth += (word in ("BEGIN", "CASE", "(")) - (word == ")")
        return at + 1

    def _insert(self, tokens: list[Token], at: int) -> int:
        """An INSERT with rows; other forms carry none."""
        number = tokens[at + 1]
        if number.token_type.name == "NUMBER":  # see _short
            target: Target | None = self._known(number.text)
            at += 3
        else:
            target, at = _head(tokens, at)
        if target is not None:
            self.mode, self.target = "rows", target
        return at

    def _row(self, tokens: list[Token], at: int) -> int:
        """One row, the comma behind one, or the end of the rows."""
        text = tokens[at].text
        if text == ",":
            return at + 1
        if text != "(":
            self._finish_rows()
            starts = self.dialect == "tsql" and text.upper() in _OPENERS
            self.mode = "" if starts else "skip"
            return at
        row: list[Cell] = []
        plain, ends = self.grammar.plain, self.grammar.ends
        while text != ")":
            token, end = tokens[at + 1], at + 2
            meant = plain.get(token.token_type)
            if meant is not None and tokens[end].token_type in ends:
                row.append(meant(token.text))
            else:
                end = _value_end(tokens, at + 1)
                row.append(value_of(self.grammar, tokens[at + 1 : end]))
            at, text = end, tokens[end].text
        self.tables.count(len(row))
        self.rows.append(row)
        return at + 1

    def _finish_rows(self) -> None:
        if self.rows:
            self.tables.insert(*self.target, self.rows)
        self.rows = []

    def _create(self, tokens: list[Token], at: int) -> int:
        """`CREATE TABLE t (…)`."""
        ahead = at + 1
        while tokens[ahead].text.upper() not in (*_ROUTINES, "TABLE", "(", ";", "AS", "INDEX", "SCHEMA", "DATABASE"):
            ahead += 1
        what = tokens[ahead].text.upper()
        if what in _ROUTINES:
            self.mode, self.depth = "routine", 0
            return ahead
        if what != "TABLE":
            return ahead
        begin = ahead
        while tokens[begin].text not in ("(", ";"):
            begin += 1
        if tokens[begin].text == ";" or tokens[begin - 1].text.upper() == "AS":
            return begin
        end = _bracket_end(tokens, begin)
        between = (".", "IF", "NOT", "EXISTS")
        name = [token.text for token in tokens[ahead + 1 : begin] if token.text.upper() not in between]
        self.tables.create(name, columns_of(self.grammar, tokens[at : end + 1], begin - at))
        return end + 1

    def _comment(self, tokens: list[Token], at: int) -> int:
        """`COMMENT ON COLUMN s.t.c IS '…'`."""
        end = at
        while tokens[end].text.upper() != "IS":
            end += 1
        name = [token.text for token in tokens[at + 3 : end] if token.text != "."]
        if tokens[at + 2].text.upper() == "COLUMN" and len(name) > 1:
            self.tables.describe(name[:-1], name[-1], str(value_of(self.grammar, [tokens[end + 1]]) or ""))
        return end + 1

    def _property(self, tokens: list[Token], at: int) -> int:
        """The strings of `EXEC sp_addextendedproperty …`."""
        texts: list[str] = []
        while tokens[at].text != ";" and not self._opens(tokens, at):
            texts.extend([tokens[at].text] if tokens[at].token_type.name.endswith("STRING") else [])
            at += 1
        self.tables.describe_property(texts)
        return at

    def _opens(self, tokens: list[Token], at: int) -> bool:
        """SQL Server's statements may end with the line, where the next one begins."""
        opener = self.dialect == "tsql" and tokens[at].text.upper() in _OPENERS
        return opener and at > 0 and tokens[at].line > tokens[at - 1].line


def _head(tokens: list[Token], at: int) -> tuple[Target | None, int]:
    """`INSERT INTO t (a, b) VALUES` and the place behind it; None for another form of INSERT."""
    at += 1
    while tokens[at].text.upper() in ("INTO", "IGNORE", "OR", "REPLACE", "LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY"):
        at += 1
    name: list[str] = [tokens[at].text]
    at += 1
    while tokens[at].text == ".":
        name.append(tokens[at + 1].text)
        at += 2
    columns: list[str] = []
    if tokens[at].text == "(":
        while tokens[at].text != ")":
            at += 1
            columns.extend([tokens[at].text] if tokens[at].text not in (",", ")") else [])
        at += 1
    if tokens[at].text.upper() == "OVERRIDING":
        at += 3
    if tokens[at].text.upper() not in ("VALUES", "VALUE"):
        return None, at
    return (name, columns), at + 1


def _is_sign(token: Token) -> bool:
    """A string may hold nothing but a comma: it is longer than its text by the quotes."""
    return token.end - token.start < len(token.text)


def _value_end(tokens: list[Token], at: int) -> int:
    """Index of the comma or bracket that ends a value."""
    depth = 0
    while True:
        if _is_sign(tokens[at]):
            text = tokens[at].text
            if depth == 0 and text in (",", ")"):
                return at
            depth += (text == "(") - (text == ")")
        at += 1


def _bracket_end(tokens: list[Token], at: int) -> int:
    """Index of the bracket that closes the one at `at`."""
    depth = 0
    while True:
        if _is_sign(tokens[at]):
            depth += (tokens[at].text == "(") - (tokens[at].text == ")")
            if depth == 0:
                return at
        at += 1
