# SPDX-License-Identifier: Apache-2.0
"""Reads the header of a GGUF file before llama.cpp sees it.

A model file comes from outside. Every count is limited, every length is checked against the file before anything is
read, and each tensor must lie inside the file. Nothing is ever sized after what the file merely claims.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from askwell.engine.faults import engine_error

MAX_PAIRS = 65_536
MAX_TENSORS = 65_536
MAX_KEY = 65_535
MAX_STRING = 16 << 20
MAX_ARRAY = 1 << 26
MAX_DIMS = 4
MAX_ELEMENTS = 1 << 48
_STRING, _ARRAY = 8, 9
_SCALARS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
# ggml type -> (elements of a block, bytes of a block). A type that is not listed is checked by its offset only.
_BLOCKS = {
    0: (1, 4), 1: (1, 2), 2: (32, 18), 3: (32, 20), 6: (32, 22), 7: (32, 24), 8: (32, 34), 9: (32, 36),
    10: (256, 84), 11: (256, 110), 12: (256, 144), 13: (256, 176), 14: (256, 210), 15: (256, 292),
    16: (256, 66), 17: (256, 74), 18: (256, 98), 19: (256, 50), 20: (32, 18), 21: (256, 110), 22: (256, 82),
    23: (256, 136), 24: (1, 1), 25: (1, 2), 26: (1, 4), 27: (1, 8), 28: (1, 8), 29: (256, 56), 30: (1, 2),
    34: (256, 54), 35: (256, 66), 39: (32, 17),
}  # fmt: skip

Value = int | float | bool | str


@dataclass(frozen=True, slots=True)
class GgufHeader:
    """What the file says of itself. `values` holds scalars and strings; `arrays` only the lengths."""

    version: int
    values: dict[str, Value]
    arrays: dict[str, int]
    tensors: int
    parameters: int
    size: int

    def text(self, key: str) -> str:
        """A string value, or empty."""
        value = self.values.get(key, "")
        return value if isinstance(value, str) else ""

    def number(self, key: str) -> int:
        """An integer value, or 0."""
        value = self.values.get(key, 0)
        return value if isinstance(value, int) else 0

    @property
    def architecture(self) -> str:
        """Such as `gemma3`."""
        return self.text("general.architecture")

    @property
    def name(self) -> str:
        """The model's own name, or empty."""
        return self.text("general.name")

    @property
    def kind(self) -> str:
        """`model`, `adapter` or something else; files older than the key are models."""
        return self.text("general.type") or "model"

    @property
    def context(self) -> int:
        """Positions that the model was trained with; 0 where it does not say."""
        return self.number(f"{self.architecture}.context_length")

    @property
    def vocabulary(self) -> int:
        """Number of tokens."""
        return self.arrays.get("tokenizer.ggml.tokens", 0)

    @property
    def chat(self) -> bool:
        """Whether it brings a chat template."""
        return bool(self.text("tokenizer.chat_template"))


class _DamagedError(Exception):
    """The file breaks a rule of the format; the text names which."""


class _Reader:
    def __init__(self, data: mmap.mmap) -> None:
        self._data = data
        self._at = 0
        self.size = len(data)

    @property
    def position(self) -> int:
        return self._at

    def skip(self, count: int) -> None:
        if count < 0 or count > self.size - self._at:
            raise _DamagedError("ends too early")
        self._at += count

    def take(self, layout: str) -> Value:
        start = self._at
        self.skip(struct.calcsize("<" + layout))
        value: Value = struct.unpack_from("<" + layout, self._data, start)[0]
        return value

    def count(self, layout: str, limit: int, what: str) -> int:
        value = int(self.take(layout))
        if not 0 <= value <= limit:
            raise _DamagedError(f"{what}: {value}")
        return value

    def string(self, limit: int) -> str:
        length = self.count("Q", limit, "string length")
        start = self._at
        self.skip(length)
        return self._data[start : self._at].decode("utf-8", "replace")

    def skip_array(self) -> int:
        kind = self.count("I", 12, "array type")
        length = self.count("Q", MAX_ARRAY, "array length")
        if kind in _SCALARS:
            self.skip(length * struct.calcsize("<" + _SCALARS[kind]))
        elif kind == _STRING:
            for _ in range(length):
                self.skip(self.count("Q", MAX_STRING, "string length"))
        else:  # arrays of arrays are in the format but in no model; refusing them bounds the depth
            raise _DamagedError("nested array")
        return length


