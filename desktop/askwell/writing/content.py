# SPDX-License-Identifier: Apache-2.0
"""Content units of a text: what two texts can share that is not grammar.

For Chinese and Japanese these are character bigrams without function characters, for other languages word stems
without function words. Units are for comparing, not for reading.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

_CJK = re.compile(r"[\u3400-\u9fff\u3040-\u30ff々]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*", re.UNICODE)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"[“\"「『«‘]([^”\"」』»’]{2,30})[”\"」』»’]")
_STOP_CHARS = frozenset(
    "的了是在和与及并或对于将被把我您你他她它们这那有无不也都就还又很最更等为从到以其之个次件请能会可要说讲"
)
_STOP_WORDS = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "for",
        "and",
        "or",
        "with",
        "by",
        "from",
        "at",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "your",
        "you",
        "our",
        "their",
        "his",
        "her",
        "how",
        "what",
        "when",
        "which",
        "who",
        "whom",
        "why",
        "did",
        "do",
        "does",
        "have",
        "has",
        "had",
        "would",
        "could",
        "should",
        "will",
        "can",
        "may",
        "than",
        "into",
        "over",
        "under",
        "per",
        "each",
        "all",
        "any",
        "not",
        "no",
        "el",
        "la",
        "los",
        "las",
        "un",
        "una",
        "de",
        "del",
        "en",
        "y",
        "o",
        "con",
        "por",
        "para",
        "que",
        "se",
        "su",
        "sus",
        "al",
        "lo",
        "como",
        "cuál",
        "cómo",
        "qué",
        "cuándo",
        "usted",
        "tu",
        "le",
    ]
)
_SUFFIXES = ("ations", "ation", "ments", "ment", "ings", "ing", "ied", "ies", "ed", "es", "s", "e", "ly")


def normalise(text: str) -> str:
    """NFKC, lower case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def stem(word: str) -> str:
    """A crude stem that makes `coordinated` and `coordinating` equal; at least four letters stay."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 4:
            return word[: -len(suffix)]
    return word


def units(text: str) -> frozenset[str]:
    """The content units of a text."""
    plain = normalise(text)
    found: set[str] = set()
    for run in _CJK.findall(plain):
        for first, second in pairwise(run):
            if first not in _STOP_CHARS and second not in _STOP_CHARS:
                found.add(first + second)
    for word in _WORD.findall(_CJK.sub(" ", plain)):
        if len(word) > 2 and word not in _STOP_WORDS:
            found.add(stem(word))
    return frozenset(found)


def coverage(text: str, source: str) -> tuple[int, float]:
    """How many content units of `source` the text takes up, and which share of them (0–1)."""
    wanted = units(source)
    if not wanted:
        return 0, 0.0
    shared = len(units(text) & wanted)
    return shared, shared / len(wanted)


def similarity(one: str, other: str) -> float:
    """Jaccard index of the character trigrams of two texts, 0–1."""
    first, second = _trigrams(one), _trigrams(other)
    if not first or not second:
        return 0.0
    return len(first & second) / len(first | second)


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text, without thousands separators and trailing zeros."""
    found = set()
    for raw in _NUMBER.findall(normalise(text)):
        plain = re.sub(r",(?=\d{3}\b)", "", raw).replace(",", ".")
        found.add(plain.rstrip("0").rstrip(".") if "." in plain else plain)
    return frozenset(found)


def quoted(text: str) -> frozenset[str]:
    """Names in quotation marks."""
    return frozenset(normalise(name) for name in _QUOTED.findall(text))


def latin_words(text: str) -> frozenset[str]:
    """Latin words inside a text, for finding names in Chinese and Japanese."""
    return frozenset(re.findall(r"[a-z][a-z0-9-]+", normalise(text)))


def _trigrams(text: str) -> frozenset[str]:
    plain = re.sub(r"[\W_]+", "", normalise(text))
    return frozenset(plain[i : i + 3] for i in range(max(0, len(plain) - 2)))
