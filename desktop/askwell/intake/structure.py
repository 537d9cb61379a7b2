# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern of words stays on one line)
"""Where on a sheet the tables are: header rows anywhere, two-row headers, second tables, notes, totals, signatures.

A sheet is cut into regions from top to bottom. A *grid* begins with a header row and ends before the next header or
the signatures; what stands before a grid is a *form* (label and value) or mere *preamble*.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from askwell.intake.cleaning import is_number, line_of
from askwell.intake.model import Cell, RawTable
from askwell.intake.vocabulary import header_key, is_label, is_level, vocabulary

SCAN_ROWS = 60  # headers are looked for in every row up to here, further down only after a blank row
_TOTAL = re.compile(
    r"^(?:合\s*计|总\s*计|小\s*计|总\s*分|共\s*计|sub-?total|(?:grand )?total(?: general)?|合計|小計|suma)\s*[:：]?\s*$",
    re.I,
)
SIGNED = re.compile(
    r"(?:签字|签名|签章|盖章|签署)\s*(?:[:：（(_]|\s{2,}|$)|年\s{2,}月|月\s{2,}日|意见\s*[:：]|审核\s*[:：]|批准\s*[:：]|编制\s*[:：]|制表人?\s*[:：]|填表人\s*[:：]|"
    r"署名|押印|signature|signed by|approved by\s*:|firma\b", re.I,
)  # fmt: skip
_NOTE = re.compile(
    r"^\s*(?:注\s*\d*\s*[:：]|备注\s*[:：]|说明\s*[:：]|填表说明|填写说明|※|＊|\*\s|note[s]?\s*:|注意|nota\s*:|備考\s*[:：])",
    re.I,
)
_PAIR = re.compile(r"^[^：:]{1,16}[：:]")


class Shape(StrEnum):
    """What a region is."""

    GRID = "grid"
    LOOSE = "loose"


@dataclass(frozen=True, slots=True)
class Header:
    """One column of a grid: its index, the text to show, and the texts to match (field, group, key, label)."""

    index: int
    text: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a sheet; all rows 0-based, `last` exclusive. `skipped` maps a row to why it is no data."""

    shape: Shape
    first: int
    last: int
    header_rows: tuple[int, ...] = ()
    headers: tuple[Header, ...] = ()
    skipped: dict[int, str] = field(default_factory=dict)
    penalties: bool = False


def find_regions(table: RawTable) -> list[Region]:
    """Every region that holds anything, top to bottom."""
    rows = table.filled
    if table.headed and len(rows) > 1:
        return [Region(Shape.GRID, 1, len(rows), (0,), _headers(table, (0,)))]
    regions: list[Region] = []
    start = at = 0
    while at < len(rows):
        header = _header_at(table, at) if _worth_a_look(rows, at) else ()
        if not header:
            at += 1
            continue
        first_header = header[0]
        _add_loose(rows, start, first_header, regions)
        grid = _grid(table, header)
        regions.append(grid)
        start = at = max(grid.last, header[-1] + 1)
    _add_loose(rows, start, len(rows), regions)
    return regions


def fallback_grid(table: RawTable) -> Region | None:
    """A grid whose header words are all unknown: the first row of several short texts with rows of like width below."""
    rows = table.filled
    for at, row in enumerate(rows[:15]):
        texts = _texts(row)
        if len(texts) < 2 or any(len(text) > 30 or is_number(text) for text in texts) or at + 1 >= len(rows):
            continue
        if len(_texts(rows[at + 1])) * 2 >= len(texts):
            return _grid(table, (at,))
    return None


def _worth_a_look(rows: list[list[Cell]], at: int) -> bool:
    return at < SCAN_ROWS or all(cell is None for cell in rows[at - 1])


def _texts(row: list[Cell]) -> list[str]:
    """Distinct non-empty texts of a row, so that a merged cell counts once."""
    return list(dict.fromkeys(line_of(cell) for cell in row if cell is not None and line_of(cell)))


def label_share(row: list[Cell]) -> float:
    """Share of the distinct texts in a row that are known header words."""
    texts = _texts(row)
    return sum(1 for text in texts if is_label(text)) / len(texts) if texts else 0.0


def is_penalty_header(row: list[Cell]) -> bool:
    """Header of a table of deductions."""
    keys = {header_key(text) for text in _texts(row) if len(text) <= 20}
    return len(keys & vocabulary().penalties) >= 2


