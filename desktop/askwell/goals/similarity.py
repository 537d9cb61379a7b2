# SPDX-License-Identifier: Apache-2.0
"""A small likeness of texts: character pairs for Chinese and Japanese, word stems for alphabets.

Pairs of letters are useless in English or Spanish, where all texts share them; a word cut to six letters is a fair
stem.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-zÀ-ɏ]{3,}")
_CJK = re.compile(r"[぀-ヿ㐀-䶿一-鿿豈-﫿々ー]+")
_STEM = 6
_EMPTY_WORDS = frozenset(
    {
        "the",
        "and",
        "for",
        "with",
        "from",
        "that",
        "this",
        "into",
        "all",
        "per",
        "each",
        "rate",
        "our",
        "del",
        "las",
        "los",
        "con",
        "para",
        "por",
        "que",
        "una",
        "uno",
    }
)


def plain(text: str) -> str:
    """Width and case do not matter."""
    return unicodedata.normalize("NFKC", text).casefold()


def name_key(text: str) -> str:
    """A name without width, case and white space."""
    return "".join(plain(text).split())


@lru_cache(maxsize=8192)
def shingles(text: str) -> frozenset[str]:
    """The parts by which two texts are compared."""
    body = plain(text)
    words = {word[:_STEM] for word in _WORD.findall(body) if word not in _EMPTY_WORDS}
    pairs = {run[i : i + 2] for run in _CJK.findall(body) for i in range(max(1, len(run) - 1))}
    return frozenset(words | pairs)


def likeness(one: str, other: str) -> float:
    """Dice coefficient, 0–1: how much two names of about equal length have in common."""
    left, right = shingles(one), shingles(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def contained(name: str, text: str) -> float:
    """Share of the name's parts that the text has, 0–1; the text may be much longer."""
    parts = shingles(name)
    return len(parts & shingles(text)) / len(parts) if parts else 0.0
