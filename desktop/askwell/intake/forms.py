# SPDX-License-Identifier: Apache-2.0

"""Label and value in any arrangement: side by side, `label：value` in one cell, a heading with lines under it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from askwell.domain.records import RecordKind
from askwell.intake.cleaning import is_number, line_of, text_of
from askwell.intake.model import Cell, RawTable
from askwell.intake.structure import SIGNED, Region
from askwell.intake.vocabulary import field_score, header_key, is_label, vocabulary

_HEADING = re.compile(
    r"^\s*(?:第?[一二三四五六七八九十]{1,3}[、.．:：]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}\s*[.、．)）](?!\d)|[■●◆▪▶•·*#]+)\s*"
)
_PAIR = re.compile(r"^\s*[【\[]?\s*([^：:【】\[\]\n]{1,40}?)\s*(?:[】\]]\s*[：:]?|[：:])\s*(.*)$", re.S)
_BOX_LABEL = re.compile(r"^\s*[【\[]([^【】\[\]\n]{1,20})[】\]]\s*$")
_TITLED = re.compile(
    r"^(?:.*?集团|.*?公司)?\s*[（(]?(.*?)[）)]?\s*(?:岗\s*位\s*说\s*明\s*书|职\s*位\s*说\s*明\s*书|职务说明书|岗位职责说明书|岗位描述|职位描述|"
    r"job (?:description|profile)|職務記述書|descripción (?:del|de) puesto)\s*(?:[（(:：\-–]?\s*(.*?)\s*[）)]?)$",
    re.I | re.S,
)
_MIN_SCORE = 0.8


@dataclass(slots=True)
class FormItem:
    """A label with the texts that belong to it and where the first of them stands (0-based)."""

    label: str
    row: int
    column: int
    values: list[Cell] = field(default_factory=list)


def form_items(table: RawTable, region: Region) -> list[FormItem]:
    """All labels of a region with their values, in order. Text before the first label is not included."""
    items: list[FormItem] = []
    above: dict[int, FormItem] = {}
    for row in range(region.first, min(region.last, len(table.cells))):
        above = _read_row(table, row, items, above)
    return items


def title_in(table: RawTable, region: Region) -> str:
    """Job title named by a heading such as `区域销售经理岗位说明书`, or ""."""
    for row in table.cells[region.first : region.first + 5]:
        for cell in row:
            found = _TITLED.match(line_of(cell)) if isinstance(cell, str) else None
            if found:
                title = (found.group(1) or found.group(2) or "").strip(" ：:（）()-–")
                if title and len(title) <= 30:
                    return title
    return ""


def best_field(kind: RecordKind, label: str) -> tuple[str | None, float]:
    """The field of a kind that a label names best, with its score."""
    fields = vocabulary().kinds[kind].fields
    score, name = max((field_score(kind, name, label), name) for name in fields)
    return (name, score) if score >= _MIN_SCORE else (None, 0.0)


def _read_row(table: RawTable, row: int, items: list[FormItem], above: dict[int, FormItem]) -> dict[int, FormItem]:
    """Add one row's labels and values; returns the labels of this row that still want a value below them."""
    cells = [(column, cell) for column, cell in enumerate(table.cells[row]) if cell is not None]
    if _is_signature(cells):
        items.append(FormItem("签字", row, 0))
        return {}
    waiting: dict[int, FormItem] = {}
    latest: FormItem | None = None
    for column, cell in cells:
        label = _whole_label(cell)
        if label:
            latest = FormItem(label, row, column)
            items.append(latest)
            waiting[column] = latest
        elif isinstance(cell, str) and _has_pair(cell):
            _read_lines(cell, row, column, items)
            latest = items[-1]
        elif not _is_counter(cell, cells):
            target = latest or above.get(column) or (items[-1] if items else None)
            if target is not None:
                _read_value(cell, target, row, column, items)
                waiting.pop(target.column, None)
    return waiting if len(waiting) >= 2 else {}


def _is_signature(cells: Sequence[tuple[int, Cell]]) -> bool:
    texts = [line_of(cell) for _, cell in cells if isinstance(cell, str)]
    return bool(texts) and len(texts) == len(cells) and bool(SIGNED.search(texts[0])) and len(texts[0]) < 120


def _is_counter(cell: Cell, cells: Sequence[tuple[int, Cell]]) -> bool:
    """The running number in front of a point."""
    return is_number(cell) and len(line_of(cell)) <= 3 and any(len(line_of(other)) > 4 for _, other in cells)


def _whole_label(cell: Cell) -> str:
    """The label where the cell is nothing else, "" otherwise."""
    if not isinstance(cell, str) or len(cell) > 60:
        return ""
    text = line_of(cell)
    boxed = _BOX_LABEL.match(text)
    text = boxed.group(1) if boxed else _HEADING.sub("", text).rstrip("：: ")
    return text if is_label(text) else ""


def _pair_label(line: str) -> tuple[str, str] | None:
    found = _PAIR.match(_HEADING.sub("", line))
    if not found:
        return None
    label = found.group(1).strip()
    return (label, found.group(2)) if is_label(label) else None


def _has_pair(cell: str) -> bool:
    return _pair_label(text_of(cell).split("\n")[0]) is not None


def _read_value(cell: Cell, target: FormItem, row: int, column: int, items: list[FormItem]) -> None:
    """A value; its lines may hold labels of their own."""
    if isinstance(cell, str) and "\n" in cell and any(_pair_label(line) for line in text_of(cell).split("\n")):
        _read_lines(cell, row, column, items, target)
    else:
        target.values.append(cell)


def _read_lines(cell: str, row: int, column: int, items: list[FormItem], item: FormItem | None = None) -> None:
    """Line by line: `label：value` opens an item, unless it only details the item that is open."""
    pending: list[str] = []
    current = item
    for line in text_of(cell).split("\n"):
        pair = _pair_label(line)
        # "外部联系" may follow its neighbour on one line: `工作环境：…；出差频率：…`
        if pair and not (current is not None and _details(current.label, pair[0], line)):
            _flush(current, pending)
            current = FormItem(pair[0], row, column)
            items.append(current)
            pending = [pair[1]] if pair[1].strip() else []
        elif pair and current is not None:
            pending.append(pair[1] if _same_field(current.label, pair[0]) else line)
        else:
            pending.append(line)
    _flush(current, pending)


def _flush(item: FormItem | None, lines: list[str]) -> None:
    if item is not None and lines:
        item.values.append("\n".join(lines))


def _same_field(outer: str, inner: str) -> bool:
    field = best_field(RecordKind.POSITION, outer)[0]
    return field is not None and field == best_field(RecordKind.POSITION, inner)[0]


def _details(outer: str, inner: str, line: str) -> bool:
    """A numbered line inside a list, or a label of the same field, belongs to the open item."""
    if _same_field(outer, inner):
        return True
    numbered = re.match(r"^\s*(?:\d{1,2}\s*[.、．)）]|[①-⑳]|[•●·-])", line) is not None
    return numbered and best_field(RecordKind.POSITION, outer)[0] in {
        "duties",
        "qualifications",
        "competencies",
        "kpis",
    }


def label_key(text: str) -> str:
    """Key under which the plan remembers a label."""
    return header_key(text)
