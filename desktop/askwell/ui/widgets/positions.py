# SPDX-License-Identifier: Apache-2.0
"""A list of positions with a search field above it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem

from askwell.domain.records import Position
from askwell.ui.widgets.basics import column
from askwell.ui.widgets.words import Worded

_KEY = Qt.ItemDataRole.UserRole


class PositionPicker(Worded):
    """`chosen` with the id of a position that the user picked."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        body = column(self, 0, 8)
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._filter)
        self.say(self._search.setPlaceholderText, "ui.write.search")
        self.say(self._search.setAccessibleName, "ui.write.search")
        self._list = QListWidget()
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.say(self._list.setAccessibleName, "ui.write.position")
        self._list.currentItemChanged.connect(lambda item, _b: self.chosen.emit(item.data(_KEY)) if item else None)
        body.addWidget(self._search)
        body.addWidget(self._list, 1)

    def show_positions(self, positions: Sequence[Position], chosen: str = "") -> None:
        """Fill the list; `chosen`, or what was chosen before, stays marked."""
        now = self._list.currentItem()
        marked = chosen or (now.data(_KEY) if now is not None else "")
        self._list.blockSignals(True)
        self._list.clear()
        for position in positions:
            item = QListWidgetItem(position.title)
            item.setData(_KEY, position.id)
            item.setToolTip(f"{position.title}\n{position.department}")
            self._list.addItem(item)
        self._list.blockSignals(False)
        self.mark(marked)
        self._filter(self._search.text())

    def mark(self, position_id: str) -> None:
        """Mark a position without telling anybody."""
        self._list.blockSignals(True)
        for place in range(self._list.count()):
            if self._list.item(place).data(_KEY) == position_id:
                self._list.setCurrentRow(place)
        self._list.blockSignals(False)

    def _filter(self, typed: str) -> None:
        words = typed.casefold().split()
        for place in range(self._list.count()):
            item = self._list.item(place)
            item.setHidden(not all(word in item.toolTip().casefold() for word in words))
