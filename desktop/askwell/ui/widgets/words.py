# SPDX-License-Identifier: Apache-2.0
"""Texts that know their key, so that a change of language is one call."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from askwell.ui.i18n import tr

Setter = Callable[[str], object]


class Worded(QWidget):
    """A widget that says its texts again when the language changes.

    Set fixed texts with `say(setter, key)`; override `retranslate` for texts that depend on data.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said: list[tuple[Setter, str, dict[str, object]]] = []

    def say(self, setter: Setter, key: str, **params: object) -> None:
        """Set a text now and after every change of language."""
        self._said.append((setter, key, params))
        setter(tr(key, **params))

    def say_named(self, widget: QAbstractButton, key: str, **params: object) -> None:
        """Set what a button shows and what a screen reader says of it: the same words."""
        self.say(widget.setText, key, **params)
        self.say(widget.setAccessibleName, key, **params)

    def retranslate(self) -> None:
        """Say data-dependent texts again; called after the fixed ones."""

    def changeEvent(self, event: QEvent) -> None:
        """Qt tells every widget about a new language."""
        if event.type() == QEvent.Type.LanguageChange:
            for setter, key, params in self._said:
                setter(tr(key, **params))
            self.retranslate()
        super().changeEvent(event)
