# SPDX-License-Identifier: Apache-2.0
"""Texts that are read (line height 1.5, marked words) and texts that give way (elided)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QTextEdit, QWidget

from askwell.domain.questions import Severity
from askwell.ui.theme.manager import theme

# The kind of line differs too, so that colour is never the only sign.
UNDERLINES = {
    Severity.BLOCK: QTextCharFormat.UnderlineStyle.WaveUnderline,
    Severity.WARN: QTextCharFormat.UnderlineStyle.SingleUnderline,
    Severity.NOTE: QTextCharFormat.UnderlineStyle.DotLine,
}
Mark = tuple[int, int, Severity]


class ElidedLabel(QLabel):
    """One line that ends in … where it does not fit; the whole text is in the tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Any width will do."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw what fits."""
        painter = QPainter(self)
        room = self.contentsRect()
        text = QFontMetrics(self.font()).elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        self.setToolTip("" if text == self.text() else self.text())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment() | Qt.TextFlag.TextSingleLine), text)


class ReadingText(QTextEdit):
    """Text at reading size that grows with its content, with words underlined by severity. Select and copy work."""

    def __init__(self, size: str = "question", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "reading")
        self._size = size
        self._text = ""
        self._marks: Sequence[Mark] = ()
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(2)
        theme().changed.connect(self._paint_text)

    def show_text(self, text: str, marks: Sequence[Mark] = ()) -> None:
        """Show a text with marks."""
        if text == self._text and tuple(marks) == tuple(self._marks):
            return
        self._text, self._marks = text, marks
        self._paint_text()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """The wheel scrolls what is around, not the text, which is all visible."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """A new width needs a new height."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:  # noqa: N802
        """As high as the text is at this width."""
        return QSize(200, self._wanted())

    def _wanted(self) -> int:
        return round(self.document().size().height()) + 6

    def _fit(self) -> None:
        height = self._wanted()
        if height != self.height():
            self.setFixedHeight(height)

    def _paint_text(self) -> None:
        tokens = theme().tokens
        self.setPlainText(self._text)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        block = QTextBlockFormat()
        block.setLineHeight(tokens.px("line-height_question"), QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor.mergeBlockFormat(block)
        plain = QTextCharFormat()
        plain.setProperty(QTextCharFormat.Property.FontPixelSize, tokens.px(f"type_{self._size}"))
        plain.setForeground(QColor(tokens.colour("text")))
        cursor.mergeCharFormat(plain)
        for start, end, severity in self._marks:
            self._underline(start, end, severity)
        self._fit()
        # The layout of the document settles after the event loop has run once.
        QTimer.singleShot(0, self, self._fit)

    def _underline(self, start: int, end: int, severity: Severity) -> None:
        length = len(self._text)
        if not 0 <= start < end <= length:
            return
        # Qt counts UTF-16 units, Python code points.
        cursor = QTextCursor(self.document())
        cursor.setPosition(_units(self._text[:start]))
        cursor.setPosition(_units(self._text[:end]), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setUnderlineStyle(UNDERLINES[severity])
        look.setUnderlineColor(QColor(theme().tokens.colour(severity.value)))
        look.setBackground(QColor(theme().tokens.colour(f"{severity.value}-soft")))
        cursor.mergeCharFormat(look)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
