# SPDX-License-Identifier: Apache-2.0
"""Blueprint, question, review finding and kit: what Askwell makes."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum


class QuestionType(StrEnum):
    """题型."""

    BEHAVIOURAL = "behavioural"
    SITUATIONAL = "situational"
    TECHNICAL = "technical"
    MOTIVATION = "motivation"


class Difficulty(StrEnum):
    """难度."""

    BASIC = "basic"
    INTERMEDIATE = "intermediate"
    ADVANCED = "advanced"


class EvidenceKind(StrEnum):
    """What a question is drawn from."""

    DUTY = "duty"
    KPI = "kpi"
    STANDARD = "standard"
    QUALIFICATION = "qualification"
    EXPERIENCE = "experience"
    STRATEGY = "strategy"
    WEAK_SPOT = "weak_spot"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason to ask: the text of a duty, KPI, standard …, the record and version it came from, its share of the
    position's weight (0–1), and the goals above it, nearest first."""

    kind: EvidenceKind
    text: str
    record_id: str = ""
    version: int = 1
    weight: float = 0.0
    competency: str = ""
    chain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a position must deliver: everything that may become evidence, with the standards for scoring."""

    position_id: str
    title: str
    department: str
    lang: str
    evidence: tuple[Evidence, ...]
    competencies: tuple[str, ...] = ()
    standards: dict[str, tuple[str, ...]] = field(default_factory=dict)
    past_questions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """题位: one question to be written. `reason` is a catalogue key with why this slot exists; `angle` is a key of the
    angle library, empty where the model is left free."""

    number: int
    competency: str
    evidence: Evidence
    type: QuestionType
    difficulty: Difficulty
    lang: str = "zh"
    minutes: int = 6
    locked: bool = False
    reason: str = ""
    angle: str = ""


@dataclass(frozen=True, slots=True)
class Blueprint:
    """出题蓝图: the plan that a person sees and edits before anything is written."""

    position_id: str
    title: str
    department: str
    lang: str
    slots: tuple[Slot, ...]
    candidate_code: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Enough to write the same text again: model and adapter hashes, prompt version, seed and sampler settings.
    `needs` are catalogue keys: what was taken out of the evidence, or why nothing could be written from it."""

    model: str = ""
    adapter: str = ""
    prompt_version: str = ""
    seed: int = 0
    settings: dict[str, float] = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)
    needs: tuple[str, ...] = ()


class Status(StrEnum):
    """Where a question stands in review."""

    DRAFT = "draft"
    NEEDS_YOU = "needs_you"
    APPROVED = "approved"
    REJECTED = "rejected"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class QuestionText:
    """The words of a question: what is asked, 2–3 probes, and rating anchors by score 5/3/1."""

    text: str
    probes: tuple[str, ...] = ()
    anchors: dict[int, str] = field(default_factory=dict)

    def digest(self) -> str:
        """SHA-256 over the words; an approval freezes this value."""
        body = json.dumps(
            [self.text, list(self.probes), sorted(self.anchors.items())], ensure_ascii=False, separators=(",", ":")
        )
        return hashlib.sha256(body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Approval:
    """Who let a text pass, when (UTC, ISO), over which words, and why if a block was overridden."""

    by: str
    at: str
    digest: str
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A written slot with its review state. `alternatives` are the other candidates, best first."""

    id: str
    kit_id: str
    slot: Slot
    words: QuestionText
    status: Status = Status.DRAFT
    provenance: Provenance = field(default_factory=Provenance)
    findings: tuple[Finding, ...] = ()
    approval: Approval | None = None
    alternatives: tuple[QuestionText, ...] = ()
    note: str = ""

    @property
    def exportable(self) -> bool:
        """True only while the approved words are the present words."""
        return (
            self.status is Status.APPROVED and self.approval is not None and self.approval.digest == self.words.digest()
        )


class Severity(StrEnum):
    """block: not exported without a reasoned override; warn: a person should look; note: could be better."""

    BLOCK = "block"
    WARN = "warn"
    NOTE = "note"


class Family(StrEnum):
    """The four families of review."""

    RELEVANCE = "relevance"
    REASONABLENESS = "reasonableness"
    FORM = "form"
    CULTURE = "culture"


@dataclass(frozen=True, slots=True)
class Finding:
    """审核意见: `span` are character offsets into the checked text; `reason` and `rewrite` are in the text's or the
    user's language; `citation` names the law or guideline."""

    rule: str
    family: Family
    severity: Severity
    reason: str
    span: tuple[int, int] = (0, 0)
    jurisdictions: tuple[str, ...] = ()
    citation: str = ""
    rewrite: str = ""
    where: str = "text"


@dataclass(frozen=True, slots=True)
class Kit:
    """套卷: the questions of one round for one position."""

    id: str
    title: str
    position_id: str
    position_title: str
    department: str
    lang: str
    created_at: str
    candidate_code: str = ""
    questions: tuple[Question, ...] = ()

    @property
    def approved(self) -> tuple[Question, ...]:
        """The questions that may leave the house."""
        return tuple(question for question in self.questions if question.exportable)
