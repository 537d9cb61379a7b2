# SPDX-License-Identifier: Apache-2.0
"""Tables on a page: ruled ones from their lines, others from texts that stand under each other."""

from __future__ import annotations

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from askwell.intake.readers.pdf_lines import Line, Passage, continues, is_marked, lines_of, passage, passages
from askwell.intake.readers.pdf_pages import Glyph, Page

MAX_RULES = 1_500
MAX_GRID = 20_000  # cells of one ruled table
_NEAR = 3.0  # points between lines that are meant to be one or to meet
_COVERED = 0.6  # share of a cell's side that must be ruled
_TIGHT = 1.9  # ems between lines of one row
_APART = 4.0  # ems between rows of one table, at most
_GUTTER = 0.5  # ems

Cells = list[Passage | None]
Interval = tuple[float, float]
_Lines = list[tuple[float, float, float]]  # place, start, end


@dataclass(slots=True)
class Grid:
    """A table. `starts` are the left ends of its columns, `merged` ranges (top, left, bottom, right) of its rows, both
    ends inclusive."""

    page: int
    starts: list[float]
    x1: float
    bottom: float
    top: float
    rows: list[Cells]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.starts[0]


# ------------------------------------------------------------------------------------------------------------ ruled


def ruled(page: Page) -> tuple[list[Grid], list[Glyph]]:
    """Tables drawn with lines, and the glyphs outside them."""
    across = _merged([(rule.y0, rule.x0, rule.x1) for rule in page.rules if rule.y0 == rule.y1])
    down = _merged([(rule.x0, rule.y0, rule.y1) for rule in page.rules if rule.x0 == rule.x1])
    if not down or len(across) + len(down) > MAX_RULES:
        return [], page.glyphs
    grids: list[Grid] = []
    rest = page.glyphs
    for lines in _components(across, down):
        frame = _Frame.of(*lines)
        if frame is None:
            continue
        grid, outside = frame.filled(rest, page.number)
        if grid is not None:
            grids.append(grid)
            rest = outside
    return grids, rest


def _merged(lines: list[tuple[float, float, float]]) -> _Lines:
    """Lines (place, start, end) that continue each other as one; places that nearly coincide are one."""
    merged: _Lines = []
    level: _Lines = []
    for line in [*sorted(lines), (math.inf, 0.0, 0.0)]:
        if level and line[0] - level[0][0] > _NEAR / 2:
            spans: list[Interval] = []
            for _, start, end in sorted(level, key=lambda one: one[1]):
                if spans and start <= spans[-1][1] + _NEAR:
                    spans[-1] = (spans[-1][0], max(spans[-1][1], end))
                else:
                    spans.append((start, end))
            merged.extend((level[0][0], start, end) for start, end in spans)
            level = []
        level.append(line)
    return merged


def _components(across: _Lines, down: _Lines) -> list[tuple[_Lines, _Lines]]:
    """Groups of lines that touch each other."""
    parent = list(range(len(across) + len(down)))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for i, (y, x0, x1) in enumerate(across):
        for j, (x, y0, y1) in enumerate(down):
            if x0 - _NEAR <= x <= x1 + _NEAR and y0 - _NEAR <= y <= y1 + _NEAR:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[_Lines, _Lines]] = {}
    for i, line in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(line)
    for j, line in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(line)
    return [group for group in groups.values() if group[0] and group[1]]


