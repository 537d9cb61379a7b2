# SPDX-License-Identifier: Apache-2.0
"""The catalogues of user-visible sentences: `resources/i18n/<area>.json`, each key with zh, en, ja and es.

The window reads the same catalogue through a QTranslator, so a sentence exists once.
"""

from __future__ import annotations

import json
import locale
from collections.abc import Mapping
from pathlib import Path

from askwell.domain.errors import AskwellError
from askwell.domain.messages import Message
from askwell.writing.angles import load_angles

LANGUAGES = ("zh", "en", "ja", "es")


class _Lenient(dict[str, object]):
    """A missing fact shows as its name in braces instead of hiding the sentence."""

    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


class Catalogue:
    """Sentences by key in the chosen language."""

    def __init__(self, texts: Mapping[str, Mapping[str, str]], lang: str = "zh") -> None:
        self._texts = texts
        self.lang = lang

    @classmethod
    def load(cls, resources: Path, lang: str = "zh") -> Catalogue:
        """Read all areas. Raises OSError or ValueError where the installation is damaged."""
        texts: dict[str, Mapping[str, str]] = {}
        for path in sorted((resources / "i18n").glob("*.json")):
            texts.update(json.loads(path.read_text(encoding="utf-8")))
        # The model was trained on the names of the angles, so the library is where they are kept.
        texts.update({f"term.angle.{one.key}": one.labels for one in load_angles(resources).values()})
        return cls(texts, lang)

    def in_language(self, lang: str) -> Catalogue:
        """The same sentences in another language, leaving this one as it is."""
        return Catalogue(self._texts, lang if lang in LANGUAGES else "en")

    def use(self, lang: str) -> None:
        """Switch the language; an unknown one falls back to English."""
        self.lang = lang if lang in LANGUAGES else "en"

    def text(self, key: str, **params: object) -> str:
        """The sentence, its placeholders filled; an unknown key is returned as it is."""
        entry = self._texts.get(key)
        if entry is None:
            return key
        template = entry.get(self.lang) or entry.get("en") or key
        return template.format_map(_Lenient(params)) if params else template

    def has(self, key: str) -> bool:
        """True where the key is known."""
        return key in self._texts

    def all_keys(self) -> list[str]:
        """All keys, sorted."""
        return sorted(self._texts)

    def render(self, message: Message) -> str:
        """The sentence of a message; messages inside its facts are rendered first."""
        facts = {
            name: self.render(value) if isinstance(value, Message) else value for name, value in message.params.items()
        }
        return self.text(message.key, **facts)

    def error(self, error: AskwellError) -> str:
        """Sentence and remedy of an error, in one text."""
        parts = [self.render(error.message)]
        if error.hint is not None and self.has(error.hint.key):
            parts.append(self.render(error.hint))
        return "\n".join(parts)


def system_language() -> str:
    """The language of the system where we have it, else English."""
    name = (locale.getlocale()[0] or "").lower()
    for lang, marks in {"zh": ("zh", "chinese"), "ja": ("ja", "japanese"), "es": ("es_", "spanish")}.items():
        if name.startswith(marks):
            return lang
    return "en" if name.startswith(("en", "english")) else "zh"
