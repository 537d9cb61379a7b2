# SPDX-License-Identifier: Apache-2.0
"""What a position must deliver, as weighted evidence.

Shares of the whole: KPIs 0.50, duties with qualifications 0.35, standards 0.15; where a family is absent the others
share its part in proportion. Inside the families: KPIs by their own weight (one without a weight counts as the
lightest that has one); a qualification counts a quarter of a duty; standards count alike.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from askwell.domain.questions import Evidence, EvidenceKind, Requirements
from askwell.domain.records import Goal, Kpi, PastInterview, Position, Standard
from askwell.goals.chains import Chains
from askwell.goals.lexicon import Lexicon, default_lexicon
from askwell.goals.phrases import kpi_phrase
from askwell.goals.similarity import name_key

KPI_SHARE = 0.5
DUTY_SHARE = 0.35
STANDARD_SHARE = 0.15
QUALIFICATION_PART = 0.25
_MAX_GUESSED = 6
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
Weighted = list[tuple[float, Evidence]]


def requirements(
    position: Position,
    kpis: Sequence[Kpi],
    goals: Sequence[Goal],
    standards: Sequence[Standard],
    interviews: Sequence[PastInterview],
    lexicon: Lexicon | None = None,
) -> Requirements:
    """Collect what belongs to `position` from all records of the firm; records of other positions are ignored."""
    words = lexicon or default_lexicon()
    fitting = applicable(position, standards, words)
    own = tuple(position.competencies) or tuple(dict.fromkeys(one.competency for one in fitting if one.competency))
    chains = Chains(goals, position)
    evidence = _share_out(
        (KPI_SHARE, _kpi_evidence(position, kpis, chains)),
        (DUTY_SHARE, _duty_evidence(position, chains)),
        (STANDARD_SHARE, _standard_evidence(position, fitting, own, words)),
    )
    evidence = tuple(_with_competency(one, own, position.lang, words) for one in evidence)
    return Requirements(
        position_id=position.id,
        title=position.title,
        department=position.department,
        lang=position.lang,
        evidence=evidence,
        competencies=own or _heaviest(evidence),
        standards=_scoring(fitting, own, words),
        past_questions=_past(position, interviews),
    )


def _share_out(*families: tuple[float, Weighted]) -> tuple[Evidence, ...]:
    present = [(share, family) for share, family in families if family]
    whole = sum(share for share, _ in present)
    shared = []
    for share, family in present:
        total = sum(weight for weight, _ in family)
        shared += [replace(one, weight=share / whole * weight / total) for weight, one in family]
    return tuple(shared)


def belongs(kpi: Kpi, position: Position) -> bool:
    """True for a KPI of the position, and for one that names no position at all."""
    if kpi.position_id and position.id:
        return kpi.position_id == position.id
    named = name_key(kpi.position_title)
    return not named or named in (name_key(position.title), name_key(position.code))


def _kpi_evidence(position: Position, kpis: Sequence[Kpi], chains: Chains) -> Weighted:
    mine = [kpi for kpi in kpis if kpi.name.strip() and belongs(kpi, position)]
    lightest = min((kpi.weight for kpi in mine if kpi.weight > 0), default=1.0)
    return [
        (
            kpi.weight if kpi.weight > 0 else lightest,
            Evidence(
                kind=EvidenceKind.KPI,
                text=kpi_phrase(kpi, position.lang),
                record_id=kpi.id,
                version=kpi.version,
                chain=chains.above(kpi.name),
            ),
        )
        for kpi in mine
    ]


def _duty_evidence(position: Position, chains: Chains) -> Weighted:
    duties = [
        (1.0, replace(_of_profile(position, EvidenceKind.DUTY, text), chain=chains.above(text, owner=False)))
        for text in _lines(position.duties)
    ]
    qualifications = [
        (QUALIFICATION_PART, _of_profile(position, EvidenceKind.QUALIFICATION, text))
        for text in _lines(position.qualifications)
    ]
    return duties + qualifications


def _of_profile(position: Position, kind: EvidenceKind, text: str) -> Evidence:
    return Evidence(kind=kind, text=text, record_id=position.id, version=position.version)


def _lines(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def applicable(position: Position, standards: Sequence[Standard], words: Lexicon) -> list[Standard]:
    """Standards that name the position; of those that name none, the ones for its competencies.

    A position that lists no competencies takes all standards that name no position.
    """
    names = {name_key(position.title), name_key(position.code)} - {""}

    def applies(standard: Standard) -> bool:
        if any(name.strip() for name in standard.positions):
            return any(name_key(name) in names for name in standard.positions)
        wanted = position.competencies
        return not wanted or _own_name(standard.competency, wanted, words) is not None

    return [
        standard
        for standard in standards
        if standard.text.strip() and speaks(standard.text, position.lang) and applies(standard)
    ]


def speaks(text: str, lang: str) -> bool:
    """Whether a text is in the script of a language: a group's Chinese standards are no evidence for the questions of
    its English-language subsidiary."""
    return (_CJK.search(text) is not None) == (lang in ("zh", "ja"))


def _own_name(name: str, own: Sequence[str], words: Lexicon) -> str | None:
    """What the position calls this competency."""
    for candidate in own:
        if name_key(candidate) == name_key(name):
            return candidate
    known = words.named(name)
    return next((one for one in own if known is not None and words.named(one) is known), None)


def _standard_evidence(
    position: Position, standards: Sequence[Standard], own: Sequence[str], words: Lexicon
) -> Weighted:
    by_competency: dict[str, list[Standard]] = defaultdict(list)
    for standard in standards:
        by_competency[name_key(standard.competency)].append(standard)
    return [
        (
            1.0,
            Evidence(
                kind=EvidenceKind.STANDARD,
                text=standard.text.strip(),
                record_id=standard.id,
                version=standard.version,
                competency=_own_name(standard.competency, own, words) or standard.competency,
            ),
        )
        for group in by_competency.values()
        for standard in _asked_about(group, position.level)
    ]


def _asked_about(group: list[Standard], level: str) -> list[Standard]:
    """Of a scale only the level wanted is evidence: the position's own, else the highest number, else the first."""
    levels = list(dict.fromkeys(name_key(standard.level) for standard in group))
    wanted = name_key(level)
    if wanted not in levels or not wanted:
        numbers = {int("".join(filter(str.isdigit, one))): one for one in levels if any(map(str.isdecimal, one))}
        wanted = numbers[max(numbers)] if numbers else levels[0]
    return [standard for standard in group if name_key(standard.level) == wanted]


