# SPDX-License-Identifier: Apache-2.0
"""Buttons, labels, cards and layouts with our spacing. Every control gets an accessible name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from askwell.ui.i18n import tr
from askwell.ui.theme import icons
from askwell.ui.theme.manager import theme
from askwell.ui.widgets.base import Retold


def column(parent: QWidget | None = None, gap: str = "gap", margin: int = 0) -> QVBoxLayout:
    """A vertical layout."""
    return _box(QVBoxLayout(parent), gap, margin)


def line(parent: QWidget | None = None, gap: str = "in", margin: int = 0) -> QHBoxLayout:
    """A horizontal layout."""
    return _box(QHBoxLayout(parent), gap, margin)


def _box[Box: QBoxLayout](box: Box, gap: str, margin: int) -> Box:
    box.setContentsMargins(margin, margin, margin, margin)
    box.setSpacing(theme().tokens.px(f"space_{gap}") if gap else 0)
    return box


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A text; `role` picks its size and colour from the style sheet."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        made.setMinimumWidth(40)
    return made


def card(role: str = "card") -> QFrame:
    """A surface with a border."""
    made = QFrame()
    made.setProperty("role", role)
    return made


def rule() -> QFrame:
    """A hairline between sections."""
    return card("rule")


def restyle(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def set_icon(target: QAbstractButton, name: str, role: str = "text", side: int = 16) -> None:
    """Give a button an icon that follows the theme."""

    def paint() -> None:
        tokens = theme().tokens
        target.setIcon(icons.icon(name, tokens.colour(role), tokens.colour("muted")))

    target.setIconSize(QSize(side, side))
    paint()
    follower = getattr(target, "_icon_follower", None)
    if follower is not None:
        theme().changed.disconnect(follower)
    target._icon_follower = paint  # type: ignore[attr-defined]
    theme().changed.connect(paint)
    if follower is None:
        target.destroyed.connect(lambda: _forget(target))


def _forget(target: QAbstractButton) -> None:
    follower = getattr(target, "_icon_follower", None)
    if follower is not None:
        theme().changed.disconnect(follower)


class IconLabel(QLabel):
    """A tinted icon beside a text."""

    def __init__(self, name: str, role: str = "muted", side: int = 16) -> None:
        super().__init__()
        self._name, self._role, self._side = name, role, side
        self.setFixedSize(side, side)
        theme().changed.connect(self._paint)
        self._paint()

    def change(self, name: str, role: str) -> None:
        """Show another icon."""
        self._name, self._role = name, role
        self._paint()

    def _paint(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = icons.pixmap(self._name, theme().tokens.colour(self._role), round(self._side * ratio)).copy()
        picture.setDevicePixelRatio(ratio)
        self.setPixmap(picture)


def button(host: Retold, key: str, kind: str = "", icon: str = "", keys: str = "", tip: str = "") -> QPushButton:
    """A push button whose text is a key; `keys` is its shortcut as shown in the tooltip."""
    made = QPushButton()
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    if icon:
        role = {"primary": "on-accent", "quiet": "accent", "danger": "block"}.get(kind, "text")
        set_icon(made, icon, role)
    host.put(made.setText, key)
    host.put(made.setAccessibleName, key)
    host.put(lambda text: made.setToolTip(tip_text(text, keys)), tip or key)
    return made


def tool(host: Retold, key: str, icon: str, keys: str = "", checkable: bool = False) -> QToolButton:
    """A button with an icon only; its name is in the tooltip and for screen readers."""
    made = QToolButton()
    made.setCheckable(checkable)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    set_icon(made, icon)
    host.put(made.setAccessibleName, key)
    host.put(lambda text: made.setToolTip(tip_text(text, keys)), key)
    return made


def tip_text(text: str, keys: str) -> str:
    """A tooltip with its shortcut."""
    if not keys:
        return text
    native = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
    return tr("ui.tip.with_keys", text=text, keys=native or keys)


def shortcut(parent: QWidget, keys: str, act: Callable[[], object]) -> QShortcut:
    """A shortcut that works while the focus is inside `parent`."""
    made = QShortcut(QKeySequence(keys), parent)
    made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    made.activated.connect(lambda: act())
    return made


def scroller(inner: QWidget) -> QScrollArea:
    """A vertical scroll area that takes no focus itself: its contents do."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    return area


def alive(thing: QObject) -> bool:
    """False where Qt has deleted the object behind the Python one."""
    from shiboken6 import isValid

    return bool(isValid(thing))
