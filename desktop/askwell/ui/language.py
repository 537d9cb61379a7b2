# SPDX-License-Identifier: Apache-2.0
"""The language of the running window: catalogue, translator, locale."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QCoreApplication, QLocale

from askwell.ui.i18n import CatalogTranslator, Texts, locale_of


class SwitchableTexts(Texts, Protocol):
    """A catalogue that can change its language."""

    def use(self, lang: str) -> None:
        """Switch."""
        ...


class Language:
    """Installs our translator; installing it again makes Qt send LanguageChange to every widget."""

    def __init__(self, texts: SwitchableTexts) -> None:
        self._texts = texts
        self._translator: CatalogTranslator | None = None

    @property
    def lang(self) -> str:
        """The present language."""
        return self._texts.lang

    def use(self, lang: str) -> None:
        """Speak a language from now on."""
        if self._translator is not None and lang == self._texts.lang:
            return
        self._texts.use(lang)
        QLocale.setDefault(locale_of(lang))
        self.remove()
        self._translator = CatalogTranslator(self._texts)
        QCoreApplication.installTranslator(self._translator)

    def remove(self) -> None:
        """Take the translator away."""
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None
