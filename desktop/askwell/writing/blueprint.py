# SPDX-License-Identifier: Apache-2.0
"""出题蓝图: which evidence gets a question, of which type and difficulty, before a word is written.

Seats go to the families of evidence (KPI, duty, standard …) by weight, then to the heaviest items inside a family.
Every KPI that carries at least `KPI_THRESHOLD` of the position's KPI weight has a question where the count allows it.
Past-behaviour questions come first (Taylor & Small 2002); situational ones are few, and each has scored anchors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from askwell.domain.questions import (
    Blueprint,
    Difficulty,
    Evidence,
    EvidenceKind,
    QuestionType,
    Requirements,
    Slot,
)
from askwell.writing.apportion import largest_remainder, with_limits

KPI_THRESHOLD = 0.15
MINUTES_PER_QUESTION = 6

DEFAULT_TYPES: dict[QuestionType, float] = {
    QuestionType.BEHAVIOURAL: 0.65,
    QuestionType.TECHNICAL: 0.2,
    QuestionType.SITUATIONAL: 0.15,
    QuestionType.MOTIVATION: 0.0,
}
DEFAULT_DIFFICULTIES: dict[Difficulty, float] = {
    Difficulty.BASIC: 0.25,
    Difficulty.INTERMEDIATE: 0.5,
    Difficulty.ADVANCED: 0.25,
}
FAMILY_WEIGHTS: dict[EvidenceKind, float] = {
    EvidenceKind.KPI: 0.45,
    EvidenceKind.DUTY: 0.3,
    EvidenceKind.STANDARD: 0.15,
    EvidenceKind.QUALIFICATION: 0.05,
    EvidenceKind.STRATEGY: 0.05,
}
# Which types suit which evidence, best first; a type is placed on the evidence that wants it most.
_TYPE_FIT: dict[QuestionType, tuple[EvidenceKind, ...]] = {
    QuestionType.MOTIVATION: (EvidenceKind.STRATEGY, EvidenceKind.DUTY),
    QuestionType.SITUATIONAL: (EvidenceKind.STANDARD, EvidenceKind.DUTY),
    QuestionType.TECHNICAL: (EvidenceKind.QUALIFICATION, EvidenceKind.DUTY, EvidenceKind.STANDARD),
}


@dataclass(frozen=True, slots=True)
class BlueprintOptions:
    """What the user may set before planning. The mixes are shares that need not sum to 1."""

    count: int = 8
    types: dict[QuestionType, float] = field(default_factory=lambda: dict(DEFAULT_TYPES))
    difficulties: dict[Difficulty, float] = field(default_factory=lambda: dict(DEFAULT_DIFFICULTIES))
    candidate_code: str = ""
    experience: tuple[str, ...] = ()
    lang: str = ""


def plan(requirements: Requirements, options: BlueprintOptions) -> Blueprint:
    """The plan for a position. Fewer slots than asked come back where there is less evidence than `count`."""
    chosen = _choose(requirements.evidence, options)
    types = _assign_types(chosen, options)
    difficulties = _assign_difficulties(chosen, options.difficulties)
    planned = sorted(zip(chosen, types, difficulties, strict=True), key=lambda row: list(Difficulty).index(row[2]))
    lang = options.lang or requirements.lang
    slots = tuple(
        Slot(
            number=number,
            competency=evidence.competency,
            evidence=evidence,
            type=question_type,
            difficulty=difficulty,
            lang=lang,
            minutes=MINUTES_PER_QUESTION,
            reason=f"reason.{evidence.kind.value}",
        )
        for number, (evidence, question_type, difficulty) in enumerate(planned, start=1)
    )
    return Blueprint(
        position_id=requirements.position_id,
        title=requirements.title,
        department=requirements.department,
        lang=lang,
        slots=slots,
        candidate_code=options.candidate_code,
    )


def renumber(blueprint: Blueprint, slots: Sequence[Slot]) -> Blueprint:
    """The same plan with other slots, numbered from 1 in their order."""
    numbered = tuple(replace(slot, number=number) for number, slot in enumerate(slots, start=1))
    return replace(blueprint, slots=numbered)


def _choose(evidence: Sequence[Evidence], options: BlueprintOptions) -> list[Evidence]:
    experience = [
        Evidence(EvidenceKind.EXPERIENCE, text, record_id=options.candidate_code) for text in options.experience
    ][: max(1, options.count // 4)]
    seats = max(0, options.count - len(experience))
    families = {
        kind: sorted((one for one in evidence if one.kind is kind), key=lambda one: -one.weight)
        for kind in FAMILY_WEIGHTS
    }
    given = _family_seats(families, seats)
    chosen: list[Evidence] = []
    for kind, number in given.items():
        chosen.extend(families[kind][:number])
    return _interleave(chosen) + experience


def _family_seats(families: dict[EvidenceKind, list[Evidence]], seats: int) -> dict[EvidenceKind, int]:
    kinds = [kind for kind, items in families.items() if items]
    limits = [len(families[kind]) for kind in kinds]
    given = dict(zip(kinds, with_limits([FAMILY_WEIGHTS[kind] for kind in kinds], seats, limits), strict=True))
    kpis = families.get(EvidenceKind.KPI, [])
    total = sum(one.weight for one in kpis)
    heavy = sum(1 for one in kpis if total > 0 and one.weight / total >= KPI_THRESHOLD)
    while given.get(EvidenceKind.KPI, 0) < min(heavy, seats):
        donors = [kind for kind in kinds if kind is not EvidenceKind.KPI and given[kind] > 0]
        if not donors:
            break
        donor = max(donors, key=lambda kind: given[kind])
        given[donor] -= 1
        given[EvidenceKind.KPI] += 1
    return given


def _interleave(chosen: list[Evidence]) -> list[Evidence]:
    """Heaviest first, but never two of a competency in a row where it can be helped."""
    left = sorted(chosen, key=lambda one: -one.weight)
    ordered: list[Evidence] = []
    while left:
        last = ordered[-1].competency if ordered else None
        index = next((i for i, one in enumerate(left) if one.competency != last), 0)
        ordered.append(left.pop(index))
    return ordered


def _assign_types(chosen: Sequence[Evidence], options: BlueprintOptions) -> list[QuestionType]:
    kinds = list(options.types)
    seats = dict(zip(kinds, largest_remainder([options.types[kind] for kind in kinds], len(chosen)), strict=True))
    types = [QuestionType.BEHAVIOURAL] * len(chosen)
    taken: set[int] = set()
    for question_type, fitting in _TYPE_FIT.items():
        for _ in range(seats.get(question_type, 0)):
            index = _best_place(chosen, fitting, taken)
            if index is None:
                break
            types[index] = question_type
            taken.add(index)
    return types


def _best_place(chosen: Sequence[Evidence], fitting: tuple[EvidenceKind, ...], taken: set[int]) -> int | None:
    free = [i for i in range(len(chosen)) if i not in taken]
    for kind in fitting:
        # From the end: the heaviest evidence stays with past behaviour, the most valid type.
        for index in reversed(free):
            if chosen[index].kind is kind:
                return index
    return None


def _assign_difficulties(chosen: Sequence[Evidence], mix: dict[Difficulty, float]) -> list[Difficulty]:
    """The heavier the evidence, the harder the question; `plan` then puts the easy ones first."""
    levels = list(mix)
    seats = largest_remainder([mix[level] for level in levels], len(chosen))
    rising = [level for level, number in zip(levels, seats, strict=True) for _ in range(number)]
    by_weight = sorted(range(len(chosen)), key=lambda i: (chosen[i].weight, i))
    assigned = dict(zip(by_weight, rising, strict=True))
    return [assigned[i] for i in range(len(chosen))]
