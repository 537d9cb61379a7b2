# SPDX-License-Identifier: Apache-2.0
"""Probes and rating anchors: choosing line by line among several written variants.

A line that makes no sense is unlikely under the model, whatever stands around it, so every line is chosen for itself:
among those that pass the gates, by likelihood and by what it takes up of the question and its evidence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from askwell.domain.generation import Written
from askwell.domain.questions import Slot
from askwell.writing.grounding import DETAIL_DUPLICATE, ground_detail
from askwell.writing.prompts import SCORES
from askwell.writing.ranking import VARIETY, likeness, worth

MAX_PROBES = 3
REWORDED = 0.7
SAME_HAND = 0.15  # anchors written together are steps of one scale
_ENDINGS = ("？", "?", "。", ".")


@dataclass(frozen=True, slots=True)
class Line:
    """A sound line of a variant; `place` is the segment that it was written for, `value` what it is worth."""

    text: str
    value: float
    place: str
    variant: int


def sound_lines(variants: Sequence[Written], slot: Slot, title: str, question: str) -> list[Line]:
    """The lines that may be shown, with their value by likelihood and by what they take up of question and evidence."""
    return [line for index, one in enumerate(variants) for line in _sound(one, index, slot, title, question)]


def best_details(lines: Sequence[Line]) -> tuple[tuple[str, ...], dict[int, str]]:
    """Up to three distinct probes and one anchor a score, drawn from all variants."""
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
    """The best of each place first, since a model goes from the situation to the result; what is still wanting comes
    from any place. The likeliest lines of one place alone would ask the same three times."""
    pool = [line for line in lines if line.place.startswith("probe")]
    chosen: list[Line] = []
    for place in (*sorted({line.place for line in pool}), *[""] * MAX_PROBES):
        told, hands = [line.text for line in chosen], {line.variant for line in chosen}
        fresh = [line for line in _unlike(pool, chosen) if place in ("", line.place) and not _reworded(line.text, told)]
        if fresh and len(chosen) < MAX_PROBES:
            chosen.append(max(fresh, key=lambda line: _beside(line, told, hands)))
    return tuple(line.text for line in sorted(chosen, key=lambda line: line.place))


def _beside(line: Line, told: Sequence[str], hands: Collection[int]) -> float:
    """What a probe is worth beside those told."""
    return line.value + SAME_HAND * (line.variant in hands) - VARIETY * likeness(line.text, told)


def _reworded(text: str, told: Sequence[str]) -> bool:
    """Short probes share too few content units to be compared by them: the characters tell."""
    return any(SequenceMatcher(None, text, other, autojunk=False).ratio() >= REWORDED for other in told)


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
