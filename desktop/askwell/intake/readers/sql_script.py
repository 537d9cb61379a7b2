# SPDX-License-Identifier: Apache-2.0
"""Goes through a dump statement by statement and takes tables, comments and rows from it, by a scanner of our own.

Nothing is run. Statements that carry no data (DROP, ATTACH, COPY FROM PROGRAM, LOAD DATA, GRANT …) are passed over, and
so are the bodies of triggers and procedures, since what an INSERT inside them does is not in the file's data.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from askwell.intake.model import Cell
from askwell.intake.readers.base import MAX_DEPTH, refuse
from askwell.intake.readers.sql_columns import Column, bare, column_of
from askwell.intake.readers.sql_dialect import Dialect
from askwell.intake.readers.sql_tables import Tables
from askwell.intake.readers.sql_values import Token, constant, copy_cell, literal, number_cell, text_cell, unquote

MAX_BROKEN = 200  # statements that cannot be read, before the file is given up
MAX_TOKENS = 100_000  # in one value or one CREATE TABLE
_WORD = re.compile(r"[A-Za-z]+")
_DATA = re.compile(r"(?:INSERT|REPLACE|COPY|CREATE\s+TABLE)\b", re.I)
_ROUTINE = re.compile(
    r"(?:CREATE|ALTER)\s+(?:OR\s+(?:REPLACE|ALTER)\s+)?(?:DEFINER\s*=\s*\S+\s+)?(?:(?:TEMP|TEMPORARY|CONSTRAINT|EDITIONABLE|AGGREGATE)\s+)*"
    r"(?:TRIGGER|PROCEDURE|PROC|FUNCTION|EVENT|PACKAGE|VIEW|RULE)\b",
    re.I,
)
_BLOCK = re.compile(r"\b(?:BEGIN|CASE|END(?:\s+(?:IF|LOOP|WHILE|REPEAT|FOR))?)\b|[();]", re.I)
_GO = re.compile(r"^[ \t]*GO[ \t]*\r?$", re.I | re.M)
_DELIMITER = re.compile(r"DELIMITER[ \t]+(\S+)", re.I)
_DELIMITER_BACK = re.compile(r"^[ \t]*DELIMITER[ \t]+;", re.I | re.M)
_COPY_END = re.compile(r"^\\\.[ \t]*\r?$", re.M)
_DOLLAR = re.compile(r"\$(?:[^\W\d]\w*)?\$")
_USE = re.compile(r"USE\s+[`\"]?([^`\";\s]+)[`\"]?", re.I)
_SEARCH_PATH = re.compile(r"SET\s+search_path\s*(?:=|TO)\s*\"?(\w+)", re.I)
_TABLE_COMMENT = re.compile(r"\bCOMMENT\s*=?\s*('(?:[^'\\]|\\.|'')*')", re.I | re.S)
# Where reading goes on behind a statement that could not be read.
_RESUME = re.compile(
    r"^[ \t]*(?:(?:INSERT|REPLACE)\s+(?:IGNORE\s+)?INTO\s|INSERT\s+\[|CREATE\s+TABLE\s|COPY\s.+\sFROM\s+stdin"
    r"|(?:DROP|ALTER)\s+TABLE\s|COMMENT\s+ON\s|(?:UN)?LOCK\s+TABLES|GO[ \t]*\r?$)",
    re.I | re.M,
)
# Where a statement of SQL Server begins without a semicolon before it.
_OPENS = re.compile(
    r"\s*(?:GO|INSERT|CREATE|ALTER|DROP|SET|USE|EXEC|EXECUTE|IF|BEGIN|END|UPDATE|DELETE|PRINT|DECLARE|TRUNCATE)\b", re.I
)
_WORDS = {"null": None, "default": None, "true": True, "false": False}


class Broken(Exception):
    """A statement that cannot be read; `at` is where that became clear, `open_end` tells that the text ends within."""

    def __init__(self, at: int, open_end: bool = False) -> None:
        super().__init__(at)
        self.at = at
        self.open_end = open_end


class Script:
    """One pass over the text of a dump."""

    def __init__(self, path: Path, text: str, dialect: Dialect, tables: Tables) -> None:
        self.path = path
        self.text = text
        self.dialect = dialect
        self.tables = tables
        self.at = 0
        self._names: dict[str, list[str]] = {}
        self._handlers: dict[str, Callable[[int], int]] = {
            "INSERT": self._insert,
            "REPLACE": self._insert,
            "CREATE": self._create,
            "ALTER": self._routine,
            "COPY": self._copy,
            "COMMENT": self._comment,
            "USE": self._use,
            "SET": self._use,
            "DELIMITER": self._delimiter,
            "EXEC": self._property,
            "EXECUTE": self._property,
            "GO": lambda at: at + 2,
        }

    def run(self) -> None:
        """Read it all. Raises InputRefused where the file ends within data, is beyond a limit or broken throughout."""
        broken = 0
        while True:
            start = self._blank(self.at)
            if start >= len(self.text):
                return
            try:
                self.at = self._statement(start)
            except Broken as problem:
                broken += 1
                resume = _RESUME.search(self.text, max(start + 1, problem.at))
                cut_off = resume is None and problem.open_end and _DATA.match(self.text, start) is not None
                if broken > MAX_BROKEN or cut_off:
                    raise refuse("file_damaged", self.path) from problem
                self.at = resume.start() if resume else len(self.text)

    def _statement(self, at: int) -> int:
        """Read the statement that begins here; the place behind it."""
        if self.text[at] == "\\":  # psql's own commands are lines
            return self._line_end(at)
        word = _WORD.match(self.text, at)
        handler = self._handlers.get(word.group().upper()) if word else None
        end = handler(at) if handler else -1
        return end if end >= 0 else self._end(at)

    def _blank(self, at: int) -> int:
        found = self.dialect.blank.match(self.text, at)
        return found.end() if found else at

    def _line_end(self, at: int) -> int:
        end = self.text.find("\n", at)
        return end if end >= 0 else len(self.text)

    def _end(self, at: int) -> int:
        """Place behind the statement."""
        text, run = self.text, self.dialect.run
        while True:
            passed = run.match(text, at)
            at = passed.end() if passed else at
            char = text[at : at + 1]
            if char in ("", ";"):
                return at + len(char)
            if char == "\n" and _OPENS.match(text, at):
                return at
            at = self._odd(at)

    def _odd(self, at: int) -> int:
        """Pass a sign that begins something: a dollar-quoted text, or a quote or comment that never ends."""
        char = self.text[at]
        if char in "'\"`" or self.text.startswith("/*", at) or (char == "[" and self.dialect.name == "tsql"):
            raise Broken(at, open_end=True)
        if char == "$":
            return self._dollar(at)[1]
        return at + 1

    def _dollar(self, at: int) -> tuple[str, int]:
        """The text in `$tag$…$tag$` that begins here and the place behind it, else "" and the next place."""
        tag = _DOLLAR.match(self.text, at)
        if tag is None or self.dialect.name != "postgres":
            return "", at + 1
        end = self.text.find(tag.group(), tag.end())
        if end < 0:
            raise Broken(at, open_end=True)
        return self.text[tag.end() : end], end + len(tag.group())

    def _name(self, written: str) -> list[str]:
        """`a`.[b]."c" as its parts."""
        if written not in self._names:
            if len(self._names) > 1_000:
                self._names.clear()
            self._names[written] = [bare(part) for part in self.dialect.identifier.findall(written)]
        return list(self._names[written])

    # Rows

    def _insert(self, at: int) -> int:
        head = self.dialect.insert.match(self.text, at)
        if head is None:
            return -1
        name = self._name(head["name"])
        columns = self._name(head["columns"]) if head["columns"] else []
        at = head.end()
        rows: list[list[Cell]] = []
        while True:
            at = self._blank_in(at)
            if not self.text.startswith("(", at):
                raise Broken(at, open_end=at >= len(self.text))
            row, at = self._row(at + 1)
            self.tables.count(len(row))
            rows.append(row)
            behind = self._blank_in(at)
            if not self.text.startswith(",", behind):
                break
            at = behind + 1
        self.tables.insert(name, columns, rows)
        return self._end(at)

    def _blank_in(self, at: int) -> int:
        """Like _blank, yet a semicolon stays."""
        text = self.text
        while True:
            while text[at : at + 1].isspace():
                at += 1
            found = self.dialect.token.match(text, at) if text[at : at + 1] in ("-", "/", "#") else None
            if found is None or found.lastgroup != "space":
                return at
            at = found.end()

    def _row(self, at: int) -> tuple[list[Cell], int]:
        """The values up to the closing bracket and the place behind it."""
        match, text, escapes = self.dialect.cell.match, self.text, self.dialect.escapes
        row: list[Cell] = []
        while True:
            found = match(text, at)
            if found is None:
                value, at, end = self._value(at)
                row.append(value)
            else:
                _, single, double, number, word, end = found.groups()
                at = found.end()
                if single is not None:
                    row.append(text_cell(unquote(single, escapes) if "'" in single or "\\" in single else single))
                elif number is not None:
                    row.append(number_cell(number))
                elif double is not None:
                    row.append(text_cell(str(literal(f'"{double}"', escapes))))
                else:
                    row.append(_WORDS[word.lower()])
            if end == ")":
                return row, at

    def _value(self, at: int) -> tuple[Cell, int, str]:
        """A value that is more than a literal, the place behind it and what ends it."""
        tokens, at, end = self._tokens(at)
        return constant(tokens, self.dialect.escapes), at, end

    def _tokens(self, at: int) -> tuple[list[Token], int, str]:
        """Tokens up to a comma or closing bracket of this level, the place behind that, and which it was."""
        tokens: list[Token] = []
        depth, last = 0, -1
        while len(tokens) < MAX_TOKENS:
            found = self.dialect.token.match(self.text, at)
            if found is None:
                raise Broken(at, open_end=True)
            kind, word = str(found.lastgroup), found.group()
            start, at = at, found.end()
            if kind == "space":
                continue
            if kind == "op":
                if depth == 0 and word in ",)":
                    return tokens, at, word
                depth += (word == "(") - (word == ")")
                if word in "'\"`;" or depth > MAX_DEPTH:
                    raise Broken(start, open_end=word != ";" and depth <= MAX_DEPTH)
            elif word.startswith("$"):
                word, at = self._dollar(start)
                kind = "text"
            elif start == last and kind in ("word", "number"):
                raise Broken(start)  # 'O'Brien': a quote that was not escaped
            last = at if kind == "literal" else -1
            tokens.append((kind, word))
        raise Broken(at)

    def _copy(self, at: int) -> int:
        """`COPY t (a, b) FROM stdin;` and its lines. COPY from a file or a program never matches."""
        head = self.dialect.copy.match(self.text, at)
        if head is None:
            return -1
        end = _COPY_END.search(self.text, head.end())
        if end is None:
            raise Broken(head.end(), open_end=True)
        if head["options"].strip():
            return end.end()  # not the format that pg_dump writes
        name = self._name(head["name"])
        columns = self._name(head["columns"]) if head["columns"] else []
        rows: list[list[Cell]] = []
        body = self.text[head.end() : end.start()].removesuffix("\n")
        for line in body.split("\n") if body else []:
            row: list[Cell] = [copy_cell(part) for part in line.removesuffix("\r").split("\t")]
            self.tables.count(len(row))
            rows.append(row)
        self.tables.insert(name, columns, rows)
        return end.end()

    # Tables and comments

    def _create(self, at: int) -> int:
        head = self.dialect.create.match(self.text, at)
        if head is None:
            return self._routine(at)
        columns: list[Column] = []
        at = head.end()
        end = ","
        while end == ",":
            tokens, at, end = self._tokens(at)
            column = column_of(tokens, self.dialect.escapes)
            if column is not None:
                columns.append(column)
        tail = self._end(at)
        said = _TABLE_COMMENT.search(self.text, at, tail)
        comment = str(literal(said[1], self.dialect.escapes)) if said else ""
        self.tables.create(self._name(head["name"]), columns, comment)
        return tail

    def _comment(self, at: int) -> int:
        """`COMMENT ON COLUMN t.c IS '…'`."""
        head = self.dialect.comment.match(self.text, at)
        if head is None:
            return -1
        found = self.dialect.token.match(self.text, head.end())
        if found is not None and found.lastgroup == "literal":
            name, text = self._name(head["name"]), str(literal(found.group(), self.dialect.escapes))
            column = name.pop() if head["what"].upper() == "COLUMN" and len(name) > 1 else ""
            self.tables.describe(name, column, text)
        return self._end(head.end())

    def _property(self, at: int) -> int:
        """`EXEC sp_addextendedproperty 'MS_Description', N'…', 'SCHEMA', 'dbo', 'TABLE', 't', 'COLUMN', 'c'`."""
        end = self._end(at)
        if "MS_Description" not in self.text[at : min(end, at + 400)]:
            return end
        texts = [
            str(literal(found.group(), False))
            for found in self.dialect.token.finditer(self.text, at, end)
            if found.lastgroup == "literal"
        ]
        self.tables.describe_property(texts)
        return end

    def _use(self, at: int) -> int:
        """Where names without a schema belong from here on."""
        pattern = {"mysql": _USE, "postgres": _SEARCH_PATH}.get(self.dialect.name)
        found = pattern.match(self.text, at) if pattern else None
        if found and found[1] != "pg_catalog":
            self.tables.schema = found[1]
        return -1

    # What is passed over

    def _routine(self, at: int) -> int:
        """Pass a trigger, procedure, function or view as a whole."""
        if not _ROUTINE.match(self.text, at):
            return -1
        if self.dialect.name == "tsql":
            go = _GO.search(self.text, at)
            return go.start() if go else len(self.text)
        depth = 0
        while True:
            found = self._next_block(at)
            if found is None:
                return len(self.text)
            word = found.group().upper()
            at = found.end()
            if word == ";" and depth <= 0:
                return at
            depth += (word in ("BEGIN", "CASE", "(")) - (word in ("END", ")"))

    def _next_block(self, at: int) -> re.Match[str] | None:
        """The next BEGIN, CASE, END, bracket or semicolon that is neither in a string nor in a comment."""
        while at < len(self.text):
            found = self.dialect.token.match(self.text, at)
            if found is None:
                return None
            if found.lastgroup in ("word", "op"):
                block = _BLOCK.match(self.text, at)
                if block is not None:
                    return block
                if found.group().startswith("$"):
                    at = self._dollar(at)[1]
                    continue
            at = found.end()
        return None

    def _delimiter(self, at: int) -> int:
        """`DELIMITER ;;` … `DELIMITER ;` holds routines only."""
        found = _DELIMITER.match(self.text, at)
        if found is None:
            return -1
        if found[1] == ";":
            return found.end()
        back = _DELIMITER_BACK.search(self.text, found.end())
        return back.end() if back else len(self.text)
