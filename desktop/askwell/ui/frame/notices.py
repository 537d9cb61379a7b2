# SPDX-License-Identifier: Apache-2.0
"""The notice above the content: what happened, what to do, a button that does it. Never a dialog."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame

from askwell.ui.i18n import say, tr
from askwell.ui.ports import Level, Notice
from askwell.ui.theme.manager import is_theme_change, theme
from askwell.ui.widgets.basics import IconButton, IconLabel, clear, column, label, row

_ICONS = {Level.GOOD: "good", Level.NOTE: "note", Level.WARN: "warn", Level.BLOCK: "block"}


class NoticeBar(QFrame):
    """One notice at a time; the newest wins."""

    def __init__(self) -> None:
        super().__init__()
        self._notice: Notice | None = None
        self._body = row(self, 8, 8)
        self._body.setContentsMargins(16, 8, 8, 8)
        self.hide()

    @property
    def notice(self) -> Notice | None:
        """What is shown."""
        return self._notice

    def show_notice(self, notice: Notice | None) -> None:
        """Show a notice, or none."""
        self._notice = notice
        clear(self._body)
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._paint()
        self._body.addWidget(IconLabel(_ICONS[notice.level], notice.level.value))
        texts = column(spacing=0)
        message = label("strong", say(notice.message), wrap=True)
        texts.addWidget(message)
        if notice.hint is not None:
            texts.addWidget(label("", say(notice.hint), wrap=True))
        self._body.addLayout(texts, 1)
        if notice.action is not None and notice.run is not None:
            self._body.addWidget(self._action(notice))
        close = IconButton("quiet", "close", "muted")
        close.setAccessibleName(tr("ui.notice.close"))
        close.setToolTip(tr("ui.notice.close"))
        close.setFixedWidth(32)
        close.clicked.connect(lambda: self.show_notice(None))
        self._body.addWidget(close)
        self.setAccessibleName(say(notice.message))

    def _action(self, notice: Notice) -> IconButton:
        made = IconButton("quiet")
        made.setText(say(notice.action))
        made.clicked.connect(lambda: (self.show_notice(None), notice.run() if notice.run else None))
        return made

    def changeEvent(self, event: QEvent) -> None:
        """Colours and words again."""
        if is_theme_change(event):
            self._paint()
        elif event.type() == QEvent.Type.LanguageChange:
            self.show_notice(self._notice)
        super().changeEvent(event)

    def _paint(self) -> None:
        if self._notice is None:
            return
        level, tokens = self._notice.level.value, theme().tokens
        sheet = (
            f"NoticeBar {{ background: {tokens.colour(level + '-soft')};"
            f" border-left: 3px solid {tokens.colour(level)}; border-radius: 4px; }}"
        )
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)
