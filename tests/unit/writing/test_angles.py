# SPDX-License-Identifier: Apache-2.0
"""Angles: the library is sound, each slot gets one that suits it, and a kit does not ask from one side only."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from askwell.domain.questions import Difficulty, Evidence, EvidenceKind, QuestionType, Slot
from askwell.writing.angles import fitting, load_angles, with_angles
from askwell.writing.direction import Move, move_of

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


def slot(
    number: int, text: str, kind: EvidenceKind = EvidenceKind.DUTY, asked: QuestionType = QuestionType.BEHAVIOURAL
) -> Slot:
    return Slot(number, "", Evidence(kind, text), asked, Difficulty.INTERMEDIATE)


def test_the_library_names_every_angle_in_four_languages_without_twins() -> None:
    angles = load_angles(RESOURCES)
    assert len(angles) >= 40
    for lang in ("zh", "en", "ja", "es"):
        labels = [one.label(lang) for one in angles.values()]
        assert all(labels)
        assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("asked", list(QuestionType))
@pytest.mark.parametrize("kind", list(EvidenceKind))
@pytest.mark.parametrize("level", list(Difficulty))
def test_every_kind_type_and_difficulty_has_angles(kind: EvidenceKind, asked: QuestionType, level: Difficulty) -> None:
    assert len(fitting(RESOURCES, Evidence(kind, "保持准确"), asked, level)) >= 2


def test_a_kit_is_asked_from_different_sides() -> None:
    duties = ("编制周计划", "核对库存", "处理退货", "更新台账", "安排班次", "检查设备", "整理档案", "汇总报表")
    planned = with_angles(RESOURCES, [slot(i, text) for i, text in enumerate(duties, 1)])
    assert all(one.angle for one in planned)
    assert max(Counter(one.angle for one in planned).values()) == 1


def test_the_words_of_the_evidence_call_for_their_angle() -> None:
    planned = with_angles(RESOURCES, [slot(1, "负责新员工带教"), slot(2, "处理客户投诉")])
    assert planned[0].angle == "teaching"
    assert planned[1].angle in ("complaint", "other_people", "needs")


def test_an_angle_that_a_person_chose_stays_and_is_not_given_twice() -> None:
    chosen = Slot(
        1, "", Evidence(EvidenceKind.DUTY, "核对库存"), QuestionType.BEHAVIOURAL, Difficulty.BASIC, angle="again"
    )
    planned = with_angles(RESOURCES, [chosen, slot(2, "编制周计划")])
    assert planned[0].angle == "again"
    assert planned[1].angle != "again"


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("退货率 4.2%→2.5%", Move.CUT),
        ("客户留存率 70%→85%", Move.RAISE),
        ("满意度保持在96%以上", Move.KEEP),
        ("交付周期缩短20%", Move.CUT),
        ("Shrinkage ≤ 0.8 % of sales", Move.KEEP),
        ("人均产值同比+7.5%", Move.RAISE),
        ("重大事故 0起", Move.KEEP),
        ("月度报表", Move.UNKNOWN),
    ],
)
def test_the_move_of_a_kpi_line(text: str, move: Move) -> None:
    assert move_of(text) is move


def test_keeping_a_level_is_not_asked_about_a_kpi_that_must_move() -> None:
    evidence = Evidence(EvidenceKind.KPI, "退货率 4.2%→2.5%")
    keys = [one.key for one in fitting(RESOURCES, evidence, QuestionType.BEHAVIOURAL, Difficulty.BASIC)]
    assert "keeping" not in keys
    assert "lever" in keys
