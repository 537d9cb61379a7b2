# SPDX-License-Identifier: Apache-2.0
"""`EngineClient`: the application's side of the worker process. It starts one on demand, notices when it dies or hangs,
starts it again once a job with the branches that were not finished, and cancels within a third of a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import TracebackType

from askwell.domain.errors import Cancelled
from askwell.domain.generation import GenerationJob, ModelInfo, Progress, ScoreItem, Written
from askwell.engine.config import EngineConfig
from askwell.engine.crashes import CrashLog
from askwell.engine.faults import engine_error
from askwell.engine.messages import (
    BranchWritten,
    CancelJob,
    Failed,
    JobDone,
    JobStopped,
    Loaded,
    Progressed,
    Reply,
    ScoreJob,
    WriteJob,
)
from askwell.engine.process import WorkerDiedError, WorkerProcess

CANCEL_GRACE = 0.25
POLL_SECONDS = 0.02
RESTARTS = 1

OnWritten = Callable[[Written], None]
OnProgress = Callable[[Progress], None]


class EngineClient:
    """A `TextModel` in a process of its own. Safe to call from several threads: jobs wait for each other."""

    def __init__(self, config: EngineConfig) -> None:
        self._config = config
        self._worker: WorkerProcess | None = None
        self._info: ModelInfo | None = None
        self._turn = threading.Lock()
        self._crashes = CrashLog(config)
        self._number = 0
        self._closing = threading.Event()

    def __enter__(self) -> EngineClient:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def worker_pid(self) -> int | None:
        """Process id of the living worker, for diagnosis and tests."""
        worker = self._worker
        return worker.pid if worker is not None and worker.alive else None

    def info(self) -> ModelInfo:
        """Describe the model, loading it if need be. Raises EngineError."""
        with self._turn:
            self._closing.clear()
            restarts = 0
            while True:
                try:
                    self._ready(None)
                    break
                except WorkerDiedError as death:
                    restarts = self._after_death(death, restarts)
            if self._info is None:
                raise engine_error("engine_died", file=self._config.model.name, detail="info")
            return self._info

    def generate(
        self,
        job: GenerationJob,
        on_written: OnWritten | None = None,
        on_progress: OnProgress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[Written]:
        """Write every branch; results in the order of the branches. Raises EngineError or Cancelled."""
        names = [branch.id for branch in job.branches]
        if len(set(names)) != len(names):
            raise ValueError("branch ids must differ")
        finished: dict[str, Written] = {}
        tracker = _Tracker(len(names), finished, on_written, on_progress)
        with self._turn:
            self._run(lambda number: WriteJob(number, _rest(job, finished)), tracker.take, cancelled)
        return [finished[name] for name in names]

    def score(self, items: Sequence[ScoreItem]) -> list[float]:
        """Mean log-probability per token of each text after its context. Raises EngineError."""
        if not items:
            return []
        with self._turn:
            done = self._run(lambda number: ScoreJob(number, tuple(items)), lambda _reply: None, None)
        return list(done.scores)

    def close(self) -> None:
        """End the worker; a job that is running in another thread ends as cancelled. Harmless when called twice."""
        self._closing.set()
        with self._turn:
            worker, self._worker = self._worker, None
            if worker is not None:
                worker.stop()

    def retry_after_crashes(self) -> None:
        """A person asked for another try with a model that crashed twice while loading."""
        self._crashes.clear()

    def _run(
        self,
        request: Callable[[int], WriteJob | ScoreJob],
        take: Callable[[Reply], None],
        cancelled: Callable[[], bool] | None,
    ) -> JobDone:
        self._closing.clear()
        restarts = 0
        while True:
            try:
                worker = self._ready(cancelled)
                self._number += 1
                worker.send(request(self._number))
                return self._follow(worker, take, cancelled)
            except WorkerDiedError as death:
                restarts = self._after_death(death, restarts)

    def _follow(
        self, worker: WorkerProcess, take: Callable[[Reply], None], cancelled: Callable[[], bool] | None
    ) -> JobDone:
        for reply in self._replies(worker, cancelled, self._number):
            if isinstance(reply, (JobDone, JobStopped, Failed)) and reply.number != self._number:
                continue
            if isinstance(reply, JobDone):
                return reply
            if isinstance(reply, JobStopped):
                raise Cancelled
            if isinstance(reply, Failed):
                raise engine_error(reply.key, **reply.params)
            self._deliver(worker, reply, take)
        raise AssertionError("replies end by an exception")

    def _deliver(self, worker: WorkerProcess, reply: Reply, take: Callable[[Reply], None]) -> None:
        try:
            take(reply)
        except BaseException:
            # The caller's own code failed: nobody will read the rest of this job.
            worker.kill()
            raise

    def _ready(self, cancelled: Callable[[], bool] | None) -> WorkerProcess:
        """The worker with its model loaded."""
        if self._worker is not None and self._worker.alive:
            return self._worker
        if self._crashes.looping:
            raise engine_error("engine_crash_loop", file=self._config.model.name)
        self._worker = worker = WorkerProcess(self._config)
        for reply in self._replies(worker, cancelled, 0):
            if isinstance(reply, Loaded):
                self._info = reply.info
                self._crashes.clear()
                worker.loaded = True
                return worker
            if isinstance(reply, Failed):
                worker.stop()
                raise engine_error(reply.key, **reply.params)
        raise AssertionError("replies end by an exception")

    def _replies(self, worker: WorkerProcess, cancelled: Callable[[], bool] | None, number: int) -> Iterator[Reply]:
        """What the worker says until the caller stops listening. Raises WorkerDiedError, Cancelled."""
        heard = time.monotonic()
        deadline: float | None = None
        while True:
            if deadline is None and self._wants_stop(cancelled):
                deadline = time.monotonic() + CANCEL_GRACE
                if number:
                    worker.send(CancelJob(number))
            reply = worker.receive(POLL_SECONDS)
            now = time.monotonic()
            if reply is not None:
                heard = now
                yield reply
            elif now - heard > self._config.hang_seconds:
                worker.kill()
                raise WorkerDiedError("hang")
            if deadline is not None and (now > deadline or not number):
                worker.kill()
                raise Cancelled

    def _wants_stop(self, cancelled: Callable[[], bool] | None) -> bool:
        return self._closing.is_set() or (cancelled is not None and cancelled())

    def _after_death(self, death: WorkerDiedError, restarts: int) -> int:
        worker, self._worker = self._worker, None
        if worker is not None:
            if not worker.loaded:
                self._crashes.add()
            worker.kill()
        if self._closing.is_set():
            raise Cancelled
        if self._crashes.looping:
            raise engine_error("engine_crash_loop", file=self._config.model.name) from death
        if restarts >= RESTARTS:
            raise engine_error("engine_died", file=self._config.model.name, detail=str(death)) from death
        return restarts + 1


def _rest(job: GenerationJob, finished: dict[str, Written]) -> GenerationJob:
    return replace(job, branches=tuple(branch for branch in job.branches if branch.id not in finished))


class _Tracker:
    """Turns replies into callbacks, with counts that go on over a restart."""

    def __init__(
        self, total: int, finished: dict[str, Written], on_written: OnWritten | None, on_progress: OnProgress | None
    ) -> None:
        self._total = total
        self._finished = finished
        self._on_written = on_written
        self._on_progress = on_progress
        self._started = time.monotonic()

    def take(self, reply: Reply) -> None:
        if isinstance(reply, BranchWritten):
            self._finished[reply.written.branch_id] = reply.written
            if self._on_written is not None:
                self._on_written(reply.written)
        elif isinstance(reply, Progressed) and self._on_progress is not None:
            partial = reply.progress.partial
            running = max(0, reply.progress.tokens - self._sent(reply.progress.done))
            tokens = sum(written.tokens for written in self._finished.values()) + running
            seconds = time.monotonic() - self._started
            self._on_progress(Progress(len(self._finished), self._total, tokens, seconds, partial))

    def _sent(self, done: int) -> int:
        """Tokens of the last `done` finished branches: those that this worker counts as its own."""
        own = list(self._finished.values())[len(self._finished) - done :] if done else []
        return sum(written.tokens for written in own)
