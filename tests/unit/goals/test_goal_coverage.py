# SPDX-License-Identifier: Apache-2.0
"""Coverage of KPIs by questions, and changes of KPIs."""

from __future__ import annotations

from dataclasses import replace

from askwell.domain.questions import (
    Difficulty,
    Evidence,
    EvidenceKind,
    Question,
    QuestionText,
    QuestionType,
    Requirements,
    Slot,
    Status,
)
from askwell.domain.records import Kpi
from askwell.goals import ChangeKind, Cover, changed_kpis, coverage

YIELD = Evidence(EvidenceKind.KPI, "一次交验合格率 96%→98%", "kpi_1", weight=0.3)
TURNOVER = Evidence(EvidenceKind.KPI, "员工流失率 降至5%", "kpi_2", weight=0.1)
COST = Evidence(EvidenceKind.KPI, "质量成本 目标3%", "kpi_3", weight=0.1)
DUTY = Evidence(EvidenceKind.DUTY, "带领班组完成排班", "pos_1", weight=0.5)
NEEDED = Requirements("pos_1", "质检主管", "质量部", "zh", (YIELD, TURNOVER, COST, DUTY))


def asked(name: str, source: Evidence, text: str = "请举例说明。") -> Question:
    slot = Slot(1, "质量意识", source, QuestionType.BEHAVIOURAL, Difficulty.BASIC)
    return Question(name, "kit_1", slot, QuestionText(text))


def test_a_question_covers_the_kpi_it_was_drawn_from_and_the_one_it_speaks_of() -> None:
    questions = [asked("q1", replace(YIELD, text="旧版本的文字")), asked("q2", DUTY, "员工流失率曾经如何降至目标?")]
    matrix = coverage(NEEDED, questions)
    assert matrix.question_ids == ("q1", "q2")
    assert matrix.cells == ((Cover.DIRECT, Cover.NONE), (Cover.NONE, Cover.MENTIONED), (Cover.NONE, Cover.NONE))
    assert matrix.uncovered == (COST,)
    assert abs(matrix.covered_share - 0.8) < 1e-9
    assert matrix.of_item(0) == ("q1",)
    assert matrix.of_item(2) == ()


def test_rejected_questions_cover_nothing() -> None:
    matrix = coverage(NEEDED, [replace(asked("q1", YIELD), status=Status.REJECTED)])
    assert matrix.question_ids == ()
    assert matrix.uncovered == (YIELD, TURNOVER, COST)


def test_other_kinds_of_evidence_can_be_asked_for() -> None:
    other = replace(DUTY, text="负责来料检验")
    matrix = coverage(replace(NEEDED, evidence=(DUTY, other)), [asked("q1", DUTY)], kinds=(EvidenceKind.DUTY,))
    assert matrix.cells == ((Cover.DIRECT,), (Cover.NONE,))


def test_nothing_to_cover_is_fully_covered() -> None:
    assert coverage(replace(NEEDED, evidence=()), []).covered_share == 1.0


def test_changes_name_the_field_and_both_values() -> None:
    old = [Kpi("合格率", "质检", target="96%", id="kpi_1"), Kpi("旧指标", id="kpi_2"), Kpi("不变", id="kpi_4")]
    new = [Kpi("合格率", "质检", target="98%", id="kpi_1", version=2), Kpi("新指标", id="kpi_3"), old[2]]
    changes = changed_kpis(old, new)
    assert [(one.kind, one.name, one.field, one.before, one.after) for one in changes] == [
        (ChangeKind.CHANGED, "合格率", "target", "96%", "98%"),
        (ChangeKind.ADDED, "新指标", "", "", ""),
        (ChangeKind.REMOVED, "旧指标", "", "", ""),
    ]


def test_kpis_without_identifiers_are_compared_by_name() -> None:
    stored = [Kpi("合格率", "质检", weight=0.3, id="kpi_1")]
    (change,) = changed_kpis(stored, [Kpi("合格率", " 质检", weight=0.5)])
    assert (change.kpi_id, change.field, change.after) == ("kpi_1", "weight", "0.5")


def test_equal_lists_have_no_changes() -> None:
    kpis = [Kpi("甲"), Kpi("乙", period="Q1"), Kpi("乙", period="Q2")]
    assert changed_kpis(kpis, list(kpis)) == []
