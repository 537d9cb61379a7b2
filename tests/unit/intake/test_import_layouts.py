# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (rows of sample tables stay on one line)
"""Header rows of real systems (names verbatim from shared/facts/hr.md §2), contents invented."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from askwell.domain.records import Candidate, Goal, GoalLevel, Kpi, PastInterview, Position, RecordKind, Standard
from askwell.intake import build, plan
from askwell.intake.model import ImportPlan, ImportResult, TablePlan

SAMPLES = Path(__file__).parents[2] / "data" / "readers"
SALT = b"test"


def take(path: Path) -> tuple[ImportPlan, ImportResult]:
    found = plan(path)
    return found, build(path, found, SALT)


def csv_file(folder: Path, text: str, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def fields(table: TablePlan) -> dict[str, str | None]:
    return {column.header: column.field for column in table.columns}


def dropped(table: TablePlan) -> set[str]:
    return {column.header for column in table.columns if column.dropped}


def keys(result: ImportResult) -> list[str]:
    return [problem.message.key.removeprefix("problem.") for problem in result.problems]


def test_the_monthly_kpi_sheet_gives_kpis_of_each_role_and_no_deductions() -> None:
    found, result = take(SAMPLES / "kpi_sheet.xlsx")
    kpis = [table for table in found.tables if table.kind is RecordKind.KPI]
    assert [table.header_rows for table in kpis] == [(4,), (4,)]
    assert [table.layout for table in kpis] == ["kpi_sheet", "kpi_sheet"]
    records = [record for record in result.records if isinstance(record, Kpi)]
    assert [(kpi.position_title, kpi.weight) for kpi in records if kpi.position_title == "产品工程师"] == [
        ("产品工程师", 0.4), ("产品工程师", 0.35), ("产品工程师", 0.25),
    ]  # fmt: skip
    assert {kpi.period for kpi in records} == {"2026-05"}
    assert "得100分；\n每低" in records[0].scoring
    assert records[0].definition == "按月统计\n完成数÷计划数"
    assert [position.title for position in result.mentioned] == ["产品工程师", "门店店长"]
    assert "penalties_skipped" in keys(result)
    assert "row_total" not in keys(result) or all("合计" not in record.name for record in records)
    assert "欧阳靖" not in repr(result)


def test_weights_that_do_not_make_a_whole_are_reported_with_their_place() -> None:
    _, result = take(SAMPLES / "kpi_sheet.xlsx")
    problem = next(problem for problem in result.problems if problem.message.key == "problem.weight_sum")
    assert (problem.sheet, problem.row, problem.column) == ("门店店长", 5, "E 权重")
    assert problem.message.params["total"] == "80"
    assert problem.remedy.key == "problem.weight_sum.hint"


def test_a_two_row_merged_header_is_read_and_blank_parents_carry_on() -> None:
    found, result = take(SAMPLES / "two_rows.xlsx")
    table = found.tables[0]
    assert table.header_rows == (1, 2)
    assert fields(table)["面试题目"] == "question"
    assert {"基础信息>面试官", "评价>结论"} <= dropped(table)
    first, second = (record for record in result.records if isinstance(record, PastInterview))
    assert (first.rating, first.competency, first.position_title) == (4.0, "数据分析", "数据分析师")
    assert second.candidate_code == first.candidate_code
    assert second.rating is None
    assert "rating_out_of_range" in keys(result)
    assert first.answer_note == "候选人说明了口径。"
    assert "录用" not in repr(result.records)


def test_a_word_profile_gives_the_position_and_the_measures_in_its_table() -> None:
    _found, result = take(SAMPLES / "profile.docx")
    position, kpi = result.records
    assert isinstance(position, Position)
    assert isinstance(kpi, Kpi)
    assert (position.title, position.department, position.profile_date) == ("仓储主管", "物流部", "2026-02-24")
    assert position.duties == ("组织每日循环盘点，差异当日查清", "检查叉车证照和消防设施")
    assert len(position.qualifications) == 2
    assert (kpi.name, kpi.position_title, kpi.baseline, kpi.target, kpi.direction) == (
        "拣货差错率",
        "仓储主管",
        "0.35%",
        "≤0.10%",
        "cut",
    )


@pytest.mark.parametrize(
    "name", ["talent_gb18030.csv", "talent_utf8_bom.csv", "talent_utf16.txt", "talent_html.xls", "talent.html"]
)
def test_a_talent_pool_loses_names_and_protected_facts_in_every_format(name: str) -> None:
    found, result = take(SAMPLES / name)
    assert dropped(found.tables[0]) == {"性别", "身份证号码", "联系电话"}
    first, second = result.records
    assert isinstance(first, Candidate)
    assert isinstance(second, Candidate)
    assert first.code.startswith("C-")
    assert first.code != second.code
    assert first.experience == ("候选人负责女装销售分析，90天内把退货率降到5%",) or "女装" in first.experience[0]
    for value in ("钟离安", "闻人杰", "110101199003074578", "13800138000", "35岁", "已婚", "育有"):
        assert value not in repr(result)
        assert value not in repr(found)


def test_successfactors_has_two_header_rows_and_loses_no_row(tmp_path: Path) -> None:
    keys_row = (
        "STATUS,USERID,USERNAME,FIRSTNAME,LASTNAME,GENDER,MANAGER,HR,DEPARTMENT,JOBCODE,DIVISION,LOCATION,TIMEZONE"
    )
    labels = (
        "STATUS,USERID,Username,First Name,Last Name,Gender,Manager,HR,Department,Job Code,Division,Location,Time Zone"
    )
    people = "active,u1,ann,Ann,Lee,F,NO_MANAGER,NO_HR,Ops,B1,D,L,TZ\nactive,u2,bob,Bob,Ray,M,u1,u1,Ops,B1,D,L,TZ"
    found, result = take(csv_file(tmp_path, f"{keys_row}\n{labels}\n{people}"))
    assert found.tables[0].header_rows == (1, 2)
    assert found.tables[0].rows == 2
    assert len(result.records) == 2
    assert "GENDER" in dropped(found.tables[0])


def test_every_protected_column_of_a_dingtalk_roster_is_dropped(tmp_path: Path) -> None:
    protected = (
        "证件号码,出生日期,性别,民族,身份证地址,证件有效期,婚姻状况,户籍类型,住址,政治面貌,个人社保账号,个人公积金账号,银行卡号,开户行,"
        "紧急联系人姓名,联系人关系,联系人电话,有无子女,子女姓名,子女性别,子女出生日期"
    )
    header = f"姓名,邮箱,部门,职位,手机号,最高学历,所学专业,{protected}"
    row = "李雷,l@x.cn,研发部,后端工程师,13800001111,本科,软件," + ",".join(["私密"] * len(protected.split(",")))
    found, result = take(csv_file(tmp_path, f"{header}\n{row}"))
    assert set(protected.split(",")) | {"邮箱", "手机号"} <= dropped(found.tables[0])
    assert "私密" not in repr(result.records)
    assert "李雷" not in repr(result.records)


def test_orangehrm_headers_with_a_quote_are_recognised(tmp_path: Path) -> None:
    header = (
        "first_name,middle_name,last_name,employee_id,other_id,driver's_license_no,license_expiry_date,gender,marital_status,nationality,"
        "date_of_birth,address_street_1,address_street_2,city,state/province,zip/postal_code,country,home_telephone,mobile,work_telephone,"
        "work_email,other_email"
    )
    found, result = take(
        csv_file(
            tmp_path, header + "\nAnn,B,Lee,1,2,D1,2027,Female,Single,US,1990-01-01,1 Main,,X,Y,1,US,1,2,3,a@x,b@x"
        )
    )
    assert len(dropped(found.tables[0])) == 18
    assert len(result.records) == 1


def test_frappe_child_rows_belong_to_the_parent_above(tmp_path: Path) -> None:
    header = (
        "ID,Interview,Interview Round,Interviewer,Average Rating,feedback,Result,Job Applicant,ID (skill_assessment),"
        "Skill (skill_assessment),Rating (skill_assessment)"
    )
    rows = "F-1,INT-1,Technical,b@x.com,0.7,Solid,Cleared,APP-1,a,SQL,0.8\n,,,,,,,,b,Python,0.6\n,,,,,,,,c,Clarity,0.7"
    found, result = take(csv_file(tmp_path, f"{header}\n{rows}"))
    interviews = [record for record in result.records if isinstance(record, PastInterview)]
    assert [(item.competency, item.rating) for item in interviews] == [("SQL", 4.0), ("Python", 3.0), ("Clarity", 3.5)]
    assert len({item.candidate_code for item in interviews}) == 1
    assert {"Interviewer", "Result"} <= dropped(found.tables[0])
    assert "Cleared" not in repr(result.records)


def test_frappe_goals_hang_on_their_parents(tmp_path: Path) -> None:
    header = "ID,Goal,Is Group,Parent Goal,Employee,Employee Name,Company,KRA,Appraisal Cycle,Start Date,End Date,Progress,Status,Description"
    rows = "G-1,Grow revenue,1,,E1,Bob Lee,A,Sales,2026,2026-01-01,2026-12-31,1,Open,\nG-2,Open stores,0,G-1,E1,Bob Lee,A,,2026,,2026-06-30,1,Open,"
    _found, result = take(csv_file(tmp_path, f"{header}\n{rows}"))
    top, below = (record for record in result.records if isinstance(record, Goal))
    assert (top.level, below.parent_code, below.due, below.year) == (GoalLevel.GROUP, "G-1", "2026-06-30", "2026")
    assert "Bob Lee" not in repr(result)


def test_a_mixed_chinese_and_english_frappe_file_maps_both(tmp_path: Path) -> None:
    found, result = take(
        csv_file(
            tmp_path,
            "ID,Applicant Name,电子邮箱,状态,Job Opening,Source,Phone Number,职位\nA-1,Jane Roe,j@x.com,Open,Analyst,Web,123,Analyst",
        )
    )
    assert fields(found.tables[0])["Applicant Name"] == "name"
    assert {"电子邮箱", "Phone Number"} <= dropped(found.tables[0])
    assert len(result.records) == 1


def test_odoo_technical_names_are_understood(tmp_path: Path) -> None:
    header = "name,description,requirements,department_id,company_id,contract_type_id,no_of_recruitment,user_id"
    found, result = take(
        csv_file(
            tmp_path, header + "\nBuyer,<p>Negotiate prices.</p><p>Track orders.</p>,Degree,Ops,Acme,Full,1,Bob Lee"
        )
    )
    position = result.records[0]
    assert isinstance(position, Position)
    assert (position.title, position.duties, position.department) == (
        "Buyer",
        ("Negotiate prices", "Track orders"),
        "Ops",
    )
    assert "user_id" in dropped(found.tables[0])


def test_an_html_advert_is_taken_apart_by_its_headings(tmp_path: Path) -> None:
    advert = (
        "<p>You run one store of 600 square metres.</p><h3>What you will do</h3><ul><li>Set goals.</li><li>Coach staff.</li></ul>"
        "<h3>How we measure success</h3><p>Stock older than 180 days, from 14% to 8%<br/>Conversion, from 21% to 26%</p>"
    )
    _, result = take(
        csv_file(tmp_path, f'Job Position,Job Description,Requirements\nStore Manager,"{advert}",Three years in retail')
    )
    position, *kpis = result.records
    assert isinstance(position, Position)
    assert position.duties == ("Set goals", "Coach staff")
    assert position.purpose.startswith("You run one store")
    assert [(kpi.name, kpi.baseline, kpi.target, str(kpi.direction)) for kpi in kpis if isinstance(kpi, Kpi)] == [
        ("Stock older than 180 days", "14%", "8%", "cut"),
        ("Conversion", "21%", "26%", "raise"),
    ]


def test_a_group_header_without_merges_is_carried_over_the_blanks(tmp_path: Path) -> None:
    text = "基础信息,,,面试时间,初筛反馈,\n姓名,学历,期望薪资,,初筛反馈,是否直录\n李雷,本科,1,2026-01-02,基础扎实,否"
    found, _ = take(csv_file(tmp_path, text, "面试反馈.csv"))
    table = found.tables[0]
    assert table.header_rows == (1, 2)
    assert {"基础信息>期望薪资", "初筛反馈>是否直录"} <= dropped(table)


def test_questions_and_answers_in_one_cell_become_questions(tmp_path: Path) -> None:
    cell = "问：你如何做缓存？\n答：用Redis分层。\n问：怎样处理雪崩？\n答：随机过期。"
    _, result = take(
        csv_file(tmp_path, f'岗位,面试轮次,面试时间,面试官,面试问答整理\n后端,一面,2026-01-01,王芳,"{cell}"')
    )
    assert [(item.question, item.answer_note) for item in result.records if isinstance(item, PastInterview)] == [
        ("你如何做缓存？", "用Redis分层。"),
        ("怎样处理雪崩？", "随机过期。"),
    ]


def test_values_split_as_the_header_instructs(tmp_path: Path) -> None:
    _, result = take(
        csv_file(
            tmp_path, '序号,员工,所属部门（请以，划分）,岗位（请以，划分）\n1,李雷,研发部,"后端工程师，测试工程师"'
        )
    )
    assert [record.title for record in result.records if isinstance(record, Position)] == ["后端工程师", "测试工程师"]


def test_a_column_for_each_level_becomes_a_standard_each(tmp_path: Path) -> None:
    _, result = take(csv_file(tmp_path, "能力项,定义,5分,3分,1分\n谈判,守住底线,给出三个方案,给出一个方案,只会让步"))
    assert [(item.level, item.text) for item in result.records if isinstance(item, Standard)] == [
        ("5分", "给出三个方案"), ("3分", "给出一个方案"), ("1分", "只会让步"),
    ]  # fmt: skip


def test_merged_competencies_fill_down_with_their_positions(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    for row in (
        ["说明：用于面试评定，每项三级。"],
        ["能力项", "定义", "等级", "行为标准", "适用岗位"],
        ["谈判", "守住底线", "初级", "会报价", "采购专员"],
        [None, None, "高级", "会让步换条件", None],
    ):
        sheet.append(row)
    for area in ("A1:E1", "A3:A4", "B3:B4", "E3:E4"):
        sheet.merge_cells(area)
    book.save(tmp_path / "standards.xlsx")
    found, result = take(tmp_path / "standards.xlsx")
    assert found.tables[0].header_rows == (2,)
    assert [(item.competency, item.level, item.positions) for item in result.records if isinstance(item, Standard)] == [
        ("谈判", "初级", ("采购专员",)), ("谈判", "高级", ("采购专员",)),
    ]  # fmt: skip


def test_label_and_value_forms_are_read_in_each_arrangement(tmp_path: Path) -> None:
    book = Workbook()
    beside = book.active
    beside.title = "招聘主管"
    for row in (
        ["岗位名称", "招聘主管", "岗位编号", "HR-3"],
        ["主要职责", "1. 核定编制\n2. 复核评价"],
        ["任职资格", "教育背景", "本科"],
        [None, "工作经验", "四年以上"],
    ):
        beside.append(row)
    inside = book.create_sheet("成本会计")
    for row in (
        ["岗位名称：成本会计", "所属部门：财务部"],
        ["岗位职责：\n1、核算成本\n2、分析差异"],
        ["任职要求：\n学历要求：本科"],
        ["审批：          年    月    日"],
    ):
        inside.append(row)
    below = book.create_sheet("Buyer")
    for row in (
        ["Job title", "Buyer"],
        ["Responsibilities"],
        ["Negotiate prices"],
        ["Track orders"],
        ["Requirements"],
        ["Degree in logistics"],
    ):
        below.append(row)
    book.save(tmp_path / "岗位说明书.xlsx")
    _, result = take(tmp_path / "岗位说明书.xlsx")
    first, second, third = (record for record in result.records if isinstance(record, Position))
    assert (first.code, first.duties, first.qualifications) == ("HR-3", ("核定编制", "复核评价"), ("本科", "四年以上"))
    assert (second.title, second.department, second.duties, second.qualifications) == (
        "成本会计",
        "财务部",
        ("核算成本", "分析差异"),
        ("本科",),
    )
    assert (third.title, third.lang, third.duties, third.qualifications) == (
        "Buyer",
        "en",
        ("Negotiate prices", "Track orders"),
        ("Degree in logistics",),
    )


def test_japanese_and_spanish_tables_are_understood() -> None:
    _, japanese = take(SAMPLES / "jobs_shift_jis.csv")
    _, spanish = take(SAMPLES / "jobs_latin1.csv")
    assert isinstance(japanese.records[0], Position)
    assert isinstance(spanish.records[0], Position)
    assert (japanese.records[0].title, japanese.records[0].lang) == ("倉庫リーダー", "ja")
    assert (spanish.records[0].title, spanish.records[0].lang) == ("Jefa de almacén", "es")


def test_notes_totals_and_signatures_are_no_rows(tmp_path: Path) -> None:
    text = "岗位,指标名称,权重,目标值\n会计,报表及时率,50%,100%\n会计,差错数,50%,≤1\n合计,,100%,\n注：按月考核,,,\n审核：张三        年   月   日,,,"
    _, result = take(csv_file(tmp_path, text))
    assert [record.name for record in result.records if isinstance(record, Kpi)] == ["报表及时率", "差错数"]
    assert "weight_sum" not in keys(result)


def test_repeats_are_dropped_and_the_later_of_two_rows_with_one_code_wins(tmp_path: Path) -> None:
    text = "岗位编码,岗位名称,岗位职责\nA1,会计,记账\nA1,会计,记账\nA2,出纳,收款\nA2,出纳,收付款"
    _, result = take(csv_file(tmp_path, text))
    assert [(item.title, item.duties) for item in result.records if isinstance(item, Position)] == [
        ("会计", ("记账",)),
        ("出纳", ("收付款",)),
    ]
    assert [key for key in keys(result) if key.startswith("duplicate")] == ["duplicate_dropped", "duplicate_updated"]


def test_what_is_sound_is_kept_and_the_rest_is_named_with_its_row(tmp_path: Path) -> None:
    text = (
        "岗位名称,岗位职责,任职资格,编制日期\n会计,记账,本科；35岁以下；男性优先,2026-13-45\n,收款,,\n出纳,,,2026年5月"
    )
    _, result = take(csv_file(tmp_path, text))
    assert [record.title for record in result.records if isinstance(record, Position)] == ["会计", "出纳"]
    assert {"date_unreadable", "unlawful_requirement", "position_without_duties"} <= set(keys(result))
    accountant = result.records[0]
    assert isinstance(accountant, Position)
    assert accountant.qualifications == ("本科",)
    assert next(p.row for p in result.problems if p.message.key == "problem.position_without_duties") == 4


def test_goals_without_parent_and_circles_are_reported(tmp_path: Path) -> None:
    text = "目标编号,上级目标编号,目标描述,权重\nG1,,增长,60\nG2,G9,降本,40\nG3,G4,甲,\nG4,G3,乙,"
    _, result = take(csv_file(tmp_path, text))
    assert keys(result).count("goal_parent_unknown") == 1
    assert keys(result).count("goal_cycle") == 2
    assert [goal.weight for goal in result.records if isinstance(goal, Goal)] == [0.6, 0.4, 0.0, 0.0]


def test_namesakes_with_other_documents_stay_two_people(tmp_path: Path) -> None:
    text = "姓名,身份证号,应聘岗位,工作经历\n张伟,110101199003074578,会计,记账三年\n张伟,110101198803074571,出纳,收款两年\n张伟,110101199003074578,会计,做过预算"
    _, result = take(csv_file(tmp_path, text))
    first, second = (record for record in result.records if isinstance(record, Candidate))
    assert first.experience == ("记账三年", "做过预算")
    assert second.code == first.code + "-2"
    assert "same_name" in keys(result)


def test_codes_depend_on_the_salt_and_agree_between_files(tmp_path: Path) -> None:
    people = csv_file(tmp_path, "姓名,应聘岗位,工作经历\n李雷,会计,记账三年", "people.csv")
    talks = csv_file(tmp_path, "候选人,面试题目,评分\n李雷,请讲一次对账的经历？,4", "talks.csv")
    candidate = build(people, plan(people), b"a").records[0]
    interview = build(talks, plan(talks), b"a").records[0]
    other = build(people, plan(people), b"b").records[0]
    assert isinstance(candidate, Candidate)
    assert isinstance(interview, PastInterview)
    assert isinstance(other, Candidate)
    assert candidate.code == interview.candidate_code
    assert candidate.code != other.code