def _scoring(standards: Sequence[Standard], own: Sequence[str], words: Lexicon) -> dict[str, tuple[str, ...]]:
    texts: dict[str, list[str]] = defaultdict(list)
    for standard in standards:
        name = _own_name(standard.competency, own, words) or standard.competency
        level = standard.level.strip()
        texts[name].append(f"{level}: {standard.text.strip()}" if level else standard.text.strip())
    return {name: tuple(found) for name, found in texts.items()}


def _with_competency(evidence: Evidence, own: Sequence[str], lang: str, words: Lexicon) -> Evidence:
    if evidence.competency:
        return evidence
    return replace(evidence, competency=words.guess(evidence.text, own, lang))


def _heaviest(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    weights: dict[str, float] = defaultdict(float)
    for one in evidence:
        weights[one.competency] += one.weight
    return tuple(sorted(weights, key=lambda name: -weights[name])[:_MAX_GUESSED])


def _past(position: Position, interviews: Sequence[PastInterview]) -> tuple[str, ...]:
    title = name_key(position.title)
    mine = [one for one in interviews if name_key(one.position_title) == title and one.question.strip()]
    newest_first = sorted(mine, key=lambda one: one.date, reverse=True)
    return tuple(dict.fromkeys(one.question.strip() for one in newest_first))
