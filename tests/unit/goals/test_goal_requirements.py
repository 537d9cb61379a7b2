# SPDX-License-Identifier: Apache-2.0
"""What a position must deliver."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from askwell.domain.questions import Evidence, EvidenceKind, Requirements
from askwell.domain.records import Direction, Goal, GoalLevel, Kpi, PastInterview, Position, Standard
from askwell.goals import requirements
from askwell.goals.phrases import kpi_phrase

JOB = Position(
    title="质检主管",
    code="Q1",
    department="质量部",
    level="M2",
    duties=("负责来料检验与不合格品处理", "带领班组完成排班"),
    qualifications=("熟练使用三坐标测量软件",),
    competencies=("质量意识", "团队管理"),
    version=3,
    id="pos_1",
)
KPIS = [
    Kpi("一次交验合格率", "质检主管", baseline="96.2", target="98.5", unit="%", weight=0.6, id="kpi_1", version=2),
    Kpi("班组员工流失率", "质检主管", direction=Direction.CUT, target="5%", weight=0.2, id="kpi_2"),
    Kpi("产量", "焊工", target="900", weight=0.5, id="kpi_3"),
]
GOALS = [
    Goal("成为客户首选供应商", code="G1"),
    Goal("质量成本下降20%", code="D1", parent_code="G1", level=GoalLevel.DEPARTMENT, department="质量部"),
    Goal(
        "合格率提升",
        code="P1",
        parent_code="D1",
        level=GoalLevel.POSITION,
        position_title="质检主管",
        measure="一次交验合格率",
    ),
    Goal("焊接合格率提升", code="P2", level=GoalLevel.POSITION, position_title="焊工", measure="一次交验合格率"),
]
STANDARDS = [
    Standard("质量意识", "发现偏差后立即停线并追查原因", level="5", id="std_1"),
    Standard("质量意识", "按要求检验", level="3", id="std_2"),
    Standard("销售谈判", "能守住底价", id="std_3"),
    Standard("焊接", "焊缝达标", positions=("焊工",), id="std_4"),
    Standard("应变", "突发时先保安全", positions=("Q1",), id="std_5"),
]


def collect(job: Position = JOB, **other: Any) -> Requirements:
    parts: dict[str, Any] = {"kpis": KPIS, "goals": GOALS, "standards": STANDARDS, "interviews": [], **other}
    return requirements(job, **parts)


def of_kind(found: Requirements, kind: EvidenceKind) -> list[Evidence]:
    return [one for one in found.evidence if one.kind is kind]


def share(found: Requirements, *kinds: EvidenceKind) -> float:
    return sum(one.weight for one in found.evidence if one.kind in kinds)


def test_evidence_names_its_record_and_version() -> None:
    found = collect()
    kpi = of_kind(found, EvidenceKind.KPI)[0]
    duty = of_kind(found, EvidenceKind.DUTY)[0]
    assert (kpi.text, kpi.record_id, kpi.version) == ("一次交验合格率 96.2%→98.5%", "kpi_1", 2)
    assert (duty.text, duty.record_id, duty.version) == (JOB.duties[0], "pos_1", 3)
    assert (found.position_id, found.title, found.lang) == ("pos_1", "质检主管", "zh")


def test_families_share_the_weight_and_kpis_keep_their_proportion() -> None:
    found = collect()
    assert share(found, EvidenceKind.KPI) == pytest.approx(0.5)
    assert share(found, EvidenceKind.DUTY, EvidenceKind.QUALIFICATION) == pytest.approx(0.35)
    assert share(found, EvidenceKind.STANDARD) == pytest.approx(0.15)
    one, two = of_kind(found, EvidenceKind.KPI)
    assert one.weight == pytest.approx(3 * two.weight)
    duty, qualification = of_kind(found, EvidenceKind.DUTY)[0], of_kind(found, EvidenceKind.QUALIFICATION)[0]
    assert qualification.weight == pytest.approx(duty.weight / 4)


@pytest.mark.parametrize("absent", [{"kpis": []}, {"standards": []}, {"kpis": [], "standards": []}])
def test_the_share_of_an_absent_family_goes_to_the_others(absent: dict[str, Any]) -> None:
    assert sum(one.weight for one in collect(**absent).evidence) == pytest.approx(1)


def test_a_position_of_which_only_the_title_is_known_has_no_evidence() -> None:
    found = requirements(Position("钳工"), [], [], [], [])
    assert found.evidence == ()
    assert found.competencies == ()


def test_a_kpi_without_weight_counts_as_the_lightest() -> None:
    kpis = [Kpi("甲", weight=0.4), Kpi("乙", weight=0.1), Kpi("丙")]
    weights = [one.weight for one in of_kind(collect(kpis=kpis), EvidenceKind.KPI)]
    assert weights[1] == weights[2] == pytest.approx(weights[0] / 4)


def test_kpis_of_other_positions_are_left_out() -> None:
    assert [one.record_id for one in of_kind(collect(), EvidenceKind.KPI)] == ["kpi_1", "kpi_2"]
    bound = [replace(KPIS[0], position_id="pos_9")]
    assert of_kind(collect(kpis=bound), EvidenceKind.KPI) == []


def test_the_chain_climbs_from_the_goal_that_has_the_same_measure() -> None:
    kpi = of_kind(collect(), EvidenceKind.KPI)[0]
    assert kpi.chain == ("合格率提升", "质量成本下降20%", "成为客户首选供应商")


def test_a_kpi_without_like_goal_serves_the_only_goal_of_its_position() -> None:
    assert of_kind(collect(), EvidenceKind.KPI)[1].chain[0] == "合格率提升"


def test_no_chain_is_made_up_where_several_goals_could_be_meant() -> None:
    goals = [Goal("利润增长", department="质量部"), Goal("海外扩张", department="质量部")]
    found = collect(goals=goals)
    assert of_kind(found, EvidenceKind.KPI)[1].chain == ()
    assert of_kind(found, EvidenceKind.DUTY)[1].chain == ()


def test_a_duty_is_tied_to_a_goal_only_by_its_words() -> None:
    goals = [Goal("来料检验零漏检", department="质量部", measure="来料检验漏检率")]
    first, second = of_kind(collect(goals=goals), EvidenceKind.DUTY)
    assert first.chain == ("来料检验零漏检",)
    assert second.chain == ()


def test_standards_apply_by_position_or_by_competency() -> None:
    found = collect()
    assert [one.record_id for one in of_kind(found, EvidenceKind.STANDARD)] == ["std_1", "std_5"]
    assert found.standards == {
        "质量意识": ("5: 发现偏差后立即停线并追查原因", "3: 按要求检验"),
        "应变": ("突发时先保安全",),
    }


def test_of_a_scale_the_level_of_the_position_is_asked_about() -> None:
    found = collect(replace(JOB, level="3"))
    assert of_kind(found, EvidenceKind.STANDARD)[0].record_id == "std_2"


def test_a_standard_that_names_no_position_applies_to_one_without_competencies() -> None:
    found = collect(replace(JOB, competencies=()))
    assert {one.competency for one in of_kind(found, EvidenceKind.STANDARD)} == {"质量意识", "销售谈判", "应变"}


def test_competencies_are_the_firms_own_where_one_fits() -> None:
    found = collect()
    assert [one.competency for one in of_kind(found, EvidenceKind.KPI)] == ["质量意识", "团队管理"]
    assert [one.competency for one in of_kind(found, EvidenceKind.DUTY)] == ["质量意识", "团队管理"]
    assert found.competencies == JOB.competencies


@pytest.mark.parametrize(
    ("lang", "duty", "competency"),
    [
        ("zh", "编制采购预算并控制费用", "成本意识"),
        ("en", "Troubleshoot production incidents and find the root cause", "Problem solving"),
        ("en", "Exchange rings", "Professional expertise"),
        ("ja", "部下の育成と研修の実施", "人材育成"),
        ("es", "Atender quejas y mejorar la satisfacción del cliente", "Orientación al cliente"),
    ],
)
def test_without_own_competencies_the_lexicon_names_them_in_the_language(lang: str, duty: str, competency: str) -> None:
    found = requirements(Position("x", lang=lang, duties=(duty,)), [], [], [], [])
    assert [one.competency for one in found.evidence] == [competency]
    assert found.competencies == (competency,)


def test_past_questions_come_newest_first_and_once() -> None:
    asked = [
        PastInterview("旧题", "质检主管", date="2025-01"),
        PastInterview("新题", "质检 主管", date="2026-01"),
        PastInterview("旧题", "质检主管", date="2024-01"),
        PastInterview("别的岗位", "焊工"),
    ]
    assert collect(interviews=asked).past_questions == ("新题", "旧题")


@pytest.mark.parametrize(
    ("lang", "kpi", "phrase"),
    [
        ("zh", Kpi("合格率", baseline="96.2%", target="98.5%"), "合格率 96.2%→98.5%"),
        ("zh", Kpi("流失率", target="5", unit="%", direction=Direction.CUT), "流失率 降至5%"),
        ("zh", Kpi("客户数", target="≥30", unit="家"), "客户数 目标≥30家"),
        ("zh", Kpi("准时率", baseline="99%", target="99%", direction=Direction.KEEP), "准时率 保持99%"),
        ("zh", Kpi("净推荐值", definition="推荐者减贬损者\n的比例"), "净推荐值：推荐者减贬损者 的比例"),
        ("en", Kpi("First-pass yield", baseline="96.2%", target="98.5%"), "First-pass yield from 96.2% to 98.5%"),
        ("en", Kpi("Lead time", target="3", unit="days", direction=Direction.CUT), "Lead time down to 3 days"),
        ("ja", Kpi("不良率", target="1%", direction=Direction.CUT), "不良率を1%まで低減"),
        ("es", Kpi("Rotación", baseline="9%", target="5%"), "Rotación de 9% a 5%"),
        ("fr", Kpi("NPS", baseline="40"), "NPS, now 40"),
        ("zh", Kpi(" 产量 "), "产量"),
    ],
)
def test_a_kpi_reads_as_a_phrase_in_the_language_of_the_position(lang: str, kpi: Kpi, phrase: str) -> None:
    assert kpi_phrase(kpi, lang) == phrase
