# SPDX-License-Identifier: Apache-2.0
"""The shared prefixes that stay in the model's memory from job to job.

Sequence WRITING holds the prefix of the last job, SCORING the context being scored; each takes over what the other
already has. Only whole chunks of a fixed size are taken over: logits differ in the last bits with the shape of the
batch that made them, and the same job must give the same text whatever ran before. One worker has one model, adapter
and scale for life, so the cache needs no key for them.
"""

from __future__ import annotations

from askwell.engine.backends.base import RESERVED_SEQUENCES, Entry, LoadedModel
from askwell.engine.faults import engine_error

WRITING, SCORING, FIRST_BRANCH = 0, 1, RESERVED_SEQUENCES
CHUNK = 128


def common(left: list[int], right: list[int]) -> int:
    """How many tokens both begin with."""
    for index, (one, other) in enumerate(zip(left, right, strict=False)):
        if one != other:
            return index
    return min(len(left), len(right))


class PrefixCache:
    """Keeps token lists and the model's memory in step, also when an evaluation is aborted half-way."""

    def __init__(self, model: LoadedModel) -> None:
        self._model = model
        self._held: dict[int, list[int]] = {WRITING: [], SCORING: []}
        self.evaluated = 0

    def used(self) -> int:
        """Cells held by the prefixes (shared ones counted twice: an upper bound)."""
        return sum(map(len, self._held.values()))

    def ensure(self, slot: int, tokens: list[int]) -> None:
        """Make sequence `slot` hold exactly `tokens`. Raises AbortedError, EngineError."""
        if self._held[slot] != tokens:
            self._take_over(slot, tokens)
        held = self._held[slot]
        while len(held) < len(tokens):
            start = len(held)
            chunk = tokens[start : start + CHUNK]
            self._model.decode([Entry(token, start + at, slot, False) for at, token in enumerate(chunk)])
            held += chunk
            self.evaluated += len(chunk)

    def _take_over(self, slot: int, tokens: list[int]) -> None:
        source = max(self._held, key=lambda other: (common(self._held[other], tokens), other == slot))
        shared = common(self._held[source], tokens)
        if shared < len(tokens) or len(self._held[source]) != shared:
            shared -= shared % CHUNK
        if source != slot:
            self._model.fork(source, slot, shared)
        self._held[slot] = tokens[:shared]
        self._cut(slot)

    def _cut(self, slot: int) -> None:
        if self._model.cut(slot, len(self._held[slot])):
            return
        self._held[slot] = []
        if not self._model.cut(slot, 0):
            raise engine_error("engine_died", file="", detail="cache")

    def drop(self, slot: int) -> None:
        """Forget what `slot` holds."""
        self._held[slot] = []
        self._cut(slot)

    def tidy(self) -> None:
        """After an abort: forget cells that were evaluated but never entered in the lists."""
        for slot in self._held:
            self._cut(slot)
