# SPDX-License-Identifier: Apache-2.0
"""A round of reading and grading: briefs in, sheets for readers, graded lines into the corpus."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from tests.fakes.text_model import FakeTextModel

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "models" / "training"))
sample = import_module("sample")
schema = import_module("schema")

BRIEFS = """## 食品加工 | 冷冻面点配方师
duty|b2|质量把控|新配方上线前完成三批次中试并留样
kpi|s1|目标达成|饺子破皮率 3.2%→2.0%
"""
TEXTS = {
    "text": "新配方中试留样没做完就要上线的那次，您是怎么处理的？",
    "probe1": "三批次里哪一批最先出问题？",
    "probe2": "您当时跟谁商量过？",
    "probe3": "之后留样补齐了没有？",
    "anchor5": "讲得清每一批的问题和补救，配方按期上线",
    "anchor3": "做了中试，但留样不全",
    "anchor1": "没有中试就上线",
}


@pytest.fixture
def briefs(tmp_path: Path) -> Path:
    path = tmp_path / "r7-zh.txt"
    path.write_text(BRIEFS, encoding="utf-8")
    return path


def drawn(briefs: Path) -> list[dict[str, object]]:
    model = FakeTextModel(lambda branch, segment: TEXTS[segment])
    return list(sample.draw(model, sample.read_briefs(briefs)))


def test_a_brief_has_all_that_a_slot_needs(briefs: Path) -> None:
    first, second = sample.read_briefs(briefs)
    assert (first["id"], second["id"]) == ("zh-r7-001", "zh-r7-002")
    assert first["position"] == "冷冻面点配方师"
    assert second["evidence"] == {"kind": "kpi", "text": "饺子破皮率 3.2%→2.0%"}
    assert (second["type"], second["difficulty"]) == ("situational", "basic")


def test_readers_see_every_line_once_with_its_brief(briefs: Path) -> None:
    rows = drawn(briefs)
    text = sample.sheet(rows)
    assert f"## zh-r7-001 ({len(rows)} digits)" in text
    assert f"Q {TEXTS['text']}\n> {TEXTS['text']}\n" in text
    for mark, name in (("P", "probe1"), ("5", "anchor5"), ("1", "anchor1")):
        assert text.count(f"{mark} {TEXTS[name]}") == 1


def test_graded_lines_become_records_of_the_corpus(briefs: Path, tmp_path: Path) -> None:
    rows = drawn(briefs)
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    grades = tmp_path / "grades.txt"
    grades.write_text("zh-r7-001 " + "210"[: len(rows)].ljust(len(rows), "2") + "\n", encoding="utf-8")
    assert sample.take(tmp_path, [grades], tmp_path) == len(rows)
    records = [json.loads(line) for line in (tmp_path / "grade.zh.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [one["grade"] for one in records[:3]] == ["good", "fair", "poor"]
    for one in records:
        schema.GradeRecord.model_validate(one)


def test_a_brief_with_a_wrong_number_of_grades_is_named(briefs: Path, tmp_path: Path) -> None:
    rows = drawn(briefs)
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "grades.txt").write_text("zh-r7-001 2\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"zh-r7-001: \d+ digits are wanted, 1 given"):
        sample.take(tmp_path, [tmp_path / "grades.txt"], tmp_path)


def test_a_signal_that_tells_good_from_bad_gets_the_weight() -> None:
    rng = np.random.default_rng(3)
    truth = rng.random(400) > 0.5
    telling = truth + rng.normal(0, 0.5, 400)
    matrix = np.stack([telling, rng.normal(0, 1, 400)], 1)
    weights = sample.logistic(matrix, truth.astype(float))
    assert weights[1] > 5 * abs(weights[2])
    assert sample.auc(truth, telling) > 0.85
    assert sample.auc(truth, -telling) < 0.15
