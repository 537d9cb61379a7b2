# SPDX-License-Identifier: Apache-2.0
"""Form of a question: the faults that need more than a pattern. `form.yaml` holds words, limits and reasons.

TO ADD ONE: a rule in `form.yaml`; where a pattern does not suffice, a function here and a line in `_CHECKS`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from askwell.review.matching import Matcher
from askwell.review.packs import Rule
from askwell.review.text import Plain, is_wide

Span = tuple[int, int]
_WORD = re.compile(r"[a-z\u00c0-\u024f']{1,40}", re.IGNORECASE)
_MARK = re.compile(r"[？?]")
_ASKED = re.compile(r"[？?]|か。")  # polite Japanese asks without a question mark
_VOWEL = re.compile(r"[aeiouyáéíóúüàèò]", re.IGNORECASE)


def fault(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    """The words at fault under `rule`, or None."""
    check = _CHECKS.get(rule.id)
    if check is not None:
        return check(rule, matcher, text, langs)
    spans = matcher.spans(text, langs)
    return spans[0] if spans else None


def _all(text: Plain) -> Span:
    return (0, text.source)


def _has(matcher: Matcher, key: str, text: str, langs: Sequence[str]) -> re.Match[str] | None:
    """First match of `patterns` or `exceptions` anywhere in the text (not sentence by sentence)."""
    table = matcher.patterns if key == "patterns" else matcher.exceptions
    for lang in langs:
        for rule in table.get(lang, ()):
            hit = rule.search(text)
            if hit:
                return hit
    return None


def _empty(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    letters = sum(char.isalpha() for char in text.text)
    return _all(text) if letters < rule.limits["min_letters"] else None


def _gibberish(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    if _has(matcher, "patterns", text.text, langs):
        return _all(text)
    if sum(is_wide(char) for char in text.text) > 3:
        return None
    words = [word for word in _WORD.findall(text.text) if len(word) > 2]
    odd = sum(not _VOWEL.search(word) or len(word) > rule.limits["max_word"] for word in words)
    return _all(text) if words and odd / len(words) > rule.limits["max_odd_share"] else None


def _repetition(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    wide = [char for char in text.text if is_wide(char)]
    units = [first + second for first, second in zip(wide, wide[1:], strict=False)]
    if len(units) < len(text.text) / 3:
        units = _WORD.findall(text.text)
        pairs = [f"{first} {second}" for first, second in zip(units, units[1:], strict=False)]
        units = pairs or units
    if len(units) < rule.limits["min_units"]:
        return None
    return _all(text) if len(set(units)) / len(units) < rule.limits["min_distinct_share"] else None


def _closed(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    """A yes/no question. The exceptions hold both the cues of an open question and the gate questions (permit,
    licence, shift) that are closed by nature and lawful."""
    hit = _has(matcher, "patterns", text.text, langs)
    if hit is None or _has(matcher, "exceptions", text.text, langs):
        return None
    return text.span(*hit.span())


def _double(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    marks = [hit.start() for hit in _ASKED.finditer(text.text)]
    if len(marks) > 1 and marks[-1] - marks[0] > 1:
        return text.span(marks[0], marks[-1] + 1)
    spans = matcher.spans(text, langs)
    return spans[0] if spans else None


def _no_question(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    """Neither a question mark nor a request; `patterns` hold what counts as a request or an asking word."""
    if _MARK.search(text.text) or _has(matcher, "patterns", text.text, langs):
        return None
    return _all(text)


def _too_long(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    wide = sum(is_wide(char) or char in "，。？！、；：" for char in text.text)
    words = len(_WORD.findall(text.text))
    kana = langs[0] == "ja"
    limit = rule.limits["max_chars_ja" if kana else "max_chars"]
    return _all(text) if wide + words > limit or words > rule.limits["max_words"] else None


def _jargon(rule: Rule, matcher: Matcher, text: Plain, langs: Sequence[str]) -> Span | None:
    hits = [
        hit.span() for lang in langs for pattern in matcher.patterns.get(lang, ()) for hit in pattern.finditer(text.text)
    ]
    distinct = {text.text[start:end] for start, end in hits}
    if len(distinct) < rule.limits["max_terms"]:
        return None
    return text.span(min(start for start, _ in hits), max(end for _, end in hits))


_CHECKS: dict[str, Callable[[Rule, Matcher, Plain, Sequence[str]], Span | None]] = {
    "form.empty": _empty,
    "form.gibberish": _gibberish,
    "form.repetition": _repetition,
    "form.closed": _closed,
    "form.double": _double,
    "form.no-question": _no_question,
    "form.too-long": _too_long,
    "form.jargon": _jargon,
}
