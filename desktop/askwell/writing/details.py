# SPDX-License-Identifier: Apache-2.0
"""Probes and rating anchors: choosing line by line among several written variants.

A line that makes no sense is unlikely under the model, whatever stands around it, so every line is chosen for itself:
among those that pass the gates, by likelihood and by what it takes up of the question and its evidence.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from askwell.domain.generation import Written
from askwell.domain.questions import Slot
from askwell.writing import content
from askwell.writing.grounding import ground_detail
from askwell.writing.prompts import SCORES

MAX_PROBES = 3
GROUNDING, FLUENCY = 0.25, 3.0
SAME_HAND = 0.15  # anchors written together are steps of one scale
LIKENESS = 0.6
_ENDINGS = ("？", "?", "。", ".")


@dataclass(frozen=True, slots=True)
class Line:
    """A sound line of a variant; `place` is the segment that it was written for."""

    text: str
    value: float
    place: str
    variant: int


def best_details(
    variants: Sequence[Written], slot: Slot, title: str, question: str
) -> tuple[tuple[str, ...], dict[int, str]]:
    """Up to three sound, distinct probes and one anchor a score, drawn from all variants."""
    lines = [line for index, one in enumerate(variants) for line in _sound(one, index, slot, title, question)]
    return _probes(lines, slot, title, question), _anchors(lines, slot, title, question)


def _sound(written: Written, variant: int, slot: Slot, title: str, question: str) -> Iterator[Line]:
    for place, raw in written.texts.items():
        text = raw.strip()
        if place in written.cut or (place.startswith("probe") and not text.endswith(_ENDINGS)):
            continue
        verdict = ground_detail(text, slot, title, question)
        if verdict.acceptable:
            likely = math.exp(written.means.get(place, written.logprob))
            yield Line(text, GROUNDING * verdict.score + FLUENCY * likely, place, variant)


def _probes(lines: Sequence[Line], slot: Slot, title: str, question: str) -> tuple[str, ...]:
    """The best one first, then the best of what is unlike those chosen; told in the order of writing, which goes from
    the situation to the result."""
    pool = [line for line in lines if line.place.startswith("probe")]
    chosen: list[Line] = []
    while pool and len(chosen) < MAX_PROBES:
        told = [line.text for line in chosen]
        pool = [line for line in pool if ground_detail(line.text, slot, title, question, told).acceptable]
        best = max(pool, key=lambda line: _apart(line, told), default=None)
        if best is not None:
            chosen.append(best)
    return tuple(line.text for line in sorted(chosen, key=lambda line: line.place))


def _apart(line: Line, told: Sequence[str]) -> float:
    likeness = max((content.similarity(line.text, other) for other in told), default=0.0)
    return line.value - LIKENESS * likeness


def _anchors(lines: Sequence[Line], slot: Slot, title: str, question: str) -> dict[int, str]:
    chosen: dict[int, Line] = {}
    for score in SCORES:
        told = [line.text for line in chosen.values()]
        hands = {line.variant for line in chosen.values()}
        pool = [
            line
            for line in lines
            if line.place == f"anchor{score}" and ground_detail(line.text, slot, title, question, told).acceptable
        ]
        if pool:
            chosen[score] = max(pool, key=lambda line: line.value + SAME_HAND * (line.variant in hands))
    return {score: line.text for score, line in chosen.items()}
