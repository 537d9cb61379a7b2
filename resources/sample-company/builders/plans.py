# SPDX-License-Identifier: Apache-2.0
"""Goals, monthly KPI sheets and evaluation standards."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from builders.common import EXPORTS, SOURCE, CellValue, header, load, new_book, put, rows_of, save_book, widths

KPI_HEADER = [
    "类别",
    "序号",
    "指标类型",
    "指标名称",
    "权重",
    "目标值",
    "评分标准（0–100分）",
    "指标定义",
    "核算公式",
    "数据提供",
    "实际绩效/得分",
    "折算分",
]
CATEGORIES = {"KPI": "KPI\n关键业绩指标", "GS": "GS\n重点工作目标"}
NOT_YET_SCORED = "采购专员"
Row = dict[str, str]


def build_goals() -> Path:
    """战略目标分解.csv in GB18030, as an older office suite saves it."""
    text = (SOURCE / "goals.csv").read_text(encoding="utf-8")
    path = EXPORTS / "战略目标分解.csv"
    path.write_bytes(text.replace("\n", "\r\n").encode("gb18030"))
    return path


def build_kpi(company: Mapping[str, str]) -> Path:
    """月度绩效考核表: one sheet a role, the header on row 4, deductions below."""
    rows, deductions = rows_of("kpi/indicators.csv"), rows_of("kpi/deductions.csv")
    profiles = [load(f"positions/{file.name}") for file in (SOURCE / "positions").glob("*.yaml")]
    about = {profile["title"]: profile for profile in profiles}
    book = new_book()
    cached: dict[int, dict[str, float]] = {}
    for number, role in enumerate(dict.fromkeys(row["岗位"] for row in rows), 1):
        sheet = book.create_sheet(role)
        _kpi_head(sheet, company, role, about[role])
        mine = [row for row in rows if row["岗位"] == role]
        cached[number] = _kpi_rows(sheet, mine, scored=role != NOT_YET_SCORED)
        _deductions(sheet, [row for row in deductions if row["岗位"] == role])
        _kpi_foot(sheet)
        widths(sheet, [12, 6, 9, 16, 8, 14, 30, 24, 26, 12, 12, 9])
        sheet.freeze_panes = "A5"
    _hidden_lists(book)
    return save_book(book, "2026年5月度绩效考核表.xlsx", cached)


def _kpi_head(sheet: Worksheet, company: Mapping[str, str], role: str, about: Row) -> None:
    """Rows 1 to 4."""
    put(sheet, "A1:L1", company["kpi_period"], bold=True, centre=True, size=16)
    put(sheet, "A2:D2", f"单位/部门：{about['org']}")
    put(sheet, "E2:F2", "负责人：")
    put(sheet, "G2:I2", f"考核周期：{company['kpi_window']}")
    put(sheet, "J2:L2", f"签订日期：{company['kpi_signed']}")
    put(sheet, "A3:C3", "绩 效 计 划 确 认", bold=True)
    put(sheet, "D3:E3", f"被考核岗位：{role}")
    put(sheet, "F3:G3", "被考核人：")
    put(sheet, "H3:I3", f"直接主管：{about['manager']}")
    put(sheet, "J3:L3", "间接主管：")
    header(sheet, 4, KPI_HEADER)


def _kpi_rows(sheet: Worksheet, rows: list[Row], *, scored: bool) -> dict[str, float]:
    """Rows 5 to 10; returns the results of the formulas."""
    results: dict[str, float] = {}
    for number, row in enumerate(rows, 1):
        at = number + 4
        weight, score = float(row["权重"]), float(row["得分"]) if scored else 0.0
        values: list[CellValue] = [
            number,
            row["指标类型"],
            row["指标名称"],
            weight,
            row["目标值"],
            row["评分标准"].replace("；", "；\n"),
            row["指标定义"],
            row["核算公式"],
            row["数据提供"],
            int(score) if scored else None,
            f"=E{at}*K{at}",
        ]
        for column, value in zip("BCDEFGHIJKL", values, strict=True):
            cell = put(sheet, f"{column}{at}", value, centre=column in "BCE")
            if column == "E":
                cell.number_format = "0%"
        results[f"L{at}"] = weight * score
        sheet.row_dimensions[at].height = 15 * (1 + row["评分标准"].count("；") + 1)
    _category_cells(sheet, rows)
    results["E15"] = 1.0
    results["L15"] = sum(results[f"L{at}"] for at in range(5, 11))
    return results


def _category_cells(sheet: Worksheet, rows: list[Row]) -> None:
    """Column A, merged over the rows of each category."""
    start = 5
    for key, label in CATEGORIES.items():
        count = sum(1 for row in rows if row["类别"] == key)
        if count:
            span = f":A{start + count - 1}" if count > 1 else ""
            put(sheet, f"A{start}{span}", label, bold=True, centre=True)
        start += count


def _deductions(sheet: Worksheet, rows: list[Row]) -> None:
    """Rows 11 to 14: a second table with its own header."""
    spans = ["A{0}:C{0}", "D{0}:F{0}", "G{0}:H{0}", "I{0}", "J{0}", "K{0}", "L{0}"]
    labels = ["扣分项", "扣分事由", "扣分条件", "扣分规则", "数据依据", "扣分值", "扣分"]
    for span, label in zip(spans, labels, strict=True):
        put(sheet, span.format(11), label, bold=True, fill=True, centre=True)
    for number, row in enumerate(rows, 1):
        values: list[CellValue] = [
            number,
            row["扣分事由"],
            row["扣分条件"],
            row["扣分规则"],
            row["数据依据"],
            None,
            None,
        ]
        for span, value in zip(spans, values, strict=True):
            put(sheet, span.format(11 + number), value)


def _kpi_foot(sheet: Worksheet) -> None:
    """The total row and the signatures."""
    put(sheet, "A15:D15", "合计", bold=True, centre=True)
    put(sheet, "E15", "=SUM(E5:E10)", bold=True).number_format = "0%"
    put(sheet, "F15:K15", None)
    put(sheet, "L15", "=SUM(L5:L10)-SUM(L12:L14)", bold=True)
    for row, who in enumerate(["被考核人意见", "直接主管意见", "人力资源部意见"], 16):
        put(sheet, f"A{row}:C{row}", f"{who}：")
        put(sheet, f"D{row}:L{row}", "签字：                    年    月    日")


def _hidden_lists(book: Workbook) -> None:
    """A hidden sheet with drop-down values, which an import must pass over."""
    sheet = book.create_sheet("下拉选项")
    for row, values in enumerate([("指标类型", "类别"), ("定量", "KPI"), ("定性", "GS")], 1):
        for column, value in enumerate(values, 1):
            sheet.cell(row=row, column=column, value=value)
    sheet.sheet_state = "hidden"


def build_standards(note: str) -> Path:
    """能力评估标准.xlsx: competency cells merged over their three levels."""
    content = load("standards.yaml")
    book = new_book()
    _standard_sheet(
        book.create_sheet("评估标准"), content["zh"], note, ["能力项", "定义", "等级", "行为标准", "适用岗位"]
    )
    _standard_sheet(
        book.create_sheet("Hengchuan Living"),
        content["en"],
        "Used by Hengchuan Living from May 2026. Each level includes the one below.",
        ["Competency", "Definition", "Level", "Behavioural standard", "Positions"],
    )
    return save_book(book, "能力评估标准.xlsx")


def _standard_sheet(sheet: Worksheet, items: list[dict[str, Any]], note: str, labels: list[str]) -> None:
    """One notes row, the header on row 2, then the levels."""
    put(sheet, "A1:E1", note)
    header(sheet, 2, labels)
    row = 3
    for item in items:
        levels: dict[str, str] = item["levels"]
        last = row + len(levels) - 1
        put(sheet, f"A{row}:A{last}", item["name"], bold=True, centre=True)
        put(sheet, f"B{row}:B{last}", item["definition"])
        put(sheet, f"E{row}:E{last}", item["jobs"])
        for level, text in levels.items():
            put(sheet, f"C{row}", level, centre=True)
            put(sheet, f"D{row}", text)
            sheet.row_dimensions[row].height = 45
            row += 1
    widths(sheet, [16, 30, 10, 66, 24])
    sheet.freeze_panes = "A3"
