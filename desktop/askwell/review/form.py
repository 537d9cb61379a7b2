# SPDX-License-Identifier: Apache-2.0
"""Form of a question: the faults that need more than a pattern. `form.yaml` holds words, limits and reasons.

TO ADD ONE: a rule in `form.yaml`; where a pattern does not suffice, a function here and a line in `_CHECKS`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from askwell.review.matching import Matcher
from askwell.review.packs import Rule
from askwell.review.text import Plain, is_wide

Span = tuple[int, int]
_WORD = re.compile(r"[a-z\u00c0-\u024f']{1,40}", re.IGNORECASE)
_MARK = re.compile(r"[？?]")
_ASKED = re.compile(r"[？?]|か。")  # polite Japanese asks without a question mark
_VOWEL = re.compile(r"[aeiouyáéíóúüàèò]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """One rule and the text that it is held against."""

    rule: Rule
    matcher: Matcher
    text: Plain
    langs: Sequence[str]

    def all(self) -> Span:
        """The whole text is at fault."""
        return (0, self.text.source)

    def has(self, key: str) -> re.Match[str] | None:
        """First match of `patterns` or `exceptions` anywhere in the text (not sentence by sentence)."""
        table = self.matcher.patterns if key == "patterns" else self.matcher.exceptions
        for lang in self.langs:
            for rule in table.get(lang, ()):
                hit = rule.search(self.text.text)
                if hit:
                    return hit
        return None


def fault(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    """The words at fault under `rule`, or None."""
    check = _CHECKS.get(rule.id)
    if check is not None:
        return check(Case(rule, matcher, text, langs))
    spans = matcher.spans(text, langs)
    return spans[0] if spans else None


def _empty(case: Case) -> Span | None:
    letters = sum(char.isalpha() for char in case.text.text)
    return case.all() if letters < case.rule.limits["min_letters"] else None


def _gibberish(case: Case) -> Span | None:
    if case.has("patterns"):
        return case.all()
    if sum(is_wide(char) for char in case.text.text) > 3:
        return None
    words = [word for word in _WORD.findall(case.text.text) if len(word) > 2]
    odd = sum(not _VOWEL.search(word) or len(word) > case.rule.limits["max_word"] for word in words)
    return case.all() if words and odd / len(words) > case.rule.limits["max_odd_share"] else None


def _repetition(case: Case) -> Span | None:
    wide = [char for char in case.text.text if is_wide(char)]
    units = [first + second for first, second in itertools.pairwise(wide)]
    if len(units) < len(case.text.text) / 3:
        units = _WORD.findall(case.text.text)
        pairs = [f"{first} {second}" for first, second in itertools.pairwise(units)]
        units = pairs or units
    if len(units) < case.rule.limits["min_units"]:
        return None
    return case.all() if len(set(units)) / len(units) < case.rule.limits["min_distinct_share"] else None


def _closed(case: Case) -> Span | None:
    """A yes/no question. The exceptions hold both the cues of an open question and the gate questions (permit,
    licence, shift) that are closed by nature and lawful."""
    hit = case.has("patterns")
    if hit is None or case.has("exceptions"):
        return None
    return case.text.span(*hit.span())


def _double(case: Case) -> Span | None:
    marks = [hit.start() for hit in _ASKED.finditer(case.text.text)]
    if len(marks) > 1 and marks[-1] - marks[0] > 1:
        return case.text.span(marks[0], marks[-1] + 1)
    spans = case.matcher.spans(case.text, case.langs)
    return spans[0] if spans else None


def _no_question(case: Case) -> Span | None:
    """Neither a question mark nor a request; `patterns` hold what counts as a request or an asking word."""
    if _MARK.search(case.text.text) or case.has("patterns"):
        return None
    return case.all()


def _too_long(case: Case) -> Span | None:
    wide = sum(is_wide(char) or char in "，。？！、；：" for char in case.text.text)
    words = len(_WORD.findall(case.text.text))
    kana = case.langs[0] == "ja"
    limit = case.rule.limits["max_chars_ja" if kana else "max_chars"]
    return case.all() if wide + words > limit or words > case.rule.limits["max_words"] else None


def _jargon(case: Case) -> Span | None:
    hits = [
        hit.span()
        for lang in case.langs
        for pattern in case.matcher.patterns.get(lang, ())
        for hit in pattern.finditer(case.text.text)
    ]
    distinct = {case.text.text[start:end] for start, end in hits}
    if len(distinct) < case.rule.limits["max_terms"]:
        return None
    return case.text.span(min(start for start, _ in hits), max(end for _, end in hits))


_CHECKS: dict[str, Callable[[Case], Span | None]] = {
    "form.empty": _empty,
    "form.gibberish": _gibberish,
    "form.repetition": _repetition,
    "form.closed": _closed,
    "form.double": _double,
    "form.no-question": _no_question,
    "form.too-long": _too_long,
    "form.jargon": _jargon,
}
