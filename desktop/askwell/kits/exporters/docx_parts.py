# SPDX-License-Identifier: Apache-2.0
"""What python-docx has no words for: East Asian fonts, borders, shading, fields and rows that stay together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell, _Row
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

INK, MUTED, ACCENT, RULE, WASH = "1F2933", "64707D", "1F5F8B", "C9D1D9", "F2F6F9"
EAST_ASIAN = {"zh": "Microsoft YaHei", "ja": "Yu Gothic"}
LATIN = "Calibri"


def element(tag: str, **attributes: str) -> Any:
    """A `w:` element with `w:` attributes."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    node = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        node.set(qn(f"w:{name}"), value)
    return node


def set_fonts(properties: Any, lang: str) -> None:
    """Latin and East Asian font in an `rPr`; Word chooses by character, so both must be named."""
    fonts = properties.get_or_add_rFonts()
    from docx.oxml.ns import qn

    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), LATIN)
    fonts.set(qn("w:eastAsia"), EAST_ASIAN.get(lang, "Microsoft YaHei"))


def write(paragraph: Paragraph, text: str, lang: str, size: float = 10, color: str = INK, bold: bool = False) -> Run:
    """Add a run with everything set on it, so that it looks the same whatever template opens it."""
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.bold = bold
    run.font.color.rgb = RGBColor.from_string(color)
    set_fonts(run._element.get_or_add_rPr(), lang)
    return run


def space(
    paragraph: Paragraph, before: float = 0, after: float = 0, line: float = 1.15, together: bool = False
) -> None:
    """Spacing in points; `together` keeps the paragraph on the page of the next one."""
    from docx.shared import Pt

    shape = paragraph.paragraph_format
    shape.space_before, shape.space_after, shape.line_spacing = Pt(before), Pt(after), line
    shape.keep_with_next = together
    shape.keep_together = True


def field(paragraph: Paragraph, code: str, lang: str, size: float = 8, color: str = MUTED) -> None:
    """A field such as PAGE or NUMPAGES."""
    for kind in ("begin", "", "separate", "text", "end"):
        run = write(paragraph, "1" if kind == "text" else "", lang, size, color)
        if kind == "":
            instruction = element("instrText")
            instruction.text = f" {code} "
            run._element.append(instruction)
        elif kind != "text":
            run._element.append(element("fldChar", fldCharType=kind))


def borders(cell: _Cell, **sides: str) -> None:
    """Borders of a cell: `top="single"`, `bottom="dotted"`, `left="none"` …"""
    box = element("tcBorders")
    for side in ("top", "left", "bottom", "right"):
        style = sides.get(side, "nil")
        box.append(element(side, val=style, sz="4", space="0", color=RULE))
    cell._element.get_or_add_tcPr().append(box)


def shade(cell: _Cell, color: str = WASH) -> None:
    """Background of a cell."""
    cell._element.get_or_add_tcPr().append(element("shd", val="clear", color="auto", fill=color))


def paragraph_border(paragraph: Paragraph, side: str, color: str = RULE, size: int = 6, gap: int = 6) -> None:
    """A rule on one side of a paragraph."""
    box = element("pBdr")
    box.append(element(side, val="single", sz=str(size), space=str(gap), color=color))
    properties = paragraph._element.get_or_add_pPr()
    properties.insert_element_before(
        box, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def whole_row(row: _Row, height_cm: float = 0, repeat: bool = False) -> None:
    """A row that does not break across pages, with a least height; `repeat` makes it a heading row."""
    from docx.enum.table import WD_ROW_HEIGHT_RULE
    from docx.shared import Cm

    properties = row._tr.get_or_add_trPr()
    properties.append(element("cantSplit"))
    if repeat:
        properties.append(element("tblHeader"))
    if height_cm:
        row.height = Cm(height_cm)
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST


def new_table(document: Document, rows: int, widths: tuple[float, ...]) -> Table:
    """A table of fixed column widths in centimetres, with small cell margins."""
    from docx.shared import Cm

    table: Table = document.add_table(rows=rows, cols=len(widths))
    table.autofit = False
    properties = table._tbl.tblPr
    # Without an indent Word hangs the border out by the cell margin, and text and tables do not line up.
    properties.append(element("tblInd", w="100", type="dxa"))
    margins = element("tblCellMar")
    for side, margin in (("top", "20"), ("left", "100"), ("bottom", "20"), ("right", "100")):
        margins.append(element(side, w=margin, type="dxa"))
    properties.append(margins)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)
    return table
