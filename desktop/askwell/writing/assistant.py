# SPDX-License-Identifier: Apache-2.0
"""Help with single texts: a follow-up to an answer, a bad question made good, a second opinion on a question.

Several candidates are drawn for each, gated and ranked; where none passes the result is None and a person writes it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from askwell.domain.generation import Branch, GenerationJob, Sampling, ScoreItem, Segment, TextModel, Written
from askwell.writing import content, tasks
from askwell.writing.grounding import is_one_question
from askwell.writing.prompts import gap, load_layout

WORTH_ASKING = 0.02
ALSO_MISSING = 0.2  # from this probability on a second part is named
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
        """One question for what the answer leaves out; none (`NOTHING`) where the answer is whole."""
        layout = load_layout(self._resources, lang)
        prompt = tasks.follow_up_prompt(layout, title, question, answer)
        odds = self.missing(title, question, answer, lang)
        missing, *others = sorted(odds, key=lambda part: -odds[part])
        if missing == tasks.NOTHING:
            return tasks.FollowUp(missing, "")
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
        also = tuple(part for part in others if odds[part] >= ALSO_MISSING and part != tasks.NOTHING)
        return tasks.FollowUp(missing, max(found)[1], also) if found else None

    def missing(self, title: str, question: str, answer: str, lang: str) -> dict[str, float]:
        """How likely each part (`tasks.PARTS`), or `NOTHING`, is what the answer lacks most; sums to 1."""
        layout = load_layout(self._resources, lang)
        prompt = tasks.follow_up_prompt(layout, title, question, answer)
        return self._shares(prompt, {key: gap(layout) + words for key, words in layout.tasks.parts.items()})

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

    def screen(self, title: str, question: str, lang: str) -> dict[str, float]:
        """How likely a question is sound (`topics.SOUND`), faulty in form or manners, or about a private matter, by
        topic; sums to 1."""
        layout = load_layout(self._resources, lang)
        prompt = tasks.screen_prompt(layout, title, question)
        groups = self._shares(prompt, tasks.screen_groups(layout))
        odds: dict[str, float] = {}
        for group, topics in tasks.screen_topics(layout).items():
            # A topic's words matter only where its group is in question: most texts need the four groups alone.
            inside = self._shares(prompt, topics) if len(topics) > 1 and groups[group] >= WORTH_ASKING else {}
            odds |= {topic: groups[group] * inside.get(topic, 1 / len(topics)) for topic in topics}
        return odds

    def _shares(self, prompt: str, written: Mapping[str, str]) -> dict[str, float]:
        """Probabilities of texts that exclude each other."""
        scores = self._model.score([ScoreItem(prompt, text, total=True) for text in written.values()])
        raised = [math.exp(score - max(scores)) for score in scores]
        return {key: one / sum(raised) for key, one in zip(written, raised, strict=True)}

    def judge(self, title: str, question: str, lang: str) -> dict[str, float]:
        """Log-odds that a question is `relevant` to the position and `lawful`; above 0 means yes. No verdict on law:
        rules and people decide."""
        layout = load_layout(self._resources, lang)
        prompt = tasks.judge_prompt(layout, title, question)
        yes, no = (f"{gap(layout)}{layout.tasks.verdict[name]}" for name in ("good", "bad"))
        second = f"{prompt}{yes}\n{layout.tasks.lawful}"
        scores = self._model.score([ScoreItem(context, text) for context in (prompt, second) for text in (yes, no)])
        return {"relevant": scores[0] - scores[1], "lawful": scores[2] - scores[3]}

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
