# SPDX-License-Identifier: Apache-2.0
"""Finished questions shown to a model that was not trained on our layout (`resources/examples/<lang>.jsonl`)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from askwell.domain.questions import Difficulty, Evidence, EvidenceKind, QuestionText, QuestionType
from askwell.writing.angles import Angle, load_angles
from askwell.writing.prompts import LANGUAGES, Example

SHOWN = 6


def pick_examples(resources: Path, lang: str, count: int = SHOWN) -> list[Example]:
    """The first `count` examples of a language; each file begins with one of every type and evidence kind."""
    name = lang if lang in LANGUAGES else "en"
    lines = (resources / "examples" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    angles = load_angles(resources)
    return [example_of(json.loads(line), angles) for line in lines[:count]]


def example_of(record: dict[str, object], angles: Mapping[str, Angle]) -> Example:
    """A `write` record of the corpus (`models/training/corpus/README.md`) as an Example; records written before there
    were angles have none. Raises KeyError or ValueError where the record has another shape."""
    key, lang = record.get("angle"), str(record["lang"])
    evidence = record["evidence"]
    anchors = record["anchors"]
    probes = record["probes"]
    if not isinstance(evidence, dict) or not isinstance(anchors, dict) or not isinstance(probes, list):
        raise ValueError(f"example {record.get('id')}: evidence, anchors or probes have the wrong shape")
    return Example(
        title=str(record["position"]),
        evidence=Evidence(EvidenceKind(evidence["kind"]), str(evidence["text"])),
        competency=str(record["competency"]),
        type=QuestionType(str(record["type"])),
        difficulty=Difficulty(str(record["difficulty"])),
        words=QuestionText(
            str(record["question"]), tuple(map(str, probes)), {int(score): str(text) for score, text in anchors.items()}
        ),
        lang=lang,
        angle=angles[str(key)].label(lang) if key else "",
    )
