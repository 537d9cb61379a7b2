# SPDX-License-Identifier: Apache-2.0
"""The text that is trained on is the text that the app asks with."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest
from tests.fakes.text_model import FakeTextModel

from askwell.domain.questions import Blueprint, Difficulty, Evidence, EvidenceKind, QuestionType, Slot
from askwell.writing.assistant import Assistant
from askwell.writing.prompts import load_layout
from askwell.writing.writer import Writer, WritingSettings

ROOT = Path(__file__).resolve().parents[3]
RESOURCES = ROOT / "resources"
sys.path.insert(0, str(ROOT / "models" / "training"))
data = import_module("data")


@pytest.mark.parametrize("lang", ["zh", "en", "ja", "es"])
def test_the_writer_asks_in_the_words_of_training(lang: str) -> None:
    records = [one for one in data.read_records() if one["task"] == "write" and one["lang"] == lang]
    record = next(one for one in records if one.get("angle") and data.share_of(one["id"]) >= 0.1)
    prompt, written = data.render(record, load_layout(RESOURCES, lang))
    evidence = Evidence(EvidenceKind(record["evidence"]["kind"]), record["evidence"]["text"])
    slot = Slot(
        1,
        record["competency"],
        evidence,
        QuestionType(record["type"]),
        Difficulty(record["difficulty"]),
        lang,
        angle=record["angle"],
    )
    texts = {"text": record["question"], "probe1": "?", "probe2": "?", "probe3": "?"}
    model = FakeTextModel(lambda branch, segment: texts.get(segment, "x"))
    Writer(model, RESOURCES, WritingSettings(candidates=1, rounds=1)).write(
        Blueprint("", record["position"], "", lang, (slot,))
    )
    job = model.jobs[0]
    assert job.prefix + job.branches[0].suffix == prompt
    details = model.jobs[-1].branches[0]
    fed = model.jobs[-1].prefix + details.suffix + details.segments[0].lead
    assert (prompt + written).startswith(fed)
    for segment in details.segments:
        assert segment.lead in written


def test_the_short_tasks_are_asked_in_the_words_of_training() -> None:
    layout = load_layout(RESOURCES, "zh")
    records = {one["task"]: one for one in data.read_records() if one["lang"] == "zh"}
    model = FakeTextModel(lambda branch, segment: "您当时先查的是哪一项记录？")
    assistant = Assistant(model, RESOURCES)
    probe, rewrite = records["probe"], records["rewrite"]
    assistant.follow_up(probe["position"], probe["question"], probe["answer"], "zh")
    assert data.render(probe, layout)[0] == model.jobs[-1].prefix
    assistant.rewrite(rewrite["position"], rewrite["question"], "zh", lambda text: True)
    assert data.render(rewrite, layout)[0] == model.jobs[-1].prefix
    asked = records["screen"]
    assistant.screen(asked["position"], asked["question"], "zh")
    prompt, written = data.render(asked, layout)
    assert {item.context for item in model.scored} == {prompt} | {data.render(probe, layout)[0]}
    assert written in {item.text for item in model.scored}


def test_a_growing_corpus_keeps_its_split() -> None:
    records = [one for one in data.read_records() if one["task"] != "screen"]
    train, valid = data.split_by_position(records)
    assert 0.03 < len(valid) / len(records) < 0.12
    assert not {(r["lang"], r["position"]) for r in train} & {(r["lang"], r["position"]) for r in valid}
    assert data.split_by_position(records[::2])[1] == [one for one in records[::2] if data.held_out(one)]


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    (tmp_path / "write.zh.jsonl").write_text('{"id": "a"}\n{oops\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"write\.zh\.jsonl:2"):
        data.read_records(tmp_path)


def test_batches_hold_every_sample_once() -> None:
    samples = [data.Sample(list(range(n % 50 + 2)), 1, "zh", "write") for n in range(101)]
    groups = list(data.batches(samples, 8, 3))
    assert sum(len(group) for group in groups) == 101
    assert groups == list(data.batches(samples, 8, 3))
    assert groups != list(data.batches(samples, 8, 4))
