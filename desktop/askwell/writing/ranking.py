# SPDX-License-Identifier: Apache-2.0
"""Which of a slot's candidates is shown first.

Three signals: grounding (0–1); likelihood gain, log p(question | everything) − log p(question | title only) per token,
which is high where the text depends on its evidence; and plain likelihood, which is low where it makes no sense.
Weights were set by reading ranked lists, not fitted: in some 20 lists of 12 the sentences that made sense stood at the
top by plain likelihood, so it weighs most; grounding above its gate says little about quality.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from askwell.writing import content

WEIGHTS = {"grounding": 0.5, "gain": 0.3, "fluency": 2.0}
VARIETY = 0.6
SAME_OPENING, SAME_ANGLE = 0.12, 0.1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question text with its signals; log-probabilities are means per token."""

    text: str
    grounding: float
    logprob: float
    title_logprob: float
    seed: int
    angle: str = ""

    @property
    def gain(self) -> float:
        """Likelihood gain per token."""
        return self.logprob - self.title_logprob


def rank(candidates: Sequence[Candidate], chosen: Sequence[str] = (), angles: Sequence[str] = ()) -> list[Candidate]:
    """Best first; a candidate loses by its likeness to texts, and by having an angle, already chosen for the kit."""
    return sorted(candidates, key=lambda one: SAME_ANGLE * (one.angle in angles) - value(one, chosen))


def signals(measured: Mapping[str, float]) -> dict[str, float]:
    """The raw signals (`grounding`, `gain`, `logprob`) on comparable scales, as the weights are meant for."""
    return {
        "grounding": measured["grounding"],
        "gain": math.tanh(measured["gain"] / 2),
        "fluency": math.exp(measured["logprob"]),
    }


def value(candidate: Candidate, chosen: Sequence[str] = ()) -> float:
    """The weighted sum of the signals, higher is better."""
    likeness = max((content.similarity(candidate.text, other) for other in chosen), default=0.0)
    opening = any(candidate.text[:4] == other[:4] for other in chosen)
    measured = signals({"grounding": candidate.grounding, "gain": candidate.gain, "logprob": candidate.logprob})
    return sum(WEIGHTS[name] * measured[name] for name in WEIGHTS) - VARIETY * likeness - SAME_OPENING * opening
