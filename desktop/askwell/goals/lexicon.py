# SPDX-License-Identifier: Apache-2.0
"""Competencies in four languages and the words by which a duty or KPI is sorted to one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from askwell.domain.shipped import resource
from askwell.goals.similarity import contained, likeness, name_key, plain

LANGUAGES = ("zh", "en", "ja", "es")
_CORE = "competencies/core.yaml"
_SAME_NAME = 0.6


@dataclass(frozen=True)
class Competency:
    """One competency: names and definitions by language, keywords of all languages."""

    id: str
    names: Mapping[str, str]
    definition: Mapping[str, str]
    keywords: tuple[str, ...]
    patterns: tuple[tuple[float, re.Pattern[str]], ...]

    def name(self, lang: str) -> str:
        """The name in `lang`, else in English."""
        return self.names.get(lang[:2], self.names["en"])

    def hits(self, text: str) -> float:
        """How strongly the text speaks of this competency; 0 when it does not."""
        body = plain(text)
        return sum(weight for weight, pattern in self.patterns if pattern.search(body))


@dataclass(frozen=True)
class Lexicon:
    """All competencies; `default` is taken where nothing matches."""

    competencies: tuple[Competency, ...]
    default: Competency

    def named(self, name: str) -> Competency | None:
        """The competency that goes by this or a very similar name in any language."""
        best, score = None, _SAME_NAME
        for competency in self.competencies:
            for known in competency.names.values():
                same = 1.0 if name_key(known) == name_key(name) else likeness(known, name)
                if same > score:
                    best, score = competency, same
        return best

    def of_text(self, text: str) -> Competency | None:
        """The competency that a text speaks of most, or None."""
        best = max(self.competencies, key=lambda one: one.hits(text))
        return best if best.hits(text) > 0 else None

    def guess(self, text: str, own: Sequence[str], lang: str) -> str:
        """The competency behind a text: of the firm's `own` names if one fits, else ours in `lang`."""
        scores = {name: self._fit(text, name) for name in own}
        if scores:
            best = max(scores, key=lambda name: scores[name])
            if scores[best] > 0:
                return best
        return (self.of_text(text) or self.default).name(lang)

    def _fit(self, text: str, name: str) -> float:
        known = self.named(name)
        # A firm's competency is often written as "name: meaning"; its own words count as well.
        return (known.hits(text) if known else 0.0) + 3 * contained(name, text)


def load_lexicon(path: Path) -> Lexicon:
    """Read the competencies from a YAML file."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = {entry["id"]: _competency(entry) for entry in entries}
    default = next(entry["id"] for entry in entries if entry.get("default"))
    return Lexicon(tuple(found.values()), found[default])


def _competency(entry: Mapping[str, Mapping[str, Sequence[str]]]) -> Competency:
    keywords = tuple(word for words in entry["keywords"].values() for word in words)
    return Competency(
        id=str(entry["id"]),
        names={lang: str(text) for lang, text in entry["names"].items()},
        definition={lang: str(text) for lang, text in entry["definition"].items()},
        keywords=keywords,
        patterns=tuple(_pattern(word) for word in dict.fromkeys(keywords)),
    )


def _pattern(word: str) -> tuple[float, re.Pattern[str]]:
    body = plain(word)
    if body.isascii() or body[0].isascii():
        # Alphabetic keywords are beginnings of words; about three letters say as much as one ideograph.
        return len(body) / 3, re.compile(rf"\b{re.escape(body)}")
    return float(len(body)), re.compile(re.escape(body))


@cache
def default_lexicon() -> Lexicon:
    """The lexicon that Askwell ships, read once."""
    return load_lexicon(resource(_CORE))
