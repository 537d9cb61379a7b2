# SPDX-License-Identifier: Apache-2.0
"""Where the real model lies, small GGUF files made by hand, and jobs."""

from __future__ import annotations

import os
import struct
from pathlib import Path

from askwell.domain.generation import Branch, GenerationJob, Sampling, Segment
from askwell.engine.config import EngineConfig

ROOT = Path(__file__).resolve().parents[3]
MODEL = Path(os.environ.get("ASKWELL_TEST_MODEL") or ROOT / "models/starter/gemma-3-270m-80k-q4_k_m.gguf")
PREFIX = "岗位：区域销售经理\n职责：负责华东区域渠道开发；制定年度销售计划并达成回款目标。\n以下是面试问题：\n"
LAYOUT = (Segment("question", "问题：", 12), Segment("probe", "\n追问：", 8), Segment("anchor", "\n评分：", 8))


def config(folder: Path | None = None, **changes: object) -> EngineConfig:
    """Small context, four branches at a time."""
    settings: dict[str, object] = {
        "model": MODEL,
        "n_ctx": 2048,
        "n_parallel": 4,
        "cache_dir": folder / "cache" if folder else None,
        "log_file": folder / "engine.log" if folder else None,
    }
    return EngineConfig(**{**settings, **changes})  # type: ignore[arg-type]


def job(count: int = 3, layout: tuple[Segment, ...] = LAYOUT, prefix: str = PREFIX, seed: int = 7) -> GenerationJob:
    """`count` Chinese branches with seeds of their own."""
    return GenerationJob(
        prefix,
        tuple(Branch(f"b{i}", f"第{i + 1}题\n", layout, Sampling(seed=seed + i, script="zh")) for i in range(count)),
    )


def text(value: str) -> bytes:
    """A GGUF string."""
    data = value.encode()
    return struct.pack("<Q", len(data)) + data


def pair(key: str, value: str | int) -> bytes:
    """A GGUF metadata pair: string or uint32."""
    if isinstance(value, str):
        return text(key) + struct.pack("<I", 8) + text(value)
    return text(key) + struct.pack("<II", 4, value)


def tokens(*words: str) -> bytes:
    """The vocabulary array."""
    head = text("tokenizer.ggml.tokens") + struct.pack("<IIQ", 9, 8, len(words))
    return head + b"".join(text(word) for word in words)


def gguf(*pairs: bytes, offset: int = 0, elements: int = 8, data: int = 32, version: int = 3) -> bytes:
    """A whole small file with one float32 tensor."""
    tensor = text("a") + struct.pack("<IQIQ", 1, elements, 0, offset)
    head = b"GGUF" + struct.pack("<IQQ", version, 1, len(pairs)) + b"".join(pairs) + tensor
    return head + bytes(-len(head) % 32) + bytes(data)


def model_bytes(name: str = "Small") -> bytes:
    """A file that passes as a model."""
    return gguf(
        pair("general.architecture", "toy"), pair("general.name", name), pair("toy.context_length", 64), tokens("a")
    )
