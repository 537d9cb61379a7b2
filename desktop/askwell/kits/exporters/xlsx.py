# SPDX-License-Identifier: Apache-2.0
"""The kit as a workbook: one question a row to rate in, where it comes from, and how to use it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from askwell.domain.questions import Kit
from askwell.kits.exporters.base import Entry, KitSheet, atomic, clean, entries, facts, guidance, provenance, safe_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

_ACCENT, _WASH, _RULE = "1F5F8B", "F4F7F9", "D5DBE1"
_FONTS = {"zh": "Microsoft YaHei", "ja": "Yu Gothic"}
_QUESTION_WIDTHS = (6, 12, 9, 8, 7, 36, 31, 23, 23, 23, 30, 8)
_EVIDENCE_WIDTHS = (6, 11, 36, 32, 32, 28, 26, 24, 9, 12)


class XlsxExporter:
    """Writes `*.xlsx`."""

    FORMAT = "xlsx"
    extension = "xlsx"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """See `Exporter.write`."""
        sheet = KitSheet(labels)
        from openpyxl import Workbook

        printed = entries(kit, sheet)
        book = Workbook()
        _questions(book, kit, sheet, printed)
        _evidence(book, kit, sheet, printed)
        _guide(book, kit, sheet, printed)
        book.properties.title = clean(kit.title)
        book.properties.creator = "Askwell"
        atomic(path, lambda target: book.save(target))


def _questions(book: Workbook, kit: Kit, sheet: KitSheet, printed: Sequence[Entry]) -> None:
    from openpyxl.worksheet.datavalidation import DataValidation

    book.remove(book.worksheets[0])
    page = book.create_sheet(_tab(sheet.label("sheet.questions")))
    names = ("number", "competency", "type", "difficulty", "time", "question", "probes")
    heads = sheet.columns(*names, "anchor5", "anchor3", "anchor1", "notes", "rating")
    rows: list[tuple[str | int, ...]] = [
        (
            entry.number,
            entry.question.slot.competency,
            entry.type,
            entry.difficulty,
            entry.question.slot.minutes,
            entry.text,
            "\n".join(f"{number}. {probe}" for number, probe in enumerate(entry.probes, 1)),
            *(entry.anchor(score) for score in (5, 3, 1)),
            "",
            "",
        )
        for entry in printed
    ]
    _table(page, kit, heads, rows, _QUESTION_WIDTHS)
    _emphasise(page, kit, column=6)
    check = DataValidation(type="whole", operator="between", formula1="1", formula2="5", allow_blank=True)
    check.errorTitle, check.error = heads[-1], sheet.label("rating_error")
    page.add_data_validation(check)
    check.add(f"L2:L{len(printed) + 1}")
    page.freeze_panes = "C2"


def _evidence(book: Workbook, kit: Kit, sheet: KitSheet, printed: Sequence[Entry]) -> None:
    page = book.create_sheet(_tab(sheet.label("sheet.sources")))
    names = ("number", "kind", "question", "evidence", "chain", "approval", "override", "model", "prompt", "seed")
    heads = sheet.columns(*names)
    rows = [
        (
            entry.number,
            entry.kind,
            entry.text,
            entry.question.slot.evidence.text,
            entry.chain,
            entry.approval,
            entry.overridden or sheet.label("none"),
            " + ".join(part for part in (entry.question.provenance.model, entry.question.provenance.adapter) if part),
            entry.question.provenance.prompt_version,
            entry.question.provenance.seed,
        )
        for entry in printed
    ]
    _table(page, kit, heads, rows, _EVIDENCE_WIDTHS)
    page.freeze_panes = "B2"


def _guide(book: Workbook, kit: Kit, sheet: KitSheet, printed: list[Entry]) -> None:
    from openpyxl.styles import Alignment, Font

    page = book.create_sheet(_tab(sheet.label("sheet.guidance")))
    lines: list[tuple[str, str]] = [(kit.title, ""), *facts(kit, sheet), ("", "")]
    lines += [(str(number), line) for number, line in enumerate(guidance(kit, sheet), 1)]
    lines += [("", sheet.label("summary_hint")), ("", sheet.label("footer")), ("", "")]
    seed = sheet.columns("seed")[0]
    lines += [
        (sheet.label("appendix"), f"{numbers}: {model} + {adapter} · {prompt} · {seed} {value}")
        for numbers, model, adapter, prompt, value in provenance(printed)
    ]
    name = _FONTS.get(kit.lang, "Calibri")
    for row, (left, right) in enumerate(lines, 1):
        first = page.cell(row, 1, safe_cell(left))
        second = page.cell(row, 2, safe_cell(right))
        first.font = Font(name=name, size=16 if row == 1 else 10, bold=True, color=None if row == 1 else _ACCENT)
        second.font = Font(name=name, size=10.5)
        # A title wider than its column runs on to the right only where it is not wrapped.
        first.alignment = Alignment(vertical="top", wrap_text=row != 1)
        second.alignment = Alignment(vertical="top", wrap_text=True)
        page.row_dimensions[row].height = 28 if row == 1 else 16 * _lines(right, 90)
    page.column_dimensions["A"].width, page.column_dimensions["B"].width = 22, 90
    page.sheet_view.showGridLines = False
    _print(page, kit)


def _table(
    page: Worksheet, kit: Kit, heads: Sequence[str], rows: Sequence[Sequence[str | int]], widths: Sequence[int]
) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    name = _FONTS.get(kit.lang, "Calibri")
    line = Border(bottom=Side("thin", color=_RULE), right=Side("hair", color=_RULE))
    for column, (head, width) in enumerate(zip(heads, widths, strict=True), 1):
        cell = page.cell(1, column, safe_cell(head))
        cell.font = Font(name=name, size=10, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=_ACCENT)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        page.column_dimensions[get_column_letter(column)].width = width
    page.row_dimensions[1].height = 30
    for row, values in enumerate(rows, 2):
        for column, value in enumerate(values, 1):
            cell = page.cell(row, column, safe_cell(value) if isinstance(value, str) else value)
            cell.font = Font(name=name, size=10)
            short = widths[column - 1] <= 9
            cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="center" if short else "left")
            cell.border = line
            if row % 2:
                cell.fill = PatternFill("solid", fgColor=_WASH)
        tallest = max(_lines(str(value), width) for value, width in zip(values, widths, strict=True))
        page.row_dimensions[row].height = min(400, 16.5 * max(tallest, 4) + 8)
    page.auto_filter.ref = f"A1:{get_column_letter(len(widths))}{len(rows) + 1}"
    page.sheet_view.showGridLines = False
    page.sheet_view.zoomScale = 90
    _print(page, kit)


def _emphasise(page: Worksheet, kit: Kit, column: int) -> None:
    """The question is what the eye should find first."""
    from openpyxl.styles import Font

    for row in range(2, page.max_row + 1):
        page.cell(row, column).font = Font(name=_FONTS.get(kit.lang, "Calibri"), size=11, bold=True)


def _print(page: Worksheet, kit: Kit) -> None:
    from openpyxl.worksheet.header_footer import HeaderFooter, HeaderFooterItem, _HeaderFooterPart
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1" if page.freeze_panes or page.auto_filter.ref else None
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top = page.page_margins.bottom = 0.75
    page.page_margins.header = page.page_margins.footer = 0.35
    # A header is a little language of its own in which & starts a command.
    title = clean(kit.title).replace("&", "&&")[:120]
    page.HeaderFooter = HeaderFooter(
        oddHeader=HeaderFooterItem(left=_HeaderFooterPart(title)),
        oddFooter=HeaderFooterItem(center=_HeaderFooterPart("&P / &N")),
    )


def _lines(text: str, width: int) -> int:
    """Lines that a cell of this width needs; a wide character takes two columns."""
    total = 0
    for line in text.split("\n"):
        columns = sum(2 if ord(char) > 0x2E7F else 1.05 for char in line)
        total += max(1, -(-int(columns * 1.12) // max(1, width)))
    return total


def _tab(name: str) -> str:
    """A name that Excel accepts for a sheet."""
    return "".join(char for char in name if char not in "[]:*?/\\")[:31] or "Askwell"
