# SPDX-License-Identifier: Apache-2.0
"""Help with single texts: a follow-up to an answer, a bad question made good, a second opinion on a question.

Several candidates are drawn for each, gated and ranked; where none passes the result is None and a person writes it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from askwell.domain.generation import Branch, GenerationJob, Sampling, ScoreItem, Segment, TextModel, Written
from askwell.writing import content, tasks
from askwell.writing.grounding import is_one_question
from askwell.writing.prompts import Layout, gap, load_layout

MOST_ALIKE = 0.6  # a rewrite that is closer to the original than this changed nothing
Passes = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class AssistantSettings:
    """How much is tried for one text."""

    candidates: int = 8
    temperature: float = 0.6
    top_p: float = 0.92
    top_k: int = 40
    seed: int = 20260101


class Assistant:
    """The model's short tasks. Every method raises EngineError where the model cannot be used."""

    def __init__(self, model: TextModel, resources: Path, settings: AssistantSettings | None = None) -> None:
        self._model, self._resources = model, resources
        self._settings = settings or AssistantSettings()

    def follow_up(self, title: str, question: str, answer: str, lang: str) -> tasks.FollowUp | None:
        """One question for what the answer leaves out."""
        layout = load_layout(self._resources, lang)
        prompt = tasks.follow_up_prompt(layout, title, question, answer)
        missing = self._most_likely(prompt, layout, layout.tasks.parts)
        lead = f"{gap(layout)}{layout.tasks.parts[missing]}\n{layout.tasks.follow_up}"
        known = f"{title} {question} {answer}"
        found = [
            (one.logprob + 0.5 * content.coverage(text, f"{question} {answer}")[1], text)
            for one in self._draw(prompt, (Segment("probe", lead, 48),), lang, known)
            if (text := one.texts.get("probe", "").strip())
            and is_one_question(text, lang)
            and not _invents(text, known)
            and content.similarity(text, question) < MOST_ALIKE
        ]
        return tasks.FollowUp(missing, max(found)[1]) if found else None

    def rewrite(self, title: str, question: str, lang: str, passes: Passes, reason: str = "") -> tasks.Rewrite | None:
        """A question for the same legitimate purpose that `passes` review; a `reason` that rules have found is used."""
        layout = load_layout(self._resources, lang)
        prompt = tasks.rewrite_prompt(layout, title, question)
        segments = tasks.rewrite_segments(layout, reason)
        known = f"{title} {question}"
        found = [
            (one.logprob, text, one.texts.get("reason", reason).strip())
            for one in self._draw(prompt, segments, lang, known)
            if (text := one.texts.get("text", "").strip())
            and is_one_question(text, lang)
            and not _invents(text, known)
            and content.similarity(text, question) < MOST_ALIKE
            and passes(text)
        ]
        if not found:
            return None
        _, text, why = max(found)
        return tasks.Rewrite(why, text)

    def judge(self, title: str, question: str, lang: str) -> dict[str, float]:
        """Log-odds that a question is `relevant` to the position and `lawful`; above 0 means yes. No verdict on law:
        rules and people decide."""
        layout = load_layout(self._resources, lang)
        prompt = tasks.judge_prompt(layout, title, question)
        yes, no = (f"{gap(layout)}{layout.tasks.verdict[name]}" for name in ("good", "bad"))
        second = f"{prompt}{yes}\n{layout.tasks.lawful}"
        scores = self._model.score([ScoreItem(context, text) for context in (prompt, second) for text in (yes, no)])
        return {"relevant": scores[0] - scores[1], "lawful": scores[2] - scores[3]}

    def _most_likely(self, prompt: str, layout: Layout, labels: dict[str, str]) -> str:
        keys = list(labels)
        end = f"\n{layout.tasks.follow_up}"
        scores = self._model.score([ScoreItem(prompt, f"{gap(layout)}{labels[key]}{end}") for key in keys])
        return max(zip(scores, keys, strict=True))[1]

    def _draw(self, prompt: str, segments: tuple[Segment, ...], lang: str, known: str) -> list[Written]:
        chosen = self._settings
        branches = tuple(
            Branch(
                id=str(index),
                suffix="",
                segments=segments,
                sampling=Sampling(
                    seed=chosen.seed + index,
                    temperature=chosen.temperature if index else 0.0,
                    top_k=chosen.top_k,
                    top_p=chosen.top_p,
                    script=lang,
                    allow_text=known,
                ),
            )
            for index in range(chosen.candidates)
        )
        return self._model.generate(GenerationJob(prompt, branches))


def _invents(text: str, known: str) -> bool:
    return bool(content.numbers(text) - content.numbers(known)) or any(
        name not in content.normalise(known) for name in content.quoted(text)
    )
