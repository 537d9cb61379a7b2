# SPDX-License-Identifier: Apache-2.0
"""Which of a slot's candidates is shown first.

Two signals: plain likelihood, which is low where the text makes no sense, and grounding (0–1). The weights follow a
logistic fit to 462 graded candidates (`models/training/sample.py fit`, figures in `models/training/REPORT.md`). The
likelihood gain over the title alone and the model's own judgement were tried too and told sense from nonsense no better
than chance once the gates had passed, so the time goes into more candidates.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from askwell.writing import content

WEIGHTS = {"grounding": 0.25, "fluency": 3.0, "sense": 2.0}
VARIETY = 0.6
SAME_OPENING, SAME_ANGLE = 0.12, 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question text with its signals; log-probabilities are means per token, `sense` is the critic's grade, 0–1."""

    text: str
    grounding: float
    logprob: float
    seed: int
    angle: str = ""
    sense: float = 0.0


def rank(candidates: Sequence[Candidate], chosen: Sequence[str] = (), angles: Sequence[str] = ()) -> list[Candidate]:
    """Best first; a candidate loses by its likeness to texts, and by having an angle, already chosen for the kit."""
    return sorted(candidates, key=lambda one: SAME_ANGLE * (one.angle in angles) - value(one, chosen))


def signals(measured: Mapping[str, float]) -> dict[str, float]:
    """The raw signals (`grounding`, `logprob`, `sense`) on comparable scales, as the weights are meant for."""
    return {
        "grounding": measured["grounding"],
        "fluency": math.exp(measured["logprob"]),
        "sense": measured.get("sense", 0.0),
    }


def worth(grounding: float, logprob: float, sense: float = 0.0) -> float:
    """The weighted sum of the signals of one text, higher is better."""
    measured = signals({"grounding": grounding, "logprob": logprob, "sense": sense})
    return sum(WEIGHTS[name] * measured[name] for name in WEIGHTS)


def likeness(text: str, others: Sequence[str]) -> float:
    """How like the likest of the others a text is, 0–1."""
    return max((content.similarity(text, other) for other in others), default=0.0)


def value(candidate: Candidate, chosen: Sequence[str] = ()) -> float:
    """What a candidate is worth beside those chosen."""
    opening = any(candidate.text[:4] == other[:4] for other in chosen)
    own = worth(candidate.grounding, candidate.logprob, candidate.sense)
    return own - VARIETY * likeness(candidate.text, chosen) - SAME_OPENING * opening
