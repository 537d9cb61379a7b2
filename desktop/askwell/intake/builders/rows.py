# SPDX-License-Identifier: Apache-2.0
"""One row (or one form) as field → cells, and the notebook in which builders write problems."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from askwell.domain.messages import msg
from askwell.domain.records import Origin
from askwell.intake.cleaning import key_of, line_of, text_of
from askwell.intake.deidentify import deidentify
from askwell.intake.forms import FormItem, label_key
from askwell.intake.model import (
    Cell,
    ColumnPlan,
    DropReason,
    Problem,
    RawTable,
    Severity,
    TablePlan,
    column_letter,
    origin_of,
)
from askwell.intake.vocabulary import header_key
from askwell.intake.wording import language_of

_ROLE = re.compile(r"(?:部|组|中心|科|处|室|经理|总监|主管|组长|总经理|总裁|专员|负责人|HR|部长|科长|人力|人事|财务)$")
_IDENTITY = re.compile("身份证|证件|出生|电话|手机|邮箱|birth|phone|mobile|email|userid|ssn|employeeid|工号|生年月日")


@dataclass(slots=True)
class RowData:
    """Cells of one record by field. `people`: names to be taken out of its free text. `identity`: a hash of cells that
    tell namesakes apart; the cells themselves are not kept."""

    row: int
    values: dict[str, list[tuple[ColumnPlan, Cell]]]
    people: tuple[str, ...] = ()
    identity: str = ""

    def cell(self, name: str) -> Cell:
        """First non-empty cell of a field."""
        return next((cell for _, cell in self.values.get(name, ()) if text_of(cell)), None)

    def cells(self, name: str) -> list[Cell]:
        """All non-empty cells of a field."""
        return [cell for _, cell in self.values.get(name, ()) if text_of(cell)]

    def line(self, name: str) -> str:
        """First non-empty cell of a field as one line."""
        return line_of(self.cell(name))

    def text(self, name: str) -> str:
        """All cells of a field as text, a line a cell."""
        return "\n".join(text_of(cell) for cell in self.cells(name))

    def has(self, *names: str) -> bool:
        """True where one of the fields holds something."""
        return any(self.cell(name) is not None for name in names)


@dataclass(slots=True)
class Notebook:
    """What a builder needs beside the rows: the plan's context, the salt, and where problems go."""

    table: RawTable
    plan: TablePlan
    salt: bytes
    problems: list[Problem] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)

    def note(
        self, key: str, row: int | None, name: str = "", severity: Severity = Severity.WARNING, /, **facts: object
    ) -> None:
        """Write down `problem.<key>` for a 0-based row (None: the table) and a field."""
        column = self.column(name)
        facts = {
            "file": self.table.file,
            "sheet": self.table.sheet,
            "row": 0 if row is None else row + 1,
            "column": column,
            **facts,
        }
        problem = Problem(
            self.table.file,
            self.table.sheet,
            0 if row is None else row + 1,
            column,
            msg(f"problem.{key}", **facts),
            severity,
        )
        self.problems.append(problem)

    def column(self, name: str) -> str:
        """`C 权重` for a field that has a column, else ""."""
        plan = next((column for column in self.plan.columns if column.field == name), None) if name else None
        if plan is None:
            return ""
        return f"{column_letter(plan.index)} {plan.header}" if plan.index >= 0 else plan.header

    def origin(self, row: int) -> Origin:
        """Where a record came from."""
        return origin_of(self.table, row)

    def context(self, name: str) -> str:
        """What stands around the table for a field."""
        return self.plan.context.get(name, "")

    def code(self, name: str, identity: str = "") -> str:
        """Stable code of a person. Namesakes that differ in document or phone get a further number."""
        base = person_code(self.salt, name)
        owner = key_of(name)
        seat, number = base, 1
        while self.codes.setdefault(seat, f"{owner}/{identity}") not in (f"{owner}/{identity}", f"{owner}/"):
            if not identity and self.codes[seat].startswith(f"{owner}/"):
                break
            number += 1
            seat = f"{base}-{number}"
        return seat

    def free(self, text: str, people: Iterable[str]) -> str:
        """Free text about a person, de-identified in its own language."""
        return deidentify(text, [*people, *self.plan.people], language_of(text)) if text else ""


