# SPDX-License-Identifier: Apache-2.0
"""Collects the tables of a database dump: columns with their comments, rows in file order."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from askwell.intake.model import Cell, RawTable
from askwell.intake.readers.base import check_shape, square
from askwell.intake.readers.sql_columns import Column, Table, header_of, title
from askwell.intake.readers.sql_links import add_names
from askwell.intake.readers.sql_values import number_cell, text_cell


class Tables:
    """All tables of one file. `schema` is where unqualified names belong (USE, search_path)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.schema = ""
        self.cells = 0
        self._tables: dict[tuple[str, str], Table] = {}
        self._by_name: dict[str, list[Table]] = {}
        self._mapped: dict[tuple[int, tuple[str, ...]], list[int]] = {}

    def count(self, width: int) -> None:
        """Account for a row. Raises InputRefused beyond the limits."""
        self.cells = check_shape(self.path, 1, width, self.cells)

    def create(self, name: Sequence[str], columns: Sequence[Column], comment: str = "") -> None:
        """A table as declared."""
        table = self._table(name)
        table.comment = comment or table.comment
        check_shape(self.path, 1, len(columns))
        for column in columns:
            known = table.columns[table.place(column.name)]
            known.kind, known.generated = column.kind, column.generated
            known.comment = column.comment or known.comment

    def describe(self, name: Sequence[str], column: str, comment: str) -> None:
        """A comment on a column, or on the table where `column` is ""."""
        table = self._find(name)
        if table is None:
            return
        if not column:
            table.comment = comment
        elif column.casefold() in table.places:
            table.columns[table.place(column)].comment = comment

    def describe_property(self, texts: list[str]) -> None:
        """A comment from the strings of SQL Server's sp_addextendedproperty: MS_Description, the comment, SCHEMA, its
        name, TABLE, its name, COLUMN, its name."""
        if len(texts) < 6 or texts[0] != "MS_Description" or texts[4].upper() != "TABLE":
            return
        if len(texts) == 6:
            self.describe([texts[3], texts[5]], "", texts[1])
        elif len(texts) == 8 and texts[6].upper() == "COLUMN":
            self.describe([texts[3], texts[5]], texts[7], texts[1])

    def insert(self, name: Sequence[str], columns: Sequence[str], rows: list[list[Cell]]) -> None:
        """Rows of a statement; without `columns` their values stand in the order of the declaration."""
        table = self._table(name)
        if not columns:
            widest = max(map(len, rows), default=0)
            while len(table.columns) < widest:
                table.place(f"column{len(table.columns) + 1}")
            places = list(range(len(table.columns)))
        else:
            places = self._places(table, tuple(columns))
            # A row of another width than the list is no valid row.
            rows = [row for row in rows if len(row) == len(places)]
        check_shape(self.path, len(table.rows) + len(rows), len(table.columns))
        typed = [(index, table.columns[place].kind) for index, place in enumerate(places) if table.columns[place].kind]
        in_order = places == list(range(len(places)))
        for row in rows:
            for index, kind in typed:
                if index < len(row) and isinstance(row[index], str):
                    row[index] = _typed(str(row[index]), kind)
            table.rows.append(row if in_order else _placed(row, places, len(table.columns)))

    def only(self) -> list[Column]:
        """The columns of the only table, [] where there is not exactly one."""
        tables = list(self._tables.values())
        return tables[0].columns if len(tables) == 1 else []

    def finish(self, encoding: str = "") -> list[RawTable]:
        """The tables in file order. Raises InputRefused beyond the limits."""
        found = [
            table
            for table in self._tables.values()
            if table.columns and not table.name.casefold().startswith("sqlite_")
        ]
        return raw_tables(self.path, found, encoding)

    def _key(self, name: Sequence[str]) -> tuple[str, str]:
        schema = name[-2] if len(name) > 1 and name[-2] else self.schema
        return schema.casefold(), name[-1].casefold()

    def _table(self, name: Sequence[str]) -> Table:
        found = self._find(name)
        if found is None:
            schema = name[-2] if len(name) > 1 and name[-2] else self.schema
            found = self._tables[self._key(name)] = Table(name[-1], schema)
            self._by_name.setdefault(name[-1].casefold(), []).append(found)
        return found

    def _find(self, name: Sequence[str]) -> Table | None:
        """The table of that name; one without a schema also where only one schema has it."""
        key = self._key(name)
        if key in self._tables or len(name) > 1 or self.schema:
            return self._tables.get(key)
        same = self._by_name.get(key[1], [])
        return same[0] if len(same) == 1 else None

    def _places(self, table: Table, columns: tuple[str, ...]) -> list[int]:
        key = (id(table), columns)
        if key not in self._mapped:
            check_shape(self.path, 1, len(columns) + len(table.columns))
            if len(self._mapped) > 1000:
                self._mapped.clear()
            self._mapped[key] = [table.place(column) for column in columns]
        return self._mapped[key]


def raw_tables(path: Path, tables: Sequence[Table], encoding: str = "") -> list[RawTable]:
    """Of each table the header row and the rows below it, all of equal width. Raises InputRefused beyond the limits."""
    add_names(tables)
    cells = 0
    for table in tables:
        cells = check_shape(path, len(table.rows) + 1, len(table.columns), cells)
    same = Counter(table.name.casefold() for table in tables)
    raw: list[RawTable] = []
    for table in tables:
        qualified = same[table.name.casefold()] > 1 and table.schema
        name = title(f"{table.schema}.{table.name}" if qualified else table.name, table.comment)
        header: list[Cell] = [header_of(column) for column in table.columns]
        raw.append(RawTable(path.name, name, square([header, *table.rows]), encoding=encoding))
    return raw


def _placed(row: list[Cell], places: list[int], width: int) -> list[Cell]:
    placed: list[Cell] = [None] * width
    for value, place in zip(row, places, strict=True):
        placed[place] = value
    return placed


def _typed(text: str, kind: str) -> Cell:
    """Text as its column declares it; unchanged where it does not fit."""
    if kind == "blob":
        return None
    if kind == "bool":
        return {"t": True, "true": True, "f": False, "false": False}.get(text.lower(), text)
    if kind == "number":
        return (
            number_cell(text) if re.fullmatch(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?", text) else text
        )
    return text_cell("\n".join(_array(text))) if text[:1] == "{" and text[-1:] == "}" else text


def _array(text: str) -> list[str]:
    """`{Python,"data analysis",NULL}` → its items; an array of arrays stays as it is."""
    inner = text[1:-1]
    if "{" in inner:
        return [text]
    try:
        row = next(csv.reader([inner.replace("\n", " ")], escapechar="\\", doublequote=False), [])
    except csv.Error:
        return [text]
    return [item for item in row if item and item != "NULL"]
