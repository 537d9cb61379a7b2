# SPDX-License-Identifier: Apache-2.0
"""Probes and rating anchors: choosing line by line among several written variants.

A line that makes no sense is unlikely under the model, whatever stands around it, so every line is chosen for itself:
among those that pass the gates, by likelihood and by what it takes up of the question and its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from askwell.domain.generation import Written
from askwell.domain.questions import Slot
from askwell.writing.grounding import DETAIL_DUPLICATE, ground_detail
from askwell.writing.prompts import SCORES
from askwell.writing.ranking import VARIETY, likeness, worth

MAX_PROBES = 3
SAME_HAND = 0.15  # anchors written together are steps of one scale
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
    return _probes(lines), _anchors(lines)


def _sound(written: Written, variant: int, slot: Slot, title: str, question: str) -> Iterator[Line]:
    for place, raw in written.texts.items():
        text = raw.strip()
        if place in written.cut or (place.startswith("probe") and not text.endswith(_ENDINGS)):
            continue
        verdict = ground_detail(text, slot, title, question)
        if verdict.acceptable:
            yield Line(text, worth(verdict.score, written.means.get(place, written.logprob)), place, variant)


def _probes(lines: Sequence[Line]) -> tuple[str, ...]:
    """The best one first, then the best of what is unlike those chosen; told in the order of writing, which goes from
    the situation to the result."""
    pool = [line for line in lines if line.place.startswith("probe")]
    chosen: list[Line] = []
    while len(chosen) < MAX_PROBES and (pool := _unlike(pool, chosen)):
        told = [line.text for line in chosen]
        chosen.append(max(pool, key=lambda line: line.value - VARIETY * likeness(line.text, told)))
    return tuple(line.text for line in sorted(chosen, key=lambda line: line.place))


def _anchors(lines: Sequence[Line]) -> dict[int, str]:
    chosen: dict[int, Line] = {}
    for score in SCORES:
        hands = {line.variant for line in chosen.values()}
        pool = _unlike([line for line in lines if line.place == f"anchor{score}"], chosen.values())
        if pool:
            chosen[score] = max(pool, key=lambda line: line.value + SAME_HAND * (line.variant in hands))
    return {score: line.text for score, line in chosen.items()}


def _unlike(pool: Sequence[Line], chosen: Iterable[Line]) -> list[Line]:
    """Lines that are no near copy of one chosen; all else was judged when the line came in."""
    told = [line.text for line in chosen]
    return [line for line in pool if likeness(line.text, told) <= DETAIL_DUPLICATE]
