# SPDX-License-Identifier: Apache-2.0
"""Probes and rating anchors: choosing the sound lines among several written variants."""

from __future__ import annotations

import math
from collections.abc import Sequence

from askwell.domain.generation import Written
from askwell.domain.questions import Slot
from askwell.writing.grounding import ground_detail
from askwell.writing.prompts import SCORES

MAX_PROBES = 3


def best_details(
    variants: Sequence[Written], slot: Slot, title: str, question: str
) -> tuple[tuple[str, ...], dict[int, str]]:
    """Up to three sound, distinct probes and one anchor a score, drawn from all variants.

    Anchors are kept together by variant where one variant has all three, because they were written as steps of one
    scale; otherwise the gaps are filled from the other variants. The likelier variant goes first: it makes more sense.
    """
    probes = _probes(variants, slot, title, question)
    complete = sorted(variants, key=lambda one: (-len(_anchors(one, slot, title, question)), -one.logprob))
    anchors: dict[int, str] = {}
    for variant in complete:
        for score, text in _anchors(variant, slot, title, question).items():
            anchors.setdefault(score, text)
    return probes, {score: anchors[score] for score in SCORES if score in anchors}


def _probes(variants: Sequence[Written], slot: Slot, title: str, question: str) -> tuple[str, ...]:
    found: list[tuple[float, str]] = []
    for variant in variants:
        for name, text in variant.texts.items():
            line = text.strip()
            if not name.startswith("probe") or not line.endswith(("？", "?", "。", ".")):
                continue
            verdict = ground_detail(line, slot, title, question, [other for _, other in found])
            if verdict.acceptable:
                found.append((0.5 * verdict.score + math.exp(variant.logprob), line))
    best = sorted(found, key=lambda pair: -pair[0])[:MAX_PROBES]
    return tuple(text for _, text in found if any(text == chosen for _, chosen in best))


def _anchors(variant: Written, slot: Slot, title: str, question: str) -> dict[int, str]:
    kept: dict[int, str] = {}
    for score in SCORES:
        line = variant.texts.get(f"anchor{score}", "").strip()
        if ground_detail(line, slot, title, question, list(kept.values())).acceptable:
            kept[score] = line
    return kept
