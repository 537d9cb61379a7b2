# SPDX-License-Identifier: Apache-2.0
"""A kit as a Word document that an interviewer takes into the room."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from askwell.domain.questions import Kit
from askwell.kits.assembly import SCORES, Item, Page, assemble
from askwell.kits.exporters.base import whole_file
from askwell.kits.exporters.docx_parts import (
    MUTED,
    add_page_number,
    borders,
    cell_text,
    keep_row,
    line,
    new_document,
    shade,
    widths,
)

NOTE_LINES = 4


class DocxExporter:
    """A4, one block a question, blocks kept together on a page where they fit."""

    FORMAT = "docx"
    extension = "docx"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """Write the document. Raises ReviewBlocked where nothing is approved."""
        page = assemble(kit, labels)
        document = new_document(page.lang)
        _title(document, page)
        for item in page.items:
            _question(document, item, labels)
        _closing(document, page, labels)
        add_page_number(document.sections[0], labels["kit.page"], f"{page.subtitle} · {page.title}")
        with whole_file(path) as partial:
            document.save(str(partial))


def _title(document: Any, page: Page) -> None:
    line(document, page.title, size=10, color=MUTED, after=0)
    line(document, page.subtitle, size=20, bold=True, after=6)
    if page.demo_notice:
        line(document, page.demo_notice, size=9, color="9A6700", after=6)
    rows = (len(page.facts) + 1) // 2
    table = document.add_table(rows=rows, cols=4)
    for index, (name, value) in enumerate(page.facts):
        row, column = divmod(index, 2)
        cell_text(table.cell(row, column * 2), name, size=9, color=MUTED)
        cell_text(table.cell(row, column * 2 + 1), value, size=10)
    widths(table, (2.6, 6.0, 2.6, 6.0))
    borders(table, inside=False)
    for text in page.guidance:
        line(document, text, size=9, style="List Bullet", after=0)
    line(document, "", size=4, after=0)


def _question(document: Any, item: Item, labels: Mapping[str, str]) -> None:
    line(document, f"{item.number}   {item.tags}", size=9, color=MUTED, before=12, after=2, keep=True)
    line(document, item.text, size=13, bold=True, after=4, keep=True)
    if item.probes:
        line(document, labels["kit.probes"], size=9, color=MUTED, after=0, keep=True)
        for probe in item.probes:
            line(document, probe, size=10, style="List Bullet", after=0, keep=True)
    _anchor_table(document, item, labels)
    _notes(document, labels)
    source = "\n".join(part for part in (item.source, item.chain, item.approval, item.override) if part)
    line(document, source, size=8, color=MUTED, before=2, after=6)


def _anchor_table(document: Any, item: Item, labels: Mapping[str, str]) -> None:
    line(document, labels["kit.anchors"], size=9, color=MUTED, before=4, after=2, keep=True)
    table = document.add_table(rows=len(SCORES), cols=3)
    for row, score in enumerate(SCORES):
        cell_text(table.cell(row, 0), "☐", size=11, center=True, keep=True)
        cell_text(table.cell(row, 1), str(score), size=10, bold=True, center=True, keep=True)
        cell_text(table.cell(row, 2), item.anchors.get(score, ""), size=10, keep=True)
        if score in item.anchors:
            shade(table.cell(row, 1), "EEF4F1")
        keep_row(table.rows[row])
    widths(table, (1.0, 1.0, 15.2))
    borders(table)


def _notes(document: Any, labels: Mapping[str, str]) -> None:
    line(document, labels["kit.notes"], size=9, color=MUTED, before=6, after=0, keep=True)
    table = document.add_table(rows=NOTE_LINES, cols=1)
    for row in table.rows:
        cell_text(row.cells[0], " ", size=12, keep=True)
        keep_row(row)
    borders(table, only_bottom=True)


def _closing(document: Any, page: Page, labels: Mapping[str, str]) -> None:
    """A blank summary by competency: people rate and decide, the document does not add anything up."""
    line(document, labels["kit.summary"], size=13, bold=True, before=18, after=2, keep=True)
    line(document, labels["kit.summary_hint"], size=9, color=MUTED, after=4, keep=True)
    names = page.competencies or (labels["kit.column.competency"],)
    table = document.add_table(rows=len(names) + 1, cols=3)
    for column, key in enumerate(("competency", "rating", "reasons")):
        cell_text(table.cell(0, column), labels[f"kit.column.{key}"], size=9, bold=True, keep=True)
        shade(table.cell(0, column), "EEF4F1")
    for row, name in enumerate(names, 1):
        cell_text(table.cell(row, 0), name, size=10, keep=True)
        cell_text(table.cell(row, 1), "1   2   3   4   5", size=10, color=MUTED, keep=True)
        keep_row(table.rows[row])
    widths(table, (4.4, 3.8, 9.0))
    borders(table)
    line(document, labels["kit.signature"], size=10, before=12, after=4)
    line(document, page.model, size=8, color=MUTED, after=0)
