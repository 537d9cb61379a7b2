# SPDX-License-Identifier: Apache-2.0
"""The order in which the lines and tables of a page are read: columns one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from askwell.intake.readers.pdf_lines import Line, continues
from askwell.intake.readers.pdf_tables import Grid, Interval

MAX_LINES = 400  # a page with more is read without a search for columns and unruled tables
MAX_STRIPS = 12
MAX_CUTS = 30_000  # steps of the search for columns on a page; a full one needs some thousand
_COLUMN_LINES = 4
COLUMN_GAP = 0.9  # ems
_CLASHES, _CLASH_WIDTH = 2, 8  # lines; ems
_REGULAR = 1.7  # leading within a column, of the usual one

Item = Line | Grid


@dataclass(slots=True)
class Effort:
    """Work that the search for columns has taken."""

    cuts: int = 0


def regions(items: list[Item], left: float, right: float, effort: Effort) -> Iterator[tuple[list[Item], float]]:
    """Items in reading order, in groups that share a column, with the right bound of the column.
    `effort` is that of the page so far."""
    pending: list[Item] = []
    at = 0
    while at < len(items):
        block = _block(items, at, left, right, effort) if 2 * _COLUMN_LINES <= len(items) <= MAX_LINES else None
        if block is None:
            pending.append(items[at])
            at += 1
            continue
        if pending:
            yield pending, right
            pending = []
        at, gutter = block[0], block[1]
        yield from regions(block[2], left, gutter, effort)
        yield from regions(block[3], gutter, right, effort)
    if pending:
        yield pending, right


def _block(
    items: list[Item], start: int, left: float, right: float, effort: Effort
) -> tuple[int, float, list[Item], list[Item]] | None:
    """The longest run of items from `start` with a white strip down its middle that parts two columns: its end, the
    place of the strip, and the items on both sides."""
    size = median([item.size for item in items[start:] if isinstance(item, Line)] or [10.0])
    white: list[Interval] = [(left, right)]
    low, high = right, left
    best: tuple[int, float] | None = None
    for at in range(start, len(items)):
        if effort.cuts > MAX_CUTS:
            return None
        for x0, x1 in extents(items[at]):
            effort.cuts += 1
            white = _cut(white, x0, x1, COLUMN_GAP * size)
            low, high = min(low, x0), max(high, x1)
        inner = [(x1 - x0, (x0 + x1) / 2) for x0, x1 in white if low < x0 and x1 < high]
        if inner:
            best = (at + 1, max(inner)[1])
        elif not white:
            break
    if best is None:
        return None
    end, gutter = _without_tail(items, start, *best), best[1]
    one, other = _halves(items[start:end], gutter)
    return (end, gutter, one, other) if _are_columns(items[start:end], one, other) else None


def _cut(white: list[Interval], x0: float, x1: float, least: float) -> list[Interval]:
    """White strips without what a text covers; strips narrower than `least` are none."""
    parts = [part for start, end in white for part in ((start, min(end, x0)), (max(start, x1), end))]
    kept = [(start, end) for start, end in dict.fromkeys(parts) if end - start >= least]
    return sorted(kept, key=lambda one: one[0] - one[1])[:MAX_STRIPS]


def extents(item: Item) -> list[Interval]:
    """Where the texts of a line, or a table, begin and end."""
    return [(item.x0, item.x1)] if isinstance(item, Grid) else [(piece.x0, piece.x1) for piece in item.pieces]


def _halves(items: list[Item], gutter: float) -> tuple[list[Item], list[Item]]:
    one: list[Item] = []
    other: list[Item] = []
    for item in items:
        if isinstance(item, Grid):
            (one if item.x1 <= gutter else other).append(item)
            continue
        for side, pieces in (
            (one, [p for p in item.pieces if p.x1 <= gutter]),
            (other, [p for p in item.pieces if p.x1 > gutter]),
        ):
            if pieces:
                side.append(Line(item.page, item.y, item.size, pieces))
    return one, other


def _without_tail(items: list[Item], start: int, end: int, gutter: float) -> int:
    """The end without lines on the left that follow at a distance after the right column is over: they are no part of
    the columns."""
    last = max((at for at in range(start, end) if any(x1 > gutter for _, x1 in extents(items[at]))), default=end - 1)
    left = [(top_of(items[at]), at) for at in range(start, end) if extents(items[at])[0][1] <= gutter]
    gaps = [(above - below, at) for (above, _), (below, at) in pairwise(left)]
    usual = median([gap for gap, _ in gaps] or [0.0])
    return next((at for gap, at in gaps if at > last and gap > _REGULAR * usual), end)


def top_of(item: Item) -> float:
    """Height of the upper end."""
    return item.top if isinstance(item, Grid) else item.y + 0.8 * item.size


def _are_columns(items: list[Item], one: list[Item], other: list[Item]) -> bool:
    """Columns of text, and not of a table: their lines stand on different heights, fill their columns, or go on beside
    lines that begin something."""
    left = [item for item in one if isinstance(item, Line)]
    right = [item for item in other if isinstance(item, Line)]
    fewer = min(len(left), len(right))
    if fewer < _COLUMN_LINES:
        return False
    level = len(left) + len(right) - sum(isinstance(item, Line) for item in items)
    return level < 0.6 * fewer or all(map(_is_prose, (left, right))) or _clashes(left, right) >= _CLASHES


def _is_prose(lines: list[Line]) -> bool:
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    if sum(len(line.pieces) > 1 for line in lines) > 0.3 * len(lines):
        return False
    width = median(line.x1 - line.x0 for line in lines)
    return width >= 0.6 * (right - left) and width >= 12 * median(line.size for line in lines)


def _clashes(left: list[Line], right: list[Line]) -> int:
    """How often a line goes on with the one above it while the one beside it does not, which no row of a table does."""
    one, other = _going_on(left), _going_on(right)
    return sum(going != other[y] for y, going in one.items() if y in other)


def _going_on(lines: list[Line]) -> dict[float, bool]:
    """By height: whether a line goes on with the one above."""
    edge = max(line.x1 for line in lines)
    found: dict[float, bool] = {}
    first = lines[0]
    for line, after in pairwise(lines):
        wide = line.x1 - line.x0 >= _CLASH_WIDTH * line.size
        found[after.y] = wide and continues(first, line, after, edge)
        first = first if found[after.y] else after
    return found
