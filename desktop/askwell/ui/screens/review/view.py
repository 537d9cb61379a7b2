# SPDX-License-Identifier: Apache-2.0
"""The Review screen: queue on the left, reading view in the middle, findings on the right, decisions below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QStackedWidget,
    QWidget,
)

from askwell.domain.questions import Finding, Kit, Question, QuestionText
from askwell.ui.i18n import tr
from askwell.ui.screens.review.editor import QuestionEditor
from askwell.ui.screens.review.findings import FindingsList
from askwell.ui.screens.review.reading import ReadingView
from askwell.ui.widgets.basics import Card, EmptyState, IconButton, button, column, label, row
from askwell.ui.widgets.words import Worded

if TYPE_CHECKING:
    from askwell.ui.screens.review.presenter import ReviewPresenter

_KEY = Qt.ItemDataRole.UserRole
LEFT_WIDTH, RIGHT_WIDTH = 248, 320
_MARK = {"approved": "✓", "rejected": "✗", "needs_you": "!", "stale": "!", "draft": "·"}


class ReviewView(Worded):
    """Widgets of the Review screen."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: ReviewPresenter
        self._place = (0, 0)
        outer = column(self)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        self._page = QWidget()
        body = row(self._page, 0, 16)
        body.setContentsMargins(32, 8, 32, 16)
        self.reading = ReadingView()
        self.findings = FindingsList()
        self._middle_stack = QStackedWidget()
        self.editor = QuestionEditor(lambda words: self._presenter.save_edit(words), lambda: self._cancel_edit())
        self._middle_stack.addWidget(self.reading)
        self._middle_stack.addWidget(self.editor)
        body.addWidget(self._left())
        middle = column(spacing=12)
        middle.addWidget(self._middle_stack, 1)
        middle.addWidget(self._reason_bar())
        middle.addWidget(self._bar())
        body.addLayout(middle, 1)
        self.findings.setFixedWidth(RIGHT_WIDTH)
        body.addWidget(self.findings)
        self._none = EmptyState("review", "ui.review.empty", "ui.review.empty_hint")
        self._done = EmptyState("good", "ui.review.done", "ui.review.done_hint")
        for page in (self._page, self._none, self._done):
            self._stack.addWidget(page)

    def attach(self, presenter: ReviewPresenter) -> None:
        """Connect what the user does."""
        self._presenter = presenter
        self._none.add_button("ui.review.go_write", "primary", presenter.go_write)
        self._done.add_button("ui.review.go_kits", "primary", presenter.go_kits)
        self._done.add_button("ui.review.show_all", "", lambda: self._waiting.setChecked(False))
        self._kit.activated.connect(lambda _i: presenter.choose_kit(self._kit.currentData() or ""))
        self._waiting.toggled.connect(presenter.choose_waiting)
        self._list.currentItemChanged.connect(lambda item, _b: presenter.choose(item.data(_KEY)) if item else None)
        self.findings.rewrite.connect(self._use_rewrite)
        self.findings.alternative.connect(presenter.use_alternative)
        acts: tuple[tuple[str, Callable[[], object]], ...] = (
            ("A", presenter.approve), ("E", presenter.edit), ("X", presenter.reject), ("R", self._first_rewrite),
            ("Right", lambda: presenter.skip(1)), ("Left", lambda: presenter.skip(-1)),
            ("Ctrl+Z", presenter.undo),
        )  # fmt: skip
        for keys, act in acts:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda act=act: None if self._typing() else act())

    # --- building ---

    def _left(self) -> QWidget:
        card = Card()
        card.setFixedWidth(LEFT_WIDTH)
        self._kit = QComboBox()
        self.say(self._kit.setAccessibleName, "ui.review.kit")
        self._waiting = QCheckBox()
        self._waiting.setChecked(True)
        self.say_named(self._waiting, "ui.review.only_waiting")
        self._list = QListWidget()
        self._list.setWordWrap(False)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.say(self._list.setAccessibleName, "ui.review.queue")
        self._counter = label("caption")
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        for widget in (self._kit, self._waiting, self._counter, self._progress):
            card.body.addWidget(widget)
        card.body.addWidget(self._list, 1)
        return card

    def _bar(self) -> QWidget:
        holder = QWidget()
        line = row(holder)
        plan: tuple[tuple[str, str, str, Callable[[], object]], ...] = (
            ("primary", "check", "ui.review.approve", lambda: self._presenter.approve()),
            ("", "write", "ui.review.edit", lambda: self._presenter.edit()),
            ("", "cross", "ui.review.reject", lambda: self._presenter.reject()),
            ("quiet", "undo", "ui.review.undo", lambda: self._presenter.undo()),
            ("quiet", "arrow-right", "ui.review.skip", lambda: self._presenter.skip()),
        )
        self._buttons: list[IconButton] = []
        for kind, icon, key, act in plan:
            one = button(kind, icon, act)
            self.say_named(one, key)
            line.addWidget(one)
            self._buttons.append(one)
        line.addStretch(1)
        return holder

    def _reason_bar(self) -> QWidget:
        self._reason_holder = Card(role="card")
        hint = label("", wrap=True)
        self.say(hint.setText, "ui.review.reason_hint")
        self._reason = QLineEdit()
        self.say(self._reason.setPlaceholderText, "ui.review.reason")
        self.say(self._reason.setAccessibleName, "ui.review.reason")
        go = button("danger", "", self._override)
        back = button("quiet", "", self._reason_holder.hide)
        for one, key in ((go, "ui.review.override"), (back, "ui.review.cancel")):
            self.say_named(one, key)
        self._reason.returnPressed.connect(self._override)
        line = row()
        line.addWidget(self._reason, 1)
        line.addWidget(go)
        line.addWidget(back)
        self._reason_holder.body.addWidget(hint)
        self._reason_holder.body.addLayout(line)
        self._reason_holder.hide()
        return self._reason_holder

    # --- what the presenter shows ---

    def show_queue(self, kits: Sequence[Kit], kit_id: str, questions: Sequence[Question], current: str) -> None:
        """Filter and list."""
        self._kit.clear()
        self._kit.addItem(tr("ui.review.all_kits"), "")
        for kit in kits:
            self._kit.addItem(f"{kit.position_title} · {kit.created_at[:10]}", kit.id)
        self._kit.setCurrentIndex(max(0, self._kit.findData(kit_id)))
        self._list.blockSignals(True)
        self._list.clear()
        for question in questions:
            text = question.words.text or tr("term.status.needs_you")
            item = QListWidgetItem(f"{_MARK[question.status.value]}  {question.slot.number}. {text}")
            item.setData(_KEY, question.id)
            item.setToolTip(f"{tr('term.status.' + question.status.value)}\n{text}")
            self._list.addItem(item)
            if question.id == current:
                self._list.setCurrentItem(item)
        self._list.blockSignals(False)
        chosen = [question for kit in kits if kit_id in ("", kit.id) for question in kit.questions]
        decided = sum(1 for question in chosen if question.status.value in ("approved", "rejected"))
        self._place = (decided, len(chosen))
        self.retranslate()

    def show_question(self, question: Question, position: str) -> None:
        """The open question."""
        self._stack.setCurrentWidget(self._page)
        self._middle_stack.setCurrentWidget(self.reading)
        self._reason_holder.hide()
        self.reading.show_question(question, position)
        self.findings.show_question(question)
        for place_in_list in range(self._list.count()):
            if self._list.item(place_in_list).data(_KEY) == question.id:
                self._list.blockSignals(True)
                self._list.setCurrentRow(place_in_list)
                self._list.blockSignals(False)
        for one in self._buttons[:1]:
            one.setEnabled(bool(question.words.text))

    def show_empty(self, anything: bool) -> None:
        """Nothing waits."""
        self._stack.setCurrentWidget(self._done if anything else self._none)

    def show_editor(self, words: QuestionText) -> None:
        """Edit in place."""
        self._middle_stack.setCurrentWidget(self.editor)
        self.editor.show_words(words)

    def ask_reason(self) -> None:
        """The written reason for overriding a block."""
        self._reason_holder.show()
        self._reason.setFocus()

    def retranslate(self) -> None:
        """Texts with numbers in them."""
        decided, total = self._place
        self._counter.setText(tr("ui.review.progress", decided=decided, total=total))
        self._progress.setRange(0, max(1, total))
        self._progress.setValue(decided)
        if self._kit.count():
            self._kit.setItemText(0, tr("ui.review.all_kits"))

    # --- what the user does ---

    def _override(self) -> None:
        reason = self._reason.text().strip()
        if reason:
            self._reason.clear()
            self._presenter.approve(reason)

    def _use_rewrite(self, finding: Finding) -> None:
        self._presenter.use_rewrite(finding)

    def _first_rewrite(self) -> None:
        question = self._presenter.current
        if question is not None:
            found = next((one for one in question.findings if one.rewrite and one.where == "text"), None)
            if found is not None:
                self._presenter.use_rewrite(found)

    def _cancel_edit(self) -> None:
        self._presenter.cancel_edit()

    def _typing(self) -> bool:
        """Letters belong to the field that is being edited."""
        focus = self.focusWidget()
        return self._middle_stack.currentWidget() is self.editor or isinstance(focus, QLineEdit)
