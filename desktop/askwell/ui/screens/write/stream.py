# SPDX-License-Identifier: Apache-2.0
"""The questions as they appear: one card a slot, first waiting, then in the making, then finished."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from askwell.domain.questions import Question, Slot
from askwell.ui.i18n import tr
from askwell.ui.widgets.basics import Badge, Card, IconButton, clear, column, label, row, selectable
from askwell.ui.widgets.lists import Scroll
from askwell.ui.widgets.words import Worded


class QuestionStream(Worded):
    """`rewrite` with the id of a question."""

    rewrite = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._slots: list[Slot] = []
        self._cards: dict[int, _Place] = {}
        self._questions: dict[int, Question] = {}
        body = column(self)
        self._scroll = Scroll(spacing=8)
        body.addWidget(self._scroll)

    def reset(self, slots: Sequence[Slot]) -> None:
        """A waiting place for each slot."""
        self._slots, self._questions = list(slots), {}
        self._rebuild()

    def partial(self, texts: dict[int, str]) -> None:
        """Text in the making."""
        for number, text in texts.items():
            place = self._cards.get(number)
            if place is not None and number not in self._questions:
                place.show_partial(text)

    def finished(self, question: Question) -> None:
        """A question that is done."""
        number = question.slot.number
        self._questions[number] = question
        if number in self._cards:
            self._cards[number].show_question(question)

    def retranslate(self) -> None:
        """Cards hold words of the old language."""
        self._rebuild()

    def _rebuild(self) -> None:
        clear(self._scroll.body)
        self._cards = {}
        for slot in self._slots:
            place = _Place(slot)
            place.rewrite.connect(self.rewrite)
            self._cards[slot.number] = place
            self._scroll.body.addWidget(place)
            if slot.number in self._questions:
                place.show_question(self._questions[slot.number])


class _Place(Card):
    rewrite = Signal(str)

    def __init__(self, slot: Slot) -> None:
        super().__init__(margin="space_gap")
        self._slot = slot
        self._partial = label("muted", tr("ui.write.waiting"), wrap=True)
        self.body.addWidget(self._head(None))
        self.body.addWidget(self._partial)

    def show_partial(self, text: str) -> None:
        """Replace the waiting word by the text so far."""
        if text.strip():
            self._partial.setText(text.strip())

    def show_question(self, question: Question) -> None:
        """The finished form."""
        clear(self.body)
        self.body.addWidget(self._head(question))
        words = question.words
        if not words.text:
            self.body.addWidget(Badge("warn", tr("term.status.needs_you")))
            reasons = " ".join(tr(key) for key in question.provenance.needs)
            self.body.addWidget(label("muted", reasons or tr("ui.write.needs_you"), wrap=True))
        else:
            text = selectable("section", words.text)
            self.body.addWidget(text)
            for probe in words.probes:
                self.body.addWidget(label("", f"·  {probe}", wrap=True))
            for key in question.provenance.needs:
                self.body.addWidget(label("caption", f"! {tr(key)}", wrap=True))
        evidence = tr("kit.source", kind=tr(f"term.evidence.{self._slot.evidence.kind.value}"),
                      text=self._slot.evidence.text)  # fmt: skip
        self.body.addWidget(label("caption", evidence, wrap=True))
        for finding in question.findings[:2]:
            self.body.addWidget(label("caption", f"! {finding.reason}", wrap=True))

    def _head(self, question: Question | None) -> QWidget:
        holder = QWidget()
        line = row(holder, 0, 8)
        slot = self._slot
        parts = (str(slot.number), slot.competency, tr(f"term.type.{slot.type.value}"))
        line.addWidget(label("caption", " · ".join(part for part in parts if part), wrap=True), 1)
        if question is not None:
            again = IconButton("quiet", "redo", "muted")
            again.setFixedSize(28, 26)
            again.setAccessibleName(tr("ui.write.rewrite", number=slot.number))
            again.setToolTip(tr("ui.write.rewrite", number=slot.number))
            again.clicked.connect(lambda: self.rewrite.emit(question.id))
            line.addWidget(again)
        return holder
