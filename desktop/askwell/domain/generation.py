# SPDX-License-Identifier: Apache-2.0
"""What writing asks of a language model, in words that know nothing of llama.cpp and nothing of interviews.

A `GenerationJob` is one shared prefix and many branches. A branch is a suffix and a list of *segments*; each segment
has a fixed `lead` that is fed to the model and free text that the model writes until a stop string, its token limit or
the end-of-text token. So a layout (question, probes, anchors) is certain without a grammar in the sampler.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Segment:
    """`lead` is given, the text after it is written until one of `stop` (not part of the text) or `max_tokens`."""

    name: str
    lead: str = ""
    max_tokens: int = 60
    stop: tuple[str, ...] = ("\n",)


@dataclass(frozen=True, slots=True)
class Sampling:
    """Sampler settings. `script` limits the alphabet (`zh` `en` `ja` `es`, empty: none); letters of `allow_text`
    are always allowed, so that product names can be copied. `repeat_penalty` works on the branch's own output."""

    seed: int = 0
    temperature: float = 0.7
    top_k: int = 40
    top_p: float = 0.92
    min_p: float = 0.03
    repeat_penalty: float = 1.08
    script: str = ""
    allow_text: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """One sequence to be written after the shared prefix."""

    id: str
    suffix: str
    segments: tuple[Segment, ...]
    sampling: Sampling = field(default_factory=Sampling)


@dataclass(frozen=True, slots=True)
class GenerationJob:
    """`prefix` is evaluated once for all branches."""

    prefix: str
    branches: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The finished texts of a branch by segment name. `logprob` is the mean log-probability of the written tokens
    under the model at temperature 1, `means` the same for each segment; `cut` names the segments that hit their token
    limit."""

    branch_id: str
    texts: dict[str, str]
    tokens: int = 0
    logprob: float = 0.0
    means: dict[str, float] = field(default_factory=dict)
    cut: tuple[str, ...] = ()

    @property
    def truncated(self) -> bool:
        """Whether any segment hit its limit."""
        return bool(self.cut)


@dataclass(frozen=True, slots=True)
class ScoreItem:
    """A text whose likelihood after a context is wanted: the mean over its tokens, or their sum. Where many texts share
    only the beginning of their contexts, that is `context` and the rest of each is its `lead`: the beginning is then
    evaluated once for all."""

    context: str
    text: str
    total: bool = False
    lead: str = ""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """What a receipt needs to know of the loaded model. Hashes are SHA-256; `chat` is true where the model brings a
    chat template; `adapter` is empty where none is loaded."""

    name: str
    path: str
    sha256: str
    context: int
    vocabulary: int
    chat: bool = False
    adapter: str = ""
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a running job stands. `partial` maps branch ids to the text written so far."""

    done: int
    total: int
    tokens: int
    seconds: float
    partial: dict[str, str] = field(default_factory=dict)


class TextModel(Protocol):
    """A language model that writes and scores. Implementations: the worker-process engine; a fake in the tests."""

    def info(self) -> ModelInfo:
        """Describe the model, loading it if need be. Raises EngineError."""
        ...

    def generate(
        self,
        job: GenerationJob,
        on_written: Callable[[Written], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[Written]:
        """Write every branch; results in the order of the branches. Raises EngineError or Cancelled."""
        ...

    def score(self, items: Sequence[ScoreItem]) -> list[float]:
        """Log-probability of each text after its context, per token or (`total`) in all. Raises EngineError."""
        ...

    def close(self) -> None:
        """Free the model; harmless when called twice."""
        ...