def read_header(path: Path) -> GgufHeader:
    """Read and check the header. Raises EngineError: engine_model_missing, engine_model_damaged."""
    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise _DamagedError("empty")
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
                return _read(_Reader(data))
    except FileNotFoundError as error:
        raise engine_error("engine_model_missing", file=path.name) from error
    except OSError as error:
        raise engine_error("engine_model_missing", file=path.name, detail=error.strerror or "") from error
    except _DamagedError as error:
        raise engine_error("engine_model_damaged", file=path.name, detail=str(error)) from error


def _read(reader: _Reader) -> GgufHeader:
    if reader.size < 24 or reader.take("I") != 0x46554747:
        raise _DamagedError("not GGUF")
    version = reader.count("I", 0xFFFFFFFF, "version")
    if version not in (2, 3):
        raise _DamagedError(f"version {version}")
    tensors = reader.count("Q", MAX_TENSORS, "tensor count")
    pairs = reader.count("Q", MAX_PAIRS, "metadata count")
    values: dict[str, Value] = {}
    arrays: dict[str, int] = {}
    for _ in range(pairs):
        _read_pair(reader, values, arrays)
    parameters = _check_tensors(reader, tensors, values)
    return GgufHeader(version, values, arrays, tensors, parameters, reader.size)


def _read_pair(reader: _Reader, values: dict[str, Value], arrays: dict[str, int]) -> None:
    key = reader.string(MAX_KEY)
    if key in values or key in arrays:
        raise _DamagedError(f"key twice: {key[:60]}")
    kind = reader.count("I", 12, "value type")
    if kind == _STRING:
        values[key] = reader.string(MAX_STRING)
    elif kind == _ARRAY:
        arrays[key] = reader.skip_array()
    else:
        values[key] = reader.take(_SCALARS[kind])


def _check_tensors(reader: _Reader, tensors: int, values: dict[str, Value]) -> int:
    alignment = values.get("general.alignment", 32)
    if not isinstance(alignment, int) or not 1 <= alignment <= 1 << 20 or alignment & (alignment - 1):
        raise _DamagedError("alignment")
    found = [_tensor(reader) for _ in range(tensors)]
    start = -(-reader.position // alignment) * alignment
    for name, elements, kind, offset in found:
        block, size = _BLOCKS.get(kind, (1, 0))
        if offset % alignment or elements % block or start + offset + elements // block * size > reader.size:
            raise _DamagedError(f"tensor {name[:60]}")
    if len({name for name, *_ in found}) != len(found):
        raise _DamagedError("tensor twice")
    return sum(elements for _, elements, _, _ in found)


def _tensor(reader: _Reader) -> tuple[str, int, int, int]:
    name = reader.string(MAX_KEY)
    elements = 1
    for _ in range(reader.count("I", MAX_DIMS, "dimensions")):
        elements *= reader.count("Q", MAX_ELEMENTS, "dimension")
        if elements > MAX_ELEMENTS:
            raise _DamagedError("tensor size")
    return name, elements, int(reader.take("I")), int(reader.take("Q"))


def check_model(path: Path) -> GgufHeader:
    """The header of a language model. Raises EngineError where the file is damaged or something else."""
    header = read_header(path)
    if header.kind != "model" or not header.architecture or not header.tensors or not header.vocabulary:
        raise engine_error("engine_model_refused", file=path.name, detail=header.kind)
    return header


def check_adapter(path: Path, architecture: str) -> GgufHeader:
    """The header of a LoRA adapter for models of `architecture`. Raises EngineError."""
    header = read_header(path)
    if header.kind != "adapter" or header.text("adapter.type") != "lora":
        raise engine_error("engine_adapter_refused", file=path.name, detail=header.kind)
    if header.architecture != architecture:
        detail = f"{header.architecture} ≠ {architecture}"
        raise engine_error("engine_adapter_refused", file=path.name, detail=detail)
    return header


def sha256_of(path: Path, beat: Callable[[], None] | None = None) -> str:
    """SHA-256 of a file in hexadecimal; `beat` is called every few MiB. Raises EngineError."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(4 << 20):
                digest.update(block)
                if beat is not None:
                    beat()
    except OSError as error:
        raise engine_error("engine_model_missing", file=path.name, detail=error.strerror or "") from error
    return digest.hexdigest()
