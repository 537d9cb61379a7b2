# SPDX-License-Identifier: Apache-2.0
"""Labels, buttons, cards and badges in the vocabulary of the style sheet (`role`, `kind`)."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from askwell.ui.theme import icons
from askwell.ui.theme.manager import is_theme_change, theme
from askwell.ui.widgets.words import Worded


def label(role: str = "", text: str = "", wrap: bool = False) -> QLabel:
    """A plain-text label. `role` as in the style sheet: page, section, strong, number, caption, muted …"""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setWordWrap(True)
        made.setMinimumWidth(80)
        made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return made


def selectable(role: str = "", text: str = "") -> QLabel:
    """A wrapping label whose text can be selected and copied."""
    made = label(role, text, wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return made


class IconButton(QPushButton):
    """A button whose icon follows the theme. `role` is the colour role of the icon."""

    def __init__(self, kind: str = "", icon: str = "", role: str = "text") -> None:
        super().__init__()
        self._icon, self._role = icon, role
        if kind:
            self.setProperty("kind", kind)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._tint()

    def set_icon(self, icon: str, role: str = "text") -> None:
        """Another icon."""
        self._icon, self._role = icon, role
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Tint again when the palette changes."""
        if is_theme_change(event):
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        if self._icon:
            tokens = theme().tokens
            self.setIcon(icons.icon(self._icon, tokens.colour(self._role), tokens.colour("muted")))


def button(kind: str = "", icon: str = "", on_click: Callable[[], object] | None = None) -> IconButton:
    """A push button; `kind` is primary, quiet, danger, or empty."""
    made = IconButton(kind, icon, "on-accent" if kind == "primary" else "text")
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


class IconLabel(QLabel):
    """A 16-pixel icon that follows the theme."""

    def __init__(self, icon: str, role: str = "muted") -> None:
        super().__init__()
        self._icon, self._role = icon, role
        self.setFixedSize(16, 16)
        self._tint()

    def changeEvent(self, event: QEvent) -> None:
        """Tint again when the palette changes."""
        if is_theme_change(event):
            self._tint()
        super().changeEvent(event)

    def _tint(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = icons.pixmap(self._icon, theme().tokens.colour(self._role), round(16 * ratio))
        picture = picture.copy()
        picture.setDevicePixelRatio(ratio)
        self.setPixmap(picture)


class Card(QFrame):
    """A surface with a border; `body` is its layout."""

    def __init__(self, role: str = "card", horizontal: bool = False, margin: str = "space_card") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.body: QBoxLayout = QHBoxLayout(self) if horizontal else QVBoxLayout(self)
        side = theme().tokens.px(margin)
        self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(theme().tokens.px("space_in"))


class Badge(QFrame):
    """A word on a soft background, with an icon so that colour is never the only sign."""

    _ICONS = {"good": "check", "warn": "warn", "block": "block", "note": "note"}  # noqa: RUF012

    def __init__(self, level: str, text: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(6, 2, 8, 2)
        row.setSpacing(4)
        row.addWidget(IconLabel(self._ICONS.get(level, "note"), level))
        self.text = label("small", text)
        row.addWidget(self.text)
        self._level = level
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._paint()

    def changeEvent(self, event: QEvent) -> None:
        """Colours again when the palette changes."""
        if is_theme_change(event):
            self._paint()
        super().changeEvent(event)

    def _paint(self) -> None:
        tokens = theme().tokens
        sheet = f"Badge {{ background: {tokens.colour(self._level + '-soft')}; border-radius: 4px; }}"
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)


class EmptyState(Worded):
    """One sentence what this place is for, one what to do, and buttons that do it."""

    def __init__(self, icon: str, title_key: str, hint_key: str) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 48, 32, 48)
        column.setSpacing(8)
        column.addStretch(2)
        mark = IconLabel(icon, "accent")
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignHCenter)
        title, hint = label("section", wrap=True), label("muted", wrap=True)
        for one, key in ((title, title_key), (hint, hint_key)):
            one.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            one.setFixedWidth(400)
            self.say(one.setText, key)
            column.addWidget(one, 0, Qt.AlignmentFlag.AlignHCenter)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        column.addSpacing(8)
        column.addLayout(self._row)
        self._row.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)

    def add_button(self, key: str, kind: str, on_click: Callable[[], object], icon: str = "") -> IconButton:
        """A button under the sentences."""
        made = button(kind, icon, on_click)
        self.say(made.setText, key)
        self._row.addWidget(made)
        return made


def clear(layout: QBoxLayout) -> None:
    """Remove everything from a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        inner = item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(inner, QBoxLayout):
            clear(inner)


def rule() -> QFrame:
    """A thin horizontal line."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def column(parent: QWidget | None = None, margin: int = 0, spacing: int = 8) -> QVBoxLayout:
    """A vertical layout with equal margins."""
    made = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    return made


def row(parent: QWidget | None = None, margin: int = 0, spacing: int = 8) -> QHBoxLayout:
    """A horizontal layout with equal margins."""
    made = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    made.setContentsMargins(margin, margin, margin, margin)
    made.setSpacing(spacing)
    return made
