# SPDX-License-Identifier: Apache-2.0
"""The records of the corpus as typed models. `python models/training/schema.py` writes `corpus/schema.json` anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

import house  # noqa: F401
from pydantic import BaseModel, ConfigDict, Field

# isort: split
from askwell.domain.topics import TOPICS

Lang = Literal["zh", "en", "ja", "es"]
Text = Annotated[str, Field(min_length=3)]
SCHEMA = Path(__file__).resolve().parent / "corpus" / "schema.json"


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^(zh|en|ja|es)-[a-z0-9-]+$")
    lang: Lang
    industry: str = Field(min_length=1)
    position: str = Field(min_length=1)


class EvidenceText(BaseModel):
    """What a question is drawn from, as it stands in a job profile, KPI sheet, standard or résumé."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["duty", "kpi", "standard", "qualification", "experience", "strategy", "weak_spot"]
    text: str = Field(min_length=2)


class Anchors(BaseModel):
    """What one hears in an answer that rates 5, 3 or 1."""

    model_config = ConfigDict(extra="forbid")

    five: Text = Field(alias="5")
    three: Text = Field(alias="3")
    one: Text = Field(alias="1")


class WriteRecord(_Record):
    """Evidence and plan in; question, probes and anchors out. `angle` is a key of `resources/angles`, empty or absent
    where the writer was free."""

    competency: str
    angle: str = ""
    evidence: EvidenceText
    type: Literal["behavioural", "situational", "technical", "motivation"]
    difficulty: Literal["basic", "intermediate", "advanced"]
    question: str = Field(min_length=8)
    probes: list[Text] = Field(min_length=2, max_length=3)
    anchors: Anchors


class ProbeRecord(_Record):
    """A question and an answer in; what the answer lacks most (`also`: what else), and the follow-up that goes for it
    out. A complete answer lacks `nothing` and has no follow-up."""

    question: Text
    answer: Text
    answer_kind: Literal["vague", "partial", "off_topic", "rehearsed", "complete"]
    missing: Literal["situation", "own_part", "action", "measure", "result", "topic", "nothing"]
    also: list[Literal["situation", "own_part", "action", "measure", "result", "topic"]] = []
    probe: str


class RewriteRecord(_Record):
    """A bad question in; what is wrong and a question that serves the same legitimate purpose out."""

    question: Text
    fault: Literal["unlawful", "leading", "double", "closed", "disrespectful", "off_topic", "vague"]
    reason: Text
    rewrite: str = Field(min_length=8)


class JudgeRecord(_Record):
    """A question for a position in; relevant or not, lawful and fair or not, and why, out."""

    question: Text
    relevant: bool
    lawful: bool
    reason: Text


class ScreenRecord(BaseModel):
    """A question in; out what it touches: `ok`, a fault of form or manners, or the protected or private matter that a
    lawyer would name first."""

    model_config = ConfigDict(extra="forbid")

    id: str = Field(pattern=r"^(zh|en|ja|es)-screen-[0-9]+$")
    lang: Lang
    position: str = Field(min_length=1)
    topic: Literal[TOPICS]  # type: ignore[valid-type]
    question: Text


class GradeRecord(_Record):
    """A line that the model wrote, where it stands, in; a careful reader's grade out: `good` as it is, `fair` after a
    light edit, `poor`. `question` is the question that a probe or an anchor belongs to."""

    competency: str
    evidence: EvidenceText
    type: Literal["behavioural", "situational", "technical", "motivation"]
    difficulty: Literal["basic", "intermediate", "advanced"]
    kind: Literal["question", "probe", "anchor5", "anchor3", "anchor1"]
    question: str = ""
    line: str = Field(min_length=2)
    grade: Literal["good", "fair", "poor"]


MODELS: dict[str, type[BaseModel]] = {
    "write": WriteRecord,
    "probe": ProbeRecord,
    "rewrite": RewriteRecord,
    "judge": JudgeRecord,
    "screen": ScreenRecord,
    "grade": GradeRecord,
}


def as_json() -> str:
    """The JSON Schema of all tasks, one entry a task."""
    body = {task: model.model_json_schema(by_alias=True) for task, model in MODELS.items()}
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA.write_text(as_json(), encoding="utf-8")
