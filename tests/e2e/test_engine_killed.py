# SPDX-License-Identifier: Apache-2.0
"""Killing the language model's process in the middle of writing costs seconds, not questions."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from askwell.app.bootstrap import build_app
from askwell.engine.client import EngineClient
from askwell.writing.blueprint import BlueprintOptions
from tests.e2e.conftest import SAMPLE

pytestmark = [pytest.mark.e2e, pytest.mark.model]


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_kit_is_finished_although_its_engine_was_killed(tmp_path: Path) -> None:
    app = build_app(tmp_path, "zh")
    try:
        app.imports.import_many([SAMPLE / "exports" / "岗位说明书.xlsx"])
        app.settings.candidates_per_slot = 2
        position = app.goals.find("采购专员")
        model = app.models.text_model()
        assert isinstance(model, EngineClient)
        model.info()
        killed: list[int] = []

        def kill_when_writing(state: object) -> None:
            pid = model.worker_pid
            if not killed and pid is not None and getattr(state, "tokens", 0) > 10:
                killed.append(pid)
                threading.Thread(target=os.kill, args=(pid, signal.SIGKILL)).start()
                time.sleep(0.05)

        blueprint = app.writing.plan(position.id, BlueprintOptions(count=3))
        kit = app.writing.write(blueprint, on_progress=kill_when_writing)
        assert killed
        assert model.worker_pid not in (None, killed[0])
        assert [question.slot.number for question in kit.questions] == [1, 2, 3]
        assert sum(1 for question in kit.questions if question.words.text) >= 2
    finally:
        app.close()
