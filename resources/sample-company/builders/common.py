# SPDX-License-Identifier: Apache-2.0
"""Reading the source text and writing workbooks that come out the same every time."""

import csv
import re
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "source"
EXPORTS = ROOT / "exports"

CellValue = str | int | float | date | None
STAMP = datetime(2026, 6, 3, 9, 0, 0)
_ZIP_TIME = (2026, 6, 3, 9, 0, 0)
_THIN = Side(style="thin", color="808080")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_HEAD_FILL = PatternFill("solid", fgColor="DCE6F1")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def load(name: str) -> Any:
    """Parsed YAML of one source file."""
    return yaml.safe_load((SOURCE / name).read_text(encoding="utf-8"))


def rows_of(name: str) -> list[dict[str, str]]:
    """Rows of one UTF-8 CSV source file, as dictionaries."""
    with (SOURCE / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def put(
    sheet: Worksheet,
    where: str,
    value: CellValue,
    *,
    bold: bool = False,
    fill: bool = False,
    centre: bool = False,
    size: int = 10,
) -> Cell:
    """Write a value into a cell, or into a range such as ``A1:L1`` that becomes merged."""
    first = where.split(":")[0]
    cell: Cell = sheet[first]
    cell.value = value
    cell.font = Font(name="宋体", size=size, bold=bold)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center" if centre else "left")
    if fill:
        cell.fill = _HEAD_FILL
    _box(sheet, where)
    if size > 12:
        sheet.row_dimensions[cell.row].height = 32
    if ":" in where:
        sheet.merge_cells(where)
    return cell


def _box(sheet: Worksheet, where: str) -> None:
    """Draw a thin border around every cell of a range (merged cells need it on each)."""
    cells = sheet[where]
    for row in cells if isinstance(cells, tuple) else ((cells,),):
        for cell in row:
            cell.border = _BOX


def header(sheet: Worksheet, row: int, labels: Sequence[str]) -> None:
    """Write one header row."""
    for index, label in enumerate(labels, 1):
        where = sheet.cell(row=row, column=index).coordinate
        put(sheet, where, label, bold=True, fill=True, centre=True)


def widths(sheet: Worksheet, sizes: Sequence[float]) -> None:
    """Set the widths of the first columns."""
    for index, size in enumerate(sizes):
        sheet.column_dimensions["ABCDEFGHIJKLMNOPQRSTUVWXYZ"[index]].width = size


def new_book(title: str = "") -> Workbook:
    """A workbook with one sheet of that title, or with no sheet yet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if title:
        book.create_sheet(title)
    return book


def as_cell(text: str) -> CellValue:
    """A number for plain ASCII digits, nothing for empty text, the text itself otherwise."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() else text


def iso(text: str) -> date:
    """A date from ISO text."""
    return date.fromisoformat(text)


def chinese_date(day: date) -> str:
    """A date as people write it: 2026年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def dotted_date(day: date) -> str:
    """A date as people type it in a hurry: 2026.3.5."""
    return f"{day.year}.{day.month}.{day.day}"


def save_book(book: Workbook, name: str, cached: Mapping[int, Mapping[str, float]] | None = None) -> Path:
    """Save a workbook with fixed times; ``cached`` adds formula results by sheet number."""
    path = EXPORTS / name
    book.properties.creator = "衡川集团人力资源部"
    book.properties.created = STAMP
    for sheet in book.worksheets:
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_setup.fitToHeight = 0
        sheet.page_setup.orientation = "landscape" if sheet.max_column > 6 else "portrait"
    book.save(path)
    freeze(path, cached or {})
    return path


def freeze(path: Path, cached: Mapping[int, Mapping[str, float]]) -> None:
    """Rewrite an Office file so that building it twice gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = [(name, archive.read(name)) for name in sorted(archive.namelist())]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            if name == "docProps/core.xml":
                data = _MODIFIED.sub(rb"\g<1>2026-06-03T09:00:00Z\g<2>", data)
            match = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", name)
            if match:
                data = _with_results(data, cached.get(int(match[1]), {}))
            entry = zipfile.ZipInfo(name, date_time=_ZIP_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)


def _with_results(xml: bytes, results: Mapping[str, float]) -> bytes:
    """Fill in the stored result beside each formula, as Excel does when it saves."""
    for cell, value in results.items():
        pattern = rb'(<c r="%b"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)' % cell.encode()
        xml = re.sub(pattern, rb"\g<1><v>%b</v>" % f"{value:.10g}".encode(), xml)
    return xml
