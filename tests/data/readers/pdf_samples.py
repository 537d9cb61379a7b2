# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (rows of sample tables stay on one line)
"""The PDF samples: a Chinese job profile as Qt prints it, and an English table of measures over two pages."""

from __future__ import annotations

import os
import re
from pathlib import Path

from pdf_maker import Pdf

HERE = Path(__file__).parent
PROFILE = """
<p style="font-size: 16pt">仓储主管岗位说明书</p>
<table border="1" cellspacing="0" cellpadding="4" width="100%" style="border-collapse: collapse">
<tr><td>岗位名称</td><td>仓储主管</td><td>所属部门</td><td>物流部</td></tr>
<tr><td>直接上级</td><td>物流经理</td><td>编制日期</td><td>2026年2月24日</td></tr>
<tr><td>岗位目的</td><td colspan="3">保证账物相符、发货准确、作业安全</td></tr>
</table>
<p>一、岗位职责</p>
<p>1、组织每日循环盘点，差异当日查清，对超过千分之三的差异写明原因并报物流经理审批，同时跟踪整改直到关闭为止；</p>
<p>2、检查叉车证照和消防设施，每月组织一次安全演练；</p>
<p>3、编制排班表，控制加班小时数。</p>
<p>二、任职资格</p>
<p>教育背景：大专及以上</p>
<p>工作经验：四年以上仓库管理</p>
<p>三、考核指标</p>
<table border="1" cellspacing="0" cellpadding="4" width="100%" style="border-collapse: collapse">
<tr><td width="22%">指标名称</td><td width="12%">权重</td><td width="16%">目标值</td><td>评分标准</td></tr>
<tr><td>拣货差错率</td><td>40%</td><td>≤0.10%</td><td>≤0.10%得100分；<br>每高0.01个百分点扣5分</td></tr>
<tr><td>盘点差异率</td><td>35%</td><td>≤0.3%</td><td>按季度抽盘结果计算，每高0.1个百分点扣10分，超过1%不得分</td></tr>
<tr><td>发货及时率</td><td>25%</td><td>≥98%</td><td>每低1个百分点扣5分</td></tr>
</table>
"""
MEASURES = [
    ("Sales Associate", "Conversion rate", "60%", ">= 22%", "Share of visitors who buy,"),
    ("", "", "", "", "counted at the door"),
    ("Sales Associate", "Units per receipt", "40%", ">= 1.8", "From the till, monthly"),
    ("Store Manager", "Like-for-like sales", "50%", "+3%", "Against the same weeks of last"),
    ("", "", "", "", "year, new stores left out"),
    ("Store Manager", "Stock difference", "30%", "<= 0.3%", ""),
    ("Store Manager", "Staff turnover", "20%", "<= 18%", "Leavers to average headcount"),
    ("Visual Merchandiser", "Windows on time", "100%", "100%", "By the date of the campaign"),
]
COLUMNS = (56, 170, 290, 340, 400)


def profile() -> None:
    """岗位说明书: pairs in a ruled table, numbered duties that wrap, a table of measures; the page number below. The font
    names some characters by their radicals (⽇ for 日), as PDFs of many programs do. One font only: Qt writes several in any order."""
    from PySide6.QtCore import QMarginsF
    from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QPdfWriter, QTextDocument

    os.environ["QT_HASH_SEED"] = "0"  # the order of objects in the file
    application = QGuiApplication.instance() or QGuiApplication(["samples", "-platform", "offscreen"])
    path = HERE / "profile.pdf"
    writer = QPdfWriter(str(path))
    margins = QMarginsF(20, 20, 20, 20)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter
        )
    )
    text = QTextDocument()
    font = QFont()
    font.setFamilies(["Noto Sans CJK SC"])
    font.setPointSizeF(10.5)
    text.setDefaultFont(font)
    text.setHtml(PROFILE)
    text.print_(writer)
    del writer, application
    path.write_bytes(_timeless(path.read_bytes()))


def _timeless(data: bytes) -> bytes:
    """The file without the moment it was made; lengths stay, for the places of the objects."""
    data = re.sub(rb"\(D:\d{14}Z\)", b"(D:20260224000000Z)", data)
    data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", b"2026-02-24T00:00:00+00:00", data)
    data = re.sub(rb"uuid:[0-9a-f-]{36}", b"uuid:00000000-0000-0000-0000-000000000000", data)
    return re.sub(
        rb"/ID \[ <[0-9a-f]+> <[0-9a-f]+> \]",
        lambda found: re.sub(rb"[0-9a-f]{2,}", lambda hexed: b"0" * len(hexed[0]), found[0]),
        data,
    )


def measures() -> None:
    """A catalogue of measures without lines: headers over columns, cells that wrap, an empty one; header, footer and
    page number on both pages, a watermark across."""
    pdf = Pdf()
    for number, rows in enumerate((MEASURES[:5], MEASURES[5:]), 1):
        pdf.page()
        pdf.text(56, 800, "ACME Retail - Human Resources", 8).text(470, 800, "Version 3, 2026", 8)
        pdf.draw(b"0.85 g").text(180, 300, "INTERNAL", 60, (0.7, 0.7, -0.7, 0.7)).draw(b"0 g")
        y = 740.0
        if number == 1:
            pdf.text(56, y, "KPI catalogue", 18)
            pdf.text(56, y - 28, "Department: Store operations")
            y -= 64
        for x, header in zip(COLUMNS, ("Position", "KPI", "Weight", "Target", "Definition"), strict=True):
            pdf.text(x, y, header)
        for row in rows:
            y -= 13 if not row[0] else 24
            for x, cell in zip(COLUMNS, row, strict=True):
                if cell:
                    pdf.text(x, y, cell)
        pdf.text(270, 40, f"Page {number} of 2", 8)
    (HERE / "measures.pdf").write_bytes(pdf.bytes(packed=True))


if __name__ == "__main__":
    profile()
    measures()
