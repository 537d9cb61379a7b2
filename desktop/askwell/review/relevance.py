# SPDX-License-Identifier: Apache-2.0
"""Does a question speak of its evidence? Measured by content units that both share: pairs of Chinese or Japanese
characters without function characters, and stemmed words of the other languages."""

from __future__ import annotations

import itertools
import re

from askwell.domain.questions import Family, Finding, Severity
from askwell.review.text import is_wide, plain

_STOP_CHARS = frozenset(
    "的了和与及或在是有对于为以把被将从到向中上下并等个位各其这那您你我他她请如何怎么什一次过时后前进行完成负责"
    "のをにはがでとるたてしすまもなよりかられ"
)
_STOP_TEXT = """
    the and for with that this from into your you our their have has had was were are will would could did does how
    what when where which who why time tell about describe give example work working role team company make made los
    las una del por para con que como cómo qué cuál cuando usted sus fue describa cuénteme alguna vez trabajo
"""
_STOP_WORDS = frozenset(_STOP_TEXT.split())
_WORD = re.compile(r"[a-z\u00c0-\u024f][a-z\u00c0-\u024f0-9\-]{2,}|\d+(?:\.\d+)?%?")
_SUFFIXES = ("ations", "ation", "ments", "ment", "ingly", "ings", "ing", "ied", "ies", "ers", "ed", "es", "er", "s")

_REASONS = {
    "zh": "看不出这个问题与依据有关：两者没有共同的内容词。请让问题说到依据里的事情本身。",
    "en": "Question and evidence share no content words. Let the question speak of the evidence itself.",
    "ja": "質問と根拠に共通する内容語がありません。根拠にある事柄そのものを尋ねてください。",
    "es": "La pregunta y su fundamento no comparten palabras de contenido. Pregunte por ese asunto.",
}


def content_units(text: str, lang: str = "") -> frozenset[str]:
    """The units of `text` that carry content."""
    folded = plain(text, lang).text
    units = {_stem(word) for word in _WORD.findall(folded) if word not in _STOP_WORDS}
    for first, second in itertools.pairwise(folded):
        if is_wide(first) and is_wide(second) and first not in _STOP_CHARS and second not in _STOP_CHARS:
            units.add(first + second)
    return frozenset(units)


def _stem(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def check_relevance(text: str, evidence_text: str, title: str, lang: str, ui_lang: str = "zh") -> list[Finding]:
    """A warning where question and evidence share nothing, a note where they share the job title only.

    Silent where a comparison would be unfair: no evidence, or evidence in another script than the question.
    """
    asked, known = content_units(text, lang), content_units(evidence_text, lang)
    if not asked or not known or _wide(asked) != _wide(known) or asked & known:
        return []
    by_title = bool(asked & content_units(title, lang))
    return [
        Finding(
            rule="relevance.evidence",
            family=Family.RELEVANCE,
            severity=Severity.NOTE if by_title else Severity.WARN,
            reason=_REASONS.get(ui_lang, _REASONS["en"]),
            span=(0, len(text)),
        )
    ]


def _wide(units: frozenset[str]) -> bool:
    return sum(is_wide(unit[0]) for unit in units) * 2 > len(units)
