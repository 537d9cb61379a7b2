# SPDX-License-Identifier: Apache-2.0
"""PDF with text in it: job profiles, résumés, tables of measures. Layout and text by pdfium, text again by pypdf."""

from __future__ import annotations

import re
import unicodedata
from itertools import accumulate
from pathlib import Path

from askwell.intake.model import Cell, Merge, RawTable
from askwell.intake.readers.base import check_shape, head, refuse, square
from askwell.intake.readers.pdf_flow import Layout, Section, layout, sections, text_of, without_repeats
from askwell.intake.readers.pdf_guard import look_over, second_texts
from askwell.intake.readers.pdf_lines import Passage, join
from askwell.intake.readers.pdf_pages import each_page, plain

_BEGIN = re.compile(rb"%PDF-\d")
MAX_AGAIN = 1_000  # texts of a page that are looked at a second time
_TRIES = 50
_FEW = 40  # characters: a stamp or an address on a scanned page
_NAMED = 0.75  # share of glyphs whose character must be known
_SIGNS = frozenset("%‰+-.=<>≤≥±")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－\u00ad"), "-")
_WORDS = re.compile(r"[A-Za-z]+|[0-9.,%]+|[!-~]+?|[^\s!-~]+")


class PdfReader:
    """One RawTable that flows, a paragraph or a row of a table in each row; several where every page begins with a
    title of one form. Headers, footers, page numbers, annotations, attachments and whatever stands aslant are left
    out."""

    EXTENSIONS: tuple[str, ...] = (".pdf",)

    def sniff(self, path: Path) -> bool:
        """The mark of a PDF within the first kilobyte, where readers look for it."""
        return _BEGIN.search(head(path, 1024)) is not None

    def read(self, path: Path) -> list[RawTable]:
        """See Reader."""
        found = _Document(path).sections
        tables: list[RawTable] = []
        for section, sheet in zip(found, _sheets(found), strict=True):
            rows: list[list[Cell]] = [[None if cell is None else cell.text for cell in row] for row in section.rows]
            rows[0].extend([None] * (2 - len(rows[0])))  # a single column would be taken for a list with a header
            merged = tuple(Merge(*place) for place in section.merged)
            tables.append(RawTable(path.name, sheet, square(rows), merged, flow=True))
        return tables

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """The texts once more by pypdf; where they stand is taken from the first way. What pypdf sees and the first
        way did not comes as rows at the end."""
        document = _Document(path)
        found, texts = document.sections, second_texts(path, document.reader)
        pages = [_Second(text, page.dropped) for text, page in zip(texts, document.layouts, strict=True)]
        seen = _confirm([cell for section in found for row in section.rows for cell in row if cell is not None], pages)
        tables: list[RawTable] = []
        for section, sheet in zip(found, _sheets(found), strict=True):
            rows: list[list[Cell]] = [
                [None if cell is None else seen[id(cell)] for cell in row] for row in section.rows
            ]
            tables.append(RawTable(path.name, sheet, square(rows)))
        for page in pages:
            rest = page.rest()
            tables[-1].cells.extend([[rest]] if rest else [])
        return "pypdf", tables


class _Document:
    """A file after the first way: `reader` is pypdf's, which has only looked it over. Raises InputRefused."""

    def __init__(self, path: Path) -> None:
        data = path.read_bytes()
        self.reader = look_over(path, data)
        self.layouts = each_page(path, data, len(self.reader.pages), layout)
        without_repeats(self.layouts)
        _refuse_pictures(path, self.layouts)
        self.sections = sections(self.layouts)
        cells = 0
        for section in self.sections:
            cells = check_shape(path, len(section.rows), max(len(row) for row in section.rows), cells)


def _refuse_pictures(path: Path, layouts: list[Layout]) -> None:
    """A scan has no text, or hardly any beside a picture of the page; and glyphs without characters are no text."""
    characters = sum(len(text_of(item)) for page in layouts for item in page.items)
    glyphs, unnamed = sum(page.glyphs for page in layouts), sum(page.unnamed for page in layouts)
    scanned = sum(page.pictured for page in layouts) * 2 >= len(layouts) and characters < _FEW * len(layouts)
    if not characters or scanned or glyphs < _NAMED * (glyphs + unnamed):
        raise refuse("file_no_text", path)


def _sheets(found: list[Section]) -> list[str]:
    return [str(number) for number in range(1, len(found) + 1)] if len(found) > 1 else [""]


def key(text: str) -> str:
    """Letters, digits and signs of values, in one form: what two libraries must agree on. Spaces, bullets and
    punctuation are a matter of taste."""
    whole = unicodedata.normalize("NFKC", "".join(map(plain, text)).translate(_DASHES)).translate(_DASHES)
    return "".join(char for char in whole if char.isalnum() or char in _SIGNS)


def _confirm(cells: list[Passage], pages: list[_Second]) -> dict[int, str | None]:
    """What the second way makes of each passage, by its id: the same text where every line of it is found, else what
    is left without the words that are not. Long lines are looked for first, so that a lone 3 does not take the one out
    of 30%."""
    lines = [(page, text, (id(cell), at)) for cell in cells for at, (page, text) in enumerate(cell.parts)]
    lines += [(number, text, (0, 0)) for number, page in enumerate(pages) for text in page.dropped]
    lines.sort(key=lambda line: -len(line[1]))
    missed = [line for line in lines if not pages[line[0]].take(line[1])]
    seen = {place: text for _, text, place in lines}
    for number, text, place in missed:
        # It may have been written in pieces, by language or font: its words stand elsewhere.
        seen[place] = pages[number].words_of(text)
    found: dict[int, str | None] = {}
    for cell in cells:
        texts = [seen[id(cell), at] for at in range(len(cell.parts))]
        same = texts == [text for _, text in cell.parts]
        found[id(cell)] = cell.text if same else join(text.strip() for text in texts if text.strip()) or None
    return found


class _Second:
    """The text of a page by the second way, from which is taken what the first way saw, too."""

    def __init__(self, text: str, dropped: list[str]) -> None:
        words = [word for word in map(key, text.split()) if word]
        self.text = "".join(words)
        self.edges = {0, *accumulate(map(len, words))}
        self.dropped = dropped
        self.taken: set[str] = set()

    def take(self, text: str) -> bool:
        """True where the text is there; it is taken out, as whole words where possible."""
        wanted = key(text)
        first = at = self.text.find(wanted)
        for _ in range(_TRIES):
            if at < 0 or (at in self.edges and at + len(wanted) in self.edges):
                break
            at = self.text.find(wanted, at + 1)
        else:
            at = -1
        at = at if at >= 0 else first
        if at >= 0:
            self.text = self.text[:at] + "\0" * len(wanted) + self.text[at + len(wanted) :]
            self.taken.add(wanted)
        return at >= 0

    def words_of(self, text: str) -> str:
        """The text without the words that are not there; the others are taken out."""
        return _WORDS.sub(lambda word: word[0] if self.take(word[0]) else "", text)

    def rest(self) -> str:
        """What is left, without what is only drawn twice, to look bold."""
        left: list[str] = []
        again = sorted((text for text in self.taken if len(text) > 1), key=len, reverse=True)[:MAX_AGAIN]
        for piece in re.split("\0+", self.text)[:MAX_AGAIN]:
            bare = piece
            for text in again:
                bare = bare.replace(text, "")
            left.extend([piece] if bare else [])
        return " ".join(left)
