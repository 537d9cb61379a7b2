# SPDX-License-Identifier: Apache-2.0
"""The dry run on the screen: files, their tables and columns, problems."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QListWidget, QSizePolicy, QWidget

from askwell.domain.records import RecordKind
from askwell.intake.model import ColumnPlan, DropReason, Problem, TablePlan
from askwell.intake.vocabulary import fields_of
from askwell.ui.i18n import percent, say, tr
from askwell.ui.screens.data.presenter import Planned
from askwell.ui.widgets.basics import Badge, Card, IconLabel, clear, column, label, row, selectable
from askwell.ui.widgets.lists import Scroll
from askwell.ui.widgets.words import Worded

MAX_PROBLEMS = 60
_LEVEL = {"error": "block", "warning": "warn", "note": "note"}


class PlanPage(Worded):
    """`chosen` with the number of a file, `kind` with table and kind, `field` with table, header and field."""

    chosen = Signal(int)
    kind = Signal(int, object)
    field = Signal(int, str, object)

    def __init__(self) -> None:
        super().__init__()
        body = row(self, 0, 16)
        self._files = QListWidget()
        self._files.setFixedWidth(264)
        self.say(self._files.setAccessibleName, "ui.data.files")
        self._files.currentRowChanged.connect(lambda place: self.chosen.emit(place) if place >= 0 else None)
        body.addWidget(self._files)
        self._scroll = Scroll(spacing=12)
        body.addWidget(self._scroll, 1)
        self._planned: Sequence[Planned] = ()
        self._place = 0

    def show_plans(self, files: Sequence[Planned], place: int) -> None:
        """The files, and one of them opened."""
        self._planned, self._place = files, place
        self._files.blockSignals(True)
        self._files.clear()
        for planned in files:
            mark = "✗" if planned.error is not None else "✓"
            self._files.addItem(f"{mark}  {planned.path.name}")
        self._files.setCurrentRow(place)
        self._files.blockSignals(False)
        self._open(files[place])

    def retranslate(self) -> None:
        """Labels hold words of the old language."""
        if self._planned:
            self._open(self._planned[self._place])

    def _open(self, planned: Planned) -> None:
        body = self._scroll.body
        clear(body)
        if planned.error is not None:
            card = Card()
            card.body.addWidget(Badge("block", tr("ui.data.refused")))
            card.body.addWidget(selectable("strong", say(planned.error.message)))
            card.body.addWidget(selectable("", say(planned.error.hint)))
            body.addWidget(card)
            return
        if planned.plan is None:
            return
        for number, table in enumerate(planned.plan.tables):
            body.addWidget(self._table(number, table))
        if planned.plan.problems:
            card = Card()
            _add_problems(card, planned.plan.problems)
            body.addWidget(card)

    def _table(self, number: int, table: TablePlan) -> Card:
        card = Card()
        head = row()
        head.addWidget(label("section", table.sheet or tr("ui.data.table"), wrap=True), 1)
        head.addWidget(self._kind_box(number, table))
        card.body.addLayout(head)
        header = "–".join(str(place) for place in table.header_rows) or "—"
        facts = tr("ui.data.table_facts", rows=table.rows, header=header, confidence=percent(table.confidence))
        card.body.addWidget(label("caption", f"{facts} · {say(table.reason)}", wrap=True))
        if table.kind is not None:
            card.body.addWidget(self._columns(number, table))
        if table.problems:
            _add_problems(card, table.problems)
        return card

    def _kind_box(self, number: int, table: TablePlan) -> QComboBox:
        box = QComboBox()
        box.addItem(tr("ui.data.not_imported"), None)
        for kind in RecordKind:
            box.addItem(tr(f"kind.{kind.value}"), kind)
        box.setCurrentIndex(0 if table.kind is None else list(RecordKind).index(table.kind) + 1)
        box.setAccessibleName(f"{tr('ui.data.kind')}: {table.sheet}")
        box.activated.connect(lambda _i: self.kind.emit(number, box.currentData()))
        return box

    def _columns(self, number: int, table: TablePlan) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, key in enumerate(("ui.data.column", "ui.data.samples", "ui.data.field")):
            grid.addWidget(label("caption", tr(key)), 0, place)
        for line, one in enumerate(table.columns, 1):
            for place, widget in enumerate(self._column(number, table, one)):
                grid.addWidget(widget, line, place)
        return holder

    def _column(self, number: int, table: TablePlan, one: ColumnPlan) -> tuple[QWidget, QWidget, QWidget]:
        name = label("", one.header[:40])
        samples = label("muted", "" if one.dropped else " · ".join(one.samples[:3])[:90])
        samples.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if not one.dropped:
            return name, samples, self._field_box(number, table, one)
        font = name.font()
        font.setStrikeOut(True)
        name.setFont(font)
        private = QWidget()
        line = row(private, 0, 4)
        line.addWidget(IconLabel("lock", "muted"))
        reason = "ui.data.decision" if one.reason is DropReason.DECISION else "ui.data.private"
        line.addWidget(label("caption", tr(reason)), 1)
        return name, samples, private

    def _field_box(self, number: int, table: TablePlan, one: ColumnPlan) -> QComboBox:
        box = QComboBox()
        box.setMinimumWidth(180)
        box.addItem(tr("ui.data.not_imported"), None)
        for name in fields_of(table.kind) if table.kind is not None else ():
            box.addItem(tr(f"field.{name}"), name)
        box.setCurrentIndex(max(0, box.findData(one.field)))
        box.setAccessibleName(f"{tr('ui.data.field')}: {one.header}")
        box.activated.connect(lambda _i: self.field.emit(number, one.header, box.currentData()))
        return box


def _add_problems(card: Card, problems: Sequence[Problem]) -> None:
    card.body.addWidget(label("strong", tr("ui.data.problems", count=len(problems))))
    for problem in problems[:MAX_PROBLEMS]:
        card.body.addWidget(problem_line(problem))
    if len(problems) > MAX_PROBLEMS:
        card.body.addWidget(label("caption", tr("ui.data.more", count=len(problems) - MAX_PROBLEMS)))


def problem_line(problem: Problem) -> QWidget:
    """Where, what, and what to do."""
    holder = QWidget()
    line = row(holder, 0, 8)
    line.addWidget(IconLabel(_icon(problem), _LEVEL[problem.severity.value]))
    texts = column(spacing=0)
    where = " ".join(part for part in (problem.sheet, str(problem.row) if problem.row else "", problem.column) if part)
    texts.addWidget(selectable("", f"{where}：{say(problem.message)}" if where else say(problem.message)))
    texts.addWidget(selectable("caption", say(problem.remedy)))
    line.addLayout(texts, 1)
    return holder


def _icon(problem: Problem) -> str:
    icons: dict[str, str] = {"error": "block", "warning": "warn", "note": "note"}
    return icons[problem.severity.value]
