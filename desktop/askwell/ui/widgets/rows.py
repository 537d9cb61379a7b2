# SPDX-License-Identifier: Apache-2.0
"""Lists: a model of rows, a delegate that paints them, a view with type-to-filter and copy. Any number of rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from askwell.ui.theme import icons
from askwell.ui.theme.manager import theme
from askwell.ui.widgets.badge import paint_badge

ROW = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


@dataclass(frozen=True, slots=True)
class Row:
    """What a list shows of one thing. `tone` colours the badge, `faint` greys the title, `strike` crosses it out."""

    id: str
    title: str
    subtitle: str = ""
    badge: str = ""
    tone: str = "muted"
    badge_icon: str = ""
    icon: str = ""
    faint: bool = False
    strike: bool = False

    def spoken(self) -> str:
        """All words of the row, for screen readers, copying and filtering."""
        return " · ".join(part for part in (self.title, self.subtitle, self.badge) if part)


class RowsModel(QAbstractListModel):
    """Rows, of which those that match the filter are visible."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Row] = ()
        self._rows: Sequence[Row] = ()
        self._filter = ""

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Number of visible rows."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row, and its words."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.spoken()
        return row.spoken() if role in _TEXT_ROLES else None

    def put(self, rows: Sequence[Row]) -> None:
        """Show other rows."""
        self._all = rows
        self._apply()

    def filter(self, text: str) -> None:
        """Keep the rows that contain every word of a text."""
        if text != self._filter:
            self._filter = text
            self._apply()

    def place(self, row_id: str) -> int:
        """Place of a row, -1 where it is not visible."""
        return next((place for place, row in enumerate(self._rows) if row.id == row_id), -1)

    def row(self, place: int) -> Row:
        """A visible row."""
        return self._rows[place]

    def _apply(self) -> None:
        words = self._filter.casefold().split()
        self.beginResetModel()
        if words:
            self._rows = [row for row in self._all if all(word in row.spoken().casefold() for word in words)]
        else:
            self._rows = self._all
        self.endResetModel()


class RowDelegate(QStyledItemDelegate):
    """Paints icon, title, subtitle and badge."""

    def __init__(self, two_lines: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._two_lines = two_lines

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        """A row of the density in force."""
        return QSize(80, theme().row + (20 if self._two_lines else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = index.data(ROW)
        painter.save()
        _ground(painter, option)
        room = option.rect.adjusted(12, 0, -12, 0)
        if row.icon:
            side = 16
            ratio = painter.device().devicePixelRatioF()
            picture = icons.pixmap(row.icon, theme().tokens.colour("muted"), round(side * ratio)).copy()
            picture.setDevicePixelRatio(ratio)
            top = room.top() + (10 if self._two_lines else (room.height() - side) // 2)
            painter.drawPixmap(room.left(), top, picture)
            room.setLeft(room.left() + side + 8)
        if row.badge:
            room = self._badge(painter, option, row, room)
        self._words(painter, option, row, room)
        painter.restore()

    def _badge(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, room: QRect) -> QRect:
        font = QFont(option.font)
        font.setPixelSize(theme().tokens.px("type_small"))
        width = QFontMetrics(font).horizontalAdvance(row.badge) + 16 + (18 if row.badge_icon else 0)
        place = QRectF(room.right() - width, room.center().y() - 10, width, 21)
        paint_badge(painter, place, row.badge, row.tone, row.badge_icon, font)
        return room.adjusted(0, 0, -width - 8, 0)

    def _words(self, painter: QPainter, option: QStyleOptionViewItem, row: Row, room: QRect) -> None:
        tokens = theme().tokens
        font = QFont(option.font)
        font.setPixelSize(tokens.px("type_body"))
        font.setStrikeOut(row.strike)
        title, subtitle = QRect(room), QRect(room)
        if self._two_lines:
            middle = room.center().y()
            title.setBottom(middle + 1)
            subtitle.setTop(middle + 1)
            low, high = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop
            if not row.subtitle:
                title, low = QRect(room), Qt.AlignmentFlag.AlignVCenter
        else:
            low = high = Qt.AlignmentFlag.AlignVCenter
            width = QFontMetrics(font).horizontalAdvance(row.title) + 12
            subtitle.setLeft(min(room.right(), room.left() + width))
        _draw(painter, title, row.title, font, tokens.colour("muted" if row.faint else "text"), low)
        small = QFont(option.font)
        small.setPixelSize(tokens.px("type_small"))
        _draw(painter, subtitle, row.subtitle, small, tokens.colour("muted"), high)


def _draw(painter: QPainter, room: QRect, text: str, font: QFont, colour: str, align: Qt.AlignmentFlag) -> None:
    if not text or room.width() < 8:
        return
    painter.setFont(font)
    painter.setPen(QColor(colour))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, align | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, shown)


def _ground(painter: QPainter, option: QStyleOptionViewItem) -> None:
    tokens = theme().tokens
    state = option.state
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(option.rect, QColor(tokens.colour("accent-soft")))
        # A bar at the edge, so that the selection is seen without colour.
        painter.fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()),
                         QColor(tokens.colour("accent")))  # fmt: skip
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(tokens.colour("hover")))
    if state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(QColor(tokens.colour("accent")))
        painter.drawRect(option.rect.adjusted(0, 0, -1, -1))
    painter.setPen(QColor(tokens.colour("line")))


class RowsView(QListView):
    """A list of rows. `picked` on selection, `opened` on Enter or double click."""

    picked = Signal(str)
    opened = Signal(str)

    def __init__(self, two_lines: bool = True) -> None:
        super().__init__()
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setItemDelegate(RowDelegate(two_lines, self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._quiet = False
        self.selectionModel().currentChanged.connect(self._current)
        self.activated.connect(lambda index: self.opened.emit(self.rows.row(index.row()).id))
        theme().changed.connect(self.doItemsLayout)

    def put(self, rows: Sequence[Row], selected: str = "") -> None:
        """Show rows; the selected one does not count as picked."""
        self._quiet = True
        self.rows.put(rows)
        self.select(selected)
        self._quiet = False

    def select(self, row_id: str) -> None:
        """Select a row without saying so."""
        before, self._quiet = self._quiet, True
        place = self.rows.place(row_id)
        self.setCurrentIndex(self.rows.index(place) if place >= 0 else QModelIndex())
        self._quiet = before

    def current_id(self) -> str:
        """The selected row, empty where there is none."""
        index = self.currentIndex()
        return self.rows.row(index.row()).id if index.isValid() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Ctrl+C copies the row."""
        if event.matches(QKeySequence.StandardKey.Copy) and self.currentIndex().isValid():
            QGuiApplication.clipboard().setText(self.rows.row(self.currentIndex().row()).spoken())
            return
        super().keyPressEvent(event)

    def _current(self, index: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.picked.emit(self.rows.row(index.row()).id)
