# SPDX-License-Identifier: Apache-2.0
"""From pages to rows: what repeats on every page goes, columns are read one after the other, paragraphs are joined."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import zip_longest
from statistics import median

from askwell.intake.readers.pdf_columns import COLUMN_GAP, MAX_LINES, Effort, Item, extents, regions, top_of
from askwell.intake.readers.pdf_lines import Line, Passage, continues, lines_of, mend, passage, right_edge, settled
from askwell.intake.readers.pdf_pages import Page
from askwell.intake.readers.pdf_tables import Cells, Grid, aligned, ruled

# Shares of the height where headers and footers, page numbers, and tables used as headers may stand.
_EDGE, _NUMBER_EDGE, _TABLE_EDGE = 0.1, 0.15, 0.2
_HEADER_GAP = 3.5  # ems between the header of a table and its first row
_TITLE = 1.25  # a title is larger than the text by this
_SAME_COLUMN = 12.0  # points
_PAGE_NUMBER = re.compile(
    r"^[\s\-–—·|]*(?:第\s*\d+\s*[页頁]?|(?:page|página|pág\.?|p\.)?\s*\d+)(?:\s*(?:[/／|]|of|de)\s*\d+)?"
    r"(?:\s*[/／|,，]?\s*共\s*\d+)?\s*[页頁ページ]*[\s\-–—·|]*$",
    re.I,
)


@dataclass(slots=True)
class Layout:
    """What stands on a page, top to bottom. `dropped` are texts that were left out on purpose."""

    number: int
    width: float
    height: float
    items: list[Item]
    dropped: list[str]
    glyphs: int
    unnamed: int
    pictured: bool


@dataclass(slots=True)
class Section:
    """Rows of cells with the merged ranges (top, left, bottom, right) among them."""

    rows: list[Cells] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def layout(page: Page) -> Layout:
    """Lines and ruled tables of a page."""
    grids, rest = ruled(page)
    items: list[Item] = [*grids, *lines_of(rest, page.number)]
    items.sort(key=lambda item: -top_of(item))
    return Layout(
        page.number, page.width, page.height, items, page.dropped.split(), len(page.glyphs), page.unnamed, page.pictured
    )


# -------------------------------------------------------------------------------------------------- headers, footers


def without_repeats(layouts: list[Layout]) -> None:
    """Take headers, footers and page numbers off all pages; their texts go to `dropped`."""
    size = median([item.size for page in layouts for item in page.items if isinstance(item, Line)] or [1.0])
    seen: Counter[tuple[bool, str]] = Counter()
    for page in layouts:
        seen.update({place for item in page.items if (place := _edge(page, item, size)) is not None})
    enough = max(2, (len(layouts) + 1) // 2)
    for page in layouts:
        kept: list[Item] = []
        for item, below in zip_longest(page.items, page.items[1:]):
            place = _edge(page, item, size)
            repeated = place is not None and seen[place] >= enough and not _heads_table(item, below)
            if repeated or _is_page_number(page, item):
                page.dropped.append(text_of(item))
            else:
                kept.append(item)
        page.items = kept


def _heads_table(item: Item, below: Item | None) -> bool:
    """The header of a table without lines may stand at the top of every page."""
    if not isinstance(item, Line) or not isinstance(below, Line):
        return False
    return min(len(item.pieces), len(below.pieces)) >= 3 and 0 < item.y - below.y <= _HEADER_GAP * item.size


def _edge(page: Layout, item: Item, size: float) -> tuple[bool, str] | None:
    """Whether above or below, and the text without its numbers, of what stands at an edge. Titles do not count."""
    if isinstance(item, Line) and item.size >= _TITLE * size:
        return None
    share = _TABLE_EDGE if isinstance(item, Grid) else _EDGE
    below = _at_edge(page, item, share)
    return None if below is None else (below, re.sub(r"\d+", "#", text_of(item)))


def _at_edge(page: Layout, item: Item, share: float) -> bool | None:
    """True within the lowest share of the page, False within the highest, None between."""
    low = item.bottom if isinstance(item, Grid) else item.y
    if top_of(item) <= page.height * share:
        return True
    return False if low >= page.height * (1 - share) else None


def _is_page_number(page: Layout, item: Item) -> bool:
    if not isinstance(item, Line) or len(item.text) > 40 or not _PAGE_NUMBER.match(item.text):
        return False
    outermost = item is page.items[-1] or item is page.items[0]
    return _at_edge(page, item, _NUMBER_EDGE if outermost else _EDGE) is not None


def text_of(item: Item) -> str:
    """All the text of a line or table."""
    if isinstance(item, Line):
        return item.text
    return " ".join(cell.text for row in item.rows for cell in row if cell is not None)


# -------------------------------------------------------------------------------------------------------------- rows


def sections(layouts: list[Layout]) -> list[Section]:
    """The rows of the document. A document whose pages begin with titles of one form, a profile a page, has a section
    for each of them."""
    size = median([item.size for page in layouts for item in page.items if isinstance(item, Line)] or [1.0])
    starts = _title_pages(layouts, size)
    found: list[Section] = []
    writer = _Writer()
    for page in layouts:
        if page.number in starts and (writer.section.rows or writer.paragraph):
            found.append(writer.finished())
            writer = _Writer()
        margin = min((extents(item)[0][0] for item in page.items), default=0.0)
        for items, right in regions(page.items, 0.0, page.width, Effort()):
            writer.add(items, right - margin if right == page.width else right - COLUMN_GAP / 2 * size)
    found.append(writer.finished())
    return [section for section in found if section.rows]


def _title_pages(layouts: list[Layout], size: float) -> set[int]:
    """Numbers of the pages that begin with a title, larger than the usual `size`, like the one of the first page."""
    titles: dict[int, Line] = {}
    for page in layouts:
        first = page.items[0] if page.items else None
        if isinstance(first, Line) and first.size >= _TITLE * size:
            titles[page.number] = first
    main = titles.get(layouts[0].number) if layouts else None
    if main is None:
        return set()
    return {
        number for number, line in titles.items()
        if abs(line.size - main.size) < 0.1 * main.size and _alike(line.text, main.text)
    }  # fmt: skip


def _alike(one: str, other: str) -> bool:
    """Titles that begin or end with the same words: 销售经理岗位说明书, 仓储主管岗位说明书."""
    least = 8 if one.isascii() else 4
    shorter = min(len(one), len(other))
    return shorter >= least and (one[:least] == other[:least] or one[-least:] == other[-least:])


@dataclass(slots=True)
class _Writer:
    """Writes rows; a paragraph or table at the end of a page may go on with the next one."""

    section: Section = field(default_factory=Section)
    paragraph: list[Line] = field(default_factory=list)
    right: float = 0.0
    table: Grid | None = None

    def add(self, items: list[Item], right: float) -> None:
        """The next group of items of one column that should end at `right`."""
        lines = [item for item in items if isinstance(item, Line)]
        edge = right_edge(lines, right)
        at = 0
        while at < len(items):
            item = items[at]
            if isinstance(item, Grid):
                self._table(item)
                at += 1
                continue
            stretch = at
            while stretch < len(items) and isinstance(items[stretch], Line):
                stretch += 1
            at += self._lines([one for one in items[at:stretch] if isinstance(one, Line)], edge)

    def finished(self) -> Section:
        """The section, its last paragraph written."""
        self._close()
        while self.section.rows and all(cell is None for cell in self.section.rows[-1]):
            self.section.rows.pop()
        return self.section

    def _lines(self, lines: list[Line], edge: float) -> int:
        at = 0
        while at < len(lines):
            line = lines[at]
            found = aligned(lines, at) if len(line.pieces) > 1 and len(lines) <= MAX_LINES else None
            if found is not None:
                self._table(found[1])
                at = found[0]
                continue
            self._line(line, edge)
            at += 1
        return len(lines)

    def _line(self, line: Line, edge: float) -> None:
        self.table = None
        line = settled(line)
        if len(line.pieces) > 1:
            self._close()
            self.section.rows.append([passage([Line(line.page, line.y, line.size, [piece])]) for piece in line.pieces])
            return
        if self.paragraph and continues(self.paragraph[0], self.paragraph[-1], line, self.right):
            self.paragraph.append(line)
        else:
            self._close()
            self.paragraph = [line]
        self.right = edge

    def _table(self, grid: Grid) -> None:
        """The rows of a table and a blank one, after which it is over. One that goes on from the page before has no
        blank row in between."""
        self._close()
        rows = self.section.rows
        more, top = grid.rows, len(rows)
        if self._goes_on(grid) and rows and all(cell is None for cell in rows[-1]):
            rows.pop()
            top -= 1
            if _is_torn(rows[-1], more[0]) and not any(t == 0 for t, *_ in grid.merged):
                rows[-1] = [_mended(above, below) for above, below in zip(rows[-1], more[0], strict=True)]
                more = more[1:]
                top -= 1
        rows.extend(more)
        self.section.merged.extend((t + top, left, b + top, right) for t, left, b, right in grid.merged)
        rows.append([None])
        self.table = grid

    def _goes_on(self, grid: Grid) -> bool:
        before = self.table
        if before is None or grid.page != before.page + 1 or len(grid.starts) != len(before.starts):
            return False
        return all(abs(one - other) < _SAME_COLUMN for one, other in zip(grid.starts, before.starts, strict=True))

    def _close(self) -> None:
        if self.paragraph:
            self.section.rows.append([passage(self.paragraph)])
            self.paragraph = []


def _is_torn(above: Cells, below: Cells) -> bool:
    """True where a page ended within a row: its first cell is empty on the next page, as are half of them or more, and
    each that is not has its beginning above."""
    filled = [at for at, cell in enumerate(below) if cell is not None]
    return 0 not in filled and 2 * len(filled) <= len(below) and all(above[at] is not None for at in filled)


def _mended(above: Passage | None, below: Passage | None) -> Passage | None:
    if above is None or below is None:
        return above or below
    return Passage(mend(above.text, below.text), [*above.parts, *below.parts])
