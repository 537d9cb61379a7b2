# SPDX-License-Identifier: Apache-2.0
"""The blueprint covers what weighs most and mixes types and difficulties as asked."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from askwell.domain.questions import Difficulty, Evidence, EvidenceKind, QuestionType, Requirements
from askwell.writing.blueprint import BlueprintOptions, plan, renumber


def requirements(kpis: int = 4, duties: int = 6, standards: int = 3) -> Requirements:
    evidence = [
        Evidence(EvidenceKind.KPI, f"指标{i}", f"k{i}", weight=0.5 / (i + 1), competency=f"能力{i % 3}")
        for i in range(kpis)
    ]
    evidence += [
        Evidence(EvidenceKind.DUTY, f"职责{i}", "p", weight=0.05, competency=f"能力{i % 4}") for i in range(duties)
    ]
    evidence += [
        Evidence(EvidenceKind.STANDARD, f"标准{i}", "s", weight=0.05, competency="协作") for i in range(standards)
    ]
    return Requirements("p1", "质量工程师", "品质部", "zh", tuple(evidence))


def test_the_asked_number_of_questions_is_planned_and_numbered() -> None:
    blueprint = plan(requirements(), BlueprintOptions(count=8))
    assert [slot.number for slot in blueprint.slots] == list(range(1, 9))
    assert blueprint.title == "质量工程师"


def test_no_evidence_is_asked_about_twice() -> None:
    blueprint = plan(requirements(), BlueprintOptions(count=10))
    texts = [slot.evidence.text for slot in blueprint.slots]
    assert len(set(texts)) == len(texts)


def test_fewer_slots_come_back_where_there_is_less_evidence() -> None:
    assert len(plan(requirements(1, 1, 0), BlueprintOptions(count=8)).slots) == 2


def test_every_kpi_of_weight_is_covered() -> None:
    blueprint = plan(requirements(kpis=5, duties=20, standards=10), BlueprintOptions(count=6))
    asked = {slot.evidence.text for slot in blueprint.slots}
    assert {"指标0", "指标1", "指标2"} <= asked


def test_most_questions_are_about_past_behaviour() -> None:
    types = [slot.type for slot in plan(requirements(), BlueprintOptions(count=10)).slots]
    assert types.count(QuestionType.BEHAVIOURAL) >= 6
    assert QuestionType.TECHNICAL in types


def test_difficulty_rises_through_the_kit_and_the_heaviest_evidence_is_hardest() -> None:
    slots = plan(requirements(), BlueprintOptions(count=8)).slots
    order = [list(Difficulty).index(slot.difficulty) for slot in slots]
    assert order == sorted(order)
    heaviest = max(slots, key=lambda slot: slot.evidence.weight)
    assert heaviest.difficulty is Difficulty.ADVANCED


def test_a_candidate_brings_a_share_of_questions_about_their_experience() -> None:
    options = BlueprintOptions(count=8, candidate_code="C-1", experience=("推动换型提速", "带班12人", "第三段"))
    kinds = [slot.evidence.kind for slot in plan(requirements(), options).slots]
    assert kinds.count(EvidenceKind.EXPERIENCE) == 2


def test_every_slot_says_why_it_is_there() -> None:
    assert all(slot.reason.startswith("reason.") for slot in plan(requirements(), BlueprintOptions()).slots)


def test_removed_slots_leave_no_gap_in_the_numbers() -> None:
    blueprint = plan(requirements(), BlueprintOptions(count=5))
    kept = renumber(blueprint, [blueprint.slots[0], blueprint.slots[3]])
    assert [slot.number for slot in kept.slots] == [1, 2]


@given(st.integers(0, 6), st.integers(0, 9), st.integers(0, 5), st.integers(1, 20))
def test_any_mix_of_evidence_gives_a_plan(kpis: int, duties: int, standards: int, count: int) -> None:
    needed = requirements(kpis, duties, standards)
    blueprint = plan(needed, BlueprintOptions(count=count))
    assert len(blueprint.slots) == min(count, len(needed.evidence))


def test_motivation_questions_come_only_when_asked_for() -> None:
    options = BlueprintOptions(count=8)
    assert all(slot.type is not QuestionType.MOTIVATION for slot in plan(requirements(), options).slots)
    asked = replace(options, types={QuestionType.BEHAVIOURAL: 0.75, QuestionType.MOTIVATION: 0.25})
    types = [slot.type for slot in plan(requirements(), asked).slots]
    assert types.count(QuestionType.MOTIVATION) == 2
