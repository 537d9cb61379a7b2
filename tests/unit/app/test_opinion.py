# SPDX-License-Identifier: Apache-2.0
"""The second opinion never stands in the way of a check."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from tests.fakes.text_model import FakeTextModel

from askwell.app.models import ModelService
from askwell.app.opinion import SecondOpinion
from askwell.domain.errors import EngineError
from askwell.domain.generation import ScoreItem

RESOURCES = Path(__file__).resolve().parents[3] / "resources"


def service(model: object) -> ModelService:
    return cast(ModelService, SimpleNamespace(knows_tasks=True, task_model=lambda: model))


class Private(FakeTextModel):
    def score(self, items: Sequence[ScoreItem]) -> list[float]:
        return [0.0 if "隐私" in item.text else -9.0 for item in items]


def test_the_model_says_what_a_question_touches() -> None:
    second = SecondOpinion(service(Private(lambda *_: "")), RESOURCES)
    opinion = second("您下班以后要赶着去接谁吗？", "zh", "仓库主管")
    assert opinion is not None
    assert sum(opinion.values()) - 1 < 1e-9
    assert opinion["ok"] < 0.01


def test_a_model_that_was_not_trained_for_it_is_not_asked() -> None:
    def never() -> Any:
        raise AssertionError

    models = cast(ModelService, SimpleNamespace(knows_tasks=False, task_model=never))
    assert SecondOpinion(models, RESOURCES)("您结婚了吗？", "zh") is None


def test_a_model_that_fails_is_asked_once_and_the_reason_is_kept() -> None:
    asked: list[int] = []

    class Broken(FakeTextModel):
        def score(self, items: Sequence[ScoreItem]) -> list[float]:
            asked.append(1)
            raise EngineError.of("engine_died", file="", detail="")

    second = SecondOpinion(service(Broken(lambda *_: "")), RESOURCES)
    assert second("您结婚了吗？", "zh") is None
    assert second("您多大了？", "zh") is None
    assert len(asked) == 1
    assert second.failure is not None
