# SPDX-License-Identifier: Apache-2.0
"""A kit as a workbook: the questions with room for ratings and notes, and where each comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from askwell.domain.questions import Kit
from askwell.kits.assembly import Page, assemble
from askwell.kits.exporters.base import neutral, whole_file

_FONT = "Microsoft YaHei"
_QUESTION_WIDTHS = (5, 14, 10, 8, 46, 40, 30, 30, 30, 8, 40)
_SOURCE_WIDTHS = (5, 46, 12, 40, 44, 28, 34, 18)
_HEAD = "1F6F5C"
_LINE = "D9D8D2"


class XlsxExporter:
    """Three sheets: questions, sources and approval, notes for the interviewer."""

    FORMAT = "xlsx"
    extension = "xlsx"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """Write the workbook. Raises ReviewBlocked where nothing is approved."""
        from openpyxl import Workbook

        page = assemble(kit, labels)
        book = Workbook()
        _questions(book.active, page, labels)
        _sources(book.create_sheet(), page, labels)
        _guidance(book.create_sheet(), page, labels)
        with whole_file(path) as partial:
            book.save(partial)


def _questions(sheet: Any, page: Page, labels: Mapping[str, str]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.title = labels["kit.sheet.questions"]
    names = ("number", "competency", "type", "difficulty", "question", "probes", "anchor5", "anchor3", "anchor1")
    _head(sheet, page, [labels[f"kit.column.{name}"] for name in (*names, "rating", "notes")], _QUESTION_WIDTHS)
    for row, item in enumerate(page.items, 4):
        tags = item.tags.split(" · ")
        offset = 1 if item.competency else 0
        probes = "\n".join(f"{n}. {probe}" for n, probe in enumerate(item.probes, 1))
        anchors = [item.anchors.get(score, "") for score in (5, 3, 1)]
        _row(
            sheet, row, [item.number, item.competency, *tags[offset : offset + 2], item.text, probes, *anchors, "", ""]
        )
        sheet.cell(row, 5).font = _font(bold=True)
    rating = DataValidation(type="whole", operator="between", formula1="1", formula2="5", allow_blank=True)
    rating.error, rating.errorTitle = labels["kit.rating_error"], labels["kit.column.rating"]
    rating.add(f"J4:J{3 + len(page.items)}")
    sheet.add_data_validation(rating)
    sheet.freeze_panes = "F4"


def _sources(sheet: Any, page: Page, labels: Mapping[str, str]) -> None:
    sheet.title = labels["kit.sheet.sources"]
    names = ("number", "question", "kind", "evidence", "chain", "approval", "override", "receipt")
    _head(sheet, page, [labels[f"kit.column.{name}"] for name in names], _SOURCE_WIDTHS)
    for row, item in enumerate(page.items, 4):
        values = [item.number, item.text, item.evidence_kind, item.evidence_text, item.chain, item.approval]
        _row(sheet, row, [*values, item.override, item.receipt])
    sheet.freeze_panes = "C4"
    sheet.cell(5 + len(page.items), 1, page.model).font = _font(color="6A6F76", size=9)


def _guidance(sheet: Any, page: Page, labels: Mapping[str, str]) -> None:
    sheet.title = labels["kit.sheet.guidance"]
    sheet.column_dimensions["A"].width = 16
    sheet.column_dimensions["B"].width = 80
    lines: list[tuple[str, str]] = [*page.facts, *(("", line) for line in page.guidance)]
    if page.demo_notice:
        lines.append(("!", page.demo_notice))
    for row, (name, value) in enumerate(lines, 1):
        _row(sheet, row, [name, value], border=False)


def _head(sheet: Any, page: Page, names: Sequence[str], widths: Sequence[int]) -> None:
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter

    sheet.cell(1, 1, neutral(f"{page.subtitle} · {page.title}")).font = _font(bold=True, size=14)
    sheet.cell(2, 1, neutral(page.demo_notice or page.guidance[0])).font = _font(color="6A6F76", size=9)
    for column, (name, width) in enumerate(zip(names, widths, strict=True), 1):
        cell = sheet.cell(3, column, name)
        cell.font = _font(bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[3].height = 24
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "3:3"


def _row(sheet: Any, row: int, values: Sequence[object], border: bool = True) -> None:
    from openpyxl.styles import Alignment, Border, Side

    side = Side(style="thin", color=_LINE)
    for column, value in enumerate(values, 1):
        cell = sheet.cell(row, column, neutral(value) if isinstance(value, str) else value)
        cell.font = _font()
        cell.alignment = Alignment(vertical="top", wrap_text=True)
        if border:
            cell.border = Border(left=side, right=side, top=side, bottom=side)


def _font(bold: bool = False, color: str = "1D1F22", size: int = 10) -> Any:
    from openpyxl.styles import Font

    return Font(name=_FONT, bold=bold, color=color, size=size)
