# SPDX-License-Identifier: Apache-2.0
"""The Kits screen: list, page as the interviewer gets it, what is left out, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from askwell.domain.questions import Kit
from askwell.ui.i18n import tr
from askwell.ui.widgets.basics import Badge, Card, EmptyState, button, clear, column, label, row
from askwell.ui.widgets.lists import Scroll
from askwell.ui.widgets.words import Worded

if TYPE_CHECKING:
    from askwell.ui.screens.kits.presenter import KitsPresenter

_KEY = Qt.ItemDataRole.UserRole
LEFT_WIDTH, RIGHT_WIDTH = 248, 272


class KitsView(Worded):
    """Widgets of the Kits screen."""

    def __init__(self, formats: Sequence[str], folder: Path) -> None:
        super().__init__()
        self._presenter: KitsPresenter
        self._formats, self._folder = tuple(formats), folder
        self._kit: Kit | None = None
        outer = column(self)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        page = QWidget()
        body = row(page, 0, 16)
        body.setContentsMargins(32, 8, 32, 16)
        self._list = QListWidget()
        self._list.setFixedWidth(LEFT_WIDTH)
        self.say(self._list.setAccessibleName, "ui.kits.list")
        body.addWidget(self._list)
        self._pages = QStackedWidget()
        self._preview = QTextBrowser()
        self._preview.setProperty("kind", "page")
        self._preview.setOpenLinks(False)
        self.say(self._preview.setAccessibleName, "ui.kits.preview")
        self._nothing = EmptyState("kits", "ui.kits.nothing", "ui.kits.nothing_hint")
        self._pages.addWidget(self._preview)
        self._pages.addWidget(self._nothing)
        body.addWidget(self._pages, 1)
        body.addWidget(self._right())
        self._stack.addWidget(page)
        self._empty = EmptyState("kits", "ui.kits.empty", "ui.kits.empty_hint")
        self._stack.addWidget(self._empty)
        self._sure(False)

    def attach(self, presenter: KitsPresenter) -> None:
        """Connect what the user does."""
        self._presenter = presenter
        self._empty.add_button("ui.write.empty_button_write", "primary", presenter.write)
        self._nothing.add_button("ui.write.review", "primary", presenter.review)
        self._list.currentItemChanged.connect(lambda item, _b: presenter.choose(item.data(_KEY)) if item else None)

    def _right(self) -> QWidget:
        holder = QWidget()
        holder.setFixedWidth(RIGHT_WIDTH)
        body = column(holder, 0, 12)
        card = Card()
        title = label("section")
        self.say(title.setText, "ui.kits.export")
        card.body.addWidget(title)
        self._exports = []
        for place, fmt in enumerate(self._formats):
            one = button("primary" if place == 0 else "", "export", lambda fmt=fmt: self._export(fmt))  # type: ignore[misc]
            one.setText(fmt)
            self.say(one.setAccessibleName, "ui.kits.export_as", format=fmt)
            self.say(one.setText, f"ui.kits.format_{fmt}")
            card.body.addWidget(one)
            self._exports.append(one)
        body.addWidget(card)
        self._left_out = Scroll(spacing=8)
        body.addWidget(self._left_out, 1)
        body.addLayout(self._delete_row())
        return holder

    def _delete_row(self) -> QVBoxLayout:
        """Deleting asks a second time in place, without a dialog."""
        box = column(spacing=8)
        self._delete = button("quiet", "trash", lambda: self._sure(True))
        self._really = button("danger", "trash", self._delete_now)
        self._keep = button("", "", lambda: self._sure(False))
        for one, key in (
            (self._delete, "ui.kits.delete"),
            (self._really, "ui.kits.delete_sure"),
            (self._keep, "ui.kits.keep"),
        ):
            self.say_named(one, key)
            box.addWidget(one)
        return box

    def show_kits(self, kits: Sequence[Kit], chosen: str) -> None:
        """Fill the list."""
        self._stack.setCurrentIndex(0 if kits else 1)
        self._list.blockSignals(True)
        self._list.clear()
        for kit in kits:
            counts = tr("ui.kits.counts", approved=len(kit.approved), total=len(kit.questions))
            item = QListWidgetItem(f"{kit.position_title}\n{kit.created_at[:10]} · {counts}")
            item.setData(_KEY, kit.id)
            self._list.addItem(item)
            if kit.id == chosen:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)

    def show_kit(self, kit: Kit, html: str) -> None:
        """One kit."""
        self._kit = kit
        self._sure(False)
        self._pages.setCurrentIndex(0 if html else 1)
        self._preview.setHtml(html)
        for one in self._exports:
            one.setEnabled(bool(html))
        self._fill_left_out(kit)

    def retranslate(self) -> None:
        """Names of states."""
        if self._kit is not None:
            self._fill_left_out(self._kit)

    def open_folder(self, folder: Path) -> None:
        """Show a folder in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _fill_left_out(self, kit: Kit) -> None:
        body = self._left_out.body
        clear(body)
        missing = [question for question in kit.questions if not question.exportable]
        if not missing:
            body.addWidget(label("muted", tr("ui.kits.all_in"), wrap=True))
            return
        body.addWidget(label("section", tr("ui.kits.left_out", count=len(missing))))
        levels = {"rejected": "block", "draft": "note", "needs_you": "warn", "stale": "warn", "approved": "warn"}
        for question in missing:
            status = question.status.value
            card = Card(margin="space_in")
            card.body.addWidget(Badge(levels[status], tr(f"term.status.{status}")))
            text = question.words.text or question.slot.evidence.text
            card.body.addWidget(label("small", f"{question.slot.number}. {text}", wrap=True))
            body.addWidget(card)

    def _export(self, fmt: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        start = str(self._folder / self._presenter.suggested_name(fmt))
        chosen, _ = QFileDialog.getSaveFileName(self, tr("ui.kits.export"), start, f"*.{fmt}")
        if chosen:
            self._presenter.export(fmt, Path(chosen))

    def _sure(self, asking: bool) -> None:
        self._delete.setVisible(not asking)
        self._really.setVisible(asking)
        self._keep.setVisible(asking)

    def _delete_now(self) -> None:
        self._sure(False)
        self._presenter.delete()
