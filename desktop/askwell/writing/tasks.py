# SPDX-License-Identifier: Apache-2.0
"""The short tasks of the model beside writing: a follow-up to an answer, a bad question made good, a second opinion.

Each has a prompt, the segments that the model writes, and (for training) the finished body; prompt and body are what
the corpus is rendered with, so the app asks in the very words that were trained.
"""

from __future__ import annotations

from dataclasses import dataclass

from askwell.domain.generation import Segment
from askwell.domain.topics import FORMS, MANNERS, SOUND, TOPICS
from askwell.writing.prompts import Layout, gap, head, one_line

PARTS = ("situation", "own_part", "action", "measure", "result", "topic")
"""What an answer can leave out (STAR, with the measure and the topic itself)."""
NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """`missing` is one of `PARTS` and `probe` goes for it, or `NOTHING` and there is no probe; `also` are parts that
    may be missing too, the likelier first."""

    missing: str
    probe: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What is wrong with a question, and a question that serves the same legitimate purpose."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A second opinion beside the rules; a person decides."""

    relevant: bool
    lawful: bool
    reason: str


def follow_up_prompt(layout: Layout, title: str, question: str, answer: str) -> str:
    """Up to the label after which the missing part is named."""
    words = layout.tasks
    asked, told = words.asked.format(text=one_line(question)), words.answer.format(text=one_line(answer))
    return head(layout, title) + asked + told + words.missing


def follow_up_body(layout: Layout, done: FollowUp) -> str:
    """The written part of a follow-up."""
    words, space = layout.tasks, gap(layout)
    named = f"{space}{words.parts[done.missing]}"
    return named if done.missing == NOTHING else f"{named}\n{words.follow_up}{space}{done.probe}"


def follow_up_segments(layout: Layout) -> tuple[Segment, ...]:
    """First what is missing, then the follow-up for it."""
    return (Segment("missing", "", 12), Segment("probe", f"\n{layout.tasks.follow_up}", 48))


def rewrite_prompt(layout: Layout, title: str, question: str) -> str:
    """Up to the label after which the fault is named."""
    return head(layout, title) + layout.tasks.original.format(text=one_line(question)) + layout.tasks.reason


def rewrite_body(layout: Layout, done: Rewrite) -> str:
    """The written part of a rewrite."""
    space = gap(layout)
    return f"{space}{done.reason}\n{layout.tasks.rewritten}{space}{done.text}"


def rewrite_segments(layout: Layout, reason: str = "") -> tuple[Segment, ...]:
    """The fault, then the new wording; a fault that is known already is given instead of written."""
    written = Segment("text", f"\n{layout.tasks.rewritten}", 72)
    if reason:
        return (Segment("text", f"{gap(layout)}{one_line(reason)}\n{layout.tasks.rewritten}", 72),)
    return (Segment("reason", "", 40), written)


def topic_group(topic: str) -> str:
    """`none`, `manner`, `form` or `private`: the first word of the written part, one token in each language."""
    if topic == SOUND:
        return "none"
    return "manner" if topic in MANNERS else "form" if topic in FORMS else "private"


def screen_prompt(layout: Layout, title: str, question: str) -> str:
    """Up to the label after which the model names what a question touches."""
    return head(layout, title) + layout.tasks.draft.format(text=one_line(question)) + layout.tasks.touches


def screen_body(layout: Layout, topic: str) -> str:
    """The written part: the group, and the topic where there is one."""
    words, space = layout.tasks, gap(layout)
    group = words.groups[topic_group(topic)]
    colon = ":" if space else "："
    return space + group if topic == SOUND else f"{space}{group}{colon}{space}{words.topics[topic]}"


def screen_groups(layout: Layout) -> dict[str, str]:
    """What is written for each group, up to where its topics part."""
    return {group: gap(layout) + word for group, word in layout.tasks.groups.items()}


def screen_topics(layout: Layout) -> dict[str, dict[str, str]]:
    """The whole written part of every topic, by group."""
    found: dict[str, dict[str, str]] = {group: {} for group in layout.tasks.groups}
    for topic in TOPICS:
        found[topic_group(topic)][topic] = screen_body(layout, topic)
    return found


def judge_prompt(layout: Layout, title: str, question: str) -> str:
    """Up to the label after which relevance is judged."""
    return head(layout, title) + layout.tasks.draft.format(text=one_line(question)) + layout.tasks.relevant


def judge_body(layout: Layout, done: Verdict) -> str:
    """The written part of a verdict."""
    words, space = layout.tasks, gap(layout)
    said = {True: words.verdict["good"], False: words.verdict["bad"]}
    return (
        f"{space}{said[done.relevant]}\n{words.lawful}{space}{said[done.lawful]}\n{words.because}{space}{done.reason}"
    )


def judge_segments(layout: Layout) -> tuple[Segment, ...]:
    """Relevance, lawfulness, and why."""
    words = layout.tasks
    return (
        Segment("relevant", "", 4),
        Segment("lawful", f"\n{words.lawful}", 4),
        Segment("reason", f"\n{words.because}", 48),
    )
