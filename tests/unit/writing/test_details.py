# SPDX-License-Identifier: Apache-2.0
"""Probes and anchors are chosen line by line."""

from __future__ import annotations

from askwell.domain.generation import Written
from askwell.domain.questions import Difficulty, Evidence, EvidenceKind, QuestionType, Slot
from askwell.writing.details import best_details, sound_lines

SLOT = Slot(1, "", Evidence(EvidenceKind.DUTY, "库存准确率"), QuestionType.BEHAVIOURAL, Difficulty.BASIC)
QUESTION = "库存准确率掉下来的那次，您是从哪里查起的？"
GOOD = {
    "probe1": "当时您先核了哪几类货？",
    "probe2": "班组同事一开始怎么反应？",
    "probe3": "之后差错降到多少？",
    "anchor5": "讲清查找路径、措施和之后的数据",
    "anchor3": "找到了原因，但措施没有跟踪",
    "anchor1": "只说要仔细，没有做法",
}


def variant(texts: dict[str, str], means: dict[str, float], cut: tuple[str, ...] = ()) -> Written:
    return Written("d", {**GOOD, **texts}, 60, -1.0, {**dict.fromkeys(GOOD, -1.0), **means}, cut)


def details(*variants: Written) -> tuple[tuple[str, ...], dict[int, str]]:
    return best_details(sound_lines(variants, SLOT, "仓储主管", QUESTION))


def test_a_likelier_line_replaces_an_unlikely_one_of_the_same_place() -> None:
    better = {"probe2": "盘点的顺序是谁定下来的？", "anchor3": "只查了一部分库位，没有复盘"}
    probes, anchors = details(variant({}, {}), variant(better, dict.fromkeys(better, -0.2)))
    assert better["probe2"] in probes
    assert anchors == {5: GOOD["anchor5"], 3: better["anchor3"], 1: GOOD["anchor1"]}


def test_a_line_that_hit_its_limit_is_never_shown() -> None:
    probes, anchors = details(variant({}, {"probe1": -0.1, "anchor1": -0.1}, cut=("probe1", "anchor1")))
    assert GOOD["probe1"] not in probes
    assert set(anchors) == {5, 3}


def test_probes_are_unlike_each_other_and_told_from_the_first_to_the_last() -> None:
    copy = {"probe1": "之后差错降到了多少？"}
    probes, _ = details(variant({}, {}), variant(copy, {"probe1": -0.1}))
    assert len([probe for probe in probes if "降到" in probe]) == 1
    assert len(probes) == 3


def test_anchors_of_one_hand_stay_together_where_the_others_are_hardly_likelier() -> None:
    other = {
        "anchor5": "说出核对的步骤和最后的准确率",
        "anchor3": "说出步骤，没说准确率",
        "anchor1": "说不出核对过什么",
    }
    _, anchors = details(variant({}, {}), variant(other, {"anchor5": -0.5, "anchor3": -1.01, "anchor1": -1.01}))
    assert anchors == {5: other["anchor5"], 3: other["anchor3"], 1: other["anchor1"]}


def test_the_likeliest_lines_of_one_place_do_not_ask_the_same_three_times() -> None:
    alike = ("您先核对哪几处？", "先核实哪几处？", "您先查哪几处？")
    probes, _ = details(*(variant({"probe1": text}, {"probe1": -0.1}) for text in alike))
    assert len([probe for probe in probes if probe in alike]) == 1
    assert probes[1:] == (GOOD["probe2"], GOOD["probe3"])
