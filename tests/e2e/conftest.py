# SPDX-License-Identifier: Apache-2.0
"""The program as its user runs it: a process of its own, and a workspace with the sample company."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample-company"
Run = Callable[..., "Outcome"]


class Outcome:
    """What a command left behind."""

    def __init__(self, done: subprocess.CompletedProcess[bytes]) -> None:
        self.code = done.returncode
        self.out = done.stdout.decode("utf-8")
        self.err = done.stderr.decode("utf-8")

    @property
    def records(self) -> list[dict[str, Any]]:
        """JSON Lines of standard output."""
        return [json.loads(line) for line in self.out.splitlines() if line.strip()]


@pytest.fixture(scope="session")
def askwell(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run `askwell …` in a home of its own."""
    home = tmp_path_factory.mktemp("Zoë 面接 home")
    env = {**os.environ, "PYTHONPATH": str(ROOT / "desktop"), "PYTHONUTF8": "1", "HOME": str(home)}
    env.pop("ASKWELL_DATA_DIR", None)

    def run(*arguments: object, stdin: str = "", timeout: float = 280) -> Outcome:
        command = [sys.executable, "-m", "askwell", *map(str, arguments)]
        done = subprocess.run(
            command, input=stdin.encode(), capture_output=True, env=env, cwd=home, timeout=timeout, check=False
        )
        return Outcome(done)

    return run


@pytest.fixture(scope="session")
def workspace(askwell: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the whole sample company in it."""
    folder = tmp_path_factory.mktemp("示例 workspace")
    outcome = askwell("import", SAMPLE / "exports", "--data-dir", folder, "--json")
    assert outcome.code in (0, 1), outcome.err
    return folder
