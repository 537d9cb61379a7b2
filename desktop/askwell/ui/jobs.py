# SPDX-License-Identifier: Apache-2.0
"""Slow work in threads; results, parts and progress come back in the thread of the window.

A thread never touches a widget. It puts items into a queue and the latest step into a slot, and pokes the window
at most every `_PAUSE` seconds, so that thousands of reports cost the window nothing.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from askwell.domain.errors import AskwellError, Cancelled
from askwell.domain.messages import msg
from askwell.ui.ports import Handle, InlineRunner, Job, Step, report_failure

__all__ = ["InlineRunner", "PoolRunner", "RunningJob"]

_log = logging.getLogger(__name__)
_PAUSE = 0.08
_AT_ONCE = 4
_END_MS = 4000


class RunningJob(QObject):
    """One job under way. `stepped` and `ended` are for the status line; owners use the callbacks of the Job."""

    stepped = Signal(object)
    ended = Signal()
    _poked = Signal()

    def __init__(self, job: Job, runner: PoolRunner) -> None:
        super().__init__(runner)
        self.job = job
        self.started = time.monotonic()
        self.last_step = Step(0, 0)
        self._stop = threading.Event()
        self._silent = False
        self._over = False
        self._items: deque[object] = deque()
        self._latest: Step | None = None
        self._outcome: tuple[object, AskwellError | None] | None = None
        self._next_poke = 0.0
        self._poked.connect(self._drain)

    @property
    def running(self) -> bool:
        """False once done, failed or cancelled."""
        return not self._over

    @property
    def stopping(self) -> bool:
        """True after the user asked to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; what it has sent stays."""
        self._stop.set()

    def silence(self) -> None:
        """Stop, and keep results away from the owner: a newer job has taken the place."""
        self._silent = True
        self.cancel()

    # The next four run in the thread of the work.
    def cancelled(self) -> bool:
        """True once the work should stop."""
        return self._stop.is_set()

    def report(self, step: Step) -> None:
        """Keep the latest step."""
        self._latest = step
        now = time.monotonic()
        if now >= self._next_poke:
            self._next_poke = now + _PAUSE
            self._poked.emit()

    def send(self, item: object) -> None:
        """Queue a part of the result."""
        self._items.append(item)
        self._poked.emit()

    def finish(self, result: object, error: AskwellError | None) -> None:
        """The work is over."""
        self._outcome = (result, error)
        self._poked.emit()

    def _drain(self) -> None:
        if self._over:
            return
        outcome = self._outcome
        while self._items:
            item = self._items.popleft()
            if self.job.item and not self._silent:
                self.job.item(item)
        step, self._latest = self._latest, None
        if step is not None:
            self._show_step(step)
        if outcome is not None:
            self._end(*outcome)

    def _show_step(self, step: Step) -> None:
        self.last_step = step
        if self.job.step and not self._silent:
            self.job.step(step)
        self.stepped.emit(step)

    def _end(self, result: object, error: AskwellError | None) -> None:
        self._over = True
        self.ended.emit()
        if self._silent:
            return
        if error is not None:
            report_failure(self.job, error)
        elif self.job.done:
            self.job.done(result)


class _Task(QRunnable):
    def __init__(self, running: RunningJob) -> None:
        super().__init__()
        self._running = running

    def run(self) -> None:
        result: object = None
        error: AskwellError | None = None
        try:
            if self._running.cancelled():
                raise Cancelled
            result = self._running.job.work(self._running)
        except AskwellError as known:
            error = known
        except Exception as bug:  # noqa: BLE001  The border between threads: a bug goes to the log, the user gets a sentence.
            _log.exception("job failed")
            error = AskwellError(msg("ui.error.bug", detail=type(bug).__name__), msg("ui.error.bug.hint"))
        try:
            self._running.finish(result, error)
        except RuntimeError:  # The window was closed and has taken the job with it.
            _log.debug("job ended after its window")


class PoolRunner(QObject):
    """The JobRunner of the window. `began` tells the status line of jobs that have a label."""

    began = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(_AT_ONCE)
        self._running: list[RunningJob] = []
        self._places: dict[str, RunningJob] = {}

    def start(self, job: Job) -> Handle:
        """Start a job in a thread."""
        running = RunningJob(job, self)
        if job.key:
            older = self._places.get(job.key)
            if older is not None and older.running:
                older.silence()
            self._places[job.key] = running
        self._running.append(running)
        running.ended.connect(lambda: self._forget(running))
        if job.label is not None:
            self.began.emit(running)
        self._pool.start(_Task(running))
        return running

    def busy(self) -> bool:
        """True while any job is under way."""
        return bool(self._running)

    def close(self) -> None:
        """Stop everything and wait a moment for it."""
        for running in list(self._running):
            running.silence()
        self._pool.waitForDone(_END_MS)

    def _forget(self, running: RunningJob) -> None:
        self._running.remove(running)
        if self._places.get(running.job.key) is running:
            del self._places[running.job.key]
        running.deleteLater()
