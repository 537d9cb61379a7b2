# SPDX-License-Identifier: Apache-2.0
"""The critic's grades decide among lines that pass the gates."""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import pytest
from tests.fakes.text_model import FakeTextModel

from askwell.domain.generation import Branch, ScoreItem
from askwell.domain.questions import Blueprint, Difficulty, Evidence, EvidenceKind, QuestionType, Slot
from askwell.writing.critic import Critic, Place, grade_prompt
from askwell.writing.prompts import load_layout
from askwell.writing.writer import Writer, WritingSettings

ROOT = Path(__file__).resolve().parents[3]
RESOURCES = ROOT / "resources"
SLOT = Slot(1, "", Evidence(EvidenceKind.DUTY, "库存准确率"), QuestionType.BEHAVIOURAL, Difficulty.BASIC)
PLAIN, ODD = "库存准确率掉下来的那次，您是从哪里查起的？", "库存准确率最低的那次，您是怎么取舍的？"
DETAILS = {
    "probe1": "当时您先核了哪几类货？",
    "probe2": "班组同事一开始怎么反应？",
    "probe3": "之后差错降到多少？",
    "anchor5": "讲清查找路径、措施和之后的数据",
    "anchor3": "找到了原因，但措施没有跟踪",
    "anchor1": "只说要仔细，没有做法",
}


class Reader(FakeTextModel):
    """Scores a grade by what the line is: `chances` by line, for good, fair and poor."""

    def __init__(self, chances: dict[str, tuple[float, float, float]]) -> None:
        super().__init__(lambda branch, segment: "")
        self.chances = chances

    def score(self, items: Sequence[ScoreItem]) -> list[float]:
        self.scored += items
        words = load_layout(RESOURCES, "zh").tasks.grades
        order = [words["good"], words["fair"], words["poor"]]
        found = []
        for item in items:
            line = item.lead.split("\n")[0]
            found.append(math.log(self.chances.get(line, (0.2, 0.3, 0.5))[order.index(item.text)]))
        return found


def test_a_grade_is_the_expected_usability() -> None:
    critic = Critic(Reader({PLAIN: (0.5, 0.25, 0.25), ODD: (0.1, 0.1, 0.8)}), RESOURCES)
    place = Place("仓储主管", SLOT, "question")
    assert critic([(place, PLAIN), (place, ODD)]) == pytest.approx([0.5 + 0.6 * 0.25, 0.1 + 0.6 * 0.1])
    assert critic([]) == []


def test_the_beginning_that_lines_share_is_one_context() -> None:
    reader = Reader({})
    place = Place("仓储主管", SLOT, "probe", PLAIN)
    Critic(reader, RESOURCES)([(place, line) for line in DETAILS.values()])
    assert len({item.context for item in reader.scored}) == 1
    asked = reader.scored[0]
    assert asked.context + asked.lead == grade_prompt(load_layout(RESOURCES, "zh"), place, DETAILS["probe1"])


@pytest.mark.parametrize(("liked", "other"), [(PLAIN, ODD), (ODD, PLAIN)])
def test_the_writer_takes_what_the_critic_likes(liked: str, other: str) -> None:
    def answer(branch: Branch, segment: str) -> str:
        return DETAILS.get(segment, (PLAIN, ODD)[branch.sampling.seed % 2])

    critic = Critic(Reader({liked: (0.9, 0.05, 0.05), other: (0.05, 0.05, 0.9)}), RESOURCES)
    writer = Writer(FakeTextModel(answer), RESOURCES, WritingSettings(candidates=4, detail_variants=2), critic)
    draft = writer.write(Blueprint("p", "仓储主管", "物流部", "zh", (SLOT,)))[0]
    assert draft.words is not None
    assert draft.words.text == liked
    assert draft.provenance.scores["sense"] > 0.9


def test_a_probe_that_the_critic_dislikes_gives_way() -> None:
    dull = {**DETAILS, "probe2": "哪些人要派不上班？"}

    def answer(branch: Branch, segment: str) -> str:
        texts = dull if branch.sampling.seed % 2 else DETAILS
        return texts.get(segment, PLAIN)

    critic = Critic(Reader({DETAILS["probe2"]: (0.8, 0.1, 0.1), dull["probe2"]: (0.0001, 0.0999, 0.9)}), RESOURCES)
    writer = Writer(FakeTextModel(answer), RESOURCES, WritingSettings(candidates=2, detail_variants=2), critic)
    draft = writer.write(Blueprint("p", "仓储主管", "物流部", "zh", (SLOT,)))[0]
    assert draft.words is not None
    assert DETAILS["probe2"] in draft.words.probes
    assert dull["probe2"] not in draft.words.probes


@pytest.mark.parametrize("lang", ["zh", "en", "ja", "es"])
def test_the_critic_asks_in_the_words_of_training(lang: str) -> None:
    sys.path.insert(0, str(ROOT / "models" / "training"))
    data = import_module("data")
    layout = load_layout(RESOURCES, lang)
    for record in [one for one in data.read_records() if one["task"] == "grade" and one["lang"] == lang][:40]:
        reader = FakeTextModel(lambda branch, segment: "")
        place = Place(record["position"], data.slot_of(record), record["kind"], record["question"])
        Critic(reader, RESOURCES)([(place, record["line"])])
        prompt, written = data.render(record, layout)
        assert {item.context + item.lead for item in reader.scored} == {prompt}
        assert written in {item.text for item in reader.scored}
