# SPDX-License-Identifier: Apache-2.0
"""The adapter that ships is the one that the manifest, the record and the model card speak of."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

STARTER = Path(__file__).resolve().parents[3] / "models" / "starter"
MANIFEST = json.loads((STARTER / "manifest.json").read_text(encoding="utf-8"))
ADAPTER = STARTER / MANIFEST["adapter"]


def test_the_manifest_names_the_adapter_by_its_hash() -> None:
    assert hashlib.sha256(ADAPTER.read_bytes()).hexdigest() == MANIFEST["adapter_sha256"]
    assert ADAPTER.stat().st_size <= 24 * 2**20


def test_it_comes_with_the_record_of_its_training_and_is_in_the_model_card() -> None:
    record = json.loads(ADAPTER.with_suffix(".json").read_text(encoding="utf-8"))
    assert record["stages"]
    assert all(stage["samples"] > 0 and stage["log"] for stage in record["stages"])
    assert MANIFEST["adapter"] in (STARTER / "README.md").read_text(encoding="utf-8")


def test_no_older_adapter_is_left_behind() -> None:
    assert [path.name for path in STARTER.glob("askwell-writer-*.gguf")] == [MANIFEST["adapter"]]