def _looks_like_header(row: list[Cell], width: int) -> bool:
    if any(isinstance(cell, int | float | datetime) for cell in row):
        return False
    texts = _texts(row)
    labels = [text for text in texts if is_label(text) or is_level(text)]
    if len(texts) < 2:
        return bool(labels) and width == 1
    others = [text for text in texts if text not in labels]
    if any(is_number(text) or len(text) > 40 or _is_prose(_unbracketed(text)) for text in others):
        return False
    if sum(1 for text in texts if _PAIR.match(text) and not is_label(text)) > 0:
        return False
    # The more columns, the less all of them need be known words: user-defined fields are normal.
    enough = 0.34 if len(texts) >= 6 else 0.5
    return len(labels) >= 2 and len(labels) / len(texts) >= enough and not _alternates(texts)


def _is_prose(text: str) -> bool:
    return bool(re.search(r"[，。；]|、.+、", text)) or (len(text) > 14 and "、" in text)


def _unbracketed(text: str) -> str:
    return re.sub(r"[（(【\[].*?[）)】\]]", "", text)


def _alternates(texts: list[str]) -> bool:
    """label, value, label, value … is a form, not a header."""
    marks = [is_label(text) for text in texts]
    return len(marks) % 2 == 0 and len(marks) >= 2 and all(marks[0::2]) and not any(marks[1::2])


def _header_at(table: RawTable, at: int) -> tuple[int, ...]:
    """Header rows if a grid begins at this row, else ()."""
    rows = table.filled
    if is_penalty_header(rows[at]):
        return (at,)
    if not _looks_like_header(rows[at], table.width):
        return ()
    below = at + 1
    if below < len(rows) and _continues_header(rows[at], rows[below]):
        header: tuple[int, ...] = (at, below)
    elif at > 0 and _is_group_row(table, at - 1, at):
        header = (at - 1, at)
    else:
        header = (at,)
    return header if _has_data_below(rows, header) else ()


def _has_data_below(rows: list[list[Cell]], header: tuple[int, ...]) -> bool:
    """Rows of labels and values below mean that this is a form and not a header."""
    following = [row for row in rows[header[-1] + 1 : header[-1] + 8] if _texts(row)][:3]
    if not following:
        return label_share(rows[header[-1]]) >= 0.6 and len(_texts(rows[header[-1]])) >= 3
    if len(rows[0]) == 1:
        return True
    for at, row in enumerate(following):
        if label_share(row) <= 0.34 or is_penalty_header(row):
            continue
        texts = _texts(row)
        if _alternates(texts) or is_label(texts[0]) or (at == 0 and len(texts) <= 3):
            return len(_texts(rows[header[-1]])) >= 4 and label_share(rows[header[-1]]) > 0.75 and at > 0
    return True


def _continues_header(upper: list[Cell], lower: list[Cell]) -> bool:
    """Second header row: as wide, all text, mostly known words (fields under groups, labels under keys)."""
    texts, above = _texts(lower), _texts(upper)
    if len(texts) < 2 or any(isinstance(cell, int | float | datetime) for cell in lower):
        return False
    if any(is_number(text) or len(text) > 40 for text in texts) or _alternates(texts):
        return False
    share = label_share(lower)
    if len(above) < len([cell for cell in upper if cell is not None]) or any(cell is None for cell in upper):
        return share >= 0.5 and len(texts) >= len(above)
    return share >= 0.6 and len(texts) * 2 >= len(above)


def _is_group_row(table: RawTable, upper: int, lower: int) -> bool:
    """A row of group names above the fields: some name spans several columns, none spans all."""
    above, below = table.filled[upper], table.filled[lower]
    groups = _texts(above)
    if len(groups) < 2 or any(_PAIR.match(text) or len(text) > 20 or is_number(text) for text in groups):
        return False
    used = [index for index, cell in enumerate(below) if cell is not None]
    merged = any(merge.top == upper and merge.right > merge.left for merge in table.merged)
    sparse = any(table.cells[upper][index] is None for index in used)
    return len(groups) < len(used) and (merged or sparse)


