# SPDX-License-Identifier: Apache-2.0
"""A text is shown only if it speaks of its evidence, asks one thing and invents nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.domain.questions import Difficulty, Evidence, EvidenceKind, QuestionType, Slot
from askwell.writing import content
from askwell.writing.direction import wrong_direction
from askwell.writing.grounding import ground_detail, ground_question


def slot(text: str, lang: str = "zh", kind: EvidenceKind = EvidenceKind.KPI) -> Slot:
    return Slot(1, "质量意识", Evidence(kind, text), QuestionType.BEHAVIOURAL, Difficulty.INTERMEDIATE, lang)


KPI = slot("一次交验合格率 96.2%→98.5%")
GOOD = "要把一次交验合格率从96.2%提到98.5%，您做过的最见效的一件事是什么？"


def test_a_question_that_takes_up_its_evidence_passes() -> None:
    verdict = ground_question(GOOD, KPI, "质量工程师")
    assert verdict.acceptable
    assert verdict.score > 0.7


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("您怎么看待团队合作这件事情呢？", "not_grounded"),
        ("要把一次交验合格率提到99.9%，您做过什么？", "invention"),
        ("一次交验合格率上不去，您怎么查？后来又怎么改？", "two_asks"),
        ("一次交验合格率是最重要的一项指标，您做得很好。", "no_ask"),
        ("一次交验合格率为什么会往下掉？", "nobody_asked"),
        ("一次交验合格率一次交验合格率您怎么提？", "repetition"),
        ("您怎么提合格率", "length"),
        ("您用“蓝鲸云”怎么提升一次交验合格率？", "invention"),
        ("您用SPC怎么提升一次交验合格率？", "invention"),
        ("要把一次交验合格率提到98.5%，您做过的最见效的一件事", "unfinished"),
    ],
)
def test_each_fault_is_named(text: str, fault: str) -> None:
    assert ground_question(text, KPI, "质量工程师").fault == fault


@pytest.mark.parametrize(
    ("evidence", "text", "wrong"),
    [
        ("车间返工率 3.2%→2.0%", "车间返工率要从3.2%降到2.0%，您先改了哪一处？", False),
        ("车间返工率 3.2%→2.0%", "车间返工率要从3.2%提到2.0%，您先改了哪一处？", True),
        ("车间返工率 3.2%→2.0%", "车间返工率从2.0%到3.2%，您先改了哪一处？", True),
        ("人时产出 11.2台→≥12.5台", "您把人时产出从11.2台压到12.5台，靠的是哪一步？", True),
        ("人时产出 11.2台→≥12.5台", "人时产出要提到12.5台，您先动了哪一步？", False),
        ("Sales against target from 93% to 100%", "How did you raise sales against target from 93% to 100%?", False),
        ("Sales against target from 93% to 100%", "How did you get sales to 93% from the 100% target?", True),
        ("回款率 目标≥95%", "回款率要做到95%，您先改了哪些做法？", False),
        ("审核差错率 0.3%→0.1%", "如果审核差错率突然降下来，您会先做哪几件事？", True),
        ("审核差错率 0.3%→0.1%", "如果审核差错率突然升上去，您会先做哪几件事？", False),
        ("审核差错率 0.3%→0.1%", "如果审核差错率一直降不下来，您会先查哪里？", False),
        ("审核差错率 0.3%→0.1%", "如果审核差错率要下降，您会先查哪里？", False),
        ("项目节点达成率 74%→90%", "项目节点达成率只有74%的那段时间，您是怎么查找原因的？", False),
        ("项目节点达成率 74%→90%", "您是怎么让项目节点达成率做到74%的？", True),
        ("Payroll corrections 2.4% → 1%", "If payroll corrections rose by 2.4%, what would you change first?", True),
        ("Payroll corrections 2.4% → 1%", "If payroll corrections dropped in May, what would you check first?", True),
        ("Payroll corrections 2.4% → 1%", "If payroll corrections did not drop, what would you check first?", False),
        ("Payroll corrections 2.4% → 1%", "Corrections stood at 2.4% then. What did you look into first?", False),
        ("Merma 1,8 % → 1,2 %", "¿Cómo comprueba usted que la merma 1,8 % no se repite?", True),
        ("Merma 1,8 % → 1,2 %", "¿Qué cambió usted para bajar la merma del 1,8 % al 1,2 %?", False),
        ("Merma 1,8 % → 1,2 %", "¿Qué hizo usted para subir la merma al 1,2 %?", True),
        ("誤出荷率 0.08%→0.03%", "誤出荷率を0.03%まで上げるために、何を変えましたか。", True),
        ("誤出荷率 0.08%→0.03%", "誤出荷率を0.03%まで下げるために、何を変えましたか。", False),
    ],
)
def test_a_kpi_moves_the_way_its_evidence_does(evidence: str, text: str, wrong: bool) -> None:
    assert wrong_direction(text, evidence) is wrong


def test_feelings_that_nobody_named_are_out_of_tone() -> None:
    text = "要提高一次交验合格率，您做过的哪次改动最让您感动？"
    assert ground_question(text, KPI, "质量工程师").fault == "tone"


def test_a_near_copy_of_a_neighbour_fails() -> None:
    assert ground_question(GOOD, KPI, "质量工程师", [GOOD.replace("最见效", "最有效")]).fault == "near_duplicate"


def test_english_needs_words_of_the_evidence_and_allows_an_imperative() -> None:
    english = slot("Order fill rate 92 % → 97 %", "en")
    assert ground_question(
        "Tell me about the step you took that did most to raise an order fill rate.", english, "Planner"
    ).acceptable
    assert (
        ground_question("Tell me about a time when you were proud of your work.", english, "Planner").fault
        == "not_grounded"
    )


def test_latin_names_of_the_evidence_may_be_used() -> None:
    oee = slot("设备综合效率OEE 72%→78%")
    assert ground_question("要把OEE从72%提到78%，设备综合效率上您最先动了哪一处？", oee, "设备工程师").acceptable


def test_a_probe_must_not_copy_the_question_or_another_probe() -> None:
    assert ground_detail("您先查了哪道工序？", KPI, "质量工程师", GOOD).acceptable
    assert (
        ground_detail("您先查了哪道工序？", KPI, "质量工程师", GOOD, ["您先查了哪些工序？"]).fault == "near_duplicate"
    )
    assert ground_detail("降到0.3%花了多久？", KPI, "质量工程师", GOOD).fault == "invention"


def test_numbers_are_equal_in_all_their_spellings() -> None:
    assert content.numbers("１，２００件、98.50%") == content.numbers("1200 98.5")


@given(st.text(max_size=200), st.sampled_from(["zh", "en", "ja", "es"]))
def test_no_text_breaks_the_judge(text: str, lang: str) -> None:
    verdict = ground_question(text, slot("Order fill rate 合格率", lang), "x")
    assert 0 <= verdict.score <= 1


@given(st.text(max_size=100), st.text(max_size=100))
def test_similarity_is_symmetric_and_bounded(one: str, other: str) -> None:
    assert content.similarity(one, other) == content.similarity(other, one)
    assert 0 <= content.similarity(one, other) <= 1
