# SPDX-License-Identifier: Apache-2.0
"""Is a written text fit to be shown? Gates with a named reason, and a score of how well it takes up its evidence.

A gate that fails removes the candidate: an invented figure or name, no trace of the evidence, more than one ask, text
that repeats itself, or a near copy of a neighbour. Whether the sentence is *good* is for ranking and for a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from askwell.domain.questions import QuestionType, Slot
from askwell.writing import content
from askwell.writing.direction import wrong_direction

NEAR_DUPLICATE = 0.55
DETAIL_DUPLICATE = 0.3
_LENGTH = {"zh": (12, 88), "ja": (14, 100), "en": (28, 320), "es": (28, 340)}  # characters
_MIN_SHARED = {"zh": 2, "ja": 2, "en": 2, "es": 2}
_ENDINGS = "？?。.！"
# A phrase said twice: five characters of Chinese are a phrase, an alphabet needs about three words.
_REPEATED = re.compile(r"([\u3040-\u9fff]{5,})(?=.*\1)|([^\u3040-\u9fff]{18,})(?=.*\2)", re.DOTALL)
_STUTTER = re.compile(r"(.)\1{3,}|(.{2,3})\2{2,}")
# Feelings, and people who are not there, have no place in a question about work.
_SENTIMENT = re.compile("感动|不爽|难受|开心|惊喜|讨厌|最怕|吃惊|头疼|[她它]们?")
# Japanese and Spanish leave the person out, so nothing can be asked of them here.
_PERSON = {
    "zh": re.compile("[您你]"),
    "en": re.compile(r"\byou(r|rself)?\b", re.IGNORECASE),
}
_TYPE_MARKS = {
    QuestionType.BEHAVIOURAL: {
        "zh": re.compile(
            "过|了|最近|上次|上一次|曾|那次|那回|一次|一回|哪次|当时|经历|是(怎|如何|从|按|凭|靠|用)|那段|那几|的时候"
        ),
        "en": re.compile(
            r"\b(did|was|were|had|have you|last|when you|time|once|tell me|describe|walk me|which)\b", re.I
        ),
    },
    QuestionType.SITUATIONAL: {
        "zh": re.compile("如果|假如|假设|要是|会怎么|会先|打算|碰上|遇到|时"),
        "en": re.compile(r"\b(if|would|suppose|imagine|say)\b", re.I),
    },
    QuestionType.TECHNICAL: {
        "zh": re.compile("怎么|如何|哪些|什么|依据|判断|方法|步骤|先"),
        "en": re.compile(r"\b(how|which|what|why)\b", re.I),
    },
}


@dataclass(frozen=True, slots=True)
class Grounding:
    """`fault` is empty when the text may be shown, else the name of the gate that failed; `score` is 0–1."""

    fault: str
    score: float
    shared: int = 0

    @property
    def acceptable(self) -> bool:
        """True when no gate failed."""
        return not self.fault


def ground_question(text: str, slot: Slot, title: str, neighbours: Sequence[str] = ()) -> Grounding:
    """Judge a candidate question against its slot. `neighbours` are chosen and past questions."""
    shared, share = content.coverage(text, slot.evidence.text)
    source = slot.evidence.text
    fault = _form_fault(text, slot.lang) or _invention(text, slot, title) or _echo(text, source)
    if not fault and wrong_direction(text, source):
        fault = "direction"
    if not fault and any(word not in source for word in _SENTIMENT.findall(text)):
        fault = "tone"
    wanted = content.units(slot.evidence.text)
    if not fault and shared < min(_MIN_SHARED.get(slot.lang, 2), len(wanted)):
        fault = "not_grounded"
    if not fault and any(content.similarity(text, other) >= NEAR_DUPLICATE for other in neighbours):
        fault = "near_duplicate"
    score = min(1.0, share * 1.6) * 0.7 + 0.3 * float(fits_type(text, slot))
    return Grounding(fault, score, shared)


def is_one_question(text: str, lang: str) -> bool:
    """Whether a text is one finished question of a sayable length, without stutter."""
    return not _form_fault(text, lang, short=True)


def ground_detail(text: str, slot: Slot, title: str, question: str, others: Sequence[str] = ()) -> Grounding:
    """Judge a probe or an anchor: no inventions, no stutter, no copy of the question or of another line."""
    fault = ""
    if not 4 <= len(text) <= (60 if slot.lang in ("zh", "ja") else 220):
        fault = "length"
    elif _STUTTER.search(text) or _REPEATED.search(text):
        fault = "repetition"
    elif _new_facts(text, f"{slot.evidence.text} {question} {title}"):
        fault = "invention"
    elif any(content.similarity(text, other) > DETAIL_DUPLICATE for other in (question, *others)):
        fault = "near_duplicate"
    _, share = content.coverage(text, f"{slot.evidence.text} {question}")
    return Grounding(fault, share)


def _form_fault(text: str, lang: str, short: bool = False) -> str:
    low, high = _LENGTH.get(lang, _LENGTH["en"])
    if not (low // 2 if short else low) <= len(text) <= high:
        return "length"
    if text[-1] not in _ENDINGS:
        return "unfinished"
    asks = text.count("？") + text.count("?")
    if asks > 1:
        return "two_asks"
    if lang == "zh" and asks == 0:
        return "no_ask"
    if _STUTTER.search(text) or _REPEATED.search(text):
        return "repetition"
    person = None if short else _PERSON.get(lang)
    return "" if person is None or person.search(text) else "nobody_asked"


def _invention(text: str, slot: Slot, title: str) -> str:
    return "invention" if _new_facts(text, f"{slot.evidence.text} {slot.competency} {title}") else ""


def _new_facts(text: str, known: str) -> bool:
    """Numbers, quoted names or (in zh/ja) Latin words that the known text does not have."""
    if content.numbers(text) - content.numbers(known):
        return True
    plain = content.normalise(known)
    if any(name not in plain for name in content.quoted(text)):
        return True
    cjk = re.search(r"[\u3040-\u9fff]", text) is not None
    return cjk and bool(content.latin_words(text) - content.latin_words(known))


def _echo(text: str, evidence: str) -> str:
    """A question that only repeats its evidence asks nothing."""
    return "echo" if content.similarity(text, evidence) > 0.75 else ""


def fits_type(text: str, slot: Slot) -> bool:
    """Whether the wording has the marks of the slot's question type; true for a type or language without marks."""
    marks = _TYPE_MARKS.get(slot.type, {}).get(slot.lang)
    return marks is None or marks.search(text) is not None
