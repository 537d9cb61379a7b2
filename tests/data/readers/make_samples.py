# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (rows of sample tables stay on one line)
"""Writes the sample files beside it: `PYTHONPATH=desktop python tests/data/readers/make_samples.py`.

Layouts are those of real systems, contents are invented.
"""

from __future__ import annotations

from pathlib import Path

from docx import Document
from openpyxl import Workbook

HERE = Path(__file__).parent
TALENT = [
    ["序号", "姓名", "性别", "应聘职位", "身份证号码", "联系电话", "工作经历"],
    [
        "1",
        "钟离安",
        "女",
        "数据分析师",
        "110101199003074578",
        "13800138000",
        "钟离安负责女装销售分析，35岁，90天内把退货率降到5%。",
    ],
    ["2", "闻人杰", "男", "数据分析师", "110101198803074571", "13900139000", "搭建经营看板；已婚，育有一子。"],
]


def kpi_sheet() -> None:
    """月度绩效考核表: a sheet a role, header in row 4, deductions below, total, signatures."""
    book = Workbook()
    for number, (role, rows) in enumerate(
        {
            "产品工程师": [("需求按期交付率", 0.4, "≥95%"), ("线上缺陷数", 0.35, "≤3个"), ("文档完整率", 0.25, "100%")],
            "门店店长": [("销售达成率", 0.5, "100%"), ("盘点差异率", 0.3, "≤0.3%")],
        }.items()
    ):
        sheet = book.active if number == 0 else book.create_sheet()
        sheet.title = role
        _fill_kpi(sheet, role, rows)
    book.save(HERE / "kpi_sheet.xlsx")


def _fill_kpi(sheet: object, role: str, rows: list[tuple[str, float, str]]) -> None:
    sheet["A1"] = "2026年 5 月度绩效考核表"
    sheet.merge_cells("A1:L1")
    for cell, text in {
        "A2": "单位/部门：研发部",
        "E2": "负责人：",
        "G2": "考核周期：2026.5.1-2026.5.31",
        "J2": "签订日期：",
    }.items():
        sheet[cell] = text
    for cell, text in {
        "A3": "绩 效 计 划 确 认",
        "D3": f"被考核岗位：{role}",
        "F3": "被考核人：欧阳靖",
        "H3": "直接主管：",
    }.items():
        sheet[cell] = text
    header = [
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
    for column, text in enumerate(header, 1):
        sheet.cell(4, column, text)
    at = 5
    for number, (name, weight, target) in enumerate(rows, 1):
        tiers = f"{target}得100分；\n每低1个百分点扣5分"
        for column, value in enumerate(
            [None, number, "定量", name, weight, target, tiers, "按月统计", "完成数÷计划数", "财务部"], 1
        ):
            sheet.cell(at, column, value)
        at += 1
    sheet.cell(5, 1, "KPI\n关键业绩指标")
    sheet.merge_cells(start_row=5, end_row=at - 1, start_column=1, end_column=1)
    for column, text in {
        1: "扣分项",
        4: "扣分事由",
        7: "扣分条件",
        9: "扣分规则",
        10: "数据依据",
        11: "扣分值",
        12: "扣分",
    }.items():
        sheet.cell(at, column, text)
    sheet.merge_cells(start_row=at, end_row=at, start_column=4, end_column=6)
    for column, text in {1: 1, 4: "数据不实", 7: "报工与入库不符", 9: "每次扣3分"}.items():
        sheet.cell(at + 1, column, text)
    sheet.cell(at + 2, 1, "合计")
    sheet.cell(at + 2, 5, sum(weight for _, weight, _ in rows))
    sheet.cell(at + 3, 1, "被考核人意见：")
    sheet.cell(at + 3, 4, "签字：            年    月    日")


def two_rows() -> None:
    """Interview records under a merged two-row header."""
    book = Workbook()
    sheet = book.active
    sheet.title = "面试记录"
    sheet.append(["基础信息", None, None, "面试题目", "评价", None, None, None])
    sheet.append(["候选人", "应聘职位", "面试官", None, "考察能力", "评分(1-5)", "回答要点", "结论"])
    for area in ("A1:C1", "D1:D2", "E1:H1"):
        sheet.merge_cells(area)
    sheet.append(
        [
            "钟离安",
            "数据分析师",
            "人力 闻人杰",
            "请讲一次用数据改变决定的经历？",
            "数据分析",
            4,
            "钟离安说明了口径，她已婚。",
            "录用",
        ]
    )
    sheet.append([None, None, None, "您怎样处理口径分歧？", "沟通协作", 9, "过程清楚", "录用"])
    book.save(HERE / "two_rows.xlsx")


def profile() -> None:
    """岗位说明书 as a Word document with a table of measures."""
    document = Document()
    document.add_heading("仓储主管岗位说明书", 0)
    table = document.add_table(rows=1, cols=4)
    for cell, text in zip(table.rows[0].cells, ["所属部门", "物流部", "编制日期", "2026年2月24日"], strict=True):
        cell.text = text
    document.add_heading("一、岗位职责", 1)
    for text in ("组织每日循环盘点，差异当日查清", "检查叉车证照和消防设施"):
        document.add_paragraph(text, style="List Bullet")
    document.add_heading("二、任职资格", 1)
    document.add_paragraph("教育背景：大专及以上；工作经验：四年以上仓库管理")
    document.add_heading("三、考核指标", 1)
    measures = document.add_table(rows=1, cols=3)
    for cell, text in zip(measures.rows[0].cells, ["指标名称", "基准值", "目标值"], strict=True):
        cell.text = text
    for cell, text in zip(measures.add_row().cells, ["拣货差错率", "0.35%", "≤0.10%"], strict=True):
        cell.text = text
    document.save(str(HERE / "profile.docx"))


def texts() -> None:
    """The same table in several encodings and with several separators, and an HTML table named .xls."""
    chinese = "\r\n".join(",".join(row) for row in TALENT)
    (HERE / "talent_gb18030.csv").write_bytes(chinese.encode("gb18030"))
    (HERE / "talent_utf8_bom.csv").write_bytes(chinese.encode("utf-8-sig"))
    (HERE / "talent_utf16.txt").write_bytes(chinese.replace(",", "\t").encode("utf-16"))
    big5 = "職位名稱,部門,工作職責\r\n資料分析師,營運部,建立經營報表；說明數據口徑並追蹤改善結果\r\n"
    (HERE / "jobs_big5.csv").write_bytes(big5.encode("big5"))
    japanese = "職種,部署,職務内容\r\n倉庫リーダー,物流部,ピッキングの計画を立て、誤出荷の原因を調べる\r\n"
    (HERE / "jobs_shift_jis.csv").write_bytes(japanese.encode("shift_jis"))
    spanish = "Puesto;Departamento;Funciones\r\nJefa de almacén;Logística;Planificar los turnos y revisar los envíos, según campaña\r\n"
    (HERE / "jobs_latin1.csv").write_bytes(spanish.encode("latin-1"))
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in TALENT)
    page = f'<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="7">人才库列表</td></tr>{cells}</table></body></html>'
    (HERE / "talent_html.xls").write_text(page, encoding="utf-8")
    (HERE / "talent.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    kpi_sheet()
    two_rows()
    profile()
    texts()
