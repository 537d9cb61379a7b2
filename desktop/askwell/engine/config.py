# SPDX-License-Identifier: Apache-2.0
"""Everything the engine needs to be told; it reads no environment and no settings of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from askwell.engine.hardware import physical_cores


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """`n_ctx` is the number of cells that the prefix and all parallel branches share. `sha256` is checked before
    llama.cpp sees the file; None: the hash is computed, not compared. `backend` names a member of BACKENDS, empty:
    the first that accepts the file. `hang_seconds` is how long a worker may say nothing before it is killed.
    `idle_seconds` ends an idle worker and frees its memory; None: it stays."""

    model: Path
    adapter: Path | None = None
    adapter_scale: float = 1.0
    n_ctx: int = 8192
    n_parallel: int = 12
    threads: int = field(default_factory=physical_cores)
    log_file: Path | None = None
    cache_dir: Path | None = None
    sha256: str | None = None
    backend: str = ""
    hang_seconds: float = 90.0
    idle_seconds: float | None = None
