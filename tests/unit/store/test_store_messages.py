# SPDX-License-Identifier: Apache-2.0
"""Every refusal of the store has its sentence and its remedy."""

from __future__ import annotations

import json
import re
from pathlib import Path

import askwell.store

ROOT = Path(__file__).resolve().parents[3]


def test_every_error_key_in_the_code_has_a_sentence_and_a_hint() -> None:
    sentences = json.loads((ROOT / "resources/i18n/store.json").read_text(encoding="utf-8"))
    assert askwell.store.__file__ is not None
    sources = [path.read_text(encoding="utf-8") for path in Path(askwell.store.__file__).parent.glob("*.py")]
    keys = set(re.findall(r'Error\.of\(\s*"(\w+)"', "\n".join(sources)))
    keys |= {"store_damaged", "store_locked", "store_unwritable"}
    assert len(keys) > 12
    for key in keys:
        assert {f"error.{key}", f"error.{key}.hint"} <= sentences.keys(), key
