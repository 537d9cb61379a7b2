# SPDX-License-Identifier: Apache-2.0
"""What the client and the worker say to each other over the pipe: small frozen dataclasses, nothing else.

client → worker   WriteJob · ScoreJob · CancelJob · Quit
worker → client   Loaded once after the start · Beat while loading · BranchWritten and Progressed while writing ·
                  JobDone | JobStopped | Failed at the end of each job
"""

from __future__ import annotations

from dataclasses import dataclass, field

from askwell.domain.generation import GenerationJob, ModelInfo, Progress, ScoreItem, Written


@dataclass(frozen=True, slots=True)
class WriteJob:
    """Write these branches."""

    number: int
    job: GenerationJob


@dataclass(frozen=True, slots=True)
class ScoreJob:
    """Score these texts."""

    number: int
    items: tuple[ScoreItem, ...]


@dataclass(frozen=True, slots=True)
class CancelJob:
    """Stop job `number`, also in the middle of evaluating a prompt."""

    number: int


@dataclass(frozen=True, slots=True)
class Quit:
    """Free the model and end."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model is ready."""

    info: ModelInfo


@dataclass(frozen=True, slots=True)
class Beat:
    """Still at work on something that has no other news."""


@dataclass(frozen=True, slots=True)
class BranchWritten:
    """One branch of job `number` is finished."""

    number: int
    written: Written


@dataclass(frozen=True, slots=True)
class Progressed:
    """Where job `number` stands."""

    number: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class JobDone:
    """Job `number` is complete; `scores` only after a ScoreJob."""

    number: int
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class JobStopped:
    """Job `number` was cancelled; the model stays loaded."""

    number: int


@dataclass(frozen=True, slots=True)
class Failed:
    """Loading (number 0) or a job ended in an error that the user is told: catalogue key and its facts."""

    number: int
    key: str
    params: dict[str, object] = field(default_factory=dict)


Request = WriteJob | ScoreJob | CancelJob | Quit
Reply = Loaded | Beat | BranchWritten | Progressed | JobDone | JobStopped | Failed
