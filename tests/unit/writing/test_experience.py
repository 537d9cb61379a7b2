# SPDX-License-Identifier: Apache-2.0
"""Only work that was done, and that the position asks for, becomes a question about a candidate."""

from __future__ import annotations

from askwell.domain.questions import Evidence, EvidenceKind, Requirements
from askwell.writing.experience import best_sentences, sentences

NEEDS = Requirements("p", "生产车间主管", "", "zh", (Evidence(EvidenceKind.DUTY, "组织换型和首件确认，缩短换型时间"),))
TEXTS = (
    "学历：大专",
    "专业：机械制造",
    "工作经历：在某厂任班长三年。带班14人推动快速换型，换型时间由48分钟降到21分钟；喜欢跑步和看书这类活动。",
)


def test_schooling_is_no_experience() -> None:
    assert all("大专" not in one and "机械制造" not in one for one in best_sentences(TEXTS, NEEDS, 3))


def test_the_sentence_nearest_to_the_position_comes_first() -> None:
    assert best_sentences(TEXTS, NEEDS, 1) == ("带班14人推动快速换型，换型时间由48分钟降到21分钟",)


def test_labels_of_columns_are_left_out() -> None:
    assert sentences("工作经历：负责仓库盘点。", "zh") == ["负责仓库盘点"]


def test_english_decimals_do_not_end_a_sentence() -> None:
    found = sentences("Ran two stores. Cut stock variance from 0.7% to 0.3% in a year.", "en")
    assert found == ["Ran two stores", "Cut stock variance from 0.7% to 0.3% in a year"]


def test_nothing_usable_gives_nothing() -> None:
    assert best_sentences(("学历：本科",), NEEDS, 2) == ()
