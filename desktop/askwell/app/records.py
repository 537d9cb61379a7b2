# SPDX-License-Identifier: Apache-2.0
"""Writing and checking on plain records, without a workspace: how other programs, and our testers, use Askwell.

Shapes are those of the command line (`write`, `check`): unknown fields are ignored, `id` is passed through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from askwell.domain.errors import InputRefused
from askwell.domain.generation import TextModel
from askwell.domain.questions import Blueprint, Difficulty, Evidence, EvidenceKind, QuestionType, Requirements, Slot
from askwell.goals import default_lexicon
from askwell.intake.deidentify import deidentify
from askwell.review.checker import Checker
from askwell.writing.blueprint import BlueprintOptions, plan, renumber
from askwell.writing.writer import Draft, Writer, WritingSettings

_KANA = re.compile(r"[\u3040-\u30ff]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SPANISH = re.compile(r"[áéíóúñ¿¡]|\b(de|los|las|para|con)\b", re.IGNORECASE)


T = TypeVar("T", bound=BaseModel)


class WriteJob(BaseModel):
    """One line of `write --file`; only the title is needed."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str | int | None = None
    title: str = Field(min_length=1)
    duties: list[str] = Field(default_factory=list)
    qualifications: list[str] = Field(default_factory=list)
    kpi: list[str] = Field(default_factory=list)
    standard: list[str] = Field(default_factory=list)
    candidate: list[str] = Field(default_factory=list)
    weak_spot: list[str] = Field(default_factory=list)
    competency: str = ""
    lang: str = ""
    type: QuestionType | None = None
    difficulty: Difficulty | None = None
    count: int | None = Field(default=None, ge=1, le=40)

    @field_validator("duties", "qualifications", "kpi", "standard", "candidate", "weak_spot", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        """A single text counts as a list of one; null as none."""
        if value is None:
            return []
        return [value] if isinstance(value, str) else value

    @field_validator("competency", "lang", mode="before")
    @classmethod
    def _texted(cls, value: object) -> object:
        return "" if value is None else value


def parse_record(kind: type[T], raw: object, file: str, line: int) -> T:
    """Validate one record. Raises InputRefused naming file, line and field."""
    try:
        return kind.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise InputRefused.of("record_invalid", file=file, line=line, field=where, detail=first["msg"]) from error


def parse_job(raw: object, file: str, line: int) -> WriteJob:
    """One job record. Raises InputRefused naming file, line and field."""
    return parse_record(WriteJob, raw, file, line)


def language_of(job: WriteJob) -> str:
    """The language asked for, else the one the record is written in."""
    if job.lang:
        return job.lang[:2].lower()
    text = " ".join((job.title, *job.duties, *job.kpi, *job.standard))
    if _KANA.search(text):
        return "ja"
    if _HAN.search(text):
        return "zh"
    return "es" if len(_SPANISH.findall(text)) >= 2 else "en"


class RecordWriter:
    """Writes questions for plain records with one model."""

    def __init__(self, model: TextModel, resources: Path, settings: WritingSettings, checker: Checker) -> None:
        self._writer = Writer(model, resources, settings)
        self._checker = checker

    def write(self, job: WriteJob) -> dict[str, Any]:
        """The output record of a job: questions, and problems as sentences' keys."""
        blueprint = blueprint_of(job)
        drafts = self._writer.write(blueprint, screen=self._passes)
        questions = [question_record(draft) for draft in drafts if draft.words is not None]
        problems = [
            {
                "slot": draft.slot.number,
                "problem": "needs_you",
                "needs": list(draft.provenance.needs),
                "faults": draft.faults,
            }
            for draft in drafts
            if draft.words is None
        ]
        return {"id": job.id, "questions": questions, "problems": problems}

    def _passes(self, text: str, slot: Slot) -> bool:
        return not self._checker.check(text, slot.lang)


def question_record(draft: Draft) -> dict[str, Any]:
    """One question in the shape of the command line."""
    slot, words = draft.slot, draft.words
    if words is None:
        raise ValueError("a draft without words is no question")
    return {
        "text": words.text,
        "type": slot.type.value,
        "difficulty": slot.difficulty.value,
        "angle": slot.angle,
        "competency": slot.competency,
        "probes": list(words.probes),
        "anchors": {str(score): text for score, text in words.anchors.items()},
        "evidence": [{"kind": slot.evidence.kind.value, "text": slot.evidence.text}],
    }


def blueprint_of(job: WriteJob) -> Blueprint:
    """The plan for a record: what was named expressly (KPI, standard, candidate, weak spot) is asked about first."""
    lang = language_of(job)
    named = list(_named_evidence(job, lang))
    rest = [_evidence(EvidenceKind.DUTY, text, job, lang, 0.3) for text in job.duties]
    rest += [_evidence(EvidenceKind.QUALIFICATION, text, job, lang, 0.1) for text in job.qualifications]
    if not named and not rest:
        rest = [_evidence(EvidenceKind.DUTY, job.title, job, lang, 0.3)]
    count = job.count or max(1, len(named))
    chosen = (named + rest)[:count] if len(named) >= count or len(named) + len(rest) <= count else None
    slots = _slots(chosen, lang) if chosen is not None else _planned(named, rest, job, lang, count)
    slots = [_repeat(slots, i) for i in range(count)]
    if job.type is not None:
        slots = [replace(slot, type=job.type) for slot in slots]
    if job.difficulty is not None:
        slots = [replace(slot, difficulty=job.difficulty) for slot in slots]
    empty = Blueprint(position_id="", title=job.title.strip(), department="", lang=lang, slots=())
    return renumber(empty, slots)


def _named_evidence(job: WriteJob, lang: str) -> Iterator[Evidence]:
    named: Mapping[EvidenceKind, list[str]] = {
        EvidenceKind.KPI: job.kpi,
        EvidenceKind.STANDARD: job.standard,
        EvidenceKind.EXPERIENCE: [deidentify(text, lang=lang) for text in job.candidate],
        EvidenceKind.WEAK_SPOT: job.weak_spot,
    }
    for kind, texts in named.items():
        yield from (_evidence(kind, text, job, lang, 0.5) for text in texts if text.strip())


def _evidence(kind: EvidenceKind, text: str, job: WriteJob, lang: str, weight: float) -> Evidence:
    competency = job.competency or default_lexicon().guess(text, (), lang)
    return Evidence(kind, text.strip(), weight=weight, competency=competency)


def _slots(chosen: list[Evidence], lang: str) -> list[Slot]:
    return [
        Slot(i, one.competency, one, QuestionType.BEHAVIOURAL, Difficulty.INTERMEDIATE, lang)
        for i, one in enumerate(chosen, 1)
    ]


def _planned(named: list[Evidence], rest: list[Evidence], job: WriteJob, lang: str, count: int) -> list[Slot]:
    wanted = Requirements("", job.title, "", lang, tuple(rest))
    return _slots(named, lang) + list(plan(wanted, BlueprintOptions(count=count - len(named))).slots)


def _repeat(slots: list[Slot], index: int) -> Slot:
    """More questions than evidence: go round again, with another type."""
    slot = slots[index % len(slots)]
    kinds = (QuestionType.BEHAVIOURAL, QuestionType.SITUATIONAL, QuestionType.TECHNICAL)
    round_number = index // len(slots)
    return slot if not round_number else replace(slot, type=kinds[round_number % len(kinds)])
