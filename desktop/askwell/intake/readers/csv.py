# SPDX-License-Identifier: Apache-2.0
"""Text tables: csv, tsv, txt, in any usual encoding and with any usual separator."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice
from pathlib import Path

from askwell.intake.model import Cell, RawTable
from askwell.intake.readers.base import check_shape, head, refuse, square
from askwell.intake.readers.encoding import decode, detect

SEPARATORS = (",", "\t", ";", "|")
_FIELD_LIMIT = 1_000_000
_MAGIC = (b"PK\x03\x04", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")


class CsvReader:
    """One RawTable; every value stays text, so that leading zeros of codes survive."""

    EXTENSIONS: tuple[str, ...] = (".csv", ".tsv", ".txt")

    def sniff(self, path: Path) -> bool:
        """Text with a separator in it, or any text that calls itself csv, tsv or txt."""
        begin = head(path, 65536)
        if begin.startswith(_MAGIC) or begin.startswith(b"\xd0\xcf\x11\xe0"):
            return False
        if path.suffix.lower() in self.EXTENSIONS:
            return True
        encoding = detect(_whole_lines(begin))
        if not encoding or begin.lstrip()[:1] in (b"<", b"{", b"["):
            return False
        return _width(begin.decode(encoding, errors="ignore"), separator(begin.decode(encoding, errors="ignore"))) > 1

    def read(self, path: Path) -> list[RawTable]:
        """See Reader."""
        text, encoding = decode(path, path.read_bytes())
        if not text.strip():
            raise refuse("file_empty", path)
        rows: list[list[Cell]] = []
        cells = 0
        csv.field_size_limit(_FIELD_LIMIT)
        try:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator(text)):
                cells = check_shape(path, 1, len(row), cells)
                rows.append([_cell(value) for value in row])
        except csv.Error as error:
            raise refuse("file_damaged", path) from error
        return [RawTable(file=path.name, sheet="", cells=square(rows), encoding=encoding)]

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """By a tokeniser of our own over text decoded once more."""
        data = path.read_bytes()
        text = data.decode(detect(data)).removeprefix("\ufeff")
        rows = square([[_cell(value) for value in row] for row in tokenise(text, separator(text))])
        return "tokeniser", [RawTable(file=path.name, sheet="", cells=rows)]


def _whole_lines(data: bytes) -> bytes:
    """Cut at the last line end, so that no character is cut in two."""
    return data[: data.rfind(b"\n") + 1] if b"\n" in data and len(data) >= 65536 else data


def _cell(value: str) -> Cell:
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return value if value.strip() else None


def separator(text: str) -> str:
    """The separator that cuts the first lines into the same number of fields most often."""
    # Excel may state it in the first line.
    stated = re.match(r"sep=(.)\r?\n", text)
    if stated:
        return stated.group(1)
    begin = text[:200_000]

    def fitness(candidate: str) -> tuple[float, int]:
        widths = Counter(len(row) for row in _some_rows(begin, candidate))
        if not widths:
            return (0.0, 0)
        width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
        return (count / sum(widths.values()) if width > 1 else 0.0, width)

    scored = {candidate: fitness(candidate) for candidate in SEPARATORS}
    # A free-text column full of commas must not beat a regular tab or semicolon, hence share first, then width.
    return max(SEPARATORS, key=lambda candidate: (round(scored[candidate][0], 1), scored[candidate][1]))


def _width(text: str, delimiter: str) -> int:
    return max((len(row) for row in _some_rows(text, delimiter)), default=0)


def _some_rows(text: str, delimiter: str) -> list[list[str]]:
    csv.field_size_limit(_FIELD_LIMIT)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return [row for row in islice(rows, 40) if any(value.strip() for value in row)]
    except csv.Error:
        return []


def tokenise(text: str, delimiter: str) -> list[list[str]]:
    """Split delimited text with quotes and doubled quotes into rows of fields."""
    mark = re.escape(delimiter)
    token = re.compile(rf'(?:"((?:[^"]|"")*)"([^{mark}\r\n]*)|([^{mark}\r\n]*))({mark}|\r\n|\r|\n|\Z)')
    rows: list[list[str]] = []
    row: list[str] = []
    at = 0
    while at < len(text):
        found = token.match(text, at)
        if found is None:
            break
        quoted, tail, plain, end = found.groups()
        row.append(plain if quoted is None else quoted.replace('""', '"') + tail)
        at = found.end()
        if end == delimiter:
            if at == len(text):
                row.append("")
            continue
        rows.append([] if row == [""] else row)
        row = []
    if row:
        rows.append(row)
    return rows
