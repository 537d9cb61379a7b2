# SPDX-License-Identifier: Apache-2.0
"""What the scheduler needs of a library that runs a language model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from askwell.engine.config import EngineConfig

Logits = NDArray[np.float32]
RESERVED_SEQUENCES = 2
"""Sequences beside those of the branches: they hold the prefix of the last job and the context being scored."""


class Entry(NamedTuple):
    """One token of a batch: its place in its sequence, and whether logits after it are wanted."""

    token: int
    position: int
    sequence: int
    wanted: bool


class Vocabulary(Protocol):
    """Tokens and text of the loaded model."""

    @property
    def size(self) -> int:
        """How many tokens there are."""
        ...

    def tokenize(self, text: str, special: bool = False) -> list[int]:
        """The tokens of `text`; `special` adds what the model wants at the beginning (BOS). Markers of a chat
        template inside `text` are plain text: imported data must not be able to forge a turn."""
        ...

    def piece(self, token: int) -> bytes:
        """The bytes that `token` stands for; empty for control tokens."""
        ...

    def is_end(self, token: int) -> bool:
        """Whether `token` ends a text."""
        ...

    def is_plain(self, token: int) -> bool:
        """Whether `token` is ordinary text: not control, unknown, unused, or a raw byte."""
        ...


class LoadedModel(Protocol):
    """A model in memory with one context of several sequences over shared cells."""

    @property
    def vocabulary(self) -> Vocabulary:
        """Tokens and text."""
        ...

    @property
    def cells(self) -> int:
        """Cells of the context, shared by all sequences."""
        ...

    @property
    def longest(self) -> int:
        """The most tokens that one sequence may have."""
        ...

    @property
    def max_outputs(self) -> int:
        """How many entries of one batch may be `wanted`."""
        ...

    def decode(self, entries: Sequence[Entry]) -> None:
        """Evaluate a batch. Raises AbortedError when the stop flag is up, EngineError when it cannot."""
        ...

    def logits(self, index: int) -> Logits:
        """A view, valid until the next decode, of the logits after entry `index` of the last batch."""
        ...

    def fork(self, source: int, target: int, length: int) -> None:
        """Let sequence `target` share the first `length` cells of `source`."""
        ...

    def cut(self, sequence: int, length: int) -> bool:
        """Forget all of `sequence` from position `length` on; False where the rest would not be whole."""
        ...

    def close(self) -> None:
        """Free everything; harmless when called twice."""
        ...


class Backend(Protocol):
    """A library that loads models."""

    name: str

    def accepts(self, path: Path) -> bool:
        """Whether this backend reads such a file (by its first bytes)."""
        ...

    def version(self) -> str:
        """Name and version of the library, for receipts. Raises EngineError (engine_no_llama)."""
        ...

    def load(self, config: EngineConfig, stop: Callable[[], bool], beat: Callable[[], None]) -> LoadedModel:
        """Load model and adapter. `stop` is asked often during evaluation; `beat` is called while loading."""
        ...
