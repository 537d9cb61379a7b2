# SPDX-License-Identifier: Apache-2.0
"""The engine's errors by name, and the two interruptions that never leave the worker."""

from __future__ import annotations

from askwell.domain.errors import EngineError
from askwell.domain.messages import msg

KEYS = (
    "engine_model_missing",  # file
    "engine_model_damaged",  # file, detail
    "engine_model_refused",  # file, detail
    "engine_model_builtin",  # file
    "engine_adapter_refused",  # file, detail
    "engine_context_full",  # needed, available
    "engine_no_llama",  # detail
    "engine_died",  # file, detail
    "engine_crash_loop",  # file
)


def engine_error(key: str, **params: object) -> EngineError:
    """The EngineError whose sentence is `error.<key>` and whose remedy is `error.<key>.hint`."""
    return EngineError(msg(f"error.{key}", **params), msg(f"error.{key}.hint", **params))


class AbortedError(Exception):
    """The running computation was stopped on request; inside the worker only."""
