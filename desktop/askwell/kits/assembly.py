# SPDX-License-Identifier: Apache-2.0
"""Putting questions into a kit: its title, its length, the order in which to ask."""

from __future__ import annotations

from collections.abc import Sequence

from askwell.domain.questions import Difficulty, Question, QuestionType

# The clock of an interview beside the questions: opening, the candidate's own questions, closing (facts/hr.md §3).
FRAME_MINUTES = 5

_TYPE_ORDER = (
    QuestionType.BEHAVIOURAL,
    QuestionType.TECHNICAL,
    QuestionType.SITUATIONAL,
    QuestionType.MOTIVATION,
)
_DIFFICULTY_ORDER = (Difficulty.BASIC, Difficulty.INTERMEDIATE, Difficulty.ADVANCED)
_TITLES = {
    "zh": "{position} · 结构化面试题",
    "en": "{position} · structured interview",
    "ja": "{position} · 構造化面接",
    "es": "{position} · entrevista estructurada",
}


def kit_title(position_title: str, lang: str, round_name: str = "") -> str:
    """Title of a kit: the position, what it is, and the round where there is one."""
    title = _TITLES.get(lang, _TITLES["en"]).format(position=position_title.strip())
    return f"{title} · {round_name.strip()}" if round_name.strip() else title


def total_minutes(questions: Sequence[Question]) -> int:
    """Planned length in minutes, with the frame; 0 for no questions."""
    return sum(question.slot.minutes for question in questions) + FRAME_MINUTES if questions else 0


def ordered(questions: Sequence[Question]) -> tuple[Question, ...]:
    """The order in which to ask: one competency after the other, as the plan names them first; within one, past
    behaviour before the rest and the easier before the harder."""
    first: dict[str, int] = {}
    for question in sorted(questions, key=lambda item: item.slot.number):
        first.setdefault(question.slot.competency, len(first))

    def place(question: Question) -> tuple[int, int, int, int]:
        slot = question.slot
        return (
            first[slot.competency],
            _TYPE_ORDER.index(slot.type),
            _DIFFICULTY_ORDER.index(slot.difficulty),
            slot.number,
        )

    return tuple(sorted(questions, key=place))
