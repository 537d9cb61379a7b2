# SPDX-License-Identifier: Apache-2.0
"""Lines of text from glyphs, and paragraphs from lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from askwell.intake.readers.pdf_pages import Glyph

# In ems.
_SAME_LINE = 0.35
_WORD_GAP, _WIDE_WORD_GAP = 0.2, 0.55  # between Latin letters; where a Chinese character is concerned
_PIECE_GAP = 1.15
_CLOSE = 2.0  # pieces of plain text that are no columns
_MARK_GAP = 3.0
_TWICE = 0.4  # of the width of a character
_MAX_LEADING = 2.2
_INDENT = 0.5
_HANGING = 4.0

_MARK = re.compile(
    r"^(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])\s*[)）]|\d{1,2}(?:\.\d{1,2}){0,2}\s*[.、．)）](?!\d)|\d{1,2}(?:\.\d{1,2}){1,2}\s"
    r"|[①-⑳❶-❿•●○■◆◇□▪▶·‣⁃∙➢✓✔※*]|[-–—](?=\s|[^\d\s-])|[一二三四五六七八九十]{1,3}[、.．]|[a-zA-Z][.)]\s"
    r"|第[一二三四五六七八九十\d]{1,3}[章节条部]|(?:19|20)\d\d\s?[.\-/年–~至])"
)  # fmt: skip
_MARK_ONLY = re.compile(
    r"^(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[.、．)）]|[①-⑳❶-❿•●○■◆◇□▪▶·‣⁃∙➢✓✔※*–—-])$"
)
_PAIR = re.compile(r"^[【\[]?[^\s：:，。；、,.;]{1,12}[】\]]?\s?[：:]|^[A-Z][A-Za-z/() -]{1,28}:")
_ENDED = re.compile(r"[。；;：:！？!?.]$")
_KEEPS_HYPHEN = frozenset(
    ("self", "co", "non", "well", "long", "short", "high", "low", "cross", "multi", "post", "pre", "all", "half",
     "part", "full", "ex", "on", "in", "e")
)  # fmt: skip


@dataclass(slots=True)
class Piece:
    """Text without a wide gap in it."""

    text: str
    x0: float
    x1: float


@dataclass(slots=True)
class Line:
    """What stands on one line, left to right. `page` is the number of its page from 0."""

    page: int
    y: float
    size: float
    pieces: list[Piece] = field(default_factory=list)

    @property
    def x0(self) -> float:
        """Left end."""
        return self.pieces[0].x0

    @property
    def x1(self) -> float:
        """Right end."""
        return self.pieces[-1].x1

    @property
    def text(self) -> str:
        """The pieces with spaces between."""
        return " ".join(piece.text for piece in self.pieces)


@dataclass(slots=True)
class Passage:
    """The text of a cell or paragraph, and the lines it was joined from with the number of their page."""

    text: str
    parts: list[tuple[int, str]]


def lines_of(glyphs: Iterable[Glyph], page: int) -> list[Line]:
    """Lines from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: -one.y):
        first = rows[-1][0] if rows else None
        if first is not None and first.y - glyph.y <= _SAME_LINE * max(first.size, glyph.size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [line for row in rows if (line := _line(row, page)) is not None]


def _line(row: list[Glyph], page: int) -> Line | None:
    row = _once(sorted(row, key=lambda glyph: glyph.x0))
    seen = [glyph for glyph in row if not glyph.text.isspace()]
    if not seen:
        return None
    size = median(glyph.size for glyph in seen)
    pieces = _joined_mark(_unspaced(list(_pieces(row))), size)
    return Line(page, median(glyph.y for glyph in seen), size, pieces)


def _once(row: list[Glyph]) -> list[Glyph]:
    """Glyphs without those drawn a second time in nearly the same place, to look bold."""
    kept: list[Glyph] = []
    for glyph in row:
        near = _TWICE * (glyph.x1 - glyph.x0)
        if not any(one.text == glyph.text and glyph.x0 - one.x0 < near for one in kept[-3:]):
            kept.append(glyph)
    return kept


def _pieces(row: list[Glyph]) -> Iterator[Piece]:
    current: Piece | None = None
    before: Glyph | None = None
    spaced = False
    for glyph in row:
        if glyph.text.isspace():
            spaced = True
            continue
        if current is None or before is None:
            current = Piece(glyph.text, glyph.x0, glyph.x1)
        else:
            gap = glyph.x0 - current.x1
            size = max(glyph.size, before.size)
            if gap > _PIECE_GAP * size:
                yield current
                current = Piece(glyph.text, glyph.x0, glyph.x1)
            else:
                apart = spaced or _is_apart(before, glyph, gap / size)
                current.text += (" " if apart else "") + glyph.text
                current.x1 = max(current.x1, glyph.x1)
        before, spaced = glyph, False
    if current is not None:
        yield current


def _is_apart(before: Glyph, glyph: Glyph, gap: float) -> bool:
    """True where a gap (in ems) is a space. Many programs leave one between Chinese characters and Latin letters that
    is none; there pdfium is not believed."""
    wide = (_is_wide(before.text[-1]), _is_wide(glyph.text[0]))
    if not any(wide):
        return glyph.apart or gap > _WORD_GAP
    return gap > _WIDE_WORD_GAP or (all(wide) and glyph.apart and gap > _WORD_GAP)


def settled(line: Line) -> Line:
    """The line with its pieces made one where no wide gap is between them and no `label：value` begins."""
    pieces = line.pieces[:1]
    for piece in line.pieces[1:]:
        if piece.x0 - pieces[-1].x1 < _CLOSE * line.size and not _PAIR.match(piece.text):
            pieces[-1] = Piece(f"{pieces[-1].text} {piece.text}", pieces[-1].x0, piece.x1)
        else:
            pieces.append(piece)
    return Line(line.page, line.y, line.size, pieces)


def _unspaced(pieces: list[Piece]) -> list[Piece]:
    """A heading whose characters stand far apart is one piece."""
    if len(pieces) < 3 or any(len(piece.text) > 1 or not piece.text.isalpha() for piece in pieces):
        return pieces
    gaps = [right.x0 - left.x1 for left, right in pairwise(pieces)]
    if max(gaps) > 1.5 * min(gaps):
        return pieces
    return [Piece(" ".join(piece.text for piece in pieces), pieces[0].x0, pieces[-1].x1)]


def _joined_mark(pieces: list[Piece], size: float) -> list[Piece]:
    """`1.` and `•` belong to the text after them."""
    if len(pieces) != 2 or not _MARK_ONLY.match(pieces[0].text) or pieces[1].x0 - pieces[0].x1 > _MARK_GAP * size:
        return pieces
    return [Piece(f"{pieces[0].text} {pieces[1].text}", pieces[0].x0, pieces[1].x1)]


def is_marked(text: str) -> bool:
    """Begins like a point of a list or like `label：value`."""
    return bool(_MARK.match(text) or _PAIR.match(text))


def continues(first: Line, line: Line, after: Line, right: float) -> bool:
    """True where `after` goes on with the sentence of `line`: a word is broken between them, or `line` was filled up to
    `right`, so that the next word had no room, and `after` does not begin anything. `first` is the first line of the
    paragraph."""
    size = line.size
    if abs(size - after.size) > 0.12 * size:
        return False
    if line.page == after.page and not 0 < line.y - after.y <= _MAX_LEADING * size:
        return False
    if hyphenated(line.text, after.text):
        return True
    if is_marked(after.text) or _ENDED.search(line.text):
        return False
    needed = 1.9 * size if _is_wide(after.text[0]) else _first_word(after)
    if right - line.x1 >= needed:
        return False
    shift = after.x0 - line.x0
    if line is first:
        return shift <= (_HANGING if is_marked(line.text) else _INDENT) * size
    return abs(shift) <= _INDENT * size


def _first_word(line: Line) -> float:
    text = line.pieces[0].text
    width = line.pieces[0].x1 - line.pieces[0].x0
    return width * len(text.split(" ", 1)[0]) / len(text) + 0.25 * line.size


def _is_wide(char: str) -> bool:
    return char >= "\u2e80"


def passages(lines: list[Line], right: float) -> list[Passage]:
    """Paragraphs of lines that stand under each other, whose column ends at `right`."""
    groups: list[list[Line]] = []
    for line in lines:
        if groups and continues(groups[-1][0], groups[-1][-1], line, right):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [passage(group) for group in groups]


def passage(lines: list[Line]) -> Passage:
    """Lines of one paragraph as one text."""
    parts = [(line.page, piece.text) for line in lines for piece in line.pieces]
    return Passage(join([line.text for line in lines]), parts)


def join(texts: Iterable[str]) -> str:
    """One text from broken lines: no space beside a Chinese character, hyphenated words made whole."""
    whole = ""
    for text in texts:
        if not whole:
            whole = text
        elif hyphenated(whole, text):
            word = re.split(r"[\s(（/]", whole[:-1])[-1].lower()
            whole = (whole if word in _KEEPS_HYPHEN else whole[:-1]) + text
        elif _is_wide(whole[-1]) or _is_wide(text[0]) or whole[-1] in "/-":
            whole += text
        else:
            whole += " " + text
    return whole


def mend(before: str, after: str) -> str:
    """A text that a page's end has cut in two, at the end of a paragraph or within it."""
    return f"{before}\n{after}" if _ENDED.search(before) or is_marked(after) else join([before, after])


def hyphenated(before: str, after: str) -> bool:
    """True where a word is broken between two lines."""
    return len(before) > 1 and before[-1] in "-\u00ad\u2010" and before[-2].isalpha() and after[:1].islower()


def right_edge(lines: list[Line], usual: float) -> float:
    """Where full lines of a column end: at the longest line, if another is about as long or it nearly reaches `usual`,
    where the column should end; else there."""
    if not lines:
        return usual
    far, near = max(line.x1 for line in lines), min(line.x0 for line in lines)
    size = median(line.size for line in lines)
    as_long = sum(far - line.x1 < 1.5 * size for line in lines)
    prose = far - near >= max(12 * size, 0.6 * (usual - near))
    return far if (as_long >= 2 and prose) or far >= usual - 2 * size else usual
