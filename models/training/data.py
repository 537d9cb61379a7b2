# SPDX-License-Identifier: Apache-2.0
"""Corpus in, token ids out. The text of a sample is built by the app's own prompt code, so they cannot drift apart."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "desktop"))

from askwell.writing.examples import example_of
from askwell.writing.prompts import body, brief, head, load_layout

CORPUS = ROOT / "models" / "training" / "corpus"
RESOURCES = ROOT / "resources"


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


def read_records(folder: Path = CORPUS) -> list[dict[str, Any]]:
    """All `write` records of the corpus. Raises ValueError naming file and line where one is not JSON."""
    records: list[dict[str, Any]] = []
    for path in sorted(folder.glob("write.*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            try:
                records.append(json.loads(line))
            except json.JSONDecodeError as error:
                raise ValueError(f"{path.name}:{number}: {error}") from error
    return records


def split_by_position(
    records: list[dict[str, Any]], share: float, seed: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Training and validation records with no position in both: validation is on unseen occupations."""
    titles = sorted({(record["lang"], record["position"]) for record in records})
    random.Random(seed).shuffle(titles)
    held = set(titles[: max(1, round(len(titles) * share))])
    train = [record for record in records if (record["lang"], record["position"]) not in held]
    valid = [record for record in records if (record["lang"], record["position"]) in held]
    return train, valid


def encode(records: Iterable[dict[str, Any]], tokenizer: Tokenizer) -> list[Sample]:
    """Prompt and answer are tokenised apart, as the engine does."""
    samples = []
    for record in records:
        example = example_of(record)
        layout = load_layout(RESOURCES, example.lang)
        asked = brief(layout, example.evidence, example.competency, example.type, example.difficulty)
        prompt = [tokenizer.bos_token_id]
        prompt += tokenizer.encode(head(layout, example.title), add_special_tokens=False)
        prompt += tokenizer.encode(asked, add_special_tokens=False)
        answer = tokenizer.encode(body(layout, example.words), add_special_tokens=False)
        samples.append(Sample(prompt + answer + [tokenizer.eos_token_id], len(prompt), example.lang))
    return samples


def batches(samples: list[Sample], size: int, seed: int) -> Iterator[list[Sample]]:
    """Batches of similar length in a random order."""
    rng = random.Random(seed)
    order = sorted(samples, key=lambda sample: (len(sample.ids) // 24, rng.random()))
    groups = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(groups)
    yield from groups