def _headers(table: RawTable, rows: tuple[int, ...]) -> tuple[Header, ...]:
    width = table.width
    lines = [table.filled[row] for row in rows]
    upper = _spread(lines[0]) if len(lines) == 2 else []
    keyed = (
        len(lines) == 2
        and not any(merge.top == rows[0] for merge in table.merged)
        and all(low is None or high is not None for low, high in zip(lines[1], lines[0], strict=False))
    )
    found: list[Header] = []
    seen: dict[str, int] = {}
    for index in range(width):
        low = line_of(lines[-1][index])
        high = line_of(lines[0][index]) if keyed else (line_of(upper[index]) if upper else "")
        if (not low and not high) or _echo(table, rows, index):
            continue
        text, parts = _named(low, high, keyed)
        seen[text] = seen.get(text, 0) + 1
        found.append(Header(index, text if seen[text] == 1 else f"{text} {seen[text]}", parts))
    return tuple(found)


def _echo(table: RawTable, rows: tuple[int, ...], index: int) -> bool:
    """True for the further columns of a header cell merged sideways, where nothing stands under them."""
    if index == 0 or any(table.cells[row][index] is not None for row in rows):
        return False
    same = all(table.filled[row][index] == table.filled[row][index - 1] for row in rows)
    return same and all(row[index] is None for row in table.cells[rows[-1] + 1 : rows[-1] + 500])


def _named(low: str, high: str, keyed: bool) -> tuple[str, tuple[str, ...]]:
    if not high or high == low:
        return low, (low,)
    if not low:
        return high, (high,)
    if keyed:
        return high, (high, low)
    return f"{high}>{low}", (low, high + low)


def _spread(row: list[Cell]) -> list[Cell]:
    """Group names carried over the blanks to their right, as a CSV of a merged header leaves them."""
    spread: list[Cell] = []
    for cell in row:
        spread.append(cell if cell is not None or not spread else spread[-1])
    return spread


def _grid(table: RawTable, header: tuple[int, ...]) -> Region:
    rows = table.filled
    first = header[-1] + 1
    last = len(rows)
    skipped: dict[int, str] = {}
    title = _texts(rows[header[-1]])
    for at in range(first, len(rows)):
        verdict = _row_kind(table, at, title)
        if verdict == "end":
            last = at
            break
        if verdict:
            skipped[at] = verdict
    headers = _headers(table, header)
    penalty = is_penalty_header(rows[header[0]])
    return Region(Shape.GRID, first, last, header, headers, skipped, penalty)


def _row_kind(table: RawTable, at: int, title: list[str]) -> str:
    """Nothing for data; "blank", "total", "note", "repeat" for rows to skip; "end" where the grid is over."""
    raw = table.cells[at]
    filled = [cell for cell in raw if cell is not None]
    if not filled:
        return _after_blank(table, at)
    # Most rows are plainly data: three or more cells and a first one that is no "total".
    texts = [line_of(cell) for cell in filled[:4] if isinstance(cell, str)]
    if texts and any(_TOTAL.match(text) for text in texts[:2]):
        return "total"
    few = len(filled) <= max(3, table.width // 3)
    if few and any(SIGNED.search(text) for text in texts):
        return "end"
    if len(filled) == 1 and texts and table.width >= 3 and (_NOTE.match(texts[0]) or _spans(table, at)):
        return "note"
    if at < SCAN_ROWS * 4 and (is_penalty_header(raw) or _next_header(table, at, title)):
        return "repeat" if _texts(table.filled[at]) == title else "end"
    return ""


def _after_blank(table: RawTable, at: int) -> str:
    """A blank row ends the grid in a document, and where another header follows."""
    following = next(
        (row for row in range(at + 1, len(table.cells)) if any(c is not None for c in table.cells[row])), None
    )
    if following is None or table.flow or _header_at(table, following):
        return "end"
    return "blank"


def _next_header(table: RawTable, at: int, title: list[str]) -> bool:
    texts = _texts(table.filled[at])
    if texts == title:
        return True
    return len(texts) >= 3 and label_share(table.filled[at]) >= 0.75 and bool(_header_at(table, at))


def _spans(table: RawTable, at: int) -> bool:
    return any(merge.top == at and merge.right - merge.left + 1 >= table.width * 0.8 for merge in table.merged)


def _add_loose(rows: list[list[Cell]], first: int, last: int, regions: list[Region]) -> None:
    if any(_texts(row) for row in rows[first:last]):
        regions.append(Region(Shape.LOOSE, first, last))
