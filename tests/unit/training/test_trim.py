# SPDX-License-Identifier: Apache-2.0
"""The starter model is the base model less the tokens that are never used."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import gguf
import numpy as np
import pytest

STARTER = Path(__file__).resolve().parents[3] / "models" / "starter"
TOKENS = ["<pad>", "<eos>", "<bos>", "<unk>", "a", "б", "c"]


@pytest.fixture(scope="module")
def trim() -> ModuleType:
    spec = importlib.util.spec_from_file_location("trim", STARTER / "trim.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source.gguf"
    writer = gguf.GGUFWriter(path, "gemma3")
    writer.add_name("Small")
    writer.add_token_list(TOKENS)
    writer.add_token_scores([float(-n) for n in range(len(TOKENS))])
    writer.add_token_types([3, 3, 3, 3, 1, 1, 1])
    writer.add_bos_token_id(2)
    writer.add_tensor("token_embd.weight", np.arange(14, dtype=np.float32).reshape(7, 2))
    writer.add_tensor("output_norm.weight", np.ones(2, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def test_rows_tokens_and_special_ids_stay_together(trim: ModuleType, source: Path, tmp_path: Path) -> None:
    kept, target = tmp_path / "kept.bin", tmp_path / "target.gguf"
    trim.write_kept(kept, np.array([1, 2, 3, 4, 6]), len(TOKENS))
    assert trim.trim(source, kept, target) == 5
    made = gguf.GGUFReader(target)
    assert made.fields["tokenizer.ggml.tokens"].contents() == ["<eos>", "<bos>", "<unk>", "a", "c"]
    assert made.fields["tokenizer.ggml.scores"].contents() == [-1.0, -2.0, -3.0, -4.0, -6.0]
    assert made.fields["tokenizer.ggml.bos_token_id"].contents() == 1
    assert made.fields["general.name"].contents() == "Small"
    rows = {tensor.name: tensor.data.tolist() for tensor in made.tensors}
    assert rows["token_embd.weight"] == [[2, 3], [4, 5], [6, 7], [8, 9], [12, 13]]
    assert rows["output_norm.weight"] == [1, 1]


def test_a_list_for_another_vocabulary_is_refused(trim: ModuleType, source: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.bin"
    trim.write_kept(kept, np.array([1, 20]), 40)
    with pytest.raises(ValueError, match="lists 40 tokens, the model has 7"):
        trim.trim(source, kept, tmp_path / "target.gguf")


def test_the_shipped_list_says_what_the_manifest_says(trim: ModuleType) -> None:
    manifest = json.loads((STARTER / "manifest.json").read_text(encoding="utf-8"))
    assert f"{len(trim.read_kept(STARTER / 'kept-tokens.bin', 262_144)):,} tokens" in manifest["name"]
