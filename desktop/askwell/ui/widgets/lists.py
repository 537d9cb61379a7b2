# SPDX-License-Identifier: Apache-2.0
"""Tables and scrolling columns."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QScrollArea, QTableView, QVBoxLayout, QWidget

from askwell.ui.theme.manager import theme

Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """Rows of texts under headers. `keys` are what rows stand for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._headers: list[str] = []
        self._rows: list[list[str]] = []
        self.keys: list[str] = []
        self.right: set[int] = set()
        self.struck: set[int] = set()

    def fill(self, headers: Sequence[str], rows: Sequence[Sequence[str]], keys: Sequence[str] = ()) -> None:
        """Replace everything."""
        self.beginResetModel()
        self._headers, self._rows = list(headers), [list(one) for one in rows]
        self.keys = list(keys) or [str(n) for n in range(len(rows))]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Number of columns."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Text, tool tip, alignment."""
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self.right:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.ForegroundRole and index.row() in self.struck:
            return theme().colour("muted")
        if role == Qt.ItemDataRole.FontRole and index.row() in self.struck and index.column() == 0:
            font = QGuiApplication.font()
            font.setStrikeOut(True)
            return font
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Column names."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None


class Table(QTableView):
    """A calm read-only table; Ctrl+C copies the selected rows as tab-separated text."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme().row)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(name)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy_rows)

    def fill(self, headers: Sequence[str], rows: Sequence[Sequence[str]], keys: Sequence[str] = ()) -> None:
        """Replace everything and fit the columns: the widest text column takes what is left."""
        self.rows.fill(headers, rows, keys)
        self.verticalHeader().setDefaultSectionSize(theme().row)

    def stretch(self, column: int, widths: Sequence[int] = ()) -> None:
        """Let one column take the rest; the others get these widths."""
        header = self.horizontalHeader()
        for place, width in enumerate(widths):
            if place != column and place < self.rows.columnCount():
                header.resizeSection(place, width)
        if column < self.rows.columnCount():
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def fit_rows(self) -> None:
        """As tall as the rows, for a short table inside a scrolling page."""
        rows = self.rows.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 8)

    def current_key(self) -> str:
        """What the selected row stands for, or nothing."""
        place = self.currentIndex().row()
        return self.rows.keys[place] if 0 <= place < len(self.rows.keys) else ""

    def copy_rows(self) -> None:
        """The selected rows as text on the clipboard."""
        chosen = sorted({index.row() for index in self.selectionModel().selectedIndexes()})
        columns = range(self.rows.columnCount())
        lines = ["\t".join(str(self.rows.index(place, c).data() or "") for c in columns) for place in chosen]
        QGuiApplication.clipboard().setText("\n".join(lines))


class Scroll(QScrollArea):
    """A column that scrolls; put widgets into `body`."""

    def __init__(self, margin: int = 0, spacing: int = 12) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(spacing)
        self.body.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(inner)
