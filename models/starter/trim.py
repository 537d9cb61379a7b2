# SPDX-License-Identifier: Apache-2.0
"""The starter model with the tokens that it needs: `python models/starter/trim.py SOURCE.gguf KEPT TARGET.gguf`.

Of the 262,144 tokens of Gemma 3 most belong to alphabets that Askwell never writes. Their embedding rows are two thirds
of the weights, and every written token is compared with each of them. `KEPT` says which tokens stay (one bit a token,
zlib; made by `models/training/vocabulary.py`); they keep their order, all other tensors go over byte for byte. The same
source and list always give the same file, so its SHA-256 stands in the manifest.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

ROWS = ("token_embd.weight", "output.weight")
PER_TOKEN = ("tokenizer.ggml.tokens", "tokenizer.ggml.scores", "tokenizer.ggml.token_type")
NUMBERED = tuple(f"tokenizer.ggml.{word}_token_id" for word in ("bos", "eos", "unknown", "padding"))


def read_kept(path: Path, size: int) -> NDArray[np.int64]:
    """Ids of the tokens that stay, ascending. Raises ValueError where the list is for another vocabulary."""
    bits = np.unpackbits(np.frombuffer(zlib.decompress(path.read_bytes()), dtype=np.uint8))
    if len(bits) != -(-size // 8) * 8:
        raise ValueError(f"{path.name} lists {len(bits)} tokens, the model has {size}")
    return np.flatnonzero(bits[:size])


def write_kept(path: Path, ids: NDArray[np.int64], size: int) -> None:
    """The inverse of `read_kept`."""
    bits = np.zeros(size, dtype=np.uint8)
    bits[ids] = 1
    path.write_bytes(zlib.compress(np.packbits(bits).tobytes(), 9))


def trim(source: Path, kept: Path, target: Path) -> int:
    """Write the smaller model; returns the number of its tokens. Raises ValueError, OSError."""
    reader = gguf.GGUFReader(source)
    size = len(reader.fields[PER_TOKEN[0]].data)
    ids = read_kept(kept, size)
    writer = gguf.GGUFWriter(target, str(reader.fields["general.architecture"].contents()))
    for name, field in reader.fields.items():
        if not name.startswith("GGUF.") and name != "general.architecture":
            _copy_field(writer, name, field, ids)
    for tensor in reader.tensors:
        # Rows are quantised one by one, so leaving rows out is exact.
        data = tensor.data[ids] if tensor.name in ROWS else tensor.data
        writer.add_tensor(tensor.name, np.ascontiguousarray(data), raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return len(ids)


def _copy_field(writer: gguf.GGUFWriter, name: str, field: Any, ids: NDArray[np.int64]) -> None:
    value, kind = field.contents(), field.types[0]
    if name in NUMBERED:
        value = int(np.searchsorted(ids, value))
    if name in PER_TOKEN:
        value = [value[index] for index in ids]
    writer.add_key_value(name, value, kind, field.types[1] if len(field.types) > 1 else None)


if __name__ == "__main__":
    trim(*map(Path, sys.argv[1:4]))
