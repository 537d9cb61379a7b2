# SPDX-License-Identifier: Apache-2.0
"""Editing a question in place: text, probes (one a line), anchors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QPlainTextEdit

from askwell.domain.questions import QuestionText
from askwell.ui.widgets.basics import Card, button, column, label, row
from askwell.ui.widgets.words import Worded

SCORES = (5, 3, 1)


class QuestionEditor(Worded):
    """Calls back with the new words, or with nothing."""

    def __init__(self, on_save: Callable[[QuestionText], None], on_cancel: Callable[[], None]) -> None:
        super().__init__()
        self._on_save = on_save
        body = column(self)
        card = Card()
        self._text = self._field(card, "ui.review.edit_text", 84)
        self._probes = self._field(card, "ui.review.edit_probes", 96)
        self._anchors = {score: self._field(card, f"ui.review.edit_anchor{score}", 52) for score in SCORES}
        line = row()
        save = button("primary", "check", self._save)
        save.setShortcut("Ctrl+S")
        cancel = button("quiet", "", on_cancel)
        for widget, key in ((save, "ui.review.save"), (cancel, "ui.review.cancel")):
            self.say_named(widget, key)
        line.addWidget(save)
        line.addWidget(cancel)
        line.addStretch(1)
        card.body.addLayout(line)
        body.addWidget(card)
        body.addStretch(1)

    def _field(self, card: Card, key: str, height: int) -> QPlainTextEdit:
        name = label("caption")
        field = QPlainTextEdit()
        field.setTabChangesFocus(True)
        field.setFixedHeight(height)
        self.say(name.setText, key)
        self.say(field.setAccessibleName, key)
        card.body.addWidget(name)
        card.body.addWidget(field)
        return field

    def show_words(self, words: QuestionText) -> None:
        """Fill in what is there."""
        self._text.setPlainText(words.text)
        self._probes.setPlainText("\n".join(words.probes))
        for score, field in self._anchors.items():
            field.setPlainText(words.anchors.get(score, ""))
        self._text.setFocus()

    def words(self) -> QuestionText:
        """What stands in the fields."""
        probes = tuple(line.strip() for line in self._probes.toPlainText().splitlines() if line.strip())
        anchors = {score: field.toPlainText().strip() for score, field in self._anchors.items()}
        text = " ".join(self._text.toPlainText().split("\n")).strip()
        return QuestionText(text, probes, {score: one for score, one in anchors.items() if one})

    def _save(self) -> None:
        self._on_save(self.words())
