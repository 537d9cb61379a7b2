# SPDX-License-Identifier: Apache-2.0
"""Drawing the next token, in numpy.

On a vocabulary of 262k entries every pass over all logits costs as much as a good part of the decoding itself, so the
logits are first gathered at the allowed tokens, cut to the top k, and only then sorted.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from askwell.domain.generation import Sampling
from askwell.engine.backends.base import Logits

Tokens = NDArray[np.int32]
_UNLIMITED = 1000


class Likelihood:
    """log p(token) at temperature 1 over the whole vocabulary, with one buffer for all calls."""

    def __init__(self, size: int) -> None:
        self._buffer: Logits = np.empty(size, dtype=np.float32)

    def of(self, logits: Logits, token: int) -> float:
        """Log-probability of `token`."""
        top = logits.max()
        np.subtract(logits, top, out=self._buffer)
        np.exp(self._buffer, out=self._buffer)
        return float(logits[token] - top) - float(np.log(self._buffer.sum()))


class Sampler:
    """The settings of one branch and its own random numbers: what other branches draw does not change them."""

    def __init__(self, sampling: Sampling, allowed: Tokens | None) -> None:
        self._sampling = sampling
        self._allowed = allowed if allowed is not None and len(allowed) else None
        self._random = np.random.Generator(np.random.PCG64(sampling.seed))
        self._used: set[int] = set()

    def draw(self, logits: Logits) -> int:
        """The next token: allowed set, repeat penalty, temperature, top-k, min-p, top-p, draw."""
        scores = logits.copy() if self._allowed is None else logits.take(self._allowed)
        self._penalise(scores)
        place = int(scores.argmax()) if self._sampling.temperature <= 0 else self._choose(scores)
        return place if self._allowed is None else int(self._allowed[place])

    def remember(self, token: int) -> None:
        """`token` is now part of the text and gets the repeat penalty."""
        self._used.add(token)

    def _penalise(self, scores: Logits) -> None:
        penalty = self._sampling.repeat_penalty
        if penalty == 1.0 or not self._used:
            return
        places = np.fromiter(self._used, dtype=np.int64)
        if self._allowed is not None:
            found = np.searchsorted(self._allowed, places)
            found[found == len(self._allowed)] = 0
            places = found[self._allowed[found] == places]
        values = scores[places]
        scores[places] = np.where(values > 0, values / penalty, values * penalty)

    def _choose(self, scores: Logits) -> int:
        limit = min(self._sampling.top_k if self._sampling.top_k > 0 else _UNLIMITED, len(scores))
        best = np.argpartition(scores, -limit)[-limit:]
        # Ties are broken by place, so that a draw depends on nothing but logits and seed.
        best = best[np.lexsort((best, -scores[best]))]
        heights = scores[best].astype(np.float64) / self._sampling.temperature
        chances = np.exp(heights - heights[0])
        keep = max(1, int((chances >= self._sampling.min_p).sum()))
        chances = chances[:keep] / chances[:keep].sum()
        below = np.cumsum(chances) - chances
        keep = max(1, int((below < self._sampling.top_p).sum()))
        edges = np.cumsum(chances[:keep])
        return int(best[min(keep - 1, int(np.searchsorted(edges, self._random.random() * edges[-1], side="right")))])
