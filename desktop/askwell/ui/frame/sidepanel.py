# SPDX-License-Identifier: Apache-2.0
"""The panel that opens from the right and closes with Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from askwell.ui.theme.manager import theme
from askwell.ui.widgets.basics import IconButton, column, label, row
from askwell.ui.widgets.words import Worded


class SidePanel(Worded):
    """Holds one widget under a title."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidepanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(theme().tokens.px("size_side-panel"))
        body = column(self, 16, 12)
        head = row()
        self._title = label("section", wrap=True)
        self._close = IconButton("quiet", "close", "muted")
        self._close.setFixedWidth(32)
        self.say(self._close.setAccessibleName, "ui.panel.close")
        self.say(self._close.setToolTip, "ui.panel.close")
        self._close.clicked.connect(self.close_panel)
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        body.addLayout(head)
        self._holder = column()
        body.addLayout(self._holder, 1)
        self._content: QWidget | None = None
        self._before: QWidget | None = None
        self.hide()

    def open_panel(self, title: str, content: QWidget) -> None:
        """Show a widget; the focus goes to it and comes back when the panel closes."""
        self.close_panel()
        self._title.setText(title)
        self._content = content
        self._holder.addWidget(content)
        self._before = self.window().focusWidget()
        self.show()
        self._close.setFocus()

    def close_panel(self) -> None:
        """Close and forget the content."""
        if self._content is not None:
            self._holder.removeWidget(self._content)
            self._content.deleteLater()
            self._content = None
        self.hide()
        if self._before is not None:
            self._before.setFocus()
            self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_panel()
            return
        super().keyPressEvent(event)
