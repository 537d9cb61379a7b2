# SPDX-License-Identifier: Apache-2.0
"""Angles: the library is sound, each slot gets one that suits it, and a kit does not ask from one side only."""

from __future__ import annotations

from pathlib import Path

import pytest

from askwell.domain.questions import Difficulty, Evidence, EvidenceKind, QuestionType, Slot
from askwell.writing.angles import fitting, load_angles, to_try
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


def test_the_words_of_the_evidence_call_for_their_angle() -> None:
    assert to_try(RESOURCES, slot(1, "负责新员工带教"), 3)[0] == "teaching"
    assert to_try(RESOURCES, slot(1, "处理客户投诉"), 3)[0] in ("complaint", "other_people", "needs")


def test_what_would_have_to_be_read_into_the_evidence_is_not_tried() -> None:
    keys = to_try(RESOURCES, slot(1, "编制周计划"), 50)
    assert not {"teaching", "complaint", "negotiation", "handover"} & set(keys)
    assert len(keys) >= 8


def test_angles_used_elsewhere_in_the_kit_come_last() -> None:
    first = to_try(RESOURCES, slot(1, "核对库存"), 4)
    assert len(set(first)) == 4
    later = to_try(RESOURCES, slot(2, "核对库存"), 4, used=first)
    assert not set(first) & set(later)


def test_the_same_slot_is_always_tried_in_the_same_order() -> None:
    assert to_try(RESOURCES, slot(1, "核对库存"), 5) == to_try(RESOURCES, slot(1, "核对库存"), 5)


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
