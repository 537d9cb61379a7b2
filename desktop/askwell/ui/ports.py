# SPDX-License-Identifier: Apache-2.0
"""What presenters may lean on, in plain Python: a runner for slow work and the shell around the screens.

The window implements both (`jobs.PoolRunner`, `frame.window.MainWindow`); tests use `InlineRunner` and a fake shell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol, TypeVar

from askwell.domain.errors import AskwellError, Cancelled
from askwell.domain.messages import Message, msg

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """How far a job is. `seconds_left` is None while nobody can tell."""

    done: int
    total: int
    seconds_left: float | None = None
    detail: str = ""


class Context(Protocol):
    """What a job sees of its runner while it works in another thread."""

    def cancelled(self) -> bool:
        """True once the user has asked to stop."""
        ...

    def report(self, step: Step) -> None:
        """Tell how far the job is. Only the latest report in a while is shown."""
        ...

    def send(self, item: object) -> None:
        """Hand over one part of the result. Never dropped, always in order."""
        ...


class Handle(Protocol):
    """A job that was started."""

    @property
    def running(self) -> bool:
        """False once done, failed or cancelled."""
        ...

    def cancel(self) -> None:
        """Ask the job to stop."""
        ...


@dataclass(frozen=True)
class Job:
    """Work for another thread, and what happens in the window afterwards.

    `key` names a place on the screen: a newer job of the same key silences the older one. `label` puts the job into
    the status line. `done`, `failed`, `item` and `step` are called in the thread of the window.
    """

    work: Callable[[Context], Any]
    done: Callable[[Any], None] | None = None
    failed: Callable[[AskwellError], None] | None = None
    item: Callable[[Any], None] | None = None
    step: Callable[[Step], None] | None = None
    key: str = ""
    label: Message | None = None


class JobRunner(Protocol):
    """Runs jobs."""

    def start(self, job: Job) -> Handle:
        """Start a job; returns at once."""
        ...


class Level(StrEnum):
    """How loud a notice is."""

    GOOD = "good"
    NOTE = "note"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence above the content, what to do about it, and a button that does it."""

    level: Level
    message: Message
    hint: Message | None = None
    action: Message | None = None
    run: Callable[[], None] | None = None

    @classmethod
    def of(cls, level: Level, key: str, **params: object) -> Notice:
        """A notice with one sentence."""
        return cls(level, msg(key, **params))


class Change(StrEnum):
    """What a screen has changed, so that the others know that they are out of date."""

    DATA = "data"
    GOALS = "goals"
    QUESTIONS = "questions"
    REVIEW = "review"
    KITS = "kits"
    MODELS = "models"
    SETTINGS = "settings"


class Shell(Protocol):
    """The frame as presenters see it."""

    def go(self, screen: str, target: str = "") -> None:
        """Open a screen, optionally at one of its things."""
        ...

    def notify(self, notice: Notice) -> None:
        """Show a notice."""
        ...

    def fail(self, error: AskwellError) -> None:
        """Show what went wrong and what to do."""
        ...

    def changed(self, what: Change) -> None:
        """Tell the other screens and the counters."""
        ...

    def apply_settings(self) -> None:
        """Take over language, theme and density."""
        ...


class _InlineHandle:
    running = False

    def cancel(self) -> None:
        """Nothing is left to stop."""


class _InlineContext:
    def __init__(self, job: Job, stop_after: int | None) -> None:
        self._job = job
        self._left = stop_after

    def cancelled(self) -> bool:
        return self._left is not None and self._left <= 0

    def report(self, step: Step) -> None:
        if self._job.step:
            self._job.step(step)

    def send(self, item: object) -> None:
        if self._left is not None:
            self._left -= 1
        if self._job.item:
            self._job.item(item)


class InlineRunner:
    """Runs every job at once in the calling thread, for tests. `stop_after` cancels after so many items."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.stop_after = stop_after
        self.jobs: list[Job] = []

    def start(self, job: Job) -> Handle:
        """Do the work, then call `done` or `failed`."""
        self.jobs.append(job)
        try:
            result = job.work(_InlineContext(job, self.stop_after))
        except AskwellError as error:
            report_failure(job, error)
        else:
            if job.done:
                job.done(result)
        return _InlineHandle()


def report_failure(job: Job, error: AskwellError) -> None:
    """Give an error to the job's owner; a plain cancellation needs no owner."""
    if job.failed:
        job.failed(error)
    elif not isinstance(error, Cancelled):
        raise error
