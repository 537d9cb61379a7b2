# SPDX-License-Identifier: Apache-2.0
"""A small trained classifier beside the rules: what does a question touch?

Patterns find what was foreseen; this finds what resembles some 6,800 labelled questions in four languages. It is a
linear model over text pieces (`features.py`), one file a language in `resources/classifiers`, trained by
`models/training/topics.py` on `models/training/corpus/screen.*.jsonl`. Pure Python: below a millisecond a question.

File format: a line of JSON (for each of two models its labels, bias, scales and number of rows; the limits), then zlib:
for each bucket in use its number (uint16, little endian) and one int8 weight a label, the first model first.
"""

from __future__ import annotations

import json
import math
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from askwell.domain.errors import InputRefused
from askwell.domain.messages import msg
from askwell.domain.topics import PRIVATE, group_of
from askwell.review.features import buckets, pieces

SECOND = 0.65  # weight of the language model where it has an opinion
LEAST = 1e-4


def pooled(first: Mapping[str, float], second: Mapping[str, float]) -> dict[str, float]:
    """Two distributions as one: their weighted geometric mean (logarithmic opinion pool)."""
    raised = {key: max(first[key], LEAST) ** (1 - SECOND) * max(second.get(key, 0.0), LEAST) ** SECOND for key in first}
    whole = sum(raised.values())
    return {key: value / whole for key, value in raised.items()}


@dataclass(frozen=True, slots=True)
class Topics:
    """What a question may be: `odds` of being sound, private, or at fault in form or manners; `matters`: if private,
    which matter. Each sums to 1. `limits` are the odds from which the classifier acts."""

    odds: dict[str, float]
    matters: dict[str, float]
    limits: dict[str, float]

    def likely(self, label: str) -> bool:
        """Whether the odds of a group reach its limit."""
        return label in self.odds and self.odds[label] >= self.limits[label]

    def ranked(self) -> list[str]:
        """Private matters, the likeliest first."""
        return sorted(self.matters, key=lambda label: -self.matters[label])


class _Linear:
    """Logistic regression over the distinct pieces of a text, which share the length 1."""

    def __init__(self, head: dict[str, Any], body: bytes) -> None:
        self.labels: list[str] = head["labels"]
        self._bias, self._scales = head["bias"], head["scales"]
        if not len(self.labels) == len(self._bias) == len(self._scales):
            raise ValueError("labels")
        row = struct.Struct(f"<H{len(self.labels)}b")
        self._rows = {found[0]: found[1:] for found in row.iter_unpack(body)}

    def odds(self, seen: Sequence[int]) -> dict[str, float]:
        """Probabilities by label for the buckets of a text."""
        rows = [self._rows[bucket] for bucket in seen if bucket in self._rows]
        share = 1 / math.sqrt(len(seen)) if seen else 0.0
        sums = [sum(column) for column in zip(*rows, strict=True)] if rows else [0] * len(self.labels)
        heights = [b + share * s * total for b, s, total in zip(self._bias, self._scales, sums, strict=True)]
        raised = [math.exp(height - max(heights)) for height in heights]
        return dict(zip(self.labels, (one / sum(raised) for one in raised), strict=True))

    def weights(self, text: str, label: str) -> list[tuple[int, tuple[int, int]]]:
        """What speaks for a label, the strongest first, with its place."""
        at = self.labels.index(label)
        found = [(self._rows[bucket][at], span) for bucket, span in pieces(text) if bucket in self._rows]
        return sorted((one for one in found if one[0] > 0 and one[1][1] > one[1][0]), reverse=True)


class Classifier:
    """The classifier of one language."""

    def __init__(self, data: bytes) -> None:
        head, _, rest = data.partition(b"\n")
        said, body = json.loads(head), zlib.decompress(rest)
        cut = said["groups"]["rows"] * (2 + len(said["groups"]["labels"]))
        self._groups = _Linear(said["groups"], body[:cut])
        self._matters = _Linear(said["matters"], body[cut:])
        self._limits: dict[str, float] = said["limits"]
        # Limits for one opinion mean nothing for two: without their own, the second is not heard.
        self._second: dict[str, float] | None = said.get("limits_second")

    def topics(self, text: str, second: Mapping[str, float] | None = None) -> Topics:
        """What `text` touches. `second` is the language model's opinion by topic, of the same labels; both are then
        weighed against each other, with limits of their own."""
        seen = buckets(text)
        groups, matters = self._groups.odds(seen), self._matters.odds(seen)
        if not second or self._second is None:
            return Topics(groups, matters, self._limits)
        told = {group: sum(odds for topic, odds in second.items() if group_of(topic) == group) for group in groups}
        private = {topic: second.get(topic, 0.0) / max(told[PRIVATE], LEAST) for topic in matters}
        return Topics(pooled(groups, told), pooled(matters, private), self._second)

    def words(self, text: str, label: str) -> tuple[int, int]:
        """The stretch of `text` that speaks most for a group or matter: the strongest piece and what adjoins it."""
        model = self._groups if label in self._groups.labels else self._matters
        strong = model.weights(text, label)
        if not strong:
            return 0, len(text)
        start, end = strong[0][1]
        for weight, (first, last) in strong[1:]:
            if 2 * weight >= strong[0][0] and first <= end and start <= last:
                start, end = min(start, first), max(end, last)
        return min(start, len(text)), min(end, len(text))


@cache
def load_classifier(folder: Path, lang: str) -> Classifier | None:
    """The classifier of `lang` from `folder`, None where there is none. Raises InputRefused for a damaged file."""
    path = folder / f"topics.{lang}.bin"
    if not path.is_file():
        return None
    try:
        return Classifier(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError, struct.error, zlib.error) as error:
        facts: dict[str, object] = {"file": path.name, "field": "file", "detail": str(error)}
        raise InputRefused(msg("error.review_rulepack", **facts), msg("error.review_rulepack.hint", **facts)) from error
