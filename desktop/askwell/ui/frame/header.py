# SPDX-License-Identifier: Apache-2.0
"""Above the content: back and forward, the page's title, the palette, the model that writes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from askwell.ui.i18n import tr
from askwell.ui.theme.manager import theme
from askwell.ui.widgets.base import Retold, shown
from askwell.ui.widgets.controls import button, label, line, set_icon, tool


class Header(Retold):
    """The title row."""

    back = Signal()
    forward = Signal()
    search = Signal()
    model = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFixedHeight(theme().tokens.px("size_header"))
        self.title = label("", "page")
        self._back = tool(self, "ui.back", "back", "Alt+Left")
        self._forward = tool(self, "ui.forward", "forward", "Alt+Right")
        self._search = button(self, "ui.palette.open", "quiet", "search", "Ctrl+K")
        self._model = button(self, "ui.model", "quiet")
        self._back.clicked.connect(self.back)
        self._forward.clicked.connect(self.forward)
        self._search.clicked.connect(self.search)
        self._model.clicked.connect(self.model)
        row = line(self, "in")
        row.setContentsMargins(24, 0, 24, 0)
        row.addWidget(self._back)
        row.addWidget(self._forward)
        row.addSpacing(4)
        row.addWidget(self.title)
        row.addStretch(1)
        row.addWidget(self._search)
        row.addWidget(self._model)
        self._model.hide()

    def show_title(self, key: str) -> None:
        """Title of the page."""
        self.put(self.title.setText, key)

    def show_history(self, can_back: bool, can_forward: bool) -> None:
        """Which ways are open."""
        self._back.setEnabled(can_back)
        self._forward.setEnabled(can_forward)

    @shown
    def show_model(self, name: str) -> None:
        """The model that writes."""
        set_icon(self._model, "model", "muted")
        self._model.setText(name)
        text = tr("ui.model.named", name=name)
        self._model.setAccessibleName(text)
        self._model.setToolTip(text)
        self._model.setVisible(bool(name))
        self._model.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
