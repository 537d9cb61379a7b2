# SPDX-License-Identifier: Apache-2.0
"""Word documents: paragraphs and tables in reading order as one flowing table."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from askwell.intake.model import Cell, Merge, RawTable
from askwell.intake.readers.base import MAX_DEPTH, check_shape, check_zip, head, refuse, square, zip_members

if TYPE_CHECKING:
    from docx.table import Table

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class DocxReader:
    """One RawTable: a paragraph is a row with one cell, a table row keeps its cells. Headers, footers, comments and
    text boxes are not read."""

    EXTENSIONS: tuple[str, ...] = (".docx",)

    def sniff(self, path: Path) -> bool:
        """A zip with a Word body in it."""
        return head(path, 2) == b"PK" and "word/document.xml" in zip_members(path)

    def read(self, path: Path) -> list[RawTable]:
        """See Reader."""
        check_zip(path)
        _refuse_entities(path)
        rows, merged = _body(path)
        return [RawTable(file=path.name, sheet="", cells=square(rows), merged=tuple(merged), flow=True)]

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """Paragraph texts straight from the XML; cells of tables are placed as in the first way."""
        texts = iter(_texts(path))
        table = self.read(path)[0]
        cells: list[list[Cell]] = []
        for row in table.cells:
            cells.append([None if value is None else _collect(texts, str(value)) for value in row])
        return "document.xml", [RawTable(path.name, "", cells)]


def _refuse_entities(path: Path) -> None:
    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as part:
        if b"<!DOCTYPE" in part.read(4096):
            raise refuse("file_damaged", path)


def _body(path: Path) -> tuple[list[list[Cell]], list[Merge]]:
    from docx import Document
    from docx.opc.exceptions import OpcError
    from docx.table import Table

    try:
        document = Document(str(path))
    except (
        OpcError,
        SyntaxError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
    ) as error:  # lxml reports broken XML as SyntaxError
        raise refuse("file_damaged", path) from error
    rows: list[list[Cell]] = []
    merged: list[Merge] = []
    cells = 0
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            _add_table(path, block, rows, merged)
            rows.append([None])
        else:
            rows.append([_clean(block.text)])
        cells = check_shape(path, 1, len(rows[-1]), cells)
    return rows, merged


def _add_table(path: Path, table: Table, rows: list[list[Cell]], merged: list[Merge]) -> None:
    """Append a table's rows; a cell that spans others appears once and leaves a Merge."""
    start = len(rows)
    spans: dict[Any, list[tuple[int, int]]] = {}
    texts: dict[Any, str | None] = {}
    for at, row in enumerate(table.rows):
        line: list[Cell] = []
        for column, cell in enumerate(row.cells):
            key = cell._tc  # kept as key, hence alive: lxml hands out a new object for a node nobody holds
            first_time = key not in spans
            spans.setdefault(key, []).append((start + at, column))
            if first_time:
                texts[key] = _clean(_cell_text(path, cell))
            line.append(texts[key] if first_time else None)
        rows.append(line)
        check_shape(path, len(rows), len(line))
    for places in spans.values():
        if len(places) > 1:
            (top, left), (bottom, right) = min(places), max(places)
            merged.append(Merge(top, left, bottom, right))


def _cell_text(path: Path, cell: Any, depth: int = 0) -> str:
    """Text of a cell with the tables nested in it."""
    if depth > MAX_DEPTH:
        raise refuse("file_too_deep", path, limit=MAX_DEPTH)
    lines = [paragraph.text for paragraph in cell.paragraphs]
    for table in cell.tables:
        for row in table.rows:
            lines.extend(_cell_text(path, inner, depth + 1) for inner in row.cells)
    return "\n".join(lines)


def _clean(text: str) -> str | None:
    lines = [line.strip() for line in text.replace("\xa0", " ").split("\n")]
    return "\n".join(line for line in lines if line) or None


def _texts(path: Path) -> list[str]:
    """Non-empty paragraph texts in document order, without python-docx."""
    from defusedxml.ElementTree import parse

    with zipfile.ZipFile(path) as archive, archive.open("word/document.xml") as part:
        try:
            root = parse(part).getroot()
        except ParseError as error:
            raise refuse("file_damaged", path) from error
    found: list[str] = []
    if root is None:
        return found
    for paragraph in root.iter(f"{_W}p"):
        pieces: list[str] = []
        for node in paragraph.iter():
            if node.tag == f"{_W}t":
                pieces.append(node.text or "")
            elif node.tag == f"{_W}tab":
                pieces.append("\t")
            elif node.tag in (f"{_W}br", f"{_W}cr"):
                pieces.append("\n")
        text = _clean("".join(pieces))
        if text:
            found.append(text)
    return found


def _collect(texts: Any, wanted: str) -> str | None:
    """As many following paragraphs as the wanted text has lines."""
    lines: list[str] = []
    while sum(text.count("\n") + 1 for text in lines) < wanted.count("\n") + 1:
        line = next(texts, None)
        if line is None:
            break
        lines.append(line)
    return "\n".join(lines) or None
