# SPDX-License-Identifier: Apache-2.0
"""How likely given texts are after given contexts, batched over a common context."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from askwell.domain.generation import ScoreItem
from askwell.engine.backends.base import Entry, LoadedModel
from askwell.engine.faults import engine_error
from askwell.engine.prefix import CHUNK, SCORING, PrefixCache
from askwell.engine.sampling import Likelihood


@dataclass(slots=True)
class _Reading:
    """A text being read: token `at` of `feed` is next; `wanted` has, by place in `feed`, the tokens that may follow
    there and the items they belong to. `lengths` are the divisors of the items."""

    feed: list[int]
    wanted: dict[int, list[tuple[int, int]]]
    lengths: dict[int, int]
    at: int = 0
    sequence: int = -1


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
        waiting = self._readings(tokens[-1], indices, items)
        needed = len(tokens) + max((len(reading.feed) for reading in waiting), default=0)
        if needed > self._model.longest:
            raise engine_error("engine_context_full", needed=needed, available=self._model.longest)
        self._prefix.ensure(SCORING, tokens[:-1])
        self._read(waiting, len(tokens) - 1, scores)

    def _readings(self, last: int, indices: list[int], items: Sequence[ScoreItem]) -> deque[_Reading]:
        """One reading a text; texts of one token after the same lead are alternatives that one reading answers."""
        words = self._model.vocabulary
        found: deque[_Reading] = deque()
        alternatives: dict[str, _Reading] = {}
        for index in indices:
            lead, text = words.tokenize(items[index].lead), words.tokenize(items[index].text)
            if not text:
                continue
            length = 1 if items[index].total else len(text)
            same = alternatives.get(items[index].lead) if len(text) == 1 else None
            if same is not None:
                same.wanted[len(lead)].append((index, text[0]))
                same.lengths[index] = length
                continue
            places = {len(lead) + at: [(index, token)] for at, token in enumerate(text)}
            reading = _Reading([last, *lead, *text[:-1]], places, {index: length})
            found.append(reading)
            if len(text) == 1:
                alternatives[items[index].lead] = reading
        return found

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
            self._step(active, shared, scores)
            self._on_step()
            for reading in [one for one in active if one.at == len(one.feed)]:
                for index, length in reading.lengths.items():
                    scores[index] /= length
                active.remove(reading)
                self._model.cut(reading.sequence, 0)
                free.append(reading.sequence)

    def _step(self, active: deque[_Reading], shared: int, scores: list[float]) -> None:
        entries: list[Entry] = []
        asked: list[tuple[int, list[tuple[int, int]]]] = []
        for reading in active:
            while reading.at < len(reading.feed) and len(entries) < CHUNK and len(asked) < self._model.max_outputs:
                wanted = reading.wanted.get(reading.at)
                place = shared + reading.at
                entries.append(Entry(reading.feed[reading.at], place, reading.sequence, wanted is not None))
                if wanted is not None:
                    asked.append((len(entries) - 1, wanted))
                reading.at += 1
        self._model.decode(entries)
        for row, wanted in asked:
            for index, token in wanted:
                scores[index] += self._odds.of(self._model.logits(row), token)
