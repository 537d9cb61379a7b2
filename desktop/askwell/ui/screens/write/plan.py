# SPDX-License-Identifier: Apache-2.0
"""The editable blueprint: one card a slot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout

from askwell.domain.questions import Blueprint, Difficulty, QuestionType, Slot
from askwell.ui.i18n import percent, tr
from askwell.ui.widgets.basics import Card, IconButton, clear, column, label, row
from askwell.ui.widgets.lists import Scroll
from askwell.ui.widgets.words import Worded

SHORT_CHOICE = 116
_LONG = ("competency", "angle")


class PlanList(Worded):
    """Shows slots and tells what the user changed."""

    changed = Signal(int, str, object)
    removed = Signal(int)
    moved = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._blueprint: Blueprint | None = None
        self._competencies: list[str] = []
        self.angles: Callable[[Slot], Sequence[str]] = lambda _slot: ()
        body = column(self)
        self._scroll = Scroll(spacing=8)
        body.addWidget(self._scroll)

    def show_plan(self, blueprint: Blueprint, competencies: Sequence[str]) -> None:
        """Replace the cards."""
        self._blueprint, self._competencies = blueprint, list(competencies)
        clear(self._scroll.body)
        for slot in blueprint.slots:
            self._scroll.body.addWidget(self._card(slot, len(blueprint.slots)))

    def retranslate(self) -> None:
        """Cards hold words of the old language."""
        if self._blueprint is not None:
            self.show_plan(self._blueprint, self._competencies)

    def _card(self, slot: Slot, total: int) -> Card:
        card = Card(margin="space_gap")
        card.body.setSpacing(4)
        head = row(spacing=4)
        head.addWidget(label("strong", f"{slot.number}"))
        kind = label("caption", tr(f"term.evidence.{slot.evidence.kind.value}"))
        kind.setToolTip(tr(slot.reason) if slot.reason else "")
        head.addWidget(kind)
        if slot.evidence.weight:
            weight = label("caption", percent(slot.evidence.weight))
            weight.setToolTip(tr("ui.write.weight_tip"))
            head.addWidget(weight)
        head.addStretch(1)
        for one in self._tools(slot, total):
            head.addWidget(one)
        card.body.addLayout(head)
        text = label("", slot.evidence.text, wrap=True)
        text.setToolTip(tr(slot.reason) if slot.reason else "")
        card.body.addWidget(text)
        card.body.addLayout(self._choices(slot))
        return card

    def _tools(self, slot: Slot, total: int) -> list[IconButton]:
        tools = (
            ("up", "ui.write.slot_up", lambda: self.moved.emit(slot.number, -1), slot.number > 1),
            ("down", "ui.write.slot_down", lambda: self.moved.emit(slot.number, 1), slot.number < total),
            ("trash", "ui.write.slot_remove", lambda: self.removed.emit(slot.number), True),
        )
        made = [self._lock(slot)]
        for icon, key, act, enabled in tools:
            one = _tool(icon, tr(key, number=slot.number))
            one.setEnabled(enabled)
            one.clicked.connect(lambda _checked=False, act=act: act())
            made.append(one)
        return made

    def _lock(self, slot: Slot) -> IconButton:
        one = _tool("lock" if slot.locked else "unlock", tr("ui.write.slot_lock", number=slot.number))
        one.setCheckable(True)
        one.setChecked(slot.locked)

        def toggled(on: bool) -> None:
            one.set_icon("lock" if on else "unlock", "accent" if on else "muted")
            self.changed.emit(slot.number, "locked", on)

        one.toggled.connect(toggled)
        return one

    def _choices(self, slot: Slot) -> QVBoxLayout:
        """Two lines: names of any length above, the short choices below them."""
        types = [(one.value, tr(f"term.type.{one.value}")) for one in QuestionType]
        levels = [(one.value, tr(f"term.difficulty.{one.value}")) for one in Difficulty]
        names = [(name, name) for name in dict.fromkeys((slot.competency, *self._competencies)) if name]
        keys = dict.fromkeys((slot.angle, *self.angles(slot)) if slot.angle else self.angles(slot))
        sides = [("", tr("ui.write.any_angle")), *((key, tr(f"term.angle.{key}")) for key in keys)]
        lines = column(spacing=0)
        for choices in (
            (("competency", names, slot.competency), ("angle", sides, slot.angle)),
            (("type", types, slot.type.value), ("difficulty", levels, slot.difficulty.value)),
        ):
            line = row(spacing=8)
            for field, offered, now in choices:
                if offered:
                    line.addWidget(self._combo(slot, field, offered, now), int(field in _LONG))
            if choices[0][0] not in _LONG:
                line.addStretch(1)
            lines.addLayout(line)
        return lines

    def _combo(self, slot: Slot, field: str, choices: list[tuple[str, str]], now: str) -> QComboBox:
        box = QComboBox()
        box.setProperty("kind", "cell")
        if field in _LONG:  # a name may be long; types and levels are short and must be read whole
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        else:
            box.setFixedWidth(SHORT_CHOICE)
        for value, text in choices:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(now)))
        box.setAccessibleName(tr("ui.write.choice", field=tr(f"cli.column.{field}"), number=slot.number))
        box.setToolTip(tr(f"cli.column.{field}"))
        box.activated.connect(lambda _i: self.changed.emit(slot.number, field, box.currentData()))
        return box


def _tool(icon: str, name: str) -> IconButton:
    made = IconButton("quiet", icon, "muted")
    made.setFixedSize(28, 26)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made
