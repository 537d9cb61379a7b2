# SPDX-License-Identifier: Apache-2.0
"""Plain records become blueprints; what was named expressly is asked about first."""

from __future__ import annotations

import pytest

from askwell.app.records import blueprint_of, language_of, parse_job
from askwell.domain.errors import InputRefused
from askwell.domain.questions import Difficulty, EvidenceKind, QuestionType


def job(**fields: object):  # type: ignore[no-untyped-def]
    return parse_job({"title": "仓储主管", **fields}, "jobs.jsonl", 1)


def test_only_a_title_is_needed() -> None:
    blueprint = blueprint_of(job())
    assert len(blueprint.slots) == 1
    assert blueprint.slots[0].evidence.text == "仓储主管"


def test_each_named_thing_gets_a_question() -> None:
    blueprint = blueprint_of(
        job(kpi="库存准确率≥99.5%", standard="账实相符", candidate="管过三个仓", duties=["收发存管理"])
    )
    kinds = [slot.evidence.kind for slot in blueprint.slots]
    assert kinds == [EvidenceKind.KPI, EvidenceKind.STANDARD, EvidenceKind.EXPERIENCE]


def test_more_questions_than_evidence_go_round_with_another_type() -> None:
    slots = blueprint_of(job(kpi="库存准确率≥99.5%", count=3)).slots
    assert len(slots) == 3
    assert len({slot.type for slot in slots}) == 3


def test_duties_fill_up_to_the_count() -> None:
    slots = blueprint_of(job(kpi="库存准确率≥99.5%", duties=["收货", "发货", "盘点", "排班"], count=3)).slots
    assert slots[0].evidence.kind is EvidenceKind.KPI
    assert [slot.evidence.kind for slot in slots[1:]] == [EvidenceKind.DUTY, EvidenceKind.DUTY]


def test_type_and_difficulty_of_the_record_win() -> None:
    slot = blueprint_of(job(kpi="x率", type="technical", difficulty="advanced")).slots[0]
    assert (slot.type, slot.difficulty) == (QuestionType.TECHNICAL, Difficulty.ADVANCED)


def test_personal_facts_in_an_experience_do_not_reach_the_prompt() -> None:
    slot = blueprint_of(job(candidate="女，28岁，已婚已育，管理过三个成品仓的收发")).slots[0]
    assert "成品仓" in slot.evidence.text
    assert "已婚" not in slot.evidence.text
    assert "28" not in slot.evidence.text


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("仓储主管", "zh"),
        ("Supply Chain Planner", "en"),
        ("店舗マネージャー", "ja"),
        ("Jefe de compras para España", "es"),
    ],
)
def test_the_language_is_that_of_the_record(title: str, lang: str) -> None:
    assert language_of(parse_job({"title": title}, "f", 1)) == lang


@pytest.mark.parametrize(
    ("raw", "field"), [({}, "title"), ({"title": ""}, "title"), ({"title": "x", "count": 0}, "count"), ([], "")]
)
def test_a_bad_record_is_refused_with_its_field(raw: object, field: str) -> None:
    with pytest.raises(InputRefused) as refused:
        parse_job(raw, "jobs.jsonl", 7)
    assert refused.value.message.params["line"] == 7
    assert refused.value.message.params["field"] == field
