# SPDX-License-Identifier: Apache-2.0
"""The libraries that can run a model.

TO ADD ONE: write `backends/<name>.py` with a class that has the shape of `base.Backend` (import the library inside
`load`), and add an instance to BACKENDS. tests/contracts/test_text_model.py then runs over it.
"""

from __future__ import annotations

from pathlib import Path

from askwell.engine.backends.base import Backend
from askwell.engine.backends.llama_cpp import LlamaCppBackend
from askwell.engine.faults import engine_error

BACKENDS: tuple[Backend, ...] = (LlamaCppBackend(),)


def backend_for(path: Path, name: str = "") -> Backend:
    """The backend called `name`, or the first that accepts the file. Raises EngineError."""
    for backend in BACKENDS:
        if backend.name == name or (not name and backend.accepts(path)):
            return backend
    raise engine_error("engine_model_refused", file=path.name, detail=name or "format")