@dataclass(slots=True)
class _Frame:
    """The lattice of a ruled table; `xs` and `ys` ascend."""

    xs: list[float]
    ys: list[float]
    across: _Lines
    down: _Lines

    @staticmethod
    def of(across: _Lines, down: _Lines) -> _Frame | None:
        """None where the lines make fewer than two columns, or too many cells."""
        xs = [x for x, _, _ in down] + [min(x0 for _, x0, _ in across), max(x1 for _, _, x1 in across)]
        ys = [y for y, _, _ in across] + [min(y0 for _, y0, _ in down), max(y1 for _, _, y1 in down)]
        frame = _Frame(_apart(xs), _apart(ys), across, down)
        columns, rows = len(frame.xs) - 1, len(frame.ys) - 1
        return frame if columns >= 2 and rows >= 1 and columns * rows <= MAX_GRID else None

    def filled(self, glyphs: list[Glyph], page: int) -> tuple[Grid | None, list[Glyph]]:
        """The table with its texts, and the glyphs outside it. None where fewer than two cells hold text."""
        cells: dict[tuple[int, int], list[Glyph]] = {}
        owner = self._owners()
        outside: list[Glyph] = []
        for glyph in glyphs:
            row = bisect_right(self.ys, glyph.y + 0.3 * glyph.size) - 1
            column = bisect_right(self.xs, (glyph.x0 + glyph.x1) / 2) - 1
            if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
                cells.setdefault(owner[row, column], []).append(glyph)
            else:
                outside.append(glyph)
        lines = {place: lines_of(found, page) for place, found in cells.items()}
        if sum(1 for found in lines.values() if found) < 2:
            return None, glyphs
        return self._grid(lines, owner, page), outside

    def _owners(self) -> dict[tuple[int, int], tuple[int, int]]:
        """The first cell (row from below, column) of the group that each cell belongs to: no line lies between."""
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        owner = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

        down = [_spans(self.down, x) for x in self.xs]
        across = [_spans(self.across, y) for y in self.ys]

        def root(place: tuple[int, int]) -> tuple[int, int]:
            while owner[place] != place:
                owner[place] = owner[owner[place]]
                place = owner[place]
            return place

        for row in range(rows):
            for column in range(columns):
                side = (self.ys[row], self.ys[row + 1])
                if column + 1 < columns and not _ruled(down[column + 1], side):
                    owner[root((row, column + 1))] = root((row, column))
                side = (self.xs[column], self.xs[column + 1])
                if row + 1 < rows and not _ruled(across[row + 1], side):
                    owner[root((row + 1, column))] = root((row, column))
        return {place: root(place) for place in owner}

    def _grid(
        self, lines: dict[tuple[int, int], list[Line]], owner: dict[tuple[int, int], tuple[int, int]], page: int
    ) -> Grid:
        height, width = len(self.ys) - 1, len(self.xs) - 1
        groups: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for (row, column), first in owner.items():
            groups.setdefault(first, []).append((height - 1 - row, column))
        grid = Grid(page, self.xs[:-1], self.xs[-1], self.ys[0], self.ys[-1], [[None] * width for _ in range(height)])
        loose: dict[int, dict[int, list[Line]]] = {}
        for first, places in groups.items():
            top, left = min(row for row, _ in places), min(column for _, column in places)
            bottom, right = max(row for row, _ in places), max(column for _, column in places)
            found = lines.get(first, [])
            grid.rows[top][left] = _cell(found, self.xs[right + 1])
            if len(places) > 1:
                grid.merged.append((top, left, bottom, right))
            elif found:
                loose.setdefault(top, {})[left] = found
        _split_rows(grid, loose, self.xs)
        return grid


