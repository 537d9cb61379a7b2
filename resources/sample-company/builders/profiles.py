# SPDX-License-Identifier: Apache-2.0
"""岗位说明书.xlsx: one document-like sheet per position, in three hands."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from builders.common import SOURCE, load, new_book, put, save_book, widths

Profile = dict[str, Any]


def build_profiles(footer: str) -> Path:
    """Write the workbook and return its path."""
    book = new_book()
    layouts = {"pairs": _pairs, "inline": _inline, "wide": _wide}
    for file in sorted((SOURCE / "positions").glob("*.yaml")):
        profile: Profile = load(f"positions/{file.name}")
        sheet = book.create_sheet(profile["title"])
        last = layouts[profile["layout"]](sheet, profile)
        sheet.cell(row=last + 2, column=1, value=footer)
    return save_book(book, "岗位说明书.xlsx")


def _numbered(items: Sequence[str], mark: str = ".") -> str:
    """Lines numbered by hand: ``1. …``."""
    return "\n".join(f"{number}{mark}{' ' if mark == '.' else ''}{item}" for number, item in enumerate(items, 1))


def _kpi_lines(profile: Profile) -> list[str]:
    """Each KPI as one sentence with its measure, baseline and target."""
    return [
        f"{name}：{measure}，2025年基线{base}，2026年目标{target}" for name, measure, base, target in profile["kpis"]
    ]


def _dated(value: object) -> str:
    """A compilation date as text."""
    return value.isoformat() if isinstance(value, date) else str(value)


def _tall(sheet: Worksheet, row: int, text: str, per_line: int) -> None:
    """Give a row the height that its text needs."""
    lines = sum(1 + len(line) // per_line for line in text.split("\n"))
    sheet.row_dimensions[row].height = max(20, 15 * lines)


def _pairs(sheet: Worksheet, p: Profile) -> int:
    """Label and value in neighbouring cells, four labelled cells a row."""
    widths(sheet, [12, 30, 12, 30])
    put(sheet, "A1:D1", "岗 位 说 明 书", bold=True, centre=True, size=16)
    head = [
        ("岗位名称", p["title"], "岗位编号", p["code"]),
        ("所属部门", p["org"], "直接上级", p["manager"]),
        ("编制日期", p["compiled"], "考核周期", p["cycle"]),
    ]
    for row, (left, a, right, b) in enumerate(head, 2):
        put(sheet, f"A{row}", left, bold=True, fill=True)
        cell = put(sheet, f"B{row}", a)
        if isinstance(a, date):
            cell.number_format = "yyyy-mm-dd"
        put(sheet, f"C{row}", right, bold=True, fill=True)
        put(sheet, f"D{row}", b)
    blocks = [
        ("岗位目的", p["purpose"]),
        ("主要职责", _numbered(p["duties"])),
        ("教育背景", p["education"]),
        ("工作经验", p["experience"]),
        ("专业技能", _numbered(p["skills"])),
        ("核心能力", "\n".join(p["competencies"])),
        ("内部协作", p["internal"]),
        ("外部联系", p["external"]),
        ("工作环境", p["environment"]),
        ("工作时间", p["hours"]),
        ("出差频率", p["travel"]),
        ("考核指标", _numbered(_kpi_lines(p))),
        ("发展路径", p["path"]),
    ]
    row = 5
    for label, value in blocks:
        put(sheet, f"A{row}", label, bold=True, fill=True)
        put(sheet, f"B{row}:D{row}", value)
        _tall(sheet, row, value, 34)
        row += 1
    put(sheet, f"A{row}", "审批", bold=True, fill=True)
    put(sheet, f"B{row}:D{row}", "编制：          审核：          批准：          年    月    日")
    return row


def _inline(sheet: Worksheet, p: Profile) -> int:
    """Label and value in the same cell, divided by a full-width colon."""
    widths(sheet, [28, 28, 28])
    put(sheet, "A1:C2", f"衡川集团岗位说明书\n（{p['title']}）", bold=True, centre=True, size=14)
    put(sheet, "A3", f"岗位名称：{p['title']}")
    put(sheet, "B3", f"所属部门：{p['org']}")
    put(sheet, "C3", f"岗位编号：{p['code']}")
    put(sheet, "A4:B4", f"直接上级：{p['manager']}")
    put(sheet, "C4", f"编制日期：{_dated(p['compiled'])}")
    blocks = [
        f"岗位目的：{p['purpose']}",
        "岗位职责：\n" + _numbered(p["duties"], "、"),
        f"任职资格：\n学历要求：{p['education']}\n工作经验：{p['experience']}\n专业技能：" + "；".join(p["skills"]),
        "胜任要求：\n" + _numbered(p["competencies"], "、"),
    ]
    row = 5
    for text in blocks:
        put(sheet, f"A{row}:C{row}", text)
        _tall(sheet, row, text, 40)
        row += 1
    put(sheet, f"A{row}:B{row}", f"内部协作：{p['internal']}")
    put(sheet, f"C{row}", f"外部联系：{p['external']}")
    put(sheet, f"A{row + 1}", f"工作环境：{p['environment']}")
    put(sheet, f"B{row + 1}", f"工作时间：{p['hours']}")
    put(sheet, f"C{row + 1}", f"出差频率：{p['travel']}")
    kpis = "考核指标：\n" + _numbered(_kpi_lines(p), "、")
    put(sheet, f"A{row + 2}:C{row + 2}", kpis)
    _tall(sheet, row + 2, kpis, 40)
    put(sheet, f"A{row + 3}", f"考核周期：{p['cycle']}")
    put(sheet, f"B{row + 3}:C{row + 3}", f"发展路径：{p['path']}")
    put(sheet, f"A{row + 4}:C{row + 4}", "审批：编制人            部门负责人            人力资源部")
    return row + 4


def _wide(sheet: Worksheet, p: Profile) -> int:
    """Sections down the left, merged over as many rows as they have lines."""
    widths(sheet, [11, 11, 6, 52, 11, 26])
    put(sheet, "A1:F1", f"{p['title']}岗位说明书", bold=True, centre=True, size=16)
    for row, (left, a, right, b) in enumerate(
        [
            ("岗位名称", p["title"], "岗位编号", p["code"]),
            ("所属部门", p["org"], "直接上级", p["manager"]),
            ("岗位目的", p["purpose"], "编制日期", _dated(p["compiled"])),
        ],
        2,
    ):
        put(sheet, f"A{row}:B{row}", left, bold=True, fill=True)
        put(sheet, f"C{row}:D{row}", a)
        put(sheet, f"E{row}", right, bold=True, fill=True)
        put(sheet, f"F{row}", b)
    row = _section(sheet, 5, "工作职责", "具体工作任务", p["duties"])
    row = _section(sheet, row, "任职资格", "教育背景", [p["education"]])
    row = _section(sheet, row, "", "工作经验", [p["experience"]])
    row = _section(sheet, row, "", "专业技能", p["skills"])
    row = _section(sheet, row, "核心能力", "能力要求", p["competencies"])
    row = _section(sheet, row, "工作关系", "内部协作", [p["internal"]])
    row = _section(sheet, row, "", "外部联系", [p["external"]])
    row = _section(sheet, row, "工作条件", "工作环境", [p["environment"]])
    row = _section(sheet, row, "", "工作时间", [p["hours"]])
    row = _section(sheet, row, "", "出差频率", [p["travel"]])
    row = _section(sheet, row, "绩效考核", "考核指标", _kpi_lines(p))
    row = _section(sheet, row, "", "考核周期", [p["cycle"]])
    row = _section(sheet, row, "发展路径", "发展路径", [p["path"]])
    put(sheet, f"A{row}:C{row}", "任职者签字：")
    put(sheet, f"D{row}", "直接上级签字：")
    put(sheet, f"E{row}:F{row}", "日期：    年    月    日")
    return row


def _section(sheet: Worksheet, row: int, group: str, label: str, lines: Sequence[str]) -> int:
    """One labelled section with a numbered row per line; returns the next free row."""
    last = row + len(lines) - 1
    span = f":A{last}" if last > row else ""
    put(sheet, f"A{row}{span}", group or None, bold=True, fill=True, centre=True)
    span = f":B{last}" if last > row else ""
    put(sheet, f"B{row}{span}", label, bold=True, fill=True, centre=True)
    for offset, line in enumerate(lines):
        put(sheet, f"C{row + offset}", offset + 1 if len(lines) > 1 else None, centre=True)
        put(sheet, f"D{row + offset}:F{row + offset}", line)
        _tall(sheet, row + offset, line, 44)
    return last + 1
