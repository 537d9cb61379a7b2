# SPDX-License-Identifier: Apache-2.0
"""Rewrites and follow-ups for plain records, without a workspace: what `rewrite` and `probe` answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from askwell.app.models import ModelService
from askwell.app.records import WriteJob, language_of, parse_record
from askwell.intake.deidentify import deidentify
from askwell.review.checker import Checker
from askwell.writing.assistant import Assistant
from askwell.writing.tasks import NOTHING

_LONGEST = 2000


class QuestionRecord(BaseModel):
    """One line of `rewrite --file`; `text` is the question."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str | int | None = None
    text: str = Field(min_length=2, max_length=_LONGEST)
    position: str = ""
    lang: str = ""


class AnswerRecord(BaseModel):
    """One line of `probe --file`: a question and what was answered to it."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str | int | None = None
    question: str = Field(min_length=2, max_length=_LONGEST)
    answer: str = Field(min_length=1, max_length=_LONGEST)
    position: str = ""
    lang: str = ""


class RecordAssistant:
    """The model's short tasks on plain records; nothing that identifies a person goes into a prompt."""

    def __init__(self, models: ModelService, resources: Path, checker: Checker) -> None:
        self._models, self._resources, self._checker = models, resources, checker

    def rewrite(self, raw: object, file: str, line: int) -> dict[str, Any]:
        """A question that passes review in place of the given one. Raises InputRefused, EngineError."""
        record = parse_record(QuestionRecord, raw, file, line)
        lang = _language(record)
        findings = self._checker.check(record.text, lang, record.position)
        done = Assistant(self._models.text_model(), self._resources).rewrite(
            record.position, record.text, lang, lambda text: not self._checker.check(text, lang, record.position)
        )
        answer: dict[str, Any] = {"id": record.id, "findings": [one.rule for one in findings]}
        if done is None:
            return answer | {"rewrite": None, "reason": "", "problems": [{"problem": "needs_you"}]}
        return answer | {"rewrite": done.text, "reason": done.reason, "problems": []}

    def follow_up(self, raw: object, file: str, line: int) -> dict[str, Any]:
        """What an answer leaves out, and a question for it. Raises InputRefused, EngineError."""
        record = parse_record(AnswerRecord, raw, file, line)
        lang = _language(record)
        answer = deidentify(record.answer, lang=lang)
        assistant = Assistant(self._models.task_model(), self._resources)
        done = assistant.follow_up(record.position, record.question, answer, lang)
        if done is None:
            return {"id": record.id, "probe": None, "missing": [], "problems": [{"problem": "needs_you"}]}
        missing = [] if done.missing == NOTHING else [done.missing, *done.also]
        return {"id": record.id, "probe": done.probe or None, "missing": missing, "problems": []}


def _language(record: QuestionRecord | AnswerRecord) -> str:
    text = record.text if isinstance(record, QuestionRecord) else record.question
    return record.lang[:2].lower() or language_of(WriteJob(title=text))
