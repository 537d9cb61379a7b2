# SPDX-License-Identifier: Apache-2.0
"""The Write screen: position on the left, plan in the middle, questions on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from askwell.domain.questions import Blueprint, Difficulty, Kit, Question, QuestionType, Slot
from askwell.domain.records import Candidate, Position
from askwell.ui.i18n import tr
from askwell.ui.screens.write.mix import MixSliders
from askwell.ui.screens.write.plan import PlanList
from askwell.ui.screens.write.stream import QuestionStream
from askwell.ui.widgets.basics import Card, EmptyState, button, column, label, row
from askwell.ui.widgets.positions import PositionPicker
from askwell.ui.widgets.words import Worded
from askwell.writing.blueprint import DEFAULT_TYPES

if TYPE_CHECKING:
    from askwell.ui.screens.write.presenter import WritePresenter

LEFT_WIDTH = 232
_KEY = Qt.ItemDataRole.UserRole


class WriteView(Worded):
    """Widgets of the Write screen."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: WritePresenter
        self._kit_id = ""
        self._blueprint: Blueprint | None = None
        outer = column(self)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        self._empty = EmptyState("write", "ui.write.empty", "ui.write.empty_hint")
        self._page = QWidget()
        body = row(self._page, 0, 16)
        body.setContentsMargins(32, 8, 32, 16)
        self.plan = PlanList()
        self.stream = QuestionStream()
        body.addWidget(self._left())
        body.addLayout(self._middle(), 5)
        body.addLayout(self._right(), 6)
        self._stack.addWidget(self._page)
        self._stack.addWidget(self._empty)

    def attach(self, presenter: WritePresenter) -> None:
        """Connect what the user does."""
        self._presenter = presenter
        self._empty.add_button("ui.write.empty_button", "primary", presenter.import_data)
        self._positions.chosen.connect(presenter.choose_position)
        self._candidate.activated.connect(lambda _i: presenter.choose_candidate(self._candidate.currentData() or ""))
        self._count.valueChanged.connect(presenter.set_count)
        self._mix.changed.connect(presenter.set_mix)
        self.plan.removed.connect(presenter.remove_slot)
        self.plan.moved.connect(presenter.move_slot)
        self.plan.angles = presenter.angles
        self.plan.changed.connect(self._slot_changed)
        self.stream.rewrite.connect(presenter.rewrite)

    # --- building ---

    def _left(self) -> QWidget:
        card = Card()
        card.setFixedWidth(LEFT_WIDTH)
        self._positions = PositionPicker()
        self._candidate = QComboBox()
        self.say(self._candidate.setAccessibleName, "ui.write.candidate")
        self._count = QSpinBox()
        self._count.setRange(1, 24)
        self._count.setValue(8)
        self.say(self._count.setAccessibleName, "ui.write.count")
        kinds = (QuestionType.BEHAVIOURAL, QuestionType.TECHNICAL, QuestionType.SITUATIONAL)
        self._mix = MixSliders({kind: DEFAULT_TYPES[kind] for kind in kinds})
        parts = (
            ("ui.write.position", self._positions, 1),
            ("ui.write.candidate", self._candidate, 0),
            ("ui.write.count", self._count, 0),
            ("ui.write.mix", self._mix, 0),
        )
        for key, widget, stretch in parts:
            name = label("caption")
            self.say(name.setText, key)
            card.body.addWidget(name)
            card.body.addWidget(widget, stretch)
        return card

    def _middle(self) -> QVBoxLayout:
        body = column(spacing=8)
        self._plan_title = label("section")
        self._plan_hint = label("caption", wrap=True)
        self.say(self._plan_hint.setText, "ui.write.plan_hint")
        self._write = button("primary", "sparkle", lambda: self._presenter.write())
        self._stop = button("", "stop", lambda: self._presenter.stop())
        self.say_named(self._stop, "ui.write.stop")
        self._stop.hide()
        self._write.setShortcut("Ctrl+Return")
        self._write.setToolTip("Ctrl+Enter")
        body.addWidget(self._plan_title)
        body.addWidget(self._plan_hint)
        body.addWidget(self.plan, 1)
        line = row()
        line.addWidget(self._write, 1)
        line.addWidget(self._stop, 1)
        body.addLayout(line)
        return body

    def _right(self) -> QVBoxLayout:
        body = column(spacing=8)
        head = row()
        title = label("section")
        self.say(title.setText, "ui.write.questions")
        head.addWidget(title)
        head.addStretch(1)
        self._progress = label("caption")
        head.addWidget(self._progress)
        body.addLayout(head)
        self._right_stack = QStackedWidget()
        self._right_stack.addWidget(EmptyState("question", "ui.write.none", "ui.write.none_hint"))
        self._right_stack.addWidget(self.stream)
        body.addWidget(self._right_stack, 1)
        self._review = button("primary", "review", lambda: self._presenter.review(self._kit_id))
        self.say_named(self._review, "ui.write.review")
        self._review.hide()
        body.addWidget(self._review)
        return body

    # --- what the presenter shows ---

    def show_positions(self, positions: Sequence[Position], chosen: str) -> None:
        """Fill the list, keeping the choice."""
        self._stack.setCurrentWidget(self._page if positions else self._empty)
        self._positions.show_positions(positions, chosen)

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Fill the candidate box; the first line is nobody."""
        self._candidate.clear()
        self._candidate.addItem(tr("ui.write.no_candidate"), "")
        for candidate in candidates:
            self._candidate.addItem(candidate.code, candidate.code)
            hint = "\n".join(candidate.experience)[:300]
            self._candidate.setItemData(self._candidate.count() - 1, hint, Qt.ItemDataRole.ToolTipRole)
        self._candidate.setEnabled(bool(candidates))

    def show_plan(self, blueprint: Blueprint, competencies: Sequence[str]) -> None:
        """The blueprint."""
        self._blueprint = blueprint
        self.plan.show_plan(blueprint, competencies)
        self.retranslate()

    def show_writing(self, running: bool) -> None:
        """Lock the plan while writing."""
        for widget in (self.plan, self._positions, self._candidate, self._count, self._mix):
            widget.setEnabled(not running)
        self._write.setVisible(not running)
        self._stop.setVisible(running)
        if running:
            self._review.hide()

    def clear_questions(self, slots: Sequence[Slot]) -> None:
        """Waiting places."""
        self._right_stack.setCurrentWidget(self.stream)
        self.stream.reset(slots)
        self._progress.setText(f"0/{len(slots)}")

    def show_partial(self, texts: dict[int, str]) -> None:
        """Text in the making."""
        self.stream.partial(texts)

    def show_question(self, question: Question) -> None:
        """A finished question."""
        self.stream.finished(question)
        done, _, total = self._progress.text().partition("/")
        if total and int(done or 0) < int(total):
            self._progress.setText(f"{int(done) + 1}/{total}")

    def show_done(self, kit: Kit) -> None:
        """Offer the next step."""
        self._kit_id = kit.id
        self._review.setVisible(bool(kit.questions))
        if kit.questions:
            self._review.setFocus()

    def retranslate(self) -> None:
        """Texts with numbers in them."""
        if self._blueprint is None:
            return
        slots = self._blueprint.slots
        minutes = sum(slot.minutes for slot in slots)
        self._plan_title.setText(tr("ui.write.plan", position=self._blueprint.title, count=len(slots), minutes=minutes))
        self._write.setText(tr("ui.write.write", count=len(slots)))
        self._write.setAccessibleName(self._write.text())
        self._write.setEnabled(bool(slots))
        if self._candidate.count():
            self._candidate.setItemText(0, tr("ui.write.no_candidate"))

    # --- what the user does ---

    def _slot_changed(self, number: int, field: str, value: object) -> None:
        if field == "type":
            self._presenter.change_slot(number, question_type=QuestionType(str(value)))
        elif field == "difficulty":
            self._presenter.change_slot(number, difficulty=Difficulty(str(value)))
        elif field == "competency":
            self._presenter.change_slot(number, competency=str(value))
        elif field == "angle":
            self._presenter.change_slot(number, angle=str(value))
        elif field == "locked":
            self._presenter.change_slot(number, locked=bool(value))
