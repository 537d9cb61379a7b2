# SPDX-License-Identifier: Apache-2.0
"""Corpus in, token ids out. The text of a sample is built by the app's own prompt code, so they cannot drift apart."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from house import ROOT

# isort: split
from askwell.domain.questions import Difficulty, Evidence, EvidenceKind, QuestionType, Slot
from askwell.writing import critic, tasks
from askwell.writing.angles import load_angles
from askwell.writing.examples import example_of
from askwell.writing.prompts import Layout, body, brief, head, load_layout

CORPUS = ROOT / "models" / "training" / "corpus"
RESOURCES = ROOT / "resources"
TASKS = ("write", "probe", "rewrite", "judge", "screen", "grade")
Record = dict[str, Any]


class Tokenizer(Protocol):
    """The part of a transformers tokenizer that is used here."""

    bos_token_id: int
    eos_token_id: int

    def encode(self, text: str, add_special_tokens: bool = ...) -> list[int]:
        """Token ids of a text."""
        ...


@dataclass(frozen=True)
class Sample:
    """Token ids; the loss is taken on `ids[start:]` only (the written part and the end of text)."""

    ids: list[int]
    start: int
    lang: str
    task: str


def read_records(folder: Path = CORPUS) -> list[Record]:
    """All records that are trained on, each with its `task`. Raises ValueError naming file and line of a bad one."""
    records: list[Record] = []
    for path in sorted(folder.glob("*.jsonl")):
        task = path.name.split(".", 1)[0]
        if task not in TASKS:
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                records.append({**json.loads(line), "task": task})
            except json.JSONDecodeError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
    return records


def share_of(text: str) -> float:
    """A number in 0–1 that is always the same for a text: splits that do not move when the corpus grows."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big") / 2**32


SCREEN_HELD_OUT = 1 / 6


def held_out(record: Record, share: float = 0.06) -> bool:
    """Whether a record is kept for validation: by occupation; labelled questions, which have few words, one by one."""
    if record["task"] == "screen":
        return share_of(f"screen|{record['question']}") < SCREEN_HELD_OUT
    return share_of(f"{record['lang']}|{record['position']}") < share


def split_by_position(records: list[Record]) -> tuple[list[Record], list[Record]]:
    """Training and validation records. No position is in both (labelled questions aside, see `held_out`): validation is
    on unseen occupations."""
    return [one for one in records if not held_out(one)], [one for one in records if held_out(one)]


def render(record: Record, layout: Layout) -> tuple[str, str]:
    """Prompt and written part of a record, in the app's own words."""
    task, title = record["task"], str(record["position"])
    if task == "write":
        example = example_of(record, load_angles(RESOURCES))
        if share_of(record["id"]) < 0.1:  # the app may leave the angle open, so the model must know that too
            example = replace(example, angle="")
        asked = brief(layout, example.evidence, example.competency, example.type, example.difficulty, example.angle)
        return head(layout, title) + asked, body(layout, example.words)
    if task == "probe":
        prompt = tasks.follow_up_prompt(layout, title, record["question"], record["answer"])
        return prompt, tasks.follow_up_body(layout, tasks.FollowUp(record["missing"], record["probe"]))
    if task == "rewrite":
        prompt = tasks.rewrite_prompt(layout, title, record["question"])
        return prompt, tasks.rewrite_body(layout, tasks.Rewrite(record["reason"], record["rewrite"]))
    if task == "screen":
        prompt = tasks.screen_prompt(layout, title, record["question"])
        return prompt, tasks.screen_body(layout, record["topic"])
    if task == "grade":
        place = critic.Place(title, slot_of(record), record["kind"], record["question"])
        return critic.grade_prompt(layout, place, record["line"]), critic.grade_body(layout, record["grade"])
    prompt = tasks.judge_prompt(layout, title, record["question"])
    verdict = tasks.Verdict(record["relevant"], record["lawful"], record["reason"])
    return prompt, tasks.judge_body(layout, verdict)


def slot_of(record: Record, number: int = 1) -> Slot:
    """The slot that a record with evidence is about."""
    evidence = Evidence(EvidenceKind(record["evidence"]["kind"]), record["evidence"]["text"])
    kind, level = QuestionType(record["type"]), Difficulty(record["difficulty"])
    return Slot(number, record["competency"], evidence, kind, level, record["lang"], angle=record.get("angle", ""))


def encode(records: Iterable[Record], tokenizer: Tokenizer) -> list[Sample]:
    """Prompt and answer are tokenised apart, as the engine does."""
    layouts: dict[str, Layout] = {}
    samples = []
    for record in records:
        lang = record["lang"]
        layout = layouts.setdefault(lang, load_layout(RESOURCES, lang))
        asked, written = render(record, layout)
        prompt = [tokenizer.bos_token_id, *tokenizer.encode(asked, add_special_tokens=False)]
        answer = tokenizer.encode(written, add_special_tokens=False)
        samples.append(Sample(prompt + answer + [tokenizer.eos_token_id], len(prompt), lang, record["task"]))
    return samples


def batches(samples: list[Sample], size: int, seed: int) -> Iterator[list[Sample]]:
    """Batches of similar length in a random order."""
    rng = random.Random(seed)
    order = sorted(samples, key=lambda sample: (len(sample.ids) // 24, rng.random()))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    yield from groups
