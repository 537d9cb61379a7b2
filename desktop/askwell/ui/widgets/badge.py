# SPDX-License-Identifier: Apache-2.0
"""A short word with an icon on a tinted ground: a state that does not rely on colour alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from askwell.ui.theme import icons
from askwell.ui.theme.manager import theme

TONES = ("good", "note", "warn", "block", "muted")
_ICON = 14


class Badge(QWidget):
    """Icon and word. Tones: good, note, warn, block, muted."""

    def __init__(self, text: str = "", tone: str = "muted", icon: str = "") -> None:
        super().__init__()
        self._text, self._tone, self._icon = text, tone, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        theme().changed.connect(self.update)

    def change(self, text: str, tone: str, icon: str = "") -> None:
        """Show something else."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """The word."""
        return self._text

    def sizeHint(self) -> QSize:  # noqa: N802
        """Just enough."""
        width = QFontMetrics(self._font()).horizontalAdvance(self._text) + 16
        return QSize(width + (_ICON + 4 if self._icon else 0), 22)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw ground, icon, word."""
        paint_badge(QPainter(self), QRectF(self.rect()), self._text, self._tone, self._icon, self._font())

    def _font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme().tokens.px("type_small"))
        return font


def paint_badge(painter: QPainter, room: QRectF, text: str, tone: str, icon: str, font: QFont) -> None:
    """Draw a badge into a rectangle; lists use it too."""
    tokens = theme().tokens
    ink = tokens.colour(tone)
    ground = tokens.colour("sunken" if tone == "muted" else f"{tone}-soft")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(room, 4, 4)
    left = room.left() + 8
    if icon:
        ratio = painter.device().devicePixelRatioF() if painter.device() else 1.0
        picture = icons.pixmap(icon, ink, round(_ICON * ratio)).copy()
        picture.setDevicePixelRatio(ratio)
        painter.drawPixmap(int(left), int(room.center().y() - _ICON / 2 + 0.5), picture)
        left += _ICON + 4
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(QRectF(left, room.top(), room.right() - left, room.height()), Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()
