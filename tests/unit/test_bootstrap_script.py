# SPDX-License-Identifier: Apache-2.0
"""run.py: what it asks of the system, and that it starts at once when nothing is to be done."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import run  # noqa: E402


def test_everything_missing_is_named_at_once_with_install_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "missing_parts", lambda _build: ["compiler", "cjk font"])
    with pytest.raises(run.SetupError) as refused:
        run.check_system(needs_build=True)
    text = str(refused.value)
    assert "build-essential" in text
    assert "fonts-noto-cjk" in text
    assert "dnf install" in text


def test_each_part_has_a_line_for_each_system_that_needs_it() -> None:
    for part in ("python", "venv", "compiler"):
        assert set(run.INSTALL_LINES[part]) == {"debian", "fedora", "macos", "windows"}


def test_every_locked_package_has_hashes() -> None:
    for name in ("runtime", "dev", "build"):
        text = (ROOT / "requirements" / f"{name}.lock").read_text(encoding="utf-8")
        entries = re.split(r"^(?=[a-zA-Z0-9])", text, flags=re.MULTILINE)[1:]
        assert entries
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text


def test_the_engine_is_built_from_its_locked_source() -> None:
    assert run.lock_entry("llama-cpp-python").startswith("llama-cpp-python==0.3.36")


def test_build_output_becomes_progress() -> None:
    found = run.LLAMA_STEPS_PATTERN.search("[30/120] Building CXX object x.o")
    assert run.describe("", found, 60.0) == "compiled 30 of 120 files, about 3 min left"


def test_an_unknown_command_is_a_usage_error() -> None:
    done = subprocess.run([sys.executable, str(ROOT / "run.py"), "dance"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "dance" in done.stderr


def test_the_bootstrap_imports_the_standard_library_only() -> None:
    text = (ROOT / "run.py").read_text(encoding="utf-8")
    names = set(re.findall(r"^(?:import|from) (\w+)", text, re.MULTILINE)) - {"__future__"}
    assert names <= set(sys.stdlib_module_names)
