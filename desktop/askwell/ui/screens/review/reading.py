# SPDX-License-Identifier: Apache-2.0
"""The question as it is read: large, with the words of a finding underlined, probes, anchors, evidence."""

from __future__ import annotations

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QTextEdit, QWidget

from askwell.domain.questions import Finding, Question
from askwell.ui.i18n import date_text, tr
from askwell.ui.theme.manager import theme
from askwell.ui.widgets.basics import Badge, Card, IconButton, clear, column, label, row, selectable
from askwell.ui.widgets.lists import Scroll
from askwell.ui.widgets.words import Worded

_LEVEL = {"draft": "note", "needs_you": "warn", "approved": "good", "rejected": "block", "stale": "warn"}


class ReadingText(QTextEdit):
    """Read-only text as tall as its content; marks are wavy underlines in the colour of the severity."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "reading")
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.document().contentsChanged.connect(self._fit)

    def show_marked(self, text: str, findings: list[Finding]) -> None:
        """The text with the spans of the findings underlined."""
        font = self.font()
        font.setPixelSize(theme().tokens.px("type_question"))
        self.setFont(font)
        self.setPlainText(text)
        selections = []
        for finding in findings:
            selection = QTextEdit.ExtraSelection()
            cursor = QTextCursor(self.document())
            start, end = (min(max(0, place), len(text)) for place in finding.span)
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            style = QTextCharFormat()
            style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            style.setUnderlineColor(QColor(theme().tokens.colour(finding.severity.value)))
            selection.cursor, selection.format = cursor, style  # type: ignore[attr-defined]
            selections.append(selection)
        self.setExtraSelections(selections)
        self._fit()

    def resizeEvent(self, event: object) -> None:
        """A new width needs another height."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def _fit(self) -> None:
        self.document().setTextWidth(self.viewport().width())
        self.setFixedHeight(max(40, round(self.document().size().height()) + 8))


class ReadingView(Worded):
    """Everything about the open question."""

    def __init__(self) -> None:
        super().__init__()
        self._question: Question | None = None
        self._position = ""
        body = column(self)
        self._scroll = Scroll(spacing=12)
        body.addWidget(self._scroll)
        card = Card()
        card.body.setSpacing(12)
        self._head = row()
        card.body.addLayout(self._head)
        self._text = ReadingText()
        card.body.addWidget(self._text)
        self._probes = column(spacing=4)
        card.body.addLayout(self._probes)
        self._anchors = QGridLayout()
        self._anchors.setColumnStretch(1, 1)
        self._anchors.setHorizontalSpacing(12)
        self._anchors.setVerticalSpacing(6)
        self._anchor_holder = QWidget()
        self._anchor_holder.setLayout(self._anchors)
        card.body.addWidget(self._anchor_holder)
        self._scroll.body.addWidget(card)
        self._source = column(spacing=4)
        self._scroll.body.addLayout(self._source)

    def show_question(self, question: Question, position: str) -> None:
        """Replace everything."""
        self._question, self._position = question, position
        slot, words = question.slot, question.words
        clear(self._head)
        parts = (position, slot.competency, tr(f"term.type.{slot.type.value}"),
                 tr(f"term.difficulty.{slot.difficulty.value}"),
                 tr(f"term.angle.{slot.angle}") if slot.angle else "")  # fmt: skip
        self._head.addWidget(label("caption", " · ".join(part for part in parts if part), wrap=True), 1)
        self._head.addWidget(Badge(_LEVEL[question.status.value], tr(f"term.status.{question.status.value}")))
        asked = [finding for finding in question.findings if finding.where == "text"]
        self._text.show_marked(words.text or tr("ui.write.needs_you"), asked)
        self._text.setAccessibleName(words.text or tr("ui.write.needs_you"))
        self._fill_probes(question)
        self._fill_anchors(question)
        self._fill_source(question)

    def retranslate(self) -> None:
        """Labels hold words of the old language."""
        if self._question is not None:
            self.show_question(self._question, self._position)

    def _fill_probes(self, question: Question) -> None:
        clear(self._probes)
        if question.words.probes:
            self._probes.addWidget(label("caption", tr("kit.probes")))
        for probe in question.words.probes:
            self._probes.addWidget(selectable("", f"·  {probe}"))

    def _fill_anchors(self, question: Question) -> None:
        while (item := self._anchors.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().deleteLater()
        self._anchor_holder.setVisible(bool(question.words.anchors))
        self._anchors.addWidget(label("caption", tr("kit.anchors")), 0, 0, 1, 2)
        for line, (score, text) in enumerate(sorted(question.words.anchors.items(), reverse=True), 1):
            self._anchors.addWidget(label("strong", str(score)), line, 0)
            self._anchors.addWidget(selectable("", text), line, 1)

    def _fill_source(self, question: Question) -> None:
        clear(self._source)
        evidence, approval = question.slot.evidence, question.approval
        kind = tr(f"term.evidence.{evidence.kind.value}")
        lines = [tr("kit.source", kind=kind, text=evidence.text)]
        if evidence.chain:
            lines.append(tr("kit.chain", chain=" → ".join(reversed(evidence.chain))))
        if approval is not None:
            lines.append(tr("ui.review.approved_by", by=approval.by, at=date_text(approval.at)))
            if approval.override_reason:
                lines.append(tr("kit.override", reason=approval.override_reason))
        lines += [tr(key) for key in question.provenance.needs]
        for line in lines:
            self._source.addWidget(selectable("caption", line))


def small_button(text: str, kind: str = "quiet", icon: str = "") -> IconButton:
    """A text button inside a list of findings."""
    made = IconButton(kind, icon)
    made.setText(text)
    made.setAccessibleName(text)
    return made
