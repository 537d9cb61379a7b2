# SPDX-License-Identifier: Apache-2.0
"""What the model, trained on the grades of careful readers, makes of written lines: would an interviewer use this?

Likelihood tells fluent from broken, but not sense from fluent nonsense. The critic reads a line where it stands (after
position, evidence and, for probes and anchors, the question) and gives the probability of each grade. Prompt and labels
are those of training (`models/training/data.py` renders its records with `grade_prompt`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from askwell.domain.generation import ScoreItem, TextModel
from askwell.domain.questions import Slot
from askwell.writing.prompts import Layout, brief, gap, head, load_layout

GRADES = {"good": 1.0, "fair": 0.6, "poor": 0.0}
"""What a grade counts for: usable as it is, after a light edit, not at all."""
QUESTION, PROBE = "question", "probe"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: what it was written from, and what it is: `question`, `probe`, `anchor5`, `anchor3` or
    `anchor1`. `question` is the question text that a probe or an anchor belongs to."""

    title: str
    slot: Slot
    kind: str
    question: str = ""


Grader = Callable[[Sequence[tuple[Place, str]]], list[float]]
"""Grades lines in their places, 0–1 each."""


def kind_of(segment: str) -> str:
    """The kind of the line that a segment of the details holds: all probes are of one kind."""
    return PROBE if segment.startswith(PROBE) else segment


def context(layout: Layout, place: Place) -> str:
    """What comes before the line: the layout in which it was written, up to its label."""
    return basis(layout, place) + label(layout, place.kind)


def basis(layout: Layout, place: Place) -> str:
    """What all lines of a question share: the brief, and for probes and anchors the question itself."""
    slot = place.slot
    asked = head(layout, place.title) + brief(layout, slot.evidence, slot.competency, slot.type, slot.difficulty)
    return asked if place.kind == QUESTION else f"{asked}{gap(layout)}{place.question}"


def label(layout: Layout, kind: str) -> str:
    """The label before a line of the details; a question follows the label that ends the brief."""
    if kind == QUESTION:
        return ""
    return "\n" + (layout.probe if kind == PROBE else layout.anchor.format(score=kind.removeprefix("anchor")))


def graded(layout: Layout, line: str) -> str:
    """A line with the label after which its grade is named."""
    return f"{gap(layout)}{line}\n{layout.tasks.grade}"


def grade_prompt(layout: Layout, place: Place, line: str) -> str:
    """The whole prompt up to the grade."""
    return context(layout, place) + graded(layout, line)


def grade_body(layout: Layout, grade: str) -> str:
    """The written part: the grade's word."""
    return gap(layout) + layout.tasks.grades[grade]


class Critic:
    """Grades lines with a model that knows how."""

    def __init__(self, model: TextModel, resources: Path) -> None:
        self._model, self._resources = model, resources

    def __call__(self, lines: Sequence[tuple[Place, str]]) -> list[float]:
        """How usable each line is expected to be, 0–1. Raises EngineError where the model cannot be used."""
        items: list[ScoreItem] = []
        for place, line in lines:
            layout = load_layout(self._resources, place.slot.lang)
            before, lead = context(layout, place), graded(layout, line)
            items += [ScoreItem(before, grade_body(layout, grade), total=True, lead=lead) for grade in GRADES]
        scores = self._model.score(items) if items else []
        width = len(GRADES)
        return [_expected(scores[at : at + width]) for at in range(0, len(scores), width)]


def _expected(scores: Sequence[float]) -> float:
    chances = [math.exp(score - max(scores)) for score in scores]
    return sum(chance * worth for chance, worth in zip(chances, GRADES.values(), strict=True)) / sum(chances)
