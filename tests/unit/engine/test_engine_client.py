# SPDX-License-Identifier: Apache-2.0
"""The client against a worker that dies, hangs and answers on cue; no process and no model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from tests.unit.engine.support import config, job

from askwell.domain.errors import Cancelled, EngineError
from askwell.domain.generation import ModelInfo, Progress, ScoreItem, Written
from askwell.engine import client as module
from askwell.engine.client import EngineClient
from askwell.engine.messages import (
    BranchWritten,
    CancelJob,
    Failed,
    JobDone,
    JobStopped,
    Loaded,
    Progressed,
    Reply,
    Request,
    ScoreJob,
    WriteJob,
)
from askwell.engine.process import WorkerDiedError

INFO = ModelInfo("toy", "toy.gguf", "00", 64, 3)
DIE, SILENCE = "die", "silence"
Step = Reply | str
Plan = Callable[[Request], list[Step]]


class Worker:
    """Plays one list of steps on loading and one for each request."""

    started: ClassVar[list[Worker]] = []
    loads: ClassVar[list[list[Step]]] = []
    plan: Plan = staticmethod(lambda _request: [])

    def __init__(self, _config: object) -> None:
        self.started.append(self)
        self.loaded = False
        self.alive = True
        self.pid = len(self.started)
        self.requests: list[Request] = []
        self._steps: list[Step] = list(self.loads.pop(0)) if self.loads else [Loaded(INFO)]

    def send(self, request: Request) -> None:
        self.requests.append(request)
        self._steps += type(self).plan(request)

    def receive(self, seconds: float) -> Reply | None:
        step = self._steps.pop(0) if self._steps else SILENCE
        if step == DIE:
            self.alive = False
            raise WorkerDiedError("signal 9")
        return None if isinstance(step, str) else step

    def stop(self) -> None:
        self.alive = False

    kill = stop


@pytest.fixture
def worker(monkeypatch: pytest.MonkeyPatch) -> type[Worker]:
    Worker.started, Worker.loads, Worker.plan = [], [], staticmethod(lambda _request: [])
    monkeypatch.setattr(module, "WorkerProcess", Worker)
    return Worker


def written(request: WriteJob, at: int) -> BranchWritten:
    return BranchWritten(request.number, Written(request.job.branches[at].id, {"q": "x"}, 5))


def always(step: Step) -> Plan:
    """The same answer to every request."""

    def plan(_request: Request) -> list[Step]:
        return [step]

    return plan


def whole(request: Request) -> list[Step]:
    if isinstance(request, WriteJob):
        return [*(written(request, at) for at in range(len(request.job.branches))), JobDone(request.number)]
    if isinstance(request, ScoreJob):
        return [JobDone(request.number, tuple(-1.0 for _ in request.items))]
    return []


def test_a_worker_starts_on_demand_and_serves_all_jobs(worker: type[Worker]) -> None:
    worker.plan = staticmethod(whole)
    client = EngineClient(config())
    assert worker.started == []
    assert client.info() == INFO
    assert [one.branch_id for one in client.generate(job(3))] == ["b0", "b1", "b2"]
    assert client.score([ScoreItem("a", "b")]) == [-1.0]
    assert len(worker.started) == 1


def test_after_a_death_only_unfinished_branches_are_written_again(worker: type[Worker]) -> None:
    def plan(request: Request) -> list[Step]:
        if isinstance(request, WriteJob) and len(worker.started) == 1:
            return [written(request, 1), Progressed(request.number, Progress(1, 3, 9, 1.0)), DIE]
        if isinstance(request, WriteJob):
            return [Progressed(request.number, Progress(0, 2, 2, 0.1)), *whole(request)]
        return []

    worker.plan = staticmethod(plan)
    told: list[str] = []
    seen: list[Progress] = []
    result = EngineClient(config()).generate(job(3), lambda one: told.append(one.branch_id), seen.append)
    assert [one.branch_id for one in result] == ["b0", "b1", "b2"]
    assert told == ["b1", "b0", "b2"]
    assert [(progress.done, progress.total, progress.tokens) for progress in seen] == [(1, 3, 9), (1, 3, 7)]
    second = worker.started[1].requests[0]
    assert isinstance(second, WriteJob)
    assert [branch.id for branch in second.job.branches] == ["b0", "b2"]


def test_a_second_death_in_the_same_job_is_an_error_and_the_next_job_starts_anew(worker: type[Worker]) -> None:
    worker.plan = staticmethod(always(DIE))
    client = EngineClient(config())
    with pytest.raises(EngineError) as caught:
        client.generate(job(2))
    assert caught.value.message.key == "error.engine_died"
    assert caught.value.message.params["detail"] == "signal 9"
    worker.plan = staticmethod(whole)
    assert len(client.generate(job(2))) == 2
    assert len(worker.started) == 3


def test_a_model_that_crashes_twice_on_loading_is_left_alone_until_asked_also_after_a_restart(
    worker: type[Worker], tmp_path: Path
) -> None:
    worker.loads = [[DIE], [DIE]]
    worker.plan = staticmethod(whole)
    for _ in range(2):
        with pytest.raises(EngineError) as caught:
            EngineClient(config(tmp_path)).info()
        assert caught.value.message.key == "error.engine_crash_loop"
    assert len(worker.started) == 2
    client = EngineClient(config(tmp_path))
    client.retry_after_crashes()
    assert client.info() == INFO


def test_one_crash_on_loading_is_forgiven(worker: type[Worker]) -> None:
    worker.loads = [[DIE], [Loaded(INFO)]]
    assert EngineClient(config()).info() == INFO


def test_a_silent_worker_is_killed_and_replaced_once(worker: type[Worker]) -> None:
    worker.plan = staticmethod(lambda _request: [])
    with pytest.raises(EngineError) as caught:
        EngineClient(config(hang_seconds=0.0)).score([ScoreItem("a", "b")])
    assert caught.value.message.params["detail"] == "hang"
    assert len(worker.started) == 2


def test_a_failure_keeps_its_key_and_facts(worker: type[Worker]) -> None:
    def plan(request: Request) -> list[Step]:
        return [Failed(request.number, "engine_context_full", {"needed": 9})] if isinstance(request, WriteJob) else []

    worker.plan = staticmethod(plan)
    with pytest.raises(EngineError) as caught:
        EngineClient(config()).generate(job(1))
    assert caught.value.message.params == {"needed": 9}


def test_a_cancel_is_passed_on_and_the_worker_stays(worker: type[Worker]) -> None:
    def plan(request: Request) -> list[Step]:
        return [JobStopped(request.number)] if isinstance(request, CancelJob) else []

    worker.plan = staticmethod(plan)
    client = EngineClient(config())
    client.info()
    with pytest.raises(Cancelled):
        client.generate(job(2), cancelled=lambda: True)
    assert worker.started[0].alive


def test_a_worker_that_ignores_a_cancel_is_killed(worker: type[Worker]) -> None:
    client = EngineClient(config())
    client.info()
    with pytest.raises(Cancelled):
        client.generate(job(2), cancelled=lambda: True)
    assert not worker.started[0].alive


def test_an_error_in_a_callback_reaches_the_caller(worker: type[Worker]) -> None:
    worker.plan = staticmethod(whole)

    def broken(_written: Written) -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError):
        EngineClient(config()).generate(job(2), broken)
    assert not worker.started[0].alive


def test_branches_need_ids_of_their_own(worker: type[Worker]) -> None:
    doubled = job(1).branches * 2
    with pytest.raises(ValueError, match="differ"):
        EngineClient(config()).generate(type(job(1))("x", doubled))


def test_closing_twice_is_harmless(worker: type[Worker]) -> None:
    client = EngineClient(config())
    client.info()
    client.close()
    client.close()
    assert client.worker_pid is None
