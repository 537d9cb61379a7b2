# SPDX-License-Identifier: Apache-2.0
"""Around the model's short tasks: choice of the missing part, gates, review, and nothing rather than rubbish."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tests.fakes.text_model import FakeTextModel

from askwell.domain.generation import Branch, ScoreItem
from askwell.writing.assistant import Assistant

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
QUESTION = "旺季到货集中的时候，您是怎么安排卸货顺序的？"
ANSWER = "我们当时开了会，大家一起把顺序排了一下，后来就顺了。"


class Scoring(FakeTextModel):
    """Scores by a function of the text."""

    def __init__(self, answer: Callable[[Branch, str], str], scores: Callable[[ScoreItem], float]) -> None:
        super().__init__(answer)
        self.scores = scores

    def score(self, items: Sequence[ScoreItem]) -> list[float]:
        return [self.scores(item) for item in items]


def own_part(item: ScoreItem) -> float:
    return -0.1 if item.text.startswith("本人作用") else -3.0


def test_a_follow_up_names_the_missing_part_and_goes_for_it() -> None:
    model = Scoring(lambda branch, segment: "卸货顺序里哪一部分是您定的？", own_part)
    done = Assistant(model, RESOURCES).follow_up("仓储调度员", QUESTION, ANSWER, "zh")
    assert done is not None
    assert done.missing == "own_part"
    assert done.probe == "卸货顺序里哪一部分是您定的？"
    assert model.jobs[0].branches[0].segments[0].lead == "本人作用\n追问："


def test_a_follow_up_that_repeats_the_question_or_invents_is_not_shown() -> None:
    for text in (QUESTION, "那37车货是怎么卸的？", "请继续说", "先排谁？后排谁？"):
        model = Scoring(lambda branch, segment, text=text: text, own_part)  # type: ignore[misc]
        assert Assistant(model, RESOURCES).follow_up("仓储调度员", QUESTION, ANSWER, "zh") is None


def test_a_rewrite_must_pass_review_and_change_something() -> None:
    bad = "您打算什么时候要孩子？"
    good = "季度末要连续加班一周，您会怎么安排手头的工作？"
    assistant = Assistant(FakeTextModel(lambda branch, segment: good if segment == "text" else "问生育计划"), RESOURCES)
    done = assistant.rewrite("会计", bad, "zh", lambda text: "孩子" not in text)
    assert done is not None
    assert (done.reason, done.text) == ("问生育计划", good)
    assert assistant.rewrite("会计", bad, "zh", lambda text: False) is None
    same = Assistant(FakeTextModel(lambda branch, segment: bad), RESOURCES)
    assert same.rewrite("会计", bad, "zh", lambda text: True) is None


def test_a_known_fault_is_given_instead_of_written() -> None:
    model = FakeTextModel(lambda branch, segment: "季度末要连续加班一周，您会怎么安排手头的工作？")
    done = Assistant(model, RESOURCES).rewrite("会计", "您结婚了吗？", "zh", lambda text: True, "问婚姻状况")
    assert done is not None
    assert done.reason == "问婚姻状况"
    assert model.jobs[0].branches[0].segments[0].lead == "问婚姻状况\n改写："


def test_a_second_opinion_is_a_difference_of_likelihoods() -> None:
    model = Scoring(lambda branch, segment: "", lambda item: -0.2 if item.text == "是" else -1.2)
    odds = Assistant(model, RESOURCES).judge("会计", QUESTION, "zh")
    assert odds["relevant"] == odds["lawful"] > 0.9
