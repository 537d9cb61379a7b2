# SPDX-License-Identifier: Apache-2.0
"""The right column: findings with reason, source and rewrite; the other candidates of the slot."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from askwell.domain.questions import Finding, Question
from askwell.ui.i18n import tr
from askwell.ui.screens.review.reading import small_button
from askwell.ui.widgets.basics import Badge, Card, clear, column, label, row, selectable
from askwell.ui.widgets.lists import Scroll
from askwell.ui.widgets.words import Worded


class FindingsList(Worded):
    """`rewrite` with a Finding, `alternative` with its number."""

    rewrite = Signal(object)
    alternative = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        body = column(self)
        self._scroll = Scroll(spacing=8)
        body.addWidget(self._scroll)

    def show_question(self, question: Question) -> None:
        """Replace everything."""
        self._question = question
        target = self._scroll.body
        clear(target)
        target.addWidget(label("section", tr("ui.review.findings", count=len(question.findings))))
        if not question.findings:
            target.addWidget(label("muted", tr("ui.review.no_finding"), wrap=True))
        for finding in question.findings:
            target.addWidget(self._card(finding))
        if question.alternatives:
            target.addSpacing(8)
            target.addWidget(label("section", tr("ui.review.alternatives")))
        for number, words in enumerate(question.alternatives):
            target.addWidget(self._alternative(number, words.text))

    def retranslate(self) -> None:
        """Cards hold words of the old language."""
        if self._question is not None:
            self.show_question(self._question)

    def _card(self, finding: Finding) -> Card:
        card = Card(margin="space_gap")
        head = row()
        severity = tr(f"term.severity.{finding.severity.value}")
        head.addWidget(Badge(finding.severity.value, severity))
        head.addWidget(label("caption", tr(f"term.family.{finding.family.value}")), 1)
        card.body.addLayout(head)
        where = _where(finding.where)
        card.body.addWidget(selectable("", f"{where}{finding.reason}"))
        if finding.citation:
            card.body.addWidget(selectable("caption", finding.citation))
        if finding.rewrite and finding.where == "text":
            card.body.addWidget(selectable("accent", finding.rewrite))
            use = small_button(tr("ui.review.use_rewrite"), "", "check")
            use.clicked.connect(lambda: self.rewrite.emit(finding))
            card.body.addWidget(use, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _alternative(self, number: int, text: str) -> Card:
        card = Card(margin="space_gap")
        card.body.addWidget(selectable("", text))
        use = small_button(tr("ui.review.use_alternative"), "quiet", "check")
        use.setAccessibleName(f"{use.text()}: {text}")
        use.clicked.connect(lambda: self.alternative.emit(number))
        card.body.addWidget(use, 0, Qt.AlignmentFlag.AlignLeft)
        return card


def _where(where: str) -> str:
    name, _, number = where.partition(":")
    if name == "probe":
        return tr("ui.review.in_probe", number=number) + " "
    return tr("ui.review.in_anchor", score=number) + " " if name == "anchor" else ""
