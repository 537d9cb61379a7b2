# SPDX-License-Identifier: Apache-2.0
"""Larger blocks: empty state, banner, evidence line, bar."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from askwell.domain.questions import Evidence
from askwell.ui.i18n import say, tr
from askwell.ui.ports import Notice
from askwell.ui.theme.manager import theme
from askwell.ui.widgets.badge import Badge
from askwell.ui.widgets.base import Retold, shown
from askwell.ui.widgets.controls import IconLabel, button, card, clear, column, label, line, restyle, tool
from askwell.ui.widgets.text import ElidedLabel

LEVEL_ICONS = {"good": "good", "note": "note", "warn": "warn", "block": "block"}


class EmptyState(Retold):
    """One sentence what this place is for, one what to do, one button, and the sample company."""

    acted = Signal()
    sample = Signal()

    def __init__(self, icon: str, title: str, hint: str, action: str = "", with_sample: bool = False) -> None:
        super().__init__()
        outer = column(self, "", 0)
        outer.addStretch(2)
        inner = column(gap="in")
        inner.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        inner.addWidget(IconLabel(icon, "muted", 32), 0, Qt.AlignmentFlag.AlignHCenter)
        inner.addSpacing(4)
        for key, role in ((title, "section"), (hint, "muted")):
            text = label("", role, wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            text.setMaximumWidth(420)
            text.setMinimumWidth(160)
            self.put(text.setText, key)
            inner.addWidget(text)
        inner.addSpacing(8)
        self._buttons(inner, action, with_sample)
        centre = line(gap="")
        centre.addStretch(1)
        centre.addLayout(inner, 4)
        centre.addStretch(1)
        outer.addLayout(centre)
        outer.addStretch(3)

    def _buttons(self, inner, action: str, with_sample: bool) -> None:  # type: ignore[no-untyped-def]
        if action:
            main = button(self, action, "primary")
            main.clicked.connect(self.acted)
            inner.addWidget(main, 0, Qt.AlignmentFlag.AlignHCenter)
        if with_sample:
            other = button(self, "ui.empty.sample", "quiet")
            other.clicked.connect(self.sample)
            inner.addWidget(other, 0, Qt.AlignmentFlag.AlignHCenter)


class Banner(Retold):
    """A notice above the content: what happened, what to do, a button that does it."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._run: Callable[[], None] | None = None
        self.frame = card("sunken")
        outer = column(self, "", 0)
        outer.addWidget(self.frame)
        row = line(self.frame, "in")
        row.setContentsMargins(12, 8, 8, 8)
        self._icon = IconLabel("note", "note", 20)
        self.message = label("", "strong", wrap=True)
        self.hint = label("", "", wrap=True)
        words = column(gap="")
        words.addWidget(self.message)
        words.addWidget(self.hint)
        self.action = button(self, "ui.empty", "quiet")
        close = tool(self, "ui.close", "close")
        close.clicked.connect(self._close)
        self.action.clicked.connect(self._act)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.action)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @shown
    def show_notice(self, notice: Notice) -> None:
        """Say a notice."""
        self._icon.change(LEVEL_ICONS[notice.level.value], notice.level.value)
        self.message.setText(say(notice.message))
        hint = say(notice.hint)
        missing = notice.hint is None or hint == notice.hint.key
        self.hint.setText("" if missing else hint)
        self.hint.setVisible(not missing)
        self._run = notice.run
        text = say(notice.action)
        self.action.setText(text)
        self.action.setAccessibleName(text or tr("ui.close"))
        self.action.setToolTip(text)
        self.action.setVisible(bool(text))
        self.frame.setStyleSheet(
            f"QFrame[role='sunken'] {{ background: {theme().tokens.colour(notice.level.value + '-soft')}; }}"
        )

    def open_notice(self, notice: Notice) -> None:
        """Say a notice and become visible."""
        self.show_notice(notice)
        self.show()

    def _act(self) -> None:
        self._close()
        if self._run:
            self._run()

    def _close(self) -> None:
        self._shown.clear()
        self.hide()
        self.closed.emit()


class EvidenceLine(Retold):
    """Why a question is asked: kind of evidence as a badge, its text, and the goals above it."""

    def __init__(self, wrap: bool = False) -> None:
        super().__init__()
        self._badge = Badge()
        self._text = label("", "", wrap=True) if wrap else ElidedLabel()
        self._chain = label("", "caption", wrap=True)
        self._wrap = wrap
        outer = column(self, "hair")
        row = line(gap="in")
        top = Qt.AlignmentFlag.AlignTop if wrap else Qt.AlignmentFlag.AlignVCenter
        row.addWidget(self._badge, 0, top)
        row.addWidget(self._text, 1)
        outer.addLayout(row)
        outer.addWidget(self._chain)
        self._chain.hide()

    @shown
    def show_evidence(self, evidence: Evidence) -> None:
        """Say one piece of evidence."""
        self._badge.change(tr(f"term.evidence.{evidence.kind.value}"), "note")
        self._text.setText(evidence.text)
        self._chain.setText("  ‹  ".join(evidence.chain))
        self._chain.setVisible(self._wrap and bool(evidence.chain))
        self.setAccessibleName(f"{self._badge.text()} {evidence.text}")


class Bar(QWidget):
    """A share of 1 as a thin bar."""

    def __init__(self, share: float = 0.0, tone: str = "accent") -> None:
        super().__init__()
        self._share, self._tone = share, tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def change(self, share: float) -> None:
        """Show another share."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Thin."""
        return QSize(80, 6)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw track and share."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        tokens = theme().tokens
        painter.setBrush(QColor(tokens.colour("line")))
        room = QRectF(0, 1, self.width(), 4)
        painter.drawRoundedRect(room, 2, 2)
        painter.setBrush(QColor(tokens.colour(self._tone)))
        room.setWidth(max(0.0, min(1.0, self._share)) * self.width())
        painter.drawRoundedRect(room, 2, 2)


class FlowList(QFrame):
    """Cards under each other, for a handful of things with controls of their own."""

    def __init__(self, gap: str = "gap") -> None:
        super().__init__()
        self._box = column(self, gap)
        self._box.setAlignment(Qt.AlignmentFlag.AlignTop)

    def add(self, widget: QWidget) -> None:
        """Append a card."""
        self._box.addWidget(widget)

    def insert(self, place: int, widget: QWidget) -> None:
        """Put a card at a place."""
        self._box.insertWidget(place, widget)

    def clear(self) -> None:
        """Remove all cards."""
        clear(self._box)

    def select(self, chosen: QWidget | None) -> None:
        """Outline one card."""
        for place in range(self._box.count()):
            item = self._box.itemAt(place)
            widget = item.widget() if item else None
            if widget is not None:
                restyle(widget, "selected", "true" if widget is chosen else "false")
