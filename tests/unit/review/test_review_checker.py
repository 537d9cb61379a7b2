# SPDX-License-Identifier: Apache-2.0
"""What the reviewer says about single questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from askwell.domain.questions import (
    Difficulty,
    Evidence,
    EvidenceKind,
    Family,
    QuestionText,
    QuestionType,
    Severity,
    Slot,
)
from askwell.review import Checker, check_relevance

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
CHINA = Checker(RESOURCES)
US = Checker(RESOURCES, ("US",), ui_lang="en")
BOTH = Checker(RESOURCES, ("CN", "US"), ui_lang="en")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("请问您结婚了吗？", "illegal"),
        ("您的人生大事打算什么时候安排？", "illegal"),
        ("两年内有没有要孩子的打算？", "illegal"),
        ("家里人支持你加班吗？", "illegal"),
        ("您是乙肝携带者吗？", "illegal"),
        ("您今年多大了？", "inappropriate"),
        ("你是什么星座？", "inappropriate"),
        ("你为什么频繁换工作？", "inappropriate"),
        ("您目前薪资多少？", "inappropriate"),
        ("您负责女装品类时，是怎么处理滞销款的？", "ok"),
        ("您如何安排孕妇奶粉的推广？", "ok"),
        ("健康管理项目的续费率您是怎么提上来的？", "ok"),
        ("医院的儿科流程您会先改哪一步？", "ok"),
        ("婚庆业务的客户临时改期，您怎么协调？", "ok"),
        ("民族地区的渠道您是怎么铺开的？", "ok"),
        ("婚姻登记处窗口岗位在高峰日排长队时，您怎么分流？", "ok"),
        ("宗教事务科收到投诉后，您会怎么核实？", "ok"),
        ("请讲一次您把退货率降下来的经历，您是怎么做的？", "ok"),
        ("主力供应商旺季断货，客户又不肯改期，您会怎么安排？", "ok"),
    ],
)
def test_chinese_questions_are_labelled(text: str, label: str) -> None:
    found = CHINA.check(text, "zh")
    assert CHINA.label(found) == label, [item.rule for item in found]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Who looks after your kids while you work?", "illegal"),
        ("How do you juggle work and childcare?", "illegal"),
        ("How old are you?", "illegal"),
        ("What is your current salary?", "illegal"),
        ("Have you ever been arrested?", "illegal"),
        ("What is your greatest weakness?", "inappropriate"),
        ("Walk me through your resume.", "inappropriate"),
        ("How did you win back family-owned retailers?", "ok"),
        ("How did you bring down the age of receivables?", "ok"),
        ("How did you enforce health and safety with contractors?", "ok"),
        ("How did you decide which children's books to drop?", "ok"),
        ("Are you authorised to work in the United States?", "ok"),
        ("Can you lift 20 kg, with or without reasonable accommodation?", "ok"),
        ("Tell me about a time a supplier failed you. How did you keep the line running?", "ok"),
    ],
)
def test_english_questions_are_labelled(text: str, label: str) -> None:
    found = US.check(text, "en")
    assert US.label(found) == label, [item.rule for item in found]


def test_a_finding_marks_the_words_and_names_the_law_in_the_users_language() -> None:
    text = "先说明一下流程。请问您结婚了吗？"
    (item,) = [found for found in CHINA.check(text, "zh") if found.family is Family.REASONABLENESS]
    assert "结婚" in text[item.span[0] : item.span[1]]
    assert item.severity is Severity.BLOCK
    assert "妇女权益保障法" in item.citation
    assert item.jurisdictions == ("CN",)
    assert item.reason.endswith("请对照该规则核对，必要时咨询法务。")
    assert BOTH.check(text, "zh")[0].reason.endswith("ask counsel if in doubt.")


def test_several_countries_make_one_finding_with_both_citations() -> None:
    (item,) = [found for found in BOTH.check("How old are you?", "en") if found.family is Family.REASONABLENESS]
    assert item.severity is Severity.BLOCK
    assert set(item.jurisdictions) == {"CN", "US"}
    assert "劳动合同法" in item.citation
    assert "29 U.S.C." in item.citation


def test_the_job_title_itself_is_no_fault() -> None:
    text = "作为您单身公寓管家岗位的第一周，您会先做什么？"
    assert CHINA.label(CHINA.check(text, "zh", position="单身公寓管家")) == "ok"


@pytest.mark.parametrize(
    "text", ["您 结 婚 了 吗？", "您結婚了嗎？", "您\u200b结婚了吗?", "ＡＲＥ ＹＯＵ ＭＡＲＲＩＥＤ？"]
)
def test_width_blanks_and_traditional_characters_hide_nothing(text: str) -> None:
    assert BOTH.label(BOTH.check(text, "zh")) == "illegal"


def test_a_rewrite_is_the_hand_written_one_or_nothing() -> None:
    text = "你为什么频繁换工作？"
    assert CHINA.rewrite(text, "zh", CHINA.check(text, "zh")) == "你之前的工作变动，主要考虑哪些因素？"
    assert CHINA.rewrite("您做过排班吗？", "zh", CHINA.check("您做过排班吗？", "zh")) == ""


def test_probes_and_anchors_are_reviewed_in_their_place() -> None:
    evidence = Evidence(EvidenceKind.KPI, "退货率 5%→3%")
    slot = Slot(1, "问题分析", evidence, QuestionType.BEHAVIOURAL, Difficulty.BASIC)
    words = QuestionText(
        "请讲一次您把退货率降下来的经历，您是怎么做的？", ("您爱人支持吗？",), {5: "充满活力，形象好", 1: "讲不出"}
    )
    assert {(item.where, item.rule) for item in CHINA.check_question(words, slot, "zh")} == {
        ("probe:1", "cn.family"),
        ("anchor:5", "culture.anchor-person"),
    }


def test_a_closed_probe_is_allowed() -> None:
    assert CHINA.check("停线之后有没有通知客户？", "zh", where="probe:2") == []


def test_relevance_needs_shared_content() -> None:
    kpi = "一次交验合格率 96.2%→98.5%"
    assert check_relevance("合格率掉下来时，您先看哪一份数据？", kpi, "质量工程师", "zh") == []
    (off,) = check_relevance("请讲一次您组织团建活动的经历。", kpi, "质量工程师", "zh")
    assert off.severity is Severity.WARN
    assert off.family is Family.RELEVANCE
    (title,) = check_relevance("作为质量工程师，您如何安排一天？", kpi, "质量工程师", "zh")
    assert title.severity is Severity.NOTE
    assert check_relevance("How did you raise the yield?", kpi, "", "en") == []  # another script: cannot be compared
