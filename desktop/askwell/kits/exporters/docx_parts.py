# SPDX-License-Identifier: Apache-2.0
"""Word's building blocks as this house uses them. Fonts are named for Latin and East Asian text apart, as Word does."""

from __future__ import annotations

from typing import Any

MUTED = "6A6F76"
_LINE = "C9C8C2"
_LATIN = "Segoe UI"
_EAST_ASIAN = {"zh": "Microsoft YaHei", "ja": "Yu Gothic", "en": "Microsoft YaHei", "es": "Microsoft YaHei"}
_LANG_TAGS = {"zh": ("en-US", "zh-CN"), "ja": ("en-US", "ja-JP"), "en": ("en-GB", "zh-CN"), "es": ("es-ES", "zh-CN")}


def new_document(lang: str) -> Any:
    """An empty A4 document with our fonts and margins."""
    from docx import Document
    from docx.shared import Cm, Pt

    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.9)
    section.top_margin, section.bottom_margin = Cm(1.8), Cm(1.8)
    for name in ("Normal", "List Bullet"):
        style = document.styles[name]
        style.font.name = _LATIN
        style.font.size = Pt(10)
        _east_asian(style.element.get_or_add_rPr(), lang)
        style.paragraph_format.line_spacing = 1.25
    return document


def _east_asian(properties: Any, lang: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _EAST_ASIAN.get(lang, _EAST_ASIAN["zh"]))
    latin, asian = _LANG_TAGS.get(lang, _LANG_TAGS["en"])
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), latin)
    tag.set(qn("w:eastAsia"), asian)
    properties.append(tag)


def line(
    parent: Any,
    text: str,
    *,
    size: int,
    bold: bool = False,
    color: str = "1D1F22",
    before: int = 0,
    after: int = 4,
    keep: bool = False,
    style: str = "Normal",
) -> Any:
    """A paragraph; line breaks in the text become soft breaks. Sizes and distances in points."""
    paragraph = parent.add_paragraph(style=style)
    _fill(paragraph, text, size=size, bold=bold, color=color)
    _space(paragraph, before, after, keep)
    return paragraph


def cell_text(
    cell: Any,
    text: str,
    *,
    size: int,
    bold: bool = False,
    color: str = "1D1F22",
    center: bool = False,
    keep: bool = False,
) -> None:
    """Put a text into a table cell."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paragraph = cell.paragraphs[0]
    _fill(paragraph, text, size=size, bold=bold, color=color)
    _space(paragraph, 1, 1, keep)
    if center:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fill(paragraph: Any, text: str, *, size: int, bold: bool, color: str) -> None:
    from docx.shared import Pt, RGBColor

    for number, part in enumerate(_printable(text).split("\n")):
        run = paragraph.add_run()
        if number:
            run.add_break()
        run.add_text(part)
        run.bold = bold
        run.font.size = Pt(size)
        run.font.color.rgb = RGBColor.from_string(color)


def _printable(text: str) -> str:
    """XML 1.0 knows no control characters; one in a name from an export must not spoil the document."""
    return "".join(char for char in text if char >= " " or char in "\n\t")


def _space(paragraph: Any, before: int, after: int, keep: bool) -> None:
    from docx.shared import Pt

    form = paragraph.paragraph_format
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.keep_with_next = keep
    form.keep_together = True


def widths(table: Any, centimetres: tuple[float, ...]) -> None:
    """Fixed column widths; Word reads them from the cells, other programs from the grid."""
    from docx.shared import Cm

    table.autofit = False
    for column, width in zip(table.columns, centimetres, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, centimetres, strict=True):
            cell.width = Cm(width)


def keep_row(row: Any) -> None:
    """The row does not break across pages."""
    from docx.oxml import OxmlElement

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def shade(cell: Any, color: str) -> None:
    """A light background for a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), color)
    cell._tc.get_or_add_tcPr().append(shading)


def borders(table: Any, inside: bool = True, only_bottom: bool = False) -> None:
    """Thin lines around and inside a table, or only under its rows (ruled paper)."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    edges = ["insideH", "bottom"] if only_bottom else ["top", "left", "bottom", "right"]
    if inside and not only_bottom:
        edges += ["insideH", "insideV"]
    element = OxmlElement("w:tblBorders")
    for edge in edges:
        side = OxmlElement(f"w:{edge}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _LINE)):
            side.set(qn(f"w:{name}"), value)
        element.append(side)
    table._tbl.tblPr.append(element)


def add_page_number(section: Any, template: str, heading: str) -> None:
    """Footer “page x of y” from a label with {page} and {pages}; the heading stands to its left."""
    from docx.shared import Pt, RGBColor

    paragraph = section.footer.paragraphs[0]
    # Field results take the size of the paragraph's style, not of their run.
    paragraph.style.font.size = Pt(8)
    for part in _split(f"{heading}   ·   {template}"):
        run = paragraph.add_run()
        run.font.size = Pt(8)
        run.font.color.rgb = RGBColor.from_string(MUTED)
        if part in ("{page}", "{pages}"):
            _field(run, "PAGE" if part == "{page}" else "NUMPAGES")
        else:
            run.add_text(part)


def _split(template: str) -> list[str]:
    parts: list[str] = []
    for chunk in template.replace("{pages}", "\x00{pages}\x00").replace("{page}", "\x00{page}\x00").split("\x00"):
        if chunk:
            parts.append(chunk)
    return parts


def _field(run: Any, code: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for kind in ("begin", None, "end"):
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = code
            run._r.append(instruction)
            continue
        char = OxmlElement("w:fldChar")
        char.set(qn("w:fldCharType"), kind)
        run._r.append(char)
