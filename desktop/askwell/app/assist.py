# SPDX-License-Identifier: Apache-2.0
"""Rewrites and follow-ups for plain records, without a workspace: what `rewrite` and `follow-up` answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from askwell.app.records import WriteJob, language_of, parse_record
from askwell.domain.generation import TextModel
from askwell.intake.deidentify import deidentify
from askwell.review.checker import Checker
from askwell.writing.assistant import Assistant

_LONGEST = 2000


class QuestionRecord(BaseModel):
    """One line of `rewrite --file`; `text` is the question."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    id: str | int | None = None
    text: str = Field(min_length=2, max_length=_LONGEST)
    position: str = ""
    lang: str = ""


class AnswerRecord(QuestionRecord):
    """One line of `follow-up --file`: the question and what was answered to it."""

    answer: str = Field(min_length=1, max_length=_LONGEST)


class RecordAssistant:
    """The model's short tasks on plain records; nothing that identifies a person goes into a prompt."""

    def __init__(self, model: TextModel, resources: Path, checker: Checker) -> None:
        self._assistant = Assistant(model, resources)
        self._checker = checker

    def rewrite(self, raw: object, file: str, line: int) -> dict[str, Any]:
        """A question that passes review in place of the given one. Raises InputRefused, EngineError."""
        record = parse_record(QuestionRecord, raw, file, line)
        lang = _language(record)
        findings = self._checker.check(record.text, lang, record.position)
        done = self._assistant.rewrite(
            record.position, record.text, lang, lambda text: not self._checker.check(text, lang, record.position)
        )
        answer: dict[str, Any] = {"id": record.id, "findings": [one.rule for one in findings]}
        if done is None:
            return answer | {"text": None, "reason": "", "problems": [{"problem": "needs_you"}]}
        return answer | {"text": done.text, "reason": done.reason, "problems": []}

    def follow_up(self, raw: object, file: str, line: int) -> dict[str, Any]:
        """What an answer leaves out, and a question for it. Raises InputRefused, EngineError."""
        record = parse_record(AnswerRecord, raw, file, line)
        lang = _language(record)
        answer = deidentify(record.answer, lang=lang)
        done = self._assistant.follow_up(record.position, record.text, answer, lang)
        if done is None:
            return {"id": record.id, "missing": "", "probe": None, "problems": [{"problem": "needs_you"}]}
        return {"id": record.id, "missing": done.missing, "probe": done.probe, "problems": []}


def _language(record: QuestionRecord) -> str:
    return record.lang[:2].lower() or language_of(WriteJob(title=record.text))
