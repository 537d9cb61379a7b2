# SPDX-License-Identifier: Apache-2.0
"""The codec brings back what it was given, and refuses what does not fit."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from askwell.domain.questions import (
    Approval,
    Blueprint,
    Evidence,
    Finding,
    Kit,
    Provenance,
    Question,
    QuestionText,
    Requirements,
    Slot,
)
from askwell.domain.records import Candidate, Goal, Kpi, PastInterview, Position, Standard
from askwell.store.codec import CodecError, decode, encode


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Odd:
    """Every shape that the codec promises, beyond what the domain uses today."""

    pair: tuple[int, str]
    colours: dict[Colour, float]
    table: dict[int, tuple[bool, ...]]
    names: list[str] = field(default_factory=list)
    inner: Odd | None = None


PARTS = (Evidence, Slot, QuestionText, Provenance, Finding, Approval, Question, Kit, Blueprint, Requirements)
RECORDS = (Position, Kpi, Goal, Standard, Candidate, PastInterview)


@pytest.mark.parametrize("kind", [*PARTS, *RECORDS, Odd])
def test_any_value_survives_the_way_through_json(kind: type[Any]) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
    @given(st.from_type(kind))
    def check(value: Any) -> None:
        try:
            encoded = encode(value)
        except CodecError:
            reject()  # NaN and infinity are refused by design; a test below says so.
        plain = json.loads(json.dumps(encoded, ensure_ascii=False, allow_nan=False))
        back = decode(kind, plain)
        assert back == value
        assert encode(back) == encode(value)

    check()


@settings(max_examples=40, deadline=None)
@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists))
def test_foreign_plain_values_are_refused_with_a_codec_error_only(plain: object) -> None:
    with pytest.raises(CodecError):
        decode(Slot, plain)


@pytest.mark.parametrize(
    ("kind", "plain"),
    [
        (QuestionText, {"text": "x", "colour": 1}),
        (QuestionText, {"probes": []}),
        (QuestionText, {"text": None}),
        (QuestionText, {"text": "x", "anchors": {"05": "a"}}),
        (QuestionText, {"text": "x", "anchors": {"five": "a"}}),
        (QuestionText, {"text": "x", "probes": "abc"}),
        (Finding, {"rule": "r", "family": "form", "severity": "loud", "reason": ""}),
        (Finding, {"rule": "r", "family": "form", "severity": "note", "reason": "", "span": [1]}),
        (int, True),
        (float, "1"),
        (float, False),
        (bool, 1),
        (dict[str, int], []),
    ],
)
def test_what_does_not_fit_is_refused(kind: type[Any], plain: object) -> None:
    with pytest.raises(CodecError):
        decode(kind, plain)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1: "a", "1": "b"}, {True: 1}, b"x", object(), {1, 2}])
def test_what_json_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(CodecError):
        encode(value)


def test_a_field_added_later_takes_its_default() -> None:
    assert decode(QuestionText, {"text": "x"}) == QuestionText("x")


def test_the_error_names_the_way_to_the_field() -> None:
    with pytest.raises(CodecError, match=r"Odd.inner: Odd.pair"):
        decode(Odd, {"pair": [1, "a"], "colours": {}, "table": {}, "inner": {"pair": 1, "colours": {}, "table": {}}})


@pytest.mark.parametrize("hint", [int | str, set[int], complex])
def test_types_without_a_rule_are_refused(hint: Any) -> None:
    with pytest.raises(CodecError):
        decode(hint, 1)
