# SPDX-License-Identifier: Apache-2.0
"""The other job files: the flat HR-system list, the Word profile, the English CSV."""

import csv
import html
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from builders.common import (
    EXPORTS,
    STAMP,
    as_cell,
    freeze,
    header,
    load,
    new_book,
    put,
    rows_of,
    save_book,
    widths,
)


def build_flat(notes: list[str]) -> Path:
    """岗位信息表: two notes rows, then the header, then one row a job."""
    book = new_book("岗位信息")
    sheet = book.worksheets[0]
    rows = rows_of("positions_flat.csv")
    labels = list(rows[0])
    for row, note in enumerate(notes, 1):
        put(sheet, f"A{row}:K{row}", note)
    header(sheet, len(notes) + 1, labels)
    for row, record in enumerate(rows, len(notes) + 2):
        for column, label in enumerate(labels, 1):
            where = sheet.cell(row=row, column=column).coordinate
            put(sheet, where, as_cell(record[label]))
    widths(sheet, [30, 13, 18, 14, 10, 7, 9, 34, 70, 9, 24])
    sheet.freeze_panes = f"A{len(notes) + 2}"
    return save_book(book, "岗位信息表_HR系统导出.xlsx")


def build_word() -> Path:
    """One job profile as a Word document with headings and tables."""
    content = load("docx_仓储主管.yaml")
    document = Document()
    _chinese_font(document)
    title = document.add_heading(content["heading"], level=0)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(content["subtitle"]).alignment = WD_ALIGN_PARAGRAPH.CENTER
    _table(document, content["basics"])
    for section in content["sections"]:
        document.add_heading(section["title"], level=1)
        if "text" in section:
            document.add_paragraph(section["text"])
        for item in section.get("items", []):
            document.add_paragraph(item, style="List Number" if "：" not in item else None)
    document.add_heading("六、考核指标（月度）", level=1)
    _table(document, [content["kpi_header"], *content["kpis"]])
    document.add_paragraph()
    document.add_paragraph(content["approval"])
    path = EXPORTS / "岗位说明书_仓储主管.docx"
    document.core_properties.author = "衡川集团人力资源部"
    document.core_properties.title = "岗位说明书 仓储主管"
    document.core_properties.created = STAMP
    document.core_properties.modified = STAMP
    document.save(str(path))
    freeze(path, {})
    return path


def _chinese_font(document: DocumentObject) -> None:
    """Use a Chinese font for body text."""
    style = document.styles["Normal"]
    style.font.name = "宋体"
    style.element.rPr.rFonts.set(qn("w:eastAsia"), "宋体")


def _table(document: DocumentObject, rows: list[list[str]]) -> None:
    """Add a ruled table."""
    table = document.add_table(rows=0, cols=len(rows[0]), style="Table Grid")
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text


def build_living(company: str) -> Path:
    """jobs_hengchuan_living.csv: Odoo's labels, HTML in the description, UTF-8 with BOM."""
    labels = [
        "Job Position",
        "Job Description",
        "Requirements",
        "Department",
        "Company",
        "Employment Type",
        "Target",
    ]
    path = EXPORTS / "jobs_hengchuan_living.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(labels)
        for job in load("jobs_living.yaml"):
            writer.writerow(
                [
                    job["position"],
                    _as_html(job),
                    job["requirements"],
                    job["department"],
                    company,
                    job["type"],
                    job["target"],
                ]
            )
    return path


def _as_html(job: dict[str, Any]) -> str:
    """A job description the way a web editor stores it."""
    duties = "".join(f"<li>{html.escape(text, quote=False)}</li>" for text in job["duties"])
    measures = "<br/>".join(html.escape(text, quote=False) for text in job["measures"])
    return (
        f"<p>{html.escape(job['about'], quote=False)}</p>\n"
        f"<h3>What you will do</h3>\n<ul>{duties}</ul>\n"
        f"<h3>How we measure success</h3>\n<p>{measures}</p><p>&nbsp;</p>"
    )
