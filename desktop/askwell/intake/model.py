# SPDX-License-Identifier: Apache-2.0
"""What passes between reading, planning and building: tables, plans, problems, results.

Cell positions inside this package are 0-based (`row`, `column` of `RawTable.cells`); everything shown to a person
(`Problem.row`, `TablePlan.header_rows`) is 1-based as a spreadsheet program shows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from askwell.domain.messages import Message
from askwell.domain.records import KIND_OF, Origin, Position, Record, RecordKind

Cell = str | int | float | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 0-based, both ends inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class RawTable:
    """One sheet, text file or document body as it was read. `cells` are rows of equal width beginning at A1, so that
    index + 1 is the row a spreadsheet shows. `flow` marks a document, where order of lines carries the meaning;
    `headed` a list of records whose format says that the first row names the columns and every other is a record."""

    file: str
    sheet: str
    cells: list[list[Cell]]
    merged: tuple[Merge, ...] = ()
    flow: bool = False
    encoding: str = ""
    headed: bool = False

    @cached_property
    def filled(self) -> list[list[Cell]]:
        """The cells with the value of every merged range repeated over the whole range."""
        if not self.merged:
            return self.cells
        rows = list(self.cells)
        copied: set[int] = set()
        for merge in self.merged:
            value = self._at(merge.top, merge.left)
            if value is None:
                continue
            for row in range(merge.top, min(merge.bottom + 1, len(rows))):
                if row not in copied:
                    rows[row] = list(rows[row])
                    copied.add(row)
                for column in range(merge.left, min(merge.right + 1, len(rows[row]))):
                    rows[row][column] = value
        return rows

    def _at(self, row: int, column: int) -> Cell:
        if row >= len(self.cells) or column >= len(self.cells[row]):
            return None
        return self.cells[row][column]

    @cached_property
    def width(self) -> int:
        """Number of columns."""
        return max((len(row) for row in self.cells), default=0)


class Severity(StrEnum):
    """error: the row or table was left out; warning: kept, a person should look; note: for information."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a person should know about the input. `row` is 1-based (0: the whole table); `column` is the letter
    and, where known, the header: `C 权重`."""

    file: str
    sheet: str
    row: int
    column: str
    message: Message
    severity: Severity = Severity.WARNING

    @property
    def remedy(self) -> Message:
        """What to do about it: the sentence `<key>.hint` with the same facts."""
        return Message(self.message.key + ".hint", self.message.params)


class Layout(StrEnum):
    """How a table is laid out. kpi_sheet: a grid whose position stands above the header or in the sheet's name."""

    GRID = "grid"
    FORM = "form"
    KPI_SHEET = "kpi_sheet"
    DOCUMENT = "document"


class DropReason(StrEnum):
    """Why a column never gets in."""

    NONE = ""
    PROTECTED = "protected"
    PERSON = "person"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """One column (grid) or label (form). `field` is None where nothing is imported. A `dropped` column can never be
    given a field: it holds protected facts, names of people, or hiring decisions. `index` is 0-based, -1 in a form."""

    header: str
    field: str | None = None
    dropped: bool = False
    reason: DropReason = DropReason.NONE
    samples: tuple[str, ...] = ()
    score: float = 0.0
    index: int = -1


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What will be taken from one table and how. `table` is the index of the RawTable in reading order; `first` and
    `last` (0-based, `last` exclusive) bound its data rows; `context` holds what stands around the table
    (position_title, department, period …)."""

    sheet: str
    table: int
    kind: RecordKind | None
    confidence: float
    reason: Message
    layout: Layout
    header_rows: tuple[int, ...]
    first: int
    last: int
    columns: tuple[ColumnPlan, ...]
    skipped: tuple[int, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def rows(self) -> int:
        """Number of data rows that will be looked at."""
        return max(0, self.last - self.first - len(self.skipped))

    def with_field(self, header: str, name: str | None) -> TablePlan:
        """The plan with the column `header` bound to another field. Dropped columns stay dropped."""
        columns = tuple(
            replace(column, field=name, score=1.0) if column.header == header and not column.dropped else column
            for column in self.columns
        )
        return replace(self, columns=columns)


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The dry run of one file. Nothing has been stored. Edit with `dataclasses.replace` or `TablePlan.with_field`."""

    file: str
    tables: tuple[TablePlan, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A cell that the two ways of reading saw differently. 1-based row, column letter."""

    sheet: str
    row: int
    column: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Verification:
    """Comparison of the file read in two independent ways. `method` names the second way; `rows` and `cells` count
    what was compared; `checksums` has one CRC-32 of the values of each column as `sheet!C`."""

    method: str = ""
    rows: int = 0
    cells: int = 0
    equal: int = 0
    mismatches: tuple[Mismatch, ...] = ()
    checksums: Mapping[str, int] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Share of equal cells, 1.0 for an empty file."""
        return self.equal / self.cells if self.cells else 1.0


@dataclass(frozen=True, slots=True)
class ImportResult:
    """Clean, de-identified records in the order of the file. `mentioned` are positions that KPI sheets name without
    describing them: they may be created where the store has none of that title, and must not replace one."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    verification: Verification
    mentioned: tuple[Position, ...] = ()

    def of(self, kind: RecordKind) -> list[Record]:
        """The records of one kind."""
        return [record for record in self.records if KIND_OF[type(record)] is kind]


def column_letter(index: int) -> str:
    """0 → A, 25 → Z, 26 → AA."""
    letters = ""
    index += 1
    while index > 0:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def origin_of(table: RawTable, row: int) -> Origin:
    """Origin for the 0-based `row` of a table."""
    return Origin(file=table.file, sheet=table.sheet, row=row + 1)
