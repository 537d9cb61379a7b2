# SPDX-License-Identifier: Apache-2.0
"""Every word of the window goes through Qt translation, answered from the catalogue of the app.

`tr("ui.home.title")` asks Qt; Qt asks `CatalogTranslator`; that asks the catalogue. A change of language is one
`QEvent.LanguageChange`, which Qt sends to every widget; widgets then say their texts again.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from askwell.domain.messages import Message

CONTEXT = "askwell"
# Qt's translate() has no room for named values, so they wait here while the translator is asked.
_FACTS: ContextVar[Mapping[str, object]] = ContextVar("facts")
LANGUAGE_NAMES = (("zh", "中文"), ("en", "English"), ("ja", "日本語"), ("es", "Español"))
_LOCALES = {"zh": "zh_CN", "en": "en_GB", "ja": "ja_JP", "es": "es_ES"}
# Qt's own menus and dialogs, by their English text.
_QT_TEXTS = {
    "&Undo": "ui.qt.undo",
    "&Redo": "ui.qt.redo",
    "Cu&t": "ui.qt.cut",
    "&Copy": "ui.qt.copy",
    "&Paste": "ui.qt.paste",
    "Delete": "ui.qt.delete",
    "Select All": "ui.qt.select_all",
    "Copy &Link Location": "ui.qt.copy_link",
}


class Texts(Protocol):
    """The part of the catalogue that the window needs."""

    @property
    def lang(self) -> str:
        """Language of the texts."""
        ...

    def text(self, key: str, **params: object) -> str:
        """The sentence of a key."""
        ...


class CatalogTranslator(QTranslator):
    """A translator whose dictionary is the app's catalogue."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts

    def isEmpty(self) -> bool:
        """Qt leaves empty translators out."""
        return False

    def translate(self, context: str, source_text: str, _disambiguation: str | None = None, _n: int = -1) -> str:
        """The text of a key in our context, of Qt's own words elsewhere; the source text where there is none.

        Never None: PySide takes a reference too many from a None that a translator returns, and after some thousand
        of them the interpreter dies.
        """
        if context == CONTEXT:
            return self._texts.text(source_text, **_FACTS.get({}))
        key = _QT_TEXTS.get(source_text)
        return self._texts.text(key) if key else source_text


def tr(key: str, **params: object) -> str:
    """The words for a key in the language of the window."""
    token = _FACTS.set(params)
    try:
        return QCoreApplication.translate(CONTEXT, key)
    finally:
        _FACTS.reset(token)


def say(message: Message | None) -> str:
    """The words of a message, empty for None. Messages among the facts are said first."""
    if message is None:
        return ""
    facts = {name: say(value) if isinstance(value, Message) else value for name, value in message.params.items()}
    return tr(message.key, **facts)


def locale_of(lang: str) -> QLocale:
    """The locale for numbers and dates of a language."""
    return QLocale(_LOCALES.get(lang, "en_GB"))


def date_text(iso: str) -> str:
    """An ISO time as a short date with time, in the locale of the window."""
    from PySide6.QtCore import QDateTime, Qt

    moment = QDateTime.fromString(iso, Qt.DateFormat.ISODate)
    if not moment.isValid():
        return iso
    return QLocale().toString(moment.toLocalTime(), QLocale.FormatType.ShortFormat)


def percent(share: float, decimals: int = 0) -> str:
    """A share of 1 as percent in the locale of the window."""
    return QLocale().toString(share * 100, "f", decimals) + QLocale().percent()


def duration(seconds: float) -> str:
    """Time left, rounded so that it does not flicker."""
    if seconds < 60:
        return tr("ui.time.seconds", n=max(1, round(seconds / 5) * 5 if seconds > 10 else round(seconds)))
    return tr("ui.time.minutes", n=round(seconds / 60))