def _apart(values: list[float]) -> list[float]:
    """Places at least a few points from each other: double lines count once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


def _spans(lines: _Lines, place: float) -> list[Interval]:
    return [(start, end) for at, start, end in lines if abs(at - place) <= _NEAR]


def _ruled(spans: list[Interval], side: Interval) -> bool:
    covered = sum(max(0.0, min(end, side[1]) - max(start, side[0])) for start, end in spans)
    return covered >= _COVERED * (side[1] - side[0])


def _cell(lines: list[Line], right: float) -> Passage | None:
    """All the text of a cell: paragraphs one under the other."""
    if not lines:
        return None
    found = passages(lines, right)
    return Passage("\n".join(one.text for one in found), [part for one in found for part in one.parts])


def _split_rows(grid: Grid, loose: dict[int, dict[int, list[Line]]], xs: list[float]) -> None:
    """Take apart rows that have no lines between them: three or more lines in every cell, all on the same heights,
    none of which goes on with the one above."""
    for top in sorted(loose, reverse=True):
        cells = loose[top]
        filled = sum(cell is not None for cell in grid.rows[top])
        count = {len(found) for found in cells.values()}
        if len(cells) < 2 or len(cells) != filled or len(count) != 1 or min(count) < 3:
            continue
        level = all(
            abs(one.y - other.y) <= 2.0
            for found in cells.values()
            for one, other in zip(found, next(iter(cells.values())), strict=True)
        )
        flowing = any(
            continues(found[0], one, other, xs[column + 1])
            for column, found in cells.items()
            for one, other in pairwise(found)
        )
        if level and not flowing:
            extra = min(count) - 1
            rows: list[Cells] = [
                [passage([cells[column][at]]) if column in cells else None for column in range(len(grid.rows[top]))]
                for at in range(min(count))
            ]
            grid.rows[top : top + 1] = rows
            grid.merged = [
                (t + extra * (t > top), left, b + extra * (b >= top), right) for t, left, b, right in grid.merged
            ]


# ---------------------------------------------------------------------------------------------------------- aligned


def aligned(lines: list[Line], start: int) -> tuple[int, Grid] | None:
    """A table without lines that begins at `lines[start]`, with the index after its last line: three rows or more with
    texts in columns, or two rows of three columns or more."""
    columns = _with([], lines[start])
    if len(columns) < 2:
        return None
    end = start + 1
    while end < len(lines):
        wider = _grown(lines, start, end, columns)
        if wider is None:
            break
        columns = wider
        end += 1
    while end > start and len(lines[end - 1].pieces) < 2 and lines[end - 1].x0 <= columns[0][1]:
        end -= 1
    rows = sum(len(line.pieces) > 1 for line in lines[start:end])
    if rows < 2 or (rows < 3 and len(columns) < 3):
        return None
    return end, _aligned_grid(lines[start:end], columns)


def _grown(lines: list[Line], start: int, at: int, columns: list[Interval]) -> list[Interval] | None:
    """The columns with one more line, or None where that line is not of the table."""
    line, above = lines[at], lines[at - 1]
    gap = above.y - line.y
    if not 0 < gap <= _APART * line.size:
        return None
    wider = _with(columns, line)
    if len(line.pieces) == 1:
        tight = gap <= _TIGHT * max(line.size, above.size)
        first = line.x0 <= columns[0][1]
        wrapped = first and above.pieces[0].x1 >= columns[0][1] - 1.2 * line.size and not is_marked(line.text)
        return wider if tight and len(wider) == len(columns) and (not first or wrapped) else None
    if _shares(line, wider) or len(wider) < max(2, len(columns) - (len(columns) > 3)):
        return None
    joined = len(wider) < len(columns)
    return None if joined and any(_shares(one, wider) for one in lines[start:at]) else wider


def _with(columns: list[Interval], line: Line) -> list[Interval]:
    """Intervals of x in which texts stand, left to right, with those of one more line."""
    wider: list[Interval] = []
    for x0, x1 in sorted([*columns, *((piece.x0, piece.x1) for piece in line.pieces)]):
        if wider and x0 - wider[-1][1] < _GUTTER * line.size:
            wider[-1] = (wider[-1][0], max(wider[-1][1], x1))
        else:
            wider.append((x0, x1))
    return wider


def _shares(line: Line, columns: list[Interval]) -> bool:
    """True where two texts of a line stand in the same column."""
    starts = [x0 for x0, _ in columns]
    return len({bisect_right(starts, piece.x0 + 0.1) for piece in line.pieces}) < len(line.pieces)


def _aligned_grid(lines: list[Line], columns: list[Interval]) -> Grid:
    starts, ends = [x0 for x0, _ in columns], [x1 for _, x1 in columns]
    anchored = [line.x0 <= columns[0][1] and len(line.pieces) > 1 for line in lines]
    gaps = [
        above.y - line.y
        for above, line, one, other in zip(lines, lines[1:], anchored, anchored[1:], strict=False)
        if one and other
    ]
    rows: list[list[list[Line]]] = []
    for at, line in enumerate(lines):
        placed: list[list[Line]] = [[] for _ in columns]
        for piece in line.pieces:
            placed[max(0, bisect_right(starts, piece.x0 + 0.1) - 1)].append(Line(line.page, line.y, line.size, [piece]))
        gap = lines[at - 1].y - line.y if at else 0.0
        if rows and not anchored[at] and (gap <= 0.8 * min(gaps, default=0.0) or _wraps(rows[-1], placed, ends, gap)):
            for cell, more in zip(rows[-1], placed, strict=True):
                cell.extend(more)
        else:
            rows.append(placed)
    cells: list[Cells] = [[_cell(found, end) for found, end in zip(row, ends, strict=True)] for row in rows]
    return Grid(lines[0].page, starts, ends[-1], lines[-1].y, lines[0].y + lines[0].size, cells)


def _wraps(above: list[list[Line]], below: list[list[Line]], ends: list[float], gap: float) -> bool:
    """True where every text of a line goes on with the one above it."""
    return all(
        bool(upper) and gap <= _TIGHT * lower[0].size and continues(upper[0], upper[-1], lower[0], end)
        for upper, lower, end in zip(above, below, ends, strict=True)
        if lower
    )
