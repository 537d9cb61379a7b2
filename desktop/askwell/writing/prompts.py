# SPDX-License-Identifier: Apache-2.0
"""The completion layout that the model sees, one YAML file a language under `resources/prompts/<version>/`.

The app and the training code build the same text from the same files: an adapter only helps a model that is asked in
the words it was trained on. `PROMPT_VERSION` goes into every receipt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from askwell.domain.generation import Segment
from askwell.domain.questions import Difficulty, Evidence, QuestionText, QuestionType

PROMPT_VERSION = "v2"
LANGUAGES = ("zh", "en", "ja", "es")
SCORES = (5, 3, 1)
SPACED = ("en", "es")  # a space between the label and the text belongs to the text's first token


@dataclass(frozen=True, slots=True)
class TaskWords:
    """The labels of the short tasks beside writing (`writing/tasks.py`)."""

    asked: str
    answer: str
    missing: str
    parts: dict[str, str]
    follow_up: str
    original: str
    reason: str
    rewritten: str
    draft: str
    relevant: str
    lawful: str
    because: str
    verdict: dict[str, str]
    grade: str
    grades: dict[str, str]
    touches: str
    groups: dict[str, str]
    topics: dict[str, str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The labels of one language."""

    lang: str
    position: str
    department: str
    evidence: str
    competency: str
    manner: str
    angle: str
    question: str
    probe: str
    anchor: str
    kinds: dict[str, str]
    types: dict[str, str]
    difficulties: dict[str, str]
    task: str
    tasks: TaskWords


@dataclass(frozen=True, slots=True)
class Example:
    """A finished question with what it was written from: shown to a base model, or trained on."""

    title: str
    evidence: Evidence
    competency: str
    type: QuestionType
    difficulty: Difficulty
    words: QuestionText
    lang: str = "zh"
    angle: str = ""


@cache
def load_layout(resources: Path, lang: str) -> Layout:
    """Read the layout of `lang`; an unknown language falls back to English.

    `resources` is the folder that holds `prompts/`. Raises OSError where the installation is damaged.
    """
    name = lang if lang in LANGUAGES else "en"
    raw = yaml.safe_load((resources / "prompts" / PROMPT_VERSION / f"{name}.yaml").read_text(encoding="utf-8"))
    raw.pop("version")
    raw["tasks"] = TaskWords(**raw["tasks"])
    return Layout(**raw)


def head(layout: Layout, title: str) -> str:
    """The shared beginning of all slots of a position."""
    return layout.position.format(title=one_line(title))


def brief(
    layout: Layout,
    evidence: Evidence,
    competency: str,
    question_type: QuestionType,
    difficulty: Difficulty,
    angle: str = "",
) -> str:
    """What one slot asks for, up to the label after which the question is written. `angle` is the label in the
    layout's language."""
    parts = [layout.evidence.format(kind=layout.kinds[evidence.kind.value], text=one_line(evidence.text))]
    if competency:
        parts.append(layout.competency.format(competency=one_line(competency)))
    manner = layout.manner.format(
        type=layout.types[question_type.value], difficulty=layout.difficulties[difficulty.value]
    )
    parts.append(manner)
    if angle:
        parts.append(layout.angle.format(angle=one_line(angle)))
    parts.append(layout.question)
    return "".join(parts)


def gap(layout: Layout) -> str:
    """What stands between a label and its text."""
    return " " if layout.lang in SPACED else ""


def body(layout: Layout, words: QuestionText) -> str:
    """The written part of an example: question, probes and anchors, one a line."""
    space = gap(layout)
    lines = [space + words.text]
    lines += [f"{layout.probe}{space}{probe}" for probe in words.probes]
    lines += [
        f"{layout.anchor.format(score=score)}{space}{words.anchors[score]}"
        for score in SCORES
        if score in words.anchors
    ]
    return "\n".join(lines)


def few_shot(layout: Layout, examples: Sequence[Example]) -> str:
    """The task line and whole examples, for a model without our adapter."""
    shown = [
        head(layout, one.title)
        + brief(layout, one.evidence, one.competency, one.type, one.difficulty, one.angle)
        + body(layout, one.words)
        for one in examples
    ]
    return layout.task + "\n\n".join(shown) + "\n\n"


def question_segments(layout: Layout) -> tuple[Segment, ...]:
    """Only the question line. CJK questions need about a token a character or two."""
    return (Segment("text", "", max_tokens=72 if layout.lang in SPACED else 60),)


def detail_segments(layout: Layout, probes: int = 3) -> tuple[Segment, ...]:
    """Probes and anchors that follow a given question; their labels are fed, so the layout is certain."""
    asked = [Segment(f"probe{n}", f"\n{layout.probe}", max_tokens=40) for n in range(1, probes + 1)]
    rated = [Segment(f"anchor{s}", f"\n{layout.anchor.format(score=s)}", max_tokens=60) for s in SCORES]
    return (*asked, *rated)


def one_line(text: str) -> str:
    """Prompt fields are one line: a line break inside would end the field for the model."""
    return " ".join(text.split())
