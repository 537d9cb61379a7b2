# SPDX-License-Identifier: Apache-2.0
"""The feature's door: `plan` a file without touching anything, `build` records from a file and a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from askwell.domain.messages import Message
from askwell.domain.records import Position, Record, RecordKind
from askwell.intake import readers
from askwell.intake.builders import BUILDERS
from askwell.intake.builders.rows import Notebook, form_row, grid_rows
from askwell.intake.forms import FormItem
from askwell.intake.mapping import columns_for
from askwell.intake.model import (
    ImportPlan,
    ImportResult,
    Layout,
    Problem,
    RawTable,
    TablePlan,
    Verification,
)
from askwell.intake.planning import collect_items, headers_of, plan_table
from askwell.intake.verification import verify
from askwell.intake.vocabulary import header_key
from askwell.intake.wording import language_of

TRIAL_ROWS = 5000


def plan(path: Path) -> ImportPlan:
    """Dry run: what is in the file, what would be taken from where, and what is wrong with it. Of long tables the
    first 5,000 rows are tried. Raises InputRefused."""
    tables = readers.read(path)
    plans = [found for index, table in enumerate(tables) for found in plan_table(table, index)]
    tried = [_tried(tables[found.table], found) for found in plans]
    return ImportPlan(path.name, tuple(tried))


def build(path: Path, plan: ImportPlan, salt: bytes, *, check: bool = True) -> ImportResult:
    """Records from a file by a plan. `salt` makes the codes of people; keep it per workspace. `check` reads the file
    a second time for verification. Raises InputRefused."""
    tables = readers.read(path)
    records: list[Record] = []
    problems: list[Problem] = list(plan.problems)
    mentioned: dict[str, Position] = {}
    codes: dict[str, str] = {}
    for found in plan.tables:
        book = Notebook(tables[found.table], found, salt, codes=codes)
        records.extend(_records(tables[found.table], found, book))
        problems.extend(found.problems if not book.problems else _merged(found.problems, book.problems))
        _mention(found, mentioned)
    described = {record.title for record in records if isinstance(record, Position)}
    stubs = tuple(position for title, position in mentioned.items() if title not in described)
    verification = verify(path, tables) if check else Verification()
    return ImportResult(tuple(records), tuple(problems), verification, stubs)


def with_kind(plan: TablePlan, kind: RecordKind | None) -> TablePlan:
    """The plan with another kind: columns are matched anew by their headers."""
    headers = headers_of(plan.columns)
    columns = columns_for(kind, headers, [])
    kept = tuple(
        replace(new, samples=old.samples, dropped=old.dropped or new.dropped, reason=old.reason or new.reason,
                field=None if old.dropped else new.field)
        for new, old in zip(columns, plan.columns, strict=True)
    )  # fmt: skip
    return replace(plan, kind=kind, columns=kept, confidence=1.0 if kind else 0.0)


def to_json(plan: ImportPlan, render: Callable[[Message], str] = str) -> dict[str, object]:
    """The plan in the shape of `askwell import --dry-run --json`; `render` turns messages into sentences."""
    return {
        "file": plan.file,
        "tables": [
            {
                "sheet": table.sheet,
                "kind": table.kind.value if table.kind else None,
                "confidence": table.confidence,
                "layout": table.layout.value,
                "header_rows": list(table.header_rows),
                "rows": table.rows,
                "columns": [
                    {"header": column.header, "field": column.field, "dropped": column.dropped}
                    for column in table.columns
                ],
                "problems": [problem_json(problem, render) for problem in table.problems],
            }
            for table in plan.tables
        ],
        "problems": [problem_json(problem, render) for problem in plan.problems],
    }


def problem_json(problem: Problem, render: Callable[[Message], str] = str) -> dict[str, object]:
    """One problem as plain data."""
    return {
        "row": problem.row,
        "column": problem.column,
        "severity": problem.severity.value,
        "message": render(problem.message),
        "remedy": render(problem.remedy),
    }


def _tried(table: RawTable, found: TablePlan) -> TablePlan:
    """The plan with the problems that building would meet."""
    if found.kind is None:
        return found
    short = replace(found, last=min(found.last, found.first + TRIAL_ROWS)) if not _is_form(found) else found
    book = Notebook(table, short, b"dry run")
    _records(table, short, book)
    return replace(found, problems=_merged(found.problems, book.problems))


def _merged(planned: tuple[Problem, ...], built: list[Problem]) -> tuple[Problem, ...]:
    """Problems of both, each once, by row."""
    unique = {(p.row, p.column, str(p.message)): p for p in (*planned, *built)}
    return tuple(sorted(unique.values(), key=lambda p: p.row))


def _is_form(found: TablePlan) -> bool:
    return found.layout in (Layout.FORM, Layout.DOCUMENT) and not found.header_rows


def _records(table: RawTable, found: TablePlan, book: Notebook) -> list[Record]:
    if found.kind is None:
        return []
    builder = BUILDERS[found.kind]
    if not _is_form(found):
        return builder(grid_rows(table, found, book.salt), book)
    items = collect_items(table, found.first, found.last)
    rows = [form_row(group, found, group[0].row) for group in _forms(items, found) if group]
    return builder(rows, book)


def _forms(items: list[FormItem], found: TablePlan) -> list[list[FormItem]]:
    """Several forms on one sheet: each begins where the title label comes again."""
    key_field = "title" if found.kind is RecordKind.POSITION else "name"
    titles = {header_key(column.header) for column in found.columns if column.field == key_field}
    groups: list[list[FormItem]] = [[]]
    seen: set[str] = set()
    for item in items:
        key = header_key(item.label)
        if key in titles and key in seen and item.values:
            groups.append([])
            seen = set()
        if key in titles:
            seen.add(key)
        groups[-1].append(item)
    return groups


def _mention(found: TablePlan, mentioned: dict[str, Position]) -> None:
    title = found.context.get("position_title", "")
    if found.kind is RecordKind.KPI and title:
        mentioned.setdefault(
            title, Position(title=title, department=found.context.get("department", ""), lang=language_of(title))
        )
