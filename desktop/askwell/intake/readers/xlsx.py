# SPDX-License-Identifier: Apache-2.0
"""Workbooks: xlsx, xlsm, xlsb, xls, ods. Values by calamine (fast); verification by openpyxl."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askwell.intake.model import Cell, Merge, RawTable
from askwell.intake.readers.base import check_shape, check_zip, head, refuse, square, tidy, zip_members

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF = (b"\x09\x08\x10\x00\x00\x06\x05\x00", b"\x09\x08\x08\x00\x00\x05\x05\x00")


class WorkbookReader:
    """Reads every visible sheet that holds cells."""

    EXTENSIONS: tuple[str, ...] = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")

    def sniff(self, path: Path) -> bool:
        """A zip with a workbook in it, or an old binary workbook."""
        begin = head(path)
        if begin.startswith((_OLE, *_BIFF)):
            return True
        if not begin.startswith(b"PK"):
            return False
        names = zip_members(path)
        return any(name.startswith("xl/workbook.") for name in names) or (
            "content.xml" in names and "META-INF/manifest.xml" in names
        )

    def read(self, path: Path) -> list[RawTable]:
        """See Reader. Hidden sheets are left out: templates keep their drop-down lists there."""
        if head(path, 2) == b"PK":
            check_zip(path)
        with _open(path) as book:
            names = _visible(book)
            sheets = [book.get_sheet_by_name(name) for name in names]
            cells = 0
            for sheet in sheets:
                last_row, last_column = sheet.end or (-1, -1)
                cells = check_shape(path, last_row + 1, last_column + 1, cells)
            return [_table(path, name, sheet) for name, sheet in zip(names, sheets, strict=True)]

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """By openpyxl for xlsx and xlsm; old and open formats only have calamine, read again from bytes."""
        if head(path, 2) == b"PK" and "xl/workbook.xml" in zip_members(path):
            return "openpyxl", _by_openpyxl(path)
        return "calamine, second pass", self.read(path)


def _open(path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        return CalamineWorkbook.from_path(str(path))
    except PasswordError as error:
        raise refuse("file_encrypted", path) from error
    except (CalamineError, OSError, ValueError) as error:
        raise refuse("file_damaged", path) from error


def _visible(book: CalamineWorkbook) -> list[str]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    return [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
    ]


def _table(path: Path, name: str, sheet: CalamineSheet) -> RawTable:
    rows = sheet.to_python(skip_empty_area=False)
    cells = square([[tidy(value) for value in row] for row in rows])
    merged = tuple(Merge(top, left, bottom, right) for (top, left), (bottom, right) in (sheet.merged_cell_ranges or ()))
    return RawTable(file=path.name, sheet=name, cells=cells, merged=merged)


def _by_openpyxl(path: Path) -> list[RawTable]:
    import warnings

    from openpyxl import load_workbook

    # By stream, since openpyxl refuses a path by its ending, and the content decided already that this is a workbook.
    with warnings.catch_warnings(), path.open("rb") as stream:
        warnings.simplefilter("ignore")  # it reports style extensions it does not know; we read values only
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        try:
            return [_openpyxl_table(path, sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
        finally:
            book.close()


def _openpyxl_table(path: Path, sheet: Any) -> RawTable:
    # The stated dimension may be wrong or missing; without it openpyxl reads what is there.
    sheet.reset_dimensions()
    rows: list[list[Cell]] = [
        [tidy(value) for value in row] for row in islice(sheet.iter_rows(values_only=True), 1_100_000)
    ]
    return RawTable(file=path.name, sheet=sheet.title, cells=square(rows))
