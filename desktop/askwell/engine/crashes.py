# SPDX-License-Identifier: Apache-2.0
"""Remembers which models killed the worker while loading, also across starts of the application."""

from __future__ import annotations

import json
from pathlib import Path

from askwell.engine.config import EngineConfig

LIMIT = 2


class CrashLog:
    """Counts of deaths during loading by model file and adapter; a file that was replaced begins anew."""

    def __init__(self, config: EngineConfig) -> None:
        self._file = config.cache_dir / "engine-crashes.json" if config.cache_dir else None
        self._key = "|".join(_stamp(path) for path in (config.model, config.adapter) if path is not None)
        self._counts = self._read()

    @property
    def looping(self) -> bool:
        """Whether loading crashed so often that it is not tried again unasked."""
        return self._counts.get(self._key, 0) >= LIMIT

    def add(self) -> None:
        """The worker died while loading."""
        self._counts[self._key] = self._counts.get(self._key, 0) + 1
        self._write()

    def clear(self) -> None:
        """It loaded, or a person asked for another try."""
        if self._counts.pop(self._key, 0):
            self._write()

    def _read(self) -> dict[str, int]:
        if self._file is None:
            return {}
        try:
            found = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        items = found.items() if isinstance(found, dict) else ()
        return {str(key): value for key, value in items if isinstance(value, int)}

    def _write(self) -> None:
        if self._file is None:
            return
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_suffix(".part")
            part.write_text(json.dumps(self._counts), encoding="utf-8")
            part.replace(self._file)
        except OSError:  # then the count holds for this run only
            return


def _stamp(path: Path) -> str:
    try:
        status = path.stat()
    except OSError:
        return path.name
    return f"{path.name}:{status.st_size}:{status.st_mtime_ns}"