def person_code(salt: bytes, name: str) -> str:
    """`C-` and six hexadecimal digits, the same for the same name and salt; the name cannot be got back from it
    without the salt."""
    digest = hmac.new(salt, key_of(name).encode(), hashlib.sha256).hexdigest()
    return f"C-{digest[:6].upper()}"


def grid_rows(table: RawTable, plan: TablePlan, salt: bytes) -> Iterator[RowData]:
    """The data rows of a grid, merged cells filled, blank and skipped rows left out."""
    skipped = set(plan.skipped)
    fields = [column for column in plan.columns if column.field and not column.dropped]
    people = [column for column in plan.columns if _holds_names(column)]
    marks = [column for column in plan.columns if column.dropped and _IDENTITY.search(header_key(column.header))]
    rows = table.filled
    for at in range(plan.first, min(plan.last, len(rows))):
        row = rows[at]
        if at in skipped or all(cell is None for cell in table.cells[at]):
            continue
        values: dict[str, list[tuple[ColumnPlan, Cell]]] = {}
        for column in fields:
            values.setdefault(column.field or "", []).append((column, row[column.index]))
        names = [name for column in people for name in split_names(row[column.index])]
        full = full_name(values.get("name") or values.get("candidate") or [])
        if full and full not in names:
            names.insert(0, full)
        told = "|".join(line_of(row[column.index]) for column in marks if row[column.index] is not None)
        identity = hmac.new(salt, told.encode(), hashlib.sha256).hexdigest()[:12] if told else ""
        yield RowData(at, values, tuple(names), identity)


def form_row(items: Iterable[FormItem], plan: TablePlan, row: int) -> RowData:
    """One form as a row."""
    by_label = {label_key(column.header): column for column in plan.columns if column.field and not column.dropped}
    values: dict[str, list[tuple[ColumnPlan, Cell]]] = {}
    for item in items:
        column = by_label.get(label_key(item.label))
        if column is not None:
            values.setdefault(column.field or "", []).extend((column, value) for value in item.values)
    full = full_name(values.get("name") or values.get("candidate") or [])
    return RowData(row, values, (full,) if full else ())


def _holds_names(column: ColumnPlan) -> bool:
    return column.field in ("name", "candidate") or column.reason is DropReason.PERSON


def full_name(cells: list[tuple[ColumnPlan, Cell]]) -> str:
    """One name out of a full-name column or of first, middle and last name."""
    parts: dict[str, str] = {}
    for column, cell in cells:
        key = header_key(column.header)
        part = "last" if key in _LAST else "middle" if key in _MIDDLE else "first" if key in _FIRST else "full"
        if line_of(cell):
            parts.setdefault(part, line_of(cell))
    if "full" in parts or not parts:
        return parts.get("full", "")
    han = any("\u4e00" <= char <= "\u9fff" for char in parts.get("last", ""))
    order = ("last", "first") if han else ("first", "middle", "last")
    return ("" if han else " ").join(parts[part] for part in order if part in parts)


_LAST = {"lastname", "surname", "familyname", "姓", "apellido", "apellidos"}
_MIDDLE = {"middlename"}
_FIRST = {"firstname", "givenname", "名", "nombre"}


def split_names(cell: Cell) -> list[str]:
    """Names of persons in a cell such as `生产部 高立群、人力 秦晓岚`; departments and roles are left out."""
    found: list[str] = []
    for part in re.split(r"[、,，;；/\n|&+]|\band\b", line_of(cell)):
        words = part.split()
        if not words or any(char.isdigit() for char in part):
            continue
        if all(re.fullmatch(r"[\u4e00-\u9fff·]+", word) for word in words):
            found.extend(word for word in words if 2 <= len(word) <= 4 and not _ROLE.search(word))
        elif len(part.strip()) >= 3 and not re.search(r"(?i)\b(?:no_|manager|director|head|team|department)", part):
            found.append(part.strip())
    return found
