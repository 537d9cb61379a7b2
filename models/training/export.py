# SPDX-License-Identifier: Apache-2.0
"""Trained matrices as a llama.cpp adapter: `python models/training/export.py IN.pt OUT.gguf [--type f16|q8_0]`."""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

import gguf
import torch
from house import STARTER
from lora import read_pt
from train import OUT

NAME = "askwell-writer-v2"
LIMIT = 24 * 1024 * 1024
Q8_BLOCK = 32


def write_gguf(tensors: dict[str, torch.Tensor], alpha: float, path: Path, kind: str = "f16") -> None:
    """Store the matrices. Q8_0 holds 32 numbers a block; a matrix whose rows do not divide so stays float16."""
    writer = gguf.GGUFWriter(path, "gemma3")
    writer.add_type("adapter")
    writer.add_name(NAME)
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    for key in sorted(tensors):
        values = tensors[key].to(torch.float32).numpy()
        if kind == "q8_0" and values.shape[-1] % Q8_BLOCK == 0:
            packed = gguf.quants.quantize(values, gguf.GGMLQuantizationType.Q8_0)
            writer.add_tensor(key, packed, raw_dtype=gguf.GGMLQuantizationType.Q8_0)
        else:
            writer.add_tensor(key, values.astype("float16"))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    """Export and say size and SHA-256."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, nargs="?", default=OUT)
    parser.add_argument("target", type=Path, nargs="?", default=STARTER / f"{NAME}.gguf")
    parser.add_argument("--type", choices=("f16", "q8_0"), default="f16")
    args = parser.parse_args()
    alpha, tensors = read_pt(args.source)
    write_gguf(tensors, alpha, args.target, args.type)
    data = args.target.read_bytes()
    print(f"{args.target.name}: {len(data) / 2**20:.1f} MiB, sha256 {hashlib.sha256(data).hexdigest()}")
    if len(data) > LIMIT:
        raise SystemExit(f"larger than {LIMIT / 2**20:.0f} MiB: take a lower rank or --type q8_0")


if __name__ == "__main__":
    main()
