# SPDX-License-Identifier: Apache-2.0
"""One worker process and its pipe, seen from the application."""

from __future__ import annotations

import contextlib
import multiprocessing
from multiprocessing.connection import Connection
from typing import cast

from askwell.engine.config import EngineConfig
from askwell.engine.messages import Quit, Reply, Request

STOP_SECONDS = 1.0
_BROKEN = (EOFError, BrokenPipeError, ConnectionResetError, OSError)


class WorkerDiedError(Exception):
    """The worker ended without having been asked to; the text says how."""


def main(config: EngineConfig, pipe: Connection) -> None:
    """What the child runs. The worker is imported here, so that the window starts without numpy."""
    from askwell.engine.worker import run_worker

    run_worker(config, pipe)


class WorkerProcess:
    """A spawned worker. Spawn, not fork: a GUI process has threads, and Windows has nothing else."""

    def __init__(self, config: EngineConfig) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe(duplex=True)
        self._process = context.Process(target=main, args=(config, theirs), name="askwell-engine", daemon=True)
        self._process.start()
        theirs.close()  # or its end would stay open here and its death go unnoticed
        self.loaded = False

    @property
    def pid(self) -> int | None:
        """Process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.is_alive()

    def send(self, request: Request) -> None:
        """Raises WorkerDiedError."""
        try:
            self._pipe.send(request)
        except _BROKEN as error:
            raise WorkerDiedError(self._ending()) from error

    def receive(self, seconds: float) -> Reply | None:
        """The next reply, or None after `seconds`. Raises WorkerDiedError."""
        try:
            return cast(Reply, self._pipe.recv()) if self._pipe.poll(seconds) else None
        except _BROKEN as error:
            raise WorkerDiedError(self._ending()) from error

    def stop(self) -> None:
        """Ask it to end, and end it when it does not."""
        with contextlib.suppress(*_BROKEN):
            self._pipe.send(Quit())
        self._process.join(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End it at once."""
        if self._process.is_alive():
            self._process.kill()
        self._process.join(STOP_SECONDS)
        self._pipe.close()

    def _ending(self) -> str:
        self._process.join(STOP_SECONDS)
        code = self._process.exitcode
        return "pipe" if code is None else f"signal {-code}" if code < 0 else f"exit {code}"
