# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import random
import struct
from pathlib import Path

import pytest
from tests.unit.engine.support import MODEL, gguf, model_bytes, pair, text, tokens

from askwell.domain.errors import EngineError
from askwell.engine.gguf import check_adapter, check_model, read_header, sha256_of


def write(folder: Path, data: bytes) -> Path:
    path = folder / "Zoë 面接.gguf"
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(EngineError) as caught:
        check_model(path)
    assert caught.value.message.params["file"] == path.name
    assert caught.value.hint is not None
    return caught.value.message.key


def test_a_whole_file_tells_name_context_and_vocabulary(tmp_path: Path) -> None:
    header = check_model(write(tmp_path, model_bytes()))
    assert (header.name, header.context, header.vocabulary, header.parameters) == ("Small", 64, 1, 8)
    assert not header.chat


@pytest.mark.model
def test_the_starter_model_is_read_without_llama_cpp() -> None:
    header = check_model(MODEL)
    assert (header.architecture, header.vocabulary, header.context) == ("gemma3", 79940, 32768)


def test_a_missing_file_is_called_missing(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nothing.gguf") == "error.engine_model_missing"


@pytest.mark.parametrize("data", [b"", b"G", b"PK\x03\x04" + bytes(100), b"GGUF", bytes(4096)])
def test_what_is_not_gguf_is_called_damaged(tmp_path: Path, data: bytes) -> None:
    assert refusal(write(tmp_path, data)) == "error.engine_model_damaged"


def test_every_truncation_is_noticed(tmp_path: Path) -> None:
    whole = model_bytes()
    for length in range(len(whole)):
        assert refusal(write(tmp_path, whole[:length])) == "error.engine_model_damaged"


@pytest.mark.parametrize(
    "data",
    [
        gguf(offset=64),
        gguf(offset=7),
        gguf(elements=1 << 40),
        gguf(elements=1 << 62),
        gguf(version=99),
        gguf(pair("general.alignment", 0)),
        gguf(pair("general.alignment", 3)),
        gguf(pair("a", 1), pair("a", 2)),
        b"GGUF" + struct.pack("<IQQ", 3, 1 << 60, 0),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1 << 60),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + struct.pack("<Q", 1 << 63),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("k") + struct.pack("<IIQ", 9, 8, 1 << 60),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("k") + struct.pack("<IIQ", 9, 9, 1),
        b"GGUF" + struct.pack("<IQQ", 3, 0, 1) + text("k") + struct.pack("<I", 77),
    ],
)
def test_claims_that_the_file_cannot_hold_are_refused(tmp_path: Path, data: bytes) -> None:
    assert refusal(write(tmp_path, data)) == "error.engine_model_damaged"


def test_random_changes_never_raise_anything_but_engine_errors(tmp_path: Path) -> None:
    chance = random.Random(1)
    whole = model_bytes()
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path = write(tmp_path, bytes(data))
        try:
            read_header(path)
        except EngineError:
            continue


def test_an_adapter_is_refused_as_a_model_and_the_other_way_round(tmp_path: Path) -> None:
    lora = [pair("general.type", "adapter"), pair("adapter.type", "lora"), pair("general.architecture", "toy")]
    adapter = write(tmp_path, gguf(*lora, tokens("a")))
    assert refusal(adapter) == "error.engine_model_refused"
    assert check_adapter(adapter, "toy").kind == "adapter"
    with pytest.raises(EngineError) as caught:
        check_adapter(adapter, "gemma3")
    assert caught.value.message.key == "error.engine_adapter_refused"
    with pytest.raises(EngineError):
        check_adapter(write(tmp_path, model_bytes()), "toy")


def test_the_hash_is_sha256_and_beats_while_reading(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"abc")
    beats: list[int] = []
    assert sha256_of(path, lambda: beats.append(1)).startswith("ba7816bf8f01cfea")
    assert beats == [1]
