# SPDX-License-Identifier: Apache-2.0
"""The real worker process with the real model: death, cancel, repetition, silence."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.engine.support import LAYOUT, MODEL, PREFIX, ROOT, config, gguf, job, pair, tokens

from askwell.domain.errors import Cancelled, EngineError
from askwell.domain.generation import Branch, GenerationJob, Progress, Sampling, ScoreItem, Segment, Written
from askwell.engine.client import EngineClient
from askwell.engine.scripts import belongs

pytestmark = [pytest.mark.model, pytest.mark.skipif(not MODEL.is_file(), reason="the starter model is not assembled")]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EngineClient]:
    with EngineClient(config(tmp_path_factory.mktemp("engine"))) as client:
        yield client


def texts(written: list[Written]) -> list[dict[str, str]]:
    return [one.texts for one in written]


def test_the_layout_holds_and_the_script_too(engine: EngineClient) -> None:
    for one in engine.generate(job(5)):
        assert list(one.texts) == ["question", "probe", "anchor"]
        assert all("\n" not in value for value in one.texts.values())
        assert all(belongs(value.encode(), "zh") for value in one.texts.values() if value)
        assert one.logprob <= 0.0


def test_the_same_job_gives_the_same_text_whatever_ran_before_and_in_a_new_process(
    engine: EngineClient, tmp_path: Path
) -> None:
    first = texts(engine.generate(job(5)))
    other = GenerationJob(PREFIX[:10] + "别的" * 90, job(2).branches)
    engine.generate(other)
    engine.score([ScoreItem(PREFIX + "一", "二三")])
    assert texts(engine.generate(job(5))) == first
    with EngineClient(config(tmp_path)) as fresh:
        assert texts(fresh.generate(job(5))) == first
    assert texts(engine.generate(job(5, seed=99))) != first


def test_what_fits_scores_higher_than_what_does_not(engine: EngineClient) -> None:
    # A mean over tokens says little between texts of different lengths, so both have two tokens.
    capital = "The capital of France is"
    good, bad = engine.score([ScoreItem(capital, " Paris."), ScoreItem(capital, " banana.")])
    assert good > bad


def test_scores_agree_with_those_of_generation(engine: EngineClient) -> None:
    context, open_end = "The capital of France is", Segment("text", "", 6, ())
    greedy = Branch("b", "", (open_end,), Sampling(temperature=0, repeat_penalty=1.0))
    (one,) = engine.generate(GenerationJob(context, (greedy,)))
    assert engine.score([ScoreItem(context, " " + one.texts["text"])])[0] == pytest.approx(one.logprob, abs=0.15)


def test_a_killed_worker_is_replaced_and_finished_branches_are_kept(engine: EngineClient) -> None:
    told: list[str] = []

    def kill_after_first(one: Written) -> None:
        told.append(one.branch_id)
        if len(told) == 1 and engine.worker_pid is not None:
            os.kill(engine.worker_pid, signal.SIGKILL)

    result = engine.generate(job(6), kill_after_first)
    assert [one.branch_id for one in result] == [f"b{at}" for at in range(6)]
    assert sorted(told) == sorted(set(told))


def cancel_after(engine: EngineClient, work: GenerationJob, seconds: float) -> float:
    """Seconds from the wish to stop to the return."""
    engine.info()
    wished = time.monotonic() + seconds
    with pytest.raises(Cancelled):
        engine.generate(work, cancelled=lambda: time.monotonic() >= wished)
    return time.monotonic() - wished


def endless(prefix: str) -> GenerationJob:
    return job(4, tuple(replace(segment, max_tokens=60, stop=()) for segment in LAYOUT), prefix)


@pytest.mark.parametrize("prefix", [PREFIX, "岗位职责与考核指标。" * 150], ids=["writing", "reading a long prompt"])
def test_a_cancel_is_quick_and_the_model_stays_loaded(engine: EngineClient, prefix: str) -> None:
    engine.generate(job(1))
    worker = engine.worker_pid
    latency = cancel_after(engine, endless(prefix), 0.3)
    # Stopped by the worker itself: a kill would come after 250 ms and leave another process id.
    assert latency < 0.3
    assert engine.worker_pid == worker
    assert len(engine.generate(job(1))) == 1


def test_a_cancel_is_quick_while_the_allowed_tokens_are_found(tmp_path: Path) -> None:
    with EngineClient(config(tmp_path)) as client:
        client.info()
        worker = client.worker_pid
        assert cancel_after(client, endless(PREFIX), 0.05) < 0.3
        assert client.worker_pid == worker


def test_closing_from_another_thread_ends_the_job(tmp_path: Path) -> None:
    client = EngineClient(config(tmp_path))
    client.info()
    threading.Timer(0.2, client.close).start()
    with pytest.raises(Cancelled):
        client.generate(job(40))


def test_progress_tells_partial_texts(engine: EngineClient) -> None:
    seen: list[Progress] = []
    engine.generate(job(6), on_progress=seen.append)
    assert seen[-1].done == seen[-1].total == 6
    assert all(set(progress.partial) <= {f"b{at}" for at in range(6)} for progress in seen)


def test_a_job_larger_than_the_context_is_refused_with_numbers(engine: EngineClient) -> None:
    with pytest.raises(EngineError) as caught:
        engine.generate(job(1, prefix="很长的岗位说明" * 2000))
    assert caught.value.message.key == "error.engine_context_full"
    assert caught.value.message.params["available"] == 2048


def test_a_wrong_hash_is_refused_before_loading(tmp_path: Path) -> None:
    with EngineClient(config(tmp_path, sha256="0" * 64)) as client, pytest.raises(EngineError) as caught:
        client.info()
    assert caught.value.message.key == "error.engine_model_damaged"


def test_damaged_and_foreign_files_are_refused_by_name(tmp_path: Path) -> None:
    cut = tmp_path / "cut 截断.gguf"
    shutil.copyfile(MODEL, cut)
    os.truncate(cut, MODEL.stat().st_size // 2)
    foreign = tmp_path / "foreign.gguf"
    foreign.write_bytes(gguf(pair("general.architecture", "toy"), tokens("a")))
    keys = {cut: "engine_model_damaged", foreign: "engine_model_refused", tmp_path / "no": "engine_model_missing"}
    for path, key in keys.items():
        with EngineClient(config(tmp_path, model=path)) as client, pytest.raises(EngineError) as caught:
            client.info()
        assert caught.value.message.key == f"error.{key}"
        assert caught.value.message.params["file"] == path.name


def test_an_adapter_that_does_not_fit_is_refused_with_llama_cpps_reason(tmp_path: Path) -> None:
    adapter = tmp_path / "wrong.gguf"
    lora = (pair("general.type", "adapter"), pair("adapter.type", "lora"), pair("general.architecture", "gemma3"))
    adapter.write_bytes(gguf(*lora))
    with EngineClient(config(tmp_path, adapter=adapter)) as client, pytest.raises(EngineError) as caught:
        client.info()
    assert caught.value.message.key == "error.engine_adapter_refused"
    assert caught.value.message.params["detail"]


def test_an_idle_worker_frees_its_memory_and_comes_back(tmp_path: Path) -> None:
    with EngineClient(config(tmp_path, idle_seconds=0.5)) as client:
        client.info()
        deadline = time.monotonic() + 10
        while client.worker_pid is not None and time.monotonic() < deadline:
            time.sleep(0.05)
        assert client.worker_pid is None
        assert len(client.generate(job(1))) == 1


def test_the_log_has_no_text_of_the_job(engine: EngineClient) -> None:
    engine.generate(job(2))
    log = engine._config.log_file
    assert log is not None
    content = log.read_text(encoding="utf-8")
    assert "tokens" in content
    assert "销售" not in content
    assert content.isascii()


def test_the_worker_dies_with_its_application(tmp_path: Path) -> None:
    code = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from tests.unit.engine.support import config\n"
        "from askwell.engine.client import EngineClient\n"
        "if __name__ == '__main__':\n"
        "    client = EngineClient(config())\n"
        "    client.info()\n"
        "    print(client.worker_pid, flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    script = tmp_path / "app.py"
    script.write_text(code)
    paths = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "desktop"), str(ROOT)])}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=paths, timeout=60)
    pid = int(done.stdout)
    assert done.stderr == ""
    deadline = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        if "State:\tZ" in Path(f"/proc/{pid}/status").read_text():
            break
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{pid}").exists()


def test_the_worker_can_open_no_socket() -> None:
    code = (
        "from askwell.engine.sandbox import forbid_network\n"
        "import socket, _socket, urllib.request\n"
        "forbid_network()\n"
        "here = ('127.0.0.1', 9)\n"
        "for attempt in (socket.socket, _socket.socket, lambda: socket.create_connection(here),\n"
        "                lambda: urllib.request.urlopen('http://127.0.0.1:9')):\n"
        "    try:\n"
        "        attempt()\n"
        "    except (PermissionError, OSError) as error:\n"
        "        print(type(error).__name__)\n"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "desktop")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=30)
    assert done.stdout.split()[:3] == ["PermissionError"] * 3
    assert len(done.stdout.split()) == 4
