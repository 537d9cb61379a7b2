# SPDX-License-Identifier: Apache-2.0
"""How likely given texts are after given contexts, batched over a common context."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from askwell.domain.generation import ScoreItem
from askwell.engine.backends.base import Entry, LoadedModel
from askwell.engine.faults import engine_error
from askwell.engine.prefix import SCORING, PrefixCache
from askwell.engine.sampling import Likelihood


@dataclass(slots=True)
class _Reading:
    """A text being read: token `at` of `feed` is next, `targets[at]` is what should follow it."""

    index: int
    feed: list[int]
    targets: list[int]
    at: int = 0
    sequence: int = -1
    total: float = 0.0
    summed: bool = False


class Scoring:
    """One scoring job. Items with the same context share its evaluation; contexts go in sorted order, so that those
    with a common beginning share that too."""

    def __init__(
        self,
        model: LoadedModel,
        prefix: PrefixCache,
        odds: Likelihood,
        sequences: Sequence[int],
        on_step: Callable[[], None],
    ) -> None:
        self._model = model
        self._prefix = prefix
        self._odds = odds
        self._sequences = sequences
        self._on_step = on_step

    def run(self, items: Sequence[ScoreItem]) -> list[float]:
        """Log-probability a token, or in all where the item says so; 0.0 for an empty text."""
        scores = [0.0] * len(items)
        groups: dict[str, list[int]] = {}
        for index, item in enumerate(items):
            groups.setdefault(item.context, []).append(index)
        for context in sorted(groups):
            self._group(context, groups[context], items, scores)
        return scores

    def _group(self, context: str, indices: list[int], items: Sequence[ScoreItem], scores: list[float]) -> None:
        words = self._model.vocabulary
        tokens = words.tokenize(context, special=True) or words.tokenize("\n")
        texts = {index: words.tokenize(items[index].text) for index in indices}
        needed = len(tokens) + max(map(len, texts.values()))
        if needed > self._model.longest:
            raise engine_error("engine_context_full", needed=needed, available=self._model.longest)
        waiting = deque(
            _Reading(index, [tokens[-1], *text[:-1]], text, summed=items[index].total)
            for index, text in texts.items()
            if text
        )
        self._prefix.ensure(SCORING, tokens[:-1])
        self._read(waiting, len(tokens) - 1, scores)

    def _read(self, waiting: deque[_Reading], shared: int, scores: list[float]) -> None:
        free, active = deque(self._sequences), deque[_Reading]()
        room = self._model.cells - self._prefix.used()
        while waiting or active:
            held = sum(len(reading.feed) for reading in active)
            while waiting and free and (not active or held + len(waiting[0].feed) <= room):
                reading = waiting.popleft()
                reading.sequence = free.popleft()
                self._model.fork(SCORING, reading.sequence, shared)
                active.append(reading)
                held += len(reading.feed)
            self._step(active, shared)
            self._on_step()
            for reading in [one for one in active if one.at == len(one.feed)]:
                scores[reading.index] = reading.total / (1 if reading.summed else len(reading.targets))
                active.remove(reading)
                self._model.cut(reading.sequence, 0)
                free.append(reading.sequence)

    def _step(self, active: deque[_Reading], shared: int) -> None:
        entries: list[Entry] = []
        targets: list[tuple[_Reading, int]] = []
        for reading in active:
            count = min(len(reading.feed) - reading.at, self._model.max_outputs - len(entries))
            for _ in range(count):
                entries.append(Entry(reading.feed[reading.at], shared + reading.at, reading.sequence, True))
                targets.append((reading, reading.targets[reading.at]))
                reading.at += 1
        self._model.decode(entries)
        for index, (reading, target) in enumerate(targets):
            reading.total += self._odds.of(self._model.logits(index), target)
