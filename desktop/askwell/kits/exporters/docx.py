# SPDX-License-Identifier: Apache-2.0
"""The kit as a Word document: what an interviewer puts on the table, writes on and signs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from askwell.domain.questions import Kit
from askwell.kits.exporters import docx_parts as parts
from askwell.kits.exporters.base import (
    Entry,
    KitSheet,
    atomic,
    clean,
    competencies,
    entries,
    facts,
    guidance,
    provenance,
)
from askwell.kits.exporters.docx_parts import ACCENT, INK, MUTED, RULE, space, write

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

NOTE_LINES = 5
PAGE_CM = 17.0  # width between the margins of the A4 page
_BOX = "☐"


class DocxExporter:
    """Writes `*.docx`."""

    FORMAT = "docx"
    extension = "docx"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """See `Exporter.write`."""
        sheet = KitSheet(labels)
        printed = entries(kit, sheet)
        document = _Page(kit, sheet).build(printed)
        atomic(path, lambda target: document.save(str(target)))


class _Page:
    """Builds the document; holds what every part needs."""

    def __init__(self, kit: Kit, sheet: KitSheet) -> None:
        self.kit, self.sheet, self.lang = kit, sheet, kit.lang

    def build(self, printed: list[Entry]) -> Document:
        """The finished document."""
        import docx

        self.document = docx.Document()
        self._setup()
        self._margins_text()
        self._title()
        self._guide()
        for entry in printed:
            self._question(entry)
        self._summary(printed)
        self._signature()
        self._appendix(printed)
        return self.document

    def _setup(self) -> None:
        from docx.shared import Cm, Pt

        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21.0), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.0)
        section.top_margin, section.bottom_margin = Cm(2.0), Cm(1.8)
        section.header_distance = section.footer_distance = Cm(0.9)
        style = self.document.styles["Normal"]
        style.font.size = Pt(10)
        parts.set_fonts(style.element.get_or_add_rPr(), self.lang)
        self.document.core_properties.title = clean(self.kit.title)
        self.document.core_properties.author = "Askwell"

    def _margins_text(self) -> None:
        from docx.enum.text import WD_TAB_ALIGNMENT
        from docx.shared import Cm

        section = self.document.sections[0]
        head = section.header.paragraphs[0]
        # The built-in header style has a centre tab of its own, which would catch our text.
        head.style = section.footer.paragraphs[0].style = self.document.styles["Normal"]
        head.paragraph_format.tab_stops.add_tab_stop(Cm(PAGE_CM), WD_TAB_ALIGNMENT.RIGHT)
        code = f"\t{self.sheet.label('candidate')} {clean(self.kit.candidate_code) or '________'}"
        write(head, clean(self.kit.title) + code, self.lang, 8, MUTED)
        foot = section.footer.paragraphs[0]
        foot.paragraph_format.tab_stops.add_tab_stop(Cm(PAGE_CM), WD_TAB_ALIGNMENT.RIGHT)
        write(foot, self.sheet.label("footer") + "\t", self.lang, 8, MUTED)
        # The label is a sentence with two places: 第 {page} / {pages} 页.
        before, _, rest = self.sheet.label("page").partition("{page}")
        between, _, after = rest.partition("{pages}")
        write(foot, before, self.lang, 8, MUTED)
        parts.field(foot, "PAGE", self.lang)
        write(foot, between, self.lang, 8, MUTED)
        parts.field(foot, "NUMPAGES", self.lang)
        write(foot, after, self.lang, 8, MUTED)

    def _title(self) -> None:
        head = self.document.add_paragraph()
        space(head, 0, 8, 1.1)
        write(head, clean(self.kit.title), self.lang, 20, INK, bold=True)
        pairs = facts(self.kit, self.sheet)
        table = parts.new_table(self.document, 2, (PAGE_CM / 3,) * 3)
        for place, (name, value) in enumerate(pairs):
            cell = table.cell(place // 3, place % 3)
            parts.borders(cell, top="single", bottom="single" if place >= 3 else "nil")
            label = cell.paragraphs[0]
            space(label, 1, 0, 1.0)
            write(label, name, self.lang, 8, MUTED)
            body = cell.add_paragraph()
            space(body, 0, 1, 1.1)
            write(body, value or " ", self.lang, 11, INK, bold=True)

    def _guide(self) -> None:
        from docx.shared import Cm

        gap = self.document.add_paragraph()
        space(gap, 0, 0, 0.5)
        for number, line in enumerate(guidance(self.kit, self.sheet), 1):
            text = self.document.add_paragraph()
            space(text, 0, 0, 1.2)
            text.paragraph_format.left_indent, text.paragraph_format.first_line_indent = Cm(0.75), Cm(-0.45)
            text.paragraph_format.tab_stops.add_tab_stop(Cm(0.75))
            parts.paragraph_border(text, "left", ACCENT, 18, 8)
            write(text, f"{number}\t", self.lang, 9, ACCENT, bold=True)
            write(text, line, self.lang, 9, INK)

    def _question(self, entry: Entry) -> None:
        slot = entry.question.slot
        meta = self.document.add_paragraph()
        space(meta, 12, 1, 1.0, together=True)
        parts.paragraph_border(meta, "top", RULE, 6, 8)
        write(meta, f"{entry.number}   ", self.lang, 13, ACCENT, bold=True)
        minutes = self.sheet.label("minutes_value", minutes=slot.minutes)
        line = " · ".join((clean(slot.competency), entry.type, entry.difficulty, minutes))
        write(meta, line, self.lang, 9, MUTED)
        ask = self.document.add_paragraph()
        space(ask, 0, 3, 1.2, together=True)
        write(ask, entry.text, self.lang, 13, INK, bold=True)
        self._probes(entry)
        self._anchors(entry)
        self._notes()
        self._sources(entry)

    def _probes(self, entry: Entry) -> None:
        from docx.shared import Cm

        if not entry.probes:
            return
        self._label("probes")
        for probe in entry.probes:
            item = self.document.add_paragraph()
            space(item, 0, 1, 1.15, together=True)
            item.paragraph_format.left_indent, item.paragraph_format.first_line_indent = Cm(0.45), Cm(-0.45)
            item.paragraph_format.tab_stops.add_tab_stop(Cm(0.45))
            write(item, f"–\t{probe}", self.lang, 10)

    def _anchors(self, entry: Entry) -> None:
        self._label("anchors")
        table = parts.new_table(self.document, 6, (1.4, PAGE_CM - 3.2, 1.8))
        heads = self.sheet.columns("score", "heard", "tick")
        self._row(table.rows[0].cells, heads, size=8.5, color=MUTED, wash=True, centre=(0, 2))
        parts.whole_row(table.rows[0])
        for row, score in enumerate((5, 4, 3, 2, 1), 1):
            text = entry.anchor(score)
            between = not text and score in (2, 4)
            shown = self.sheet.label("between", above=score + 1, below=score - 1) if between else text
            cells = table.rows[row].cells
            parts.whole_row(table.rows[row])
            self._row(cells, (str(score), shown, _BOX), size=8.5 if between else 10, centre=(0, 2))
            if between:
                for run in cells[1].paragraphs[0].runs:
                    run.font.color.rgb = _rgb(MUTED)

    def _notes(self) -> None:
        self._label("notes")
        table = parts.new_table(self.document, NOTE_LINES, (PAGE_CM,))
        for row in table.rows:
            parts.whole_row(row, 0.64)
            parts.borders(row.cells[0], bottom="dotted")
            space(row.cells[0].paragraphs[0], 0, 0, 1.0, together=True)

    def _sources(self, entry: Entry) -> None:
        lines = [(entry.source, MUTED), (entry.approval, MUTED), (entry.overridden, "9A3412")]
        shown = [line for line in lines if line[0]]
        for number, (text, color) in enumerate(shown, 1):
            paragraph = self.document.add_paragraph()
            space(paragraph, 3 if number == 1 else 0, 0, 1.1, together=number < len(shown))
            write(paragraph, text, self.lang, 8, color)

    def _summary(self, printed: list[Entry]) -> None:
        self._heading("summary", new_page=True)
        hint = self.document.add_paragraph()
        space(hint, 0, 6, 1.25, together=True)
        write(hint, self.sheet.label("summary_hint"), self.lang, 9.5, MUTED)
        rows = competencies(printed)
        table = parts.new_table(self.document, len(rows) + 1, (3.6, 1.8, 5.4, PAGE_CM - 10.8))
        heads = self.sheet.columns("competency", "numbers", "rating", "reasons")
        self._row(table.rows[0].cells, heads, size=8.5, color=MUTED, wash=True)
        parts.whole_row(table.rows[0], repeat=True)
        for row, (name, numbers) in zip(table.rows[1:], rows, strict=True):
            boxes = "  ".join(f"{_BOX}\u00a0{score}" for score in (5, 4, 3, 2, 1))
            self._row(row.cells, (name, numbers, boxes, ""))
            parts.whole_row(row, 1.35)

    def _signature(self) -> None:
        gap = self.document.add_paragraph()
        space(gap, 0, 10, 1.0, together=True)
        table = parts.new_table(self.document, 2, (PAGE_CM / 2, PAGE_CM / 2))
        names = (("interviewer", "date"), ("interviewer_second", "date"))
        for row, pair in zip(table.rows, names, strict=True):
            parts.whole_row(row, 1.1)
            for cell, name in zip(row.cells, pair, strict=True):
                parts.borders(cell, bottom="single")
                space(cell.paragraphs[0], 8, 0, 1.0, together=True)
                write(cell.paragraphs[0], self.sheet.label(name), self.lang, 9, MUTED)

    def _appendix(self, printed: list[Entry]) -> None:
        self._heading("appendix")
        rows = provenance(printed)
        table = parts.new_table(self.document, len(rows) + 1, (2.6, 5.2, 4.6, 2.6, 2.0))
        heads = self.sheet.columns("numbers", "model", "adapter", "prompt", "seed")
        self._row(table.rows[0].cells, heads, size=8, color=MUTED, wash=True)
        parts.whole_row(table.rows[0], repeat=True)
        for row, values in zip(table.rows[1:], rows, strict=True):
            self._row(row.cells, values, size=8)
            parts.whole_row(row)

    def _label(self, name: str) -> None:
        paragraph = self.document.add_paragraph()
        space(paragraph, 4, 1, 1.0, together=True)
        write(paragraph, self.sheet.label(name), self.lang, 8.5, ACCENT, bold=True)

    def _heading(self, name: str, new_page: bool = False) -> None:
        paragraph = self.document.add_paragraph()
        space(paragraph, 0 if new_page else 22, 4, 1.1, together=True)
        paragraph.paragraph_format.page_break_before = new_page
        write(paragraph, self.sheet.label(name), self.lang, 14, INK, bold=True)

    def _row(
        self,
        cells: Sequence[_Cell],
        texts: Sequence[str],
        size: float = 10,
        color: str = INK,
        wash: bool = False,
        centre: Sequence[int] = (),
    ) -> None:
        from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
        from docx.enum.text import WD_ALIGN_PARAGRAPH

        for place, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            parts.borders(cell, top="single", bottom="single", left="single", right="single")
            if wash:
                parts.shade(cell)
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
            paragraph = cell.paragraphs[0]
            space(paragraph, 0, 0, 1.15, together=True)
            if place in centre:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write(paragraph, text, self.lang, size, color, bold=place in centre and not wash)


def _rgb(color: str) -> object:
    from docx.shared import RGBColor

    return RGBColor.from_string(color)
