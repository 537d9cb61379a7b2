# SPDX-License-Identifier: Apache-2.0
"""Which KPI is asked about by which question, and what nobody asks about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from askwell.domain.questions import Evidence, EvidenceKind, Question, Requirements, Status
from askwell.goals.similarity import contained, name_key

_MENTIONED = 0.6


class Cover(StrEnum):
    """How a question covers an item: drawn from it, speaks of it, or not at all."""

    DIRECT = "direct"
    MENTIONED = "mentioned"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix: `cells[row][column]` for `items[row]` and `question_ids[column]`. `covered_share` is the part of the
    items' weight that some question covers."""

    items: tuple[Evidence, ...]
    question_ids: tuple[str, ...]
    cells: tuple[tuple[Cover, ...], ...]
    uncovered: tuple[Evidence, ...]
    covered_share: float

    def of_item(self, row: int) -> tuple[str, ...]:
        """The questions that cover an item."""
        return tuple(
            name for name, cell in zip(self.question_ids, self.cells[row], strict=True) if cell is not Cover.NONE
        )


def coverage(
    requirements: Requirements,
    questions: Sequence[Question],
    kinds: Sequence[EvidenceKind] = (EvidenceKind.KPI,),
) -> Coverage:
    """KPI × question; other kinds of evidence on request. Rejected questions do not count."""
    asked = [question for question in questions if question.status is not Status.REJECTED]
    items = tuple(one for one in requirements.evidence if one.kind in kinds)
    cells = tuple(tuple(_cell(item, question) for question in asked) for item in items)
    covered = [any(cell is not Cover.NONE for cell in row) for row in cells]
    whole = sum(item.weight for item in items)
    part = sum(item.weight for item, done in zip(items, covered, strict=True) if done)
    return Coverage(
        items=items,
        question_ids=tuple(question.id for question in asked),
        cells=cells,
        uncovered=tuple(item for item, done in zip(items, covered, strict=True) if not done),
        covered_share=part / whole if whole else 1.0,
    )


def _cell(item: Evidence, question: Question) -> Cover:
    source = question.slot.evidence
    if source.kind is item.kind and _same(item, source):
        return Cover.DIRECT
    return Cover.MENTIONED if contained(item.text, question.words.text) >= _MENTIONED else Cover.NONE


def _same(item: Evidence, source: Evidence) -> bool:
    # Duties share the identifier of their job profile, so only a KPI's identifier tells it alone.
    if item.kind is EvidenceKind.KPI and item.record_id and source.record_id:
        return item.record_id == source.record_id
    return name_key(item.text) == name_key(source.text)
