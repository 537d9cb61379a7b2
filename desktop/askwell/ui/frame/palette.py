# SPDX-License-Identifier: Apache-2.0
"""Ctrl+K: one field that finds screens, positions, kits and commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QGraphicsDropShadowEffect, QLineEdit, QWidget

from askwell.ui.widgets.base import Retold
from askwell.ui.widgets.controls import alive, column, label, rule
from askwell.ui.widgets.rows import Row, RowsView

_WIDTH, _HEIGHT, _TOP = 560, 420, 72


@dataclass(frozen=True, slots=True)
class Command:
    """An entry of the palette."""

    row: Row
    run: Callable[[], object]


class CommandPalette(Retold):
    """Floats over the window. Esc or a click elsewhere closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setObjectName("palette")
        self._commands: dict[str, Command] = {}
        self._before: QWidget | None = None
        self.field = QLineEdit()
        self.field.setProperty("kind", "plain")
        self.field.setFixedHeight(44)
        self.put(self.field.setPlaceholderText, "ui.palette.hint")
        self.put(self.field.setAccessibleName, "ui.palette.open")
        self.list = RowsView(two_lines=False)
        self.list.setStyleSheet("border: none;")
        self.put(self.list.setAccessibleName, "ui.palette.results")
        self._none = label("", "muted")
        self._none.setContentsMargins(12, 12, 12, 12)
        self.put(self._none.setText, "ui.palette.none")
        box = column(self, "hair", 8)
        for widget in (self.field, rule(), self._none):
            box.addWidget(widget)
        box.addWidget(self.list, 1)
        self.field.textChanged.connect(self._filter)
        self.field.returnPressed.connect(lambda: self._run(self.list.current_id()))
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda _: self._run(self.list.current_id()))
        self.list.opened.connect(self._run)
        self.list.installEventFilter(self)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(32)
        shadow.setOffset(0, 6)
        shadow.setColor(QColor(0, 0, 0, 64))
        self.setGraphicsEffect(shadow)
        self.hide()

    def put_commands(self, commands: Sequence[Command]) -> None:
        """What can be found."""
        self._commands = {command.row.id: command for command in commands}
        self.list.put([command.row for command in commands])
        self._filter(self.field.text())

    def open_palette(self) -> None:
        """Show, empty, with the focus."""
        self._before = QApplication.focusWidget()
        around = self.parentWidget()
        if around is not None:
            width = min(_WIDTH, around.width() - 48)
            self.setGeometry((around.width() - width) // 2, _TOP, width, min(_HEIGHT, around.height() - _TOP - 24))
        self.field.clear()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_palette(self) -> None:
        """Hide; the focus returns."""
        if not self.isVisible():
            return
        self.hide()
        if self._before is not None and alive(self._before) and self._before.isVisible():
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Arrows move in the list while the field has the focus; leaving closes."""
        if event.type() == QEvent.Type.FocusOut and self.isVisible():
            if not self.isAncestorOf(QApplication.focusWidget() or self.field):
                self.hide()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(watched, event)
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self.close_palette()
            return True
        if watched is self.field and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.keyPressEvent(event)
            return True
        return False

    def _filter(self, text: str) -> None:
        self.list.rows.filter(text)
        found = self.list.rows.rowCount()
        self._none.setVisible(not found)
        self.list.setVisible(bool(found))
        if found:
            self.list.select(self.list.rows.row(0).id)

    def _run(self, row_id: str) -> None:
        command = self._commands.get(row_id)
        if command is not None:
            self.close_palette()
            command.run()
