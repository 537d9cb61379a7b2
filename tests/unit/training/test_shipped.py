# SPDX-License-Identifier: Apache-2.0
"""The adapter that ships is the one that the manifest, the record and the model card speak of."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

STARTER = Path(__file__).resolve().parents[3] / "models" / "starter"
MANIFEST = json.loads((STARTER / "manifest.json").read_text(encoding="utf-8"))
each_adapter = pytest.mark.parametrize("name", ["adapter", "task_adapter"])


@each_adapter
def test_the_manifest_names_the_adapter_by_its_hash(name: str) -> None:
    adapter = STARTER / MANIFEST[name]
    assert hashlib.sha256(adapter.read_bytes()).hexdigest() == MANIFEST[f"{name}_sha256"]
    assert adapter.stat().st_size <= 24 * 2**20


@each_adapter
def test_it_comes_with_the_record_of_its_training_and_is_in_the_model_card(name: str) -> None:
    adapter = STARTER / MANIFEST[name]
    record = json.loads(adapter.with_suffix(".json").read_text(encoding="utf-8"))
    assert record["stages"]
    assert all(stage["samples"] > 0 and stage["log"] for stage in record["stages"])
    assert adapter.name in (STARTER / "README.md").read_text(encoding="utf-8")


def test_no_older_adapter_is_left_behind() -> None:
    kept = {MANIFEST["adapter"], MANIFEST["task_adapter"]}
    assert {path.name for path in STARTER.glob("askwell-*.gguf")} == kept
