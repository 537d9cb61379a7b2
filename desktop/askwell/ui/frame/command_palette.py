# SPDX-License-Identifier: Apache-2.0
"""Ctrl+K: type a few letters, go anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from askwell.ui.i18n import tr
from askwell.ui.widgets.basics import column

SHOWN = 9


@dataclass(frozen=True, slots=True)
class Command:
    """A line of the palette: what it says, what kind of thing it is, what it does."""

    text: str
    kind: str
    run: Callable[[], None]


class CommandPalette(QFrame):
    """A floating list under the header."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "floating")
        self._commands: list[Command] = []
        self._shown: list[Command] = []
        body = column(self, 8, 8)
        self._input = QLineEdit()
        self._input.setProperty("kind", "plain")
        self._input.textChanged.connect(self._filter)
        self._input.installEventFilter(self)
        self._list = QListWidget()
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.itemClicked.connect(lambda item: self._run(self._list.row(item)))
        body.addWidget(self._input)
        body.addWidget(self._list)
        self.hide()

    def open_with(self, commands: list[Command]) -> None:
        """Show the palette with these commands."""
        self._commands = commands
        self._input.setPlaceholderText(tr("ui.palette.hint"))
        self._input.setAccessibleName(tr("ui.palette.name"))
        self._list.setAccessibleName(tr("ui.palette.name"))
        self._input.clear()
        self._filter("")
        width = min(560, self.parentWidget().width() - 80)
        self.setGeometry((self.parentWidget().width() - width) // 2, 72, width, 380)
        self.show()
        self.raise_()
        self._input.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc work while typing."""
        if watched is self._input and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._key(event)
        if watched is self._input and event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is not None and self._shown:
            self._list.setCurrentRow((self._list.currentRow() + step) % len(self._shown))
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._run(self._list.currentRow())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return True
        return False

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        found = [one for one in self._commands if all(word in one.text.casefold() for word in words)]
        self._shown = found[:SHOWN]
        self._list.clear()
        for command in self._shown:
            self._list.addItem(QListWidgetItem(f"{command.text}    {command.kind}"))
        self._list.setCurrentRow(0)

    def _run(self, place: int) -> None:
        if 0 <= place < len(self._shown):
            self.hide()
            self._shown[place].run()
