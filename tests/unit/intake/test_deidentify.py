# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (rows of sample tables stay on one line)
from __future__ import annotations

import pytest

from askwell.intake.deidentify import deidentify, holds_personal_fact, replace_names, scrub_numbers


@pytest.mark.parametrize(
    "text",
    [
        "负责女装和男鞋品类，90天内把退货率从8%降到5%。",
        "主导健康管理项目，面向18-35岁用户；推进糖尿病产品线",
        "面向女性用户的会员运营，复购率由18%升到24%",
        "2018年生产线改造，订单金额1200万元",
        "管理孕妇装和童装门店，3年内开店12家",
        "负责残疾人就业服务平台，对接社保系统",
        "电话销售团队由5人扩到12人，接通率62%",
        "处理其他部门和他人的协作问题",
        "通过了ISO 9001审核，零缺陷交付",
        "Increased women's wear sales by 20% in 90 days.",
        "Ran a 20-year-old company's migration to cloud.",
        "Managed children's books and men's shoes categories.",
        "Worked on diabetes care products for 3 years.",
        "Cut man-hours by 15% and single points of failure to zero.",
        "障害対応の時間を40%短縮し、女性向け商品を企画した。",
        "10 años de experiencia en moda para mujer, equipo de 12 personas.",
        "生育保险核算与产假管理制度修订",
        "组织党员干部培训项目的供应商招标",
        "负责少数民族地区渠道拓展",
    ],
)
def test_business_words_survive(text: str) -> None:
    assert deidentify(text, ["钟离安"], "zh") == text


@pytest.mark.parametrize(
    "fact",
    [
        "女，", "性别：男，", "28岁，", "今年三十五岁，", "90后，", "1990年3月出生，", "出生日期1990-03-07，", "汉族，", "民族：回族，", "已婚已育，",
        "未婚，", "离异，", "孩子刚上小学，", "育有一子一女，", "预产期在十月，", "有男朋友，", "中共党员，", "政治面貌：群众，", "信仰基督教，", "身体健康，",
        "曾患腰椎间盘突出，", "乙肝携带，", "籍贯湖南，", "湖南人，", "家住北京市朝阳区建国路88号，", "住榕川市清浦区新塘村二组38号，", "电话13812345678，",
        "手机 138 1234 5678，", "邮箱zw@example.com，", "身份证号110101199003074578，", "银行卡号6222020000001234567，", "微信：abc_12345，", "附照片，", "见photo.jpg，",
        "紧急联系人：王某，", "配偶在外地工作，", "属虎，生肖相合，",
    ],
)  # fmt: skip
def test_a_personal_fact_goes_and_the_work_stays(fact: str) -> None:
    work = "三年内把库存周转天数由52天降到42天"
    assert deidentify(f"{fact}{work}。").rstrip("。") == work
    assert deidentify(f"{work}。{fact.rstrip('，')}。").rstrip("。") == work
    assert holds_personal_fact(fact.rstrip("，"))


@pytest.mark.parametrize(
    "fact",
    [
        "34 years old", "Aged 41", "He is married", "She has two kids", "Date of birth: 3 May 1990", "Born in 1990", "Nationality: Indian", "Devout Christian",
        "She is a Muslim", "She has diabetes", "Uses a wheelchair", "Union member", "Lives in Leeds", "12 Baker Street", "Call me on 07700 900125", "+65 5550 0121",
        "jane@example.com", "SSN 123-45-6789", "Photo attached", "Currently pregnant", "Gender: F",
    ],
)  # fmt: skip
def test_personal_facts_in_english_go(fact: str) -> None:
    work = "Cut delivery errors from 4% to 1%"
    assert deidentify(f"{fact}. {work}.", lang="en").strip(" .") == work


def test_a_phrase_is_cut_out_of_a_clause_that_says_more() -> None:
    assert deidentify("一位35岁的男性产品经理主导了增长项目") == "产品经理主导了增长项目"


def test_japanese_and_spanish_facts_go() -> None:
    assert deidentify("34歳、既婚、子供が2人います。障害対応を改善した。", lang="ja") == "障害対応を改善した。"
    assert (
        deidentify("Casada, tiene dos hijos. Mejoró la rotación de inventario.", lang="es")
        == "Mejoró la rotación de inventario."
    )


def test_names_become_a_neutral_word_in_every_form() -> None:
    text = "钟离安说明了口径，安总与 钟离安 女士认可，Jane Smith met Ms. Smith"
    clean = replace_names(text, ["钟离安", "Jane Smith"])
    assert "钟离安" not in clean
    assert "Smith" not in clean
    assert "Jane" not in clean
    assert "说明了口径" in clean


def test_family_names_with_a_title_go() -> None:
    assert "王" not in replace_names("王女士和小王都参加了，王经理主持", ["王建"])


def test_pronouns_do_not_tell_the_sex() -> None:
    assert deidentify("她带领5人团队。") == "其带领5人团队。"
    assert deidentify("She led a team. Her plan worked.", lang="en") == "They led a team. Their plan worked."


def test_records_about_no_person_only_lose_numbers_that_identify() -> None:
    assert scrub_numbers("异常请联系 ops@example.com 并在24小时内登记") == "异常请联系 并在24小时内登记"
    assert scrub_numbers("18-35岁女性用户增长") == "18-35岁女性用户增长"


def test_nothing_stays_of_a_text_that_is_only_personal() -> None:
    assert deidentify("男，30岁，湖南人") == ""
    assert deidentify("") == ""
