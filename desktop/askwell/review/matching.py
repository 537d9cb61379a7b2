# SPDX-License-Identifier: Apache-2.0
"""Compiled patterns and exceptions of one rule or concept, and where they match in a text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from askwell.review.packs import Concept, Lang, Rule
from askwell.review.regexes import compile_pattern
from askwell.review.text import Plain, sentences

Compiled = Mapping[str, Sequence[re.Pattern[str]]]


@dataclass(frozen=True, slots=True)
class Matcher:
    """Patterns by language. A match is dropped where an exception overlaps it: the words are then about the work."""

    patterns: Compiled
    exceptions: Compiled

    @classmethod
    def of(cls, source: Concept | Rule, atoms: Mapping[Lang, Mapping[str, str]]) -> Matcher:
        """Compile the patterns of a concept or rule. Raises PatternError."""
        return cls(_compiled(source.patterns, atoms), _compiled(source.exceptions, atoms))

    def spans(self, text: Plain, langs: Sequence[str]) -> list[tuple[int, int]]:
        """First match in each sentence, as offsets into the original text."""
        found: list[tuple[int, int]] = []
        for offset, sentence in sentences(text.text):
            hit = self._first(sentence, langs)
            if hit:
                found.append(text.span(offset + hit[0], offset + hit[1]))
        return found

    def excepted(self, text: Plain, langs: Sequence[str]) -> bool:
        """Whether any exception holds: the text is then known to be about the work."""
        return any(rule.search(text.text) for lang in langs for rule in self.exceptions.get(lang, ()))

    def _first(self, sentence: str, langs: Sequence[str]) -> tuple[int, int] | None:
        for lang in langs:
            excepted = [hit.span() for rule in self.exceptions.get(lang, ()) for hit in rule.finditer(sentence)]
            for rule in self.patterns.get(lang, ()):
                for hit in rule.finditer(sentence):
                    span = _words(hit)
                    if span[1] > span[0] and not _overlaps(span, excepted):
                        return span
        return None


def _compiled(source: Mapping[Lang, tuple[str, ...]], atoms: Mapping[Lang, Mapping[str, str]]) -> Compiled:
    return {
        lang: [compile_pattern(pattern, atoms.get(lang, {})) for pattern in patterns]
        for lang, patterns in source.items()
    }


def _words(hit: re.Match[str]) -> tuple[int, int]:
    """The words concerned: the group `w` where the pattern names one, else all that matched."""
    return hit.span("w") if "w" in hit.re.groupindex else hit.span()


def _overlaps(span: tuple[int, int], others: Sequence[tuple[int, int]]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in others)
