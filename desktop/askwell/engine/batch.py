# SPDX-License-Identifier: Apache-2.0
"""The scheduler: many branches in one batch over a shared prefix.

Each step decodes one token of every active branch, and suffixes and leads as chunks in the same batch; the place of a
finished branch goes to the next at once. The order of work depends on nothing but the job, so neither do the shapes of
the batches, and a job repeats exactly.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from askwell.domain.generation import Branch, GenerationJob, Progress, ScoreItem, Written
from askwell.engine.backends.base import Entry, LoadedModel
from askwell.engine.faults import engine_error
from askwell.engine.prefix import FIRST_BRANCH, SCORING, WRITING, PrefixCache
from askwell.engine.sampling import Likelihood, Sampler
from askwell.engine.scoring import Scoring
from askwell.engine.scripts import ScriptSets
from askwell.engine.writer import BranchWriter

STEP_TOKENS = 256
PROGRESS_SECONDS = 0.25


@dataclass(slots=True)
class _Active:
    """A branch that has a sequence; `position` is how many tokens its sequence holds."""

    writer: BranchWriter
    sequence: int
    position: int


class Scheduler:
    """Runs jobs on one loaded model, one after the other."""

    def __init__(self, model: LoadedModel, scripts: ScriptSets, parallel: int) -> None:
        self._model = model
        self._scripts = scripts
        # Every sequence may want logits in one batch, the two that hold prefixes included.
        self._parallel = min(parallel, model.max_outputs - FIRST_BRANCH)
        self._prefix = PrefixCache(model)
        self._odds = Likelihood(model.vocabulary.size)
        self._sequences = range(FIRST_BRANCH, FIRST_BRANCH + self._parallel)

    @property
    def evaluated(self) -> int:
        """Prefix tokens evaluated so far: those that came from the cache are not in it."""
        return self._prefix.evaluated

    def write(
        self,
        job: GenerationJob,
        on_written: Callable[[Written], None],
        on_progress: Callable[[Progress], None],
    ) -> None:
        """Write every branch, telling of each as it ends. Raises AbortedError, EngineError."""
        tokens = self._model.vocabulary.tokenize(job.prefix, special=True)
        shared, start = tokens[:-1], tokens[-1:]
        try:
            # A writer draws nothing before its turn, so all are made first: a job that cannot fit says so at once.
            writers = [self._writer(branch, start) for branch in job.branches]
            self._check_room(len(shared), writers)
            on_progress(Progress(0, len(writers), 0, 0.0))
            self._prefix.ensure(WRITING, shared)
            _Writing(self._model, len(shared), self._sequences, on_written, on_progress).run(writers)
        finally:
            self._clear()

    def score(self, items: Sequence[ScoreItem], on_step: Callable[[], None]) -> list[float]:
        """Mean log-probability of each text after its context. Raises AbortedError, EngineError."""
        try:
            return Scoring(self._model, self._prefix, self._odds, self._sequences, on_step).run(items)
        finally:
            self._clear()
            self._prefix.drop(SCORING)

    def _writer(self, branch: Branch, start: list[int]) -> BranchWriter:
        sampling = branch.sampling
        sampler = Sampler(sampling, self._scripts.allowed(sampling.script, sampling.allow_text))
        return BranchWriter(branch, start, self._model.vocabulary, sampler, self._odds)

    def _check_room(self, shared: int, writers: list[BranchWriter]) -> None:
        needed = shared + max((writer.cells for writer in writers), default=0)
        if needed > self._model.longest:
            raise engine_error("engine_context_full", needed=needed, available=self._model.longest)

    def _clear(self) -> None:
        for sequence in self._sequences:
            self._model.cut(sequence, 0)
        self._prefix.tidy()


class _Writing:
    """One job on its way."""

    def __init__(
        self,
        model: LoadedModel,
        shared: int,
        sequences: Sequence[int],
        on_written: Callable[[Written], None],
        on_progress: Callable[[Progress], None],
    ) -> None:
        self._model = model
        self._shared = shared
        self._on_written = on_written
        self._on_progress = on_progress
        self._free = deque(sequences)
        self._active: list[_Active] = []
        self._done = self._tokens = 0
        self._started = self._told = time.monotonic()

    def run(self, writers: list[BranchWriter]) -> None:
        waiting = deque(writers)
        while waiting or self._active:
            self._admit(waiting)
            self._step()
            self._tell(len(writers))

    def _admit(self, waiting: deque[BranchWriter]) -> None:
        used = self._shared + sum(run.writer.cells for run in self._active)
        while waiting and self._free:
            if waiting[0].done:  # no segments: nothing to write
                self._finish(waiting.popleft())
                continue
            if self._active and used + waiting[0].cells > self._model.cells:
                return
            writer, sequence = waiting.popleft(), self._free.popleft()
            self._model.fork(WRITING, sequence, self._shared)
            self._active.append(_Active(writer, sequence, self._shared))
            used += writer.cells

    def _step(self) -> None:
        entries: list[Entry] = []
        ready: list[tuple[_Active, int]] = []
        # Branches with one token to feed first: a long chunk must not keep them waiting.
        order = sorted(self._active, key=lambda run: len(run.writer.feed) > 1)
        for run in order:
            chunk = run.writer.feed[: STEP_TOKENS - len(entries)]
            whole = len(chunk) == len(run.writer.feed)
            for at, token in enumerate(chunk):
                wanted = whole and at == len(chunk) - 1
                entries.append(Entry(token, run.position + at, run.sequence, wanted))
            if whole:
                ready.append((run, len(entries) - 1))
            run.position += len(chunk)
            run.writer.fed(len(chunk))
        if entries:
            self._model.decode(entries)
        for run, index in ready:
            self._advance(run, index)

    def _advance(self, run: _Active, index: int) -> None:
        run.writer.accept(self._model.logits(index))
        if run.writer.done:
            self._active.remove(run)
            self._model.cut(run.sequence, 0)
            self._free.append(run.sequence)
            self._finish(run.writer)
        elif run.writer.rollback:
            run.position -= run.writer.rollback
            if not self._model.cut(run.sequence, run.position):
                raise engine_error("engine_died", file="", detail="rollback")

    def _finish(self, writer: BranchWriter) -> None:
        self._done += 1
        self._tokens += writer.count
        self._on_written(writer.result())

    def _tell(self, total: int) -> None:
        now = time.monotonic()
        if now - self._told < PROGRESS_SECONDS and self._active:
            return
        self._told = now
        partial = {run.writer.branch.id: run.writer.partial for run in self._active}
        tokens = self._tokens + sum(run.writer.count for run in self._active)
        self._on_progress(Progress(self._done, total, tokens, now - self._started, partial))
