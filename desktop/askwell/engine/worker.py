# SPDX-License-Identifier: Apache-2.0
"""Main function of the child process: load, then one job after the other until told to quit.

Three things inside llama.cpp end the process that they happen in (a wrong CPU variant, a bad grammar, a partial copy
of a sequence), so this one is expendable. It opens no socket, and its log has counts and timings, never text.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
import traceback
from multiprocessing.connection import Connection

from askwell.domain.errors import EngineError
from askwell.domain.generation import ModelInfo, Progress, Written
from askwell.engine.backends import backend_for
from askwell.engine.backends.base import LoadedModel
from askwell.engine.batch import Scheduler
from askwell.engine.config import EngineConfig
from askwell.engine.faults import AbortedError, engine_error
from askwell.engine.gguf import check_adapter, check_model, sha256_of
from askwell.engine.messages import (
    Beat,
    BranchWritten,
    CancelJob,
    Failed,
    JobDone,
    JobStopped,
    Loaded,
    Progressed,
    Quit,
    Reply,
    Request,
    ScoreJob,
    WriteJob,
)
from askwell.engine.sandbox import forbid_network
from askwell.engine.scripts import ScriptSets

BEAT_SECONDS = 0.5
EXIT_BUG = 70
_log = logging.getLogger("askwell.engine.worker")


def run_worker(config: EngineConfig, pipe: Connection) -> None:
    """Target of the spawned process."""
    forbid_network()
    _start_log(config)
    worker = _Worker(config, pipe)
    threading.Thread(target=worker.listen, name="listen", daemon=True).start()
    try:
        worker.serve()
    except (BrokenPipeError, ConnectionResetError):
        _log.info("client is gone")
    except Exception as error:  # noqa: BLE001 - a bug; the last border before the end, the client sees the exit code
        # The exception's own text may quote the job, so only its type and the places go into the log.
        _log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
        os._exit(EXIT_BUG)
    finally:
        worker.close()


def _start_log(config: EngineConfig) -> None:
    _log.propagate = False
    _log.setLevel(logging.INFO)
    if config.log_file is None:
        _log.addHandler(logging.NullHandler())
        return
    config.log_file.parent.mkdir(parents=True, exist_ok=True)
    handler = logging.FileHandler(config.log_file, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(message)s"))
    _log.addHandler(handler)


class _Worker:
    def __init__(self, config: EngineConfig, pipe: Connection) -> None:
        self._config = config
        self._pipe = pipe
        self._requests: queue.Queue[Request] = queue.Queue()
        self._stop = threading.Event()
        self._cancelled = 0
        self._current = 0
        self._state = threading.Lock()
        self._beaten = 0.0
        self._model: LoadedModel | None = None

    def listen(self) -> None:
        """Take requests off the pipe while the main thread computes, so that a cancel is seen at once."""
        while True:
            try:
                request: Request = self._pipe.recv()
            except (EOFError, OSError):
                os._exit(0)  # the application is gone, and the main thread may be deep inside a decode
            if isinstance(request, CancelJob):
                with self._state:
                    self._cancelled = request.number
                    if self._current == request.number:
                        self._stop.set()
                continue
            if isinstance(request, Quit):
                self._stop.set()
            self._requests.put(request)

    def serve(self) -> None:
        """Load, say so, work."""
        scheduler = self._start()
        while scheduler is not None:
            try:
                request = self._requests.get(timeout=self._config.idle_seconds)
            except queue.Empty:
                _log.info("idle, model freed")
                return
            if isinstance(request, Quit):
                return
            if isinstance(request, (WriteJob, ScoreJob)):
                self._work(scheduler, request)

    def close(self) -> None:
        """Free the model."""
        if self._model is not None:
            self._model.close()

    def _start(self) -> Scheduler | None:
        started = time.monotonic()
        try:
            self._model, info = self._load()
        except EngineError as error:
            self._fail(0, error)
            return None
        except AbortedError:
            return None
        self._send(Loaded(info))
        _log.info("loaded in %.2f s, %d threads", time.monotonic() - started, self._config.threads)
        scripts = ScriptSets(self._model.vocabulary, info.sha256, self._config.cache_dir, self._check)
        return Scheduler(self._model, scripts, self._config.n_parallel)

    def _load(self) -> tuple[LoadedModel, ModelInfo]:
        """Look at the files before llama.cpp does, then load them."""
        config = self._config
        header = check_model(config.model)
        sha256 = sha256_of(config.model, self._beat)
        if config.sha256 and sha256 != config.sha256.lower():
            raise engine_error("engine_model_damaged", file=config.model.name, detail="sha256")
        adapter = ""
        if config.adapter is not None:
            check_adapter(config.adapter, header.architecture)
            adapter = sha256_of(config.adapter, self._beat)
        backend = backend_for(config.model, config.backend)
        model = backend.load(config, self._stop.is_set, self._beat)
        return model, ModelInfo(
            name=header.name or config.model.stem,
            path=str(config.model),
            sha256=sha256,
            context=model.longest,
            vocabulary=model.vocabulary.size,
            chat=header.chat,
            adapter=adapter,
            engine=backend.version(),
        )

    def _work(self, scheduler: Scheduler, request: WriteJob | ScoreJob) -> None:
        with self._state:
            self._current = request.number
            if self._cancelled >= request.number:
                self._stop.set()
            else:
                self._stop.clear()
        started, before = time.monotonic(), scheduler.evaluated
        outcome = "failed"
        try:
            self._send(self._run(scheduler, request))
            outcome = "done"
        except AbortedError:
            self._send(JobStopped(request.number))
            outcome = "stopped"
        except EngineError as error:
            self._fail(request.number, error)
        finally:
            seconds, prefix = time.monotonic() - started, scheduler.evaluated - before
            _log.info("job %d %s in %.2f s, %d prefix tokens evaluated", request.number, outcome, seconds, prefix)

    def _run(self, scheduler: Scheduler, request: WriteJob | ScoreJob) -> JobDone:
        number = request.number
        if isinstance(request, ScoreJob):
            return JobDone(number, tuple(scheduler.score(request.items, self._beat)))
        counts = {"branches": 0, "tokens": 0}

        def written(branch: Written) -> None:
            counts["branches"] += 1
            counts["tokens"] += branch.tokens
            self._send(BranchWritten(number, branch))

        def progressed(progress: Progress) -> None:
            self._send(Progressed(number, progress))

        scheduler.write(request.job, written, progressed)
        _log.info("job %d: %d branches, %d tokens", number, counts["branches"], counts["tokens"])
        return JobDone(number)

    def _fail(self, number: int, error: EngineError) -> None:
        key = error.message.key.removeprefix("error.")
        _log.error("%s", key)
        params = dict(error.message.params)
        params["file"] = params.get("file") or self._config.model.name
        self._send(Failed(number, key, params))

    def _send(self, reply: Reply) -> None:
        self._pipe.send(reply)
        self._beaten = time.monotonic()

    def _check(self) -> None:
        """Between two pieces of work that are no decoding."""
        self._beat()
        if self._stop.is_set():
            raise AbortedError

    def _beat(self) -> None:
        if time.monotonic() - self._beaten > BEAT_SECONDS:
            self._send(Beat())
