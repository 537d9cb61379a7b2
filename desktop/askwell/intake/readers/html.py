# SPDX-License-Identifier: Apache-2.0
"""HTML tables, which many HR systems hand out under the name `.xls`."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path

from askwell.intake.model import Cell, Merge, RawTable
from askwell.intake.readers.base import MAX_DEPTH, check_shape, head, refuse, square
from askwell.intake.readers.encoding import decode

_CELL = re.compile(r"<t[dh]\b[^>]*>(.*?)(?=<t[dh]\b|</tr|</table)", re.I | re.S)
_BREAK = re.compile(r"<(?:br|/p|/div|/li)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^>]+>")


class HtmlReader:
    """One RawTable for each outermost `<table>`."""

    EXTENSIONS: tuple[str, ...] = (".html", ".htm")

    def sniff(self, path: Path) -> bool:
        """Begins like HTML and holds a table."""
        begin = head(path, 65536).replace(b"\x00", b"").lower()
        start = begin.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        opened = start.startswith((b"<html", b"<!doctype html", b"<table", b"<meta", b"<head", b"<?xml"))
        return opened and b"<table" in begin

    def read(self, path: Path) -> list[RawTable]:
        """See Reader."""
        text, encoding = decode(path, path.read_bytes())
        parser = _Tables(path)
        parser.feed(text)
        parser.close()
        if not parser.done:
            raise refuse("file_damaged", path)
        return [
            RawTable(path.name, f"table {number}", square(rows), tuple(merged), encoding=encoding)
            for number, (rows, merged) in enumerate(parser.done, start=1)
        ]

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """The cell texts once more by patterns instead of a parser; spans are taken from the first way."""
        text, _ = decode(path, path.read_bytes())
        values = iter([_plain(found) for found in _CELL.findall(text)])
        tables: list[RawTable] = []
        for table in self.read(path):
            covered = {
                (row, column)
                for merge in table.merged
                for row in range(merge.top, merge.bottom + 1)
                for column in range(merge.left, merge.right + 1)
                if (row, column) != (merge.top, merge.left)
            }
            cells: list[list[Cell]] = [
                [None if (r, c) in covered else next(values, None) for c in range(len(row))]
                for r, row in enumerate(table.cells)
            ]
            tables.append(RawTable(path.name, table.sheet, cells))
        return "patterns", tables


def _plain(markup: str) -> str | None:
    text = html.unescape(_TAG.sub("", _BREAK.sub("\n", markup))).replace("\xa0", " ")
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip() or None


class _Tables(HTMLParser):
    """Collects rows with their spans."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.done: list[tuple[list[list[Cell]], list[Merge]]] = []
        self.rows: list[list[Cell]] = []
        self.merged: list[Merge] = []
        self.taken: dict[tuple[int, int], bool] = {}
        self.text: list[str] | None = None
        self.span = (1, 1)
        self.depth = 0
        self.cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise refuse("file_too_deep", self.path, limit=MAX_DEPTH)
        elif tag == "tr" and self.depth == 1:
            self._end_cell()
            self.rows.append([])
        elif tag in ("td", "th") and self.depth == 1:
            self._end_cell()
            facts = dict(attrs)
            self.span = (_whole(facts.get("rowspan")), _whole(facts.get("colspan")))
            self.text = []
        elif tag in ("br", "p", "div", "li") and self.text:
            self.text.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr") and self.depth == 1:
            self._end_cell()
        elif tag == "table" and self.depth:
            self.depth -= 1
            if self.depth == 0:
                self._end_table()

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def close(self) -> None:
        super().close()
        if self.rows:
            self._end_table()

    def _end_cell(self) -> None:
        if self.text is None:
            return
        value = _plain(html.escape("".join(self.text)))
        self.text = None
        if not self.rows:
            self.rows.append([])
        row = len(self.rows) - 1
        line = self.rows[row]
        while (row, len(line)) in self.taken:
            line.append(None)
        height, width = self.span
        column = len(line)
        self.cells = check_shape(self.path, 1, column + width, self.cells)
        line.extend([value, *[None] * (width - 1)])
        if height > 1 or width > 1:
            self.merged.append(Merge(row, column, row + height - 1, column + width - 1))
            for down in range(1, height):
                for right in range(width):
                    self.taken[(row + down, column + right)] = True

    def _end_table(self) -> None:
        self._end_cell()
        self.done.append((self.rows, self.merged))
        self.rows, self.merged, self.taken = [], [], {}


def _whole(text: str | None) -> int:
    return min(max(int(text), 1), 1000) if text and text.isdigit() else 1
