# SPDX-License-Identifier: Apache-2.0
"""The Data screen: start page, plan page, result page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QCheckBox, QFileDialog, QStackedWidget, QWidget

from askwell.app.imports import ImportReport
from askwell.domain.records import BatchSummary
from askwell.intake.readers import extensions
from askwell.ui.i18n import date_text, percent, say, tr
from askwell.ui.screens.data.plan_page import PlanPage, problem_line
from askwell.ui.screens.data.presenter import Planned
from askwell.ui.widgets.basics import Badge, Card, IconLabel, button, clear, column, label, row
from askwell.ui.widgets.lists import Scroll, Table
from askwell.ui.widgets.words import Worded

if TYPE_CHECKING:
    from askwell.ui.screens.data.presenter import DataPresenter

SHOWN_PROBLEMS = 8


class DataView(Worded):
    """Widgets of the Data screen. Files may be dropped anywhere on it."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: DataPresenter
        self._batches: Sequence[BatchSummary] = ()
        self._reports: Sequence[ImportReport] = ()
        self.setAcceptDrops(True)
        outer = column(self)
        outer.setContentsMargins(32, 8, 32, 16)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        self.plan = PlanPage()
        for page in (self._start_page(), self._plan_page(), self._result_page()):
            self._stack.addWidget(page)

    def attach(self, presenter: DataPresenter) -> None:
        """Connect what the user does."""
        self._presenter = presenter
        self.plan.chosen.connect(presenter.choose_file)
        self.plan.kind.connect(presenter.set_kind)
        self.plan.field.connect(presenter.set_field)

    # --- building ---

    def _start_page(self) -> QWidget:
        page = QWidget()
        body = column(page, 0, 16)
        body.addWidget(self._drop_area())
        self._past_title = label("section")
        self.say(self._past_title.setText, "ui.data.past")
        body.addWidget(self._past_title)
        self._past = Table()
        self.say(self._past.setAccessibleName, "ui.data.past")
        body.addWidget(self._past, 1)
        self._undo_button = button("", "undo", self._undo)
        self.say_named(self._undo_button, "ui.data.undo")
        last = row()
        last.addWidget(self._undo_button)
        last.addStretch(1)
        body.addLayout(last)
        self._rest = QWidget()
        body.addWidget(self._rest)
        return page

    def _drop_area(self) -> Card:
        self._drop = Card(role="drop")
        self._drop.setFixedHeight(188)
        body = self._drop.body
        body.addStretch(1)
        body.addWidget(IconLabel("import", "accent"), 0, Qt.AlignmentFlag.AlignHCenter)
        for role, key in (("section", "ui.data.drop"), ("muted", "ui.data.drop_hint")):
            text = label(role, wrap=True)
            text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.say(text.setText, key)
            body.addWidget(text)
        line = row()
        line.addStretch(1)
        self._choosers = []
        for kind, icon, key, act in (
            ("primary", "file", "ui.data.choose", self._choose_files),
            ("", "folder", "ui.data.choose_folder", self._choose_folder),
            ("quiet", "sparkle", "ui.data.sample", lambda: self._presenter.use_sample()),
        ):
            one = button(kind, icon, act)
            self.say_named(one, key)
            line.addWidget(one)
            self._choosers.append(one)
        line.addStretch(1)
        body.addLayout(line)
        body.addStretch(1)
        return self._drop

    def _plan_page(self) -> QWidget:
        page = QWidget()
        body = column(page, 0, 12)
        body.addWidget(self.plan, 1)
        line = row()
        self._go = button("primary", "import", lambda: self._presenter.import_now())
        back = button("quiet", "", lambda: self._presenter.cancel())
        self.say_named(back, "ui.data.back")
        self._keep = QCheckBox()
        self._keep.setChecked(True)
        self.say_named(self._keep, "ui.data.keep_sound")
        self._keep.toggled.connect(lambda on: setattr(self._presenter, "keep_sound", on))
        line.addWidget(self._go)
        line.addWidget(back)
        line.addSpacing(12)
        line.addWidget(self._keep)
        line.addStretch(1)
        body.addLayout(line)
        return page

    def _result_page(self) -> QWidget:
        page = QWidget()
        body = column(page, 0, 12)
        self._results = Scroll(spacing=8)
        body.addWidget(self._results, 1)
        line = row()
        for kind, icon, key, act in (
            ("primary", "write", "ui.data.go_write", lambda: self._presenter.write()),
            ("", "", "ui.data.more_files", lambda: self._presenter.start()),
        ):
            one = button(kind, icon, act)
            self.say_named(one, key)
            line.addWidget(one)
        line.addStretch(1)
        body.addLayout(line)
        return page

    # --- what the presenter shows ---

    def show_start(self, batches: Sequence[BatchSummary]) -> None:
        """Drop area and past imports."""
        self._batches = batches
        self._stack.setCurrentIndex(0)
        names = ("file", "date", "counts", "verified", "problems", "state")
        headers = [tr(f"ui.data.past_{name}") for name in names]
        self._past.fill(headers, [_batch_row(batch) for batch in batches], [batch.id for batch in batches])
        self._past.stretch(0, (0, 150, 250, 190, 60, 90))
        for widget in (self._past, self._past_title, self._undo_button):
            widget.setVisible(bool(batches))
        self._rest.setVisible(not batches)

    def show_plans(self, files: Sequence[Planned], chosen: int) -> None:
        """The dry run."""
        self._stack.setCurrentIndex(1)
        self.plan.show_plans(files, chosen)
        good = sum(1 for planned in files if planned.plan is not None)
        self._go.setText(tr("ui.data.import", count=good))
        self._go.setAccessibleName(self._go.text())
        self._go.setEnabled(good > 0)

    def show_result(self, reports: Sequence[ImportReport]) -> None:
        """What became of the files."""
        self._reports = reports
        self._stack.setCurrentIndex(2)
        clear(self._results.body)
        for report in reports:
            self._results.body.addWidget(_report_card(report))

    def show_busy(self, busy: bool) -> None:
        """No second import while one runs."""
        for one in (*self._choosers, self._go, self._undo_button):
            one.setEnabled(not busy)

    def retranslate(self) -> None:
        """Texts with data in them."""
        if self._stack.currentIndex() == 0:
            self.show_start(self._batches)
        elif self._stack.currentIndex() == 2:
            self.show_result(self._reports)

    # --- what the user does ---

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Local files only."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            self._drop.setProperty("hot", "true")
            self._drop.style().polish(self._drop)
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Plan what was dropped."""
        self._drop.setProperty("hot", "false")
        self._drop.style().polish(self._drop)
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        self._presenter.choose_files(paths)

    def _choose_files(self) -> None:
        pattern = " ".join(f"*{ending}" for ending in extensions())
        chosen, _ = QFileDialog.getOpenFileNames(self, tr("ui.data.choose"), "", f"({pattern});;(*)")
        self._presenter.choose_files([Path(name) for name in chosen])

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("ui.data.choose_folder"))
        if chosen:
            self._presenter.choose_files([Path(chosen)])

    def _undo(self) -> None:
        key = self._past.current_key() or (self._batches[0].id if self._batches else "")
        if key:
            self._presenter.undo_batch(key)


def _counts(counts: dict[str, int]) -> str:
    return " · ".join(f"{tr('kind.' + kind)} {number}" for kind, number in counts.items() if number)


def _batch_row(batch: BatchSummary) -> list[str]:
    rate = batch.fields_equal / batch.fields_checked if batch.fields_checked else 1.0
    verified = tr("ui.data.verified", checked=batch.fields_checked, rate=percent(rate, 2))
    state = tr("ui.data.state_undone" if batch.undone else "ui.data.state_in")
    date = date_text(batch.imported_at)
    return [batch.file, date, _counts(batch.counts), verified, str(batch.problems), state]


def _report_card(report: ImportReport) -> Card:
    card = Card(margin="space_gap")
    head = row()
    head.addWidget(label("strong", report.file, wrap=True), 1)
    if report.error is not None or report.batch is None:
        head.addWidget(Badge("block", tr("ui.data.refused")))
        card.body.addLayout(head)
        if report.error is not None:
            card.body.addWidget(label("", say(report.error.message), wrap=True))
            card.body.addWidget(label("caption", say(report.error.hint), wrap=True))
        return card
    head.addWidget(Badge("good", _counts(report.batch.counts)))
    card.body.addLayout(head)
    card.body.addWidget(label("caption", _batch_row(report.batch)[3]))
    for problem in [one for one in report.problems if one.severity.value != "note"][:SHOWN_PROBLEMS]:
        card.body.addWidget(problem_line(problem))
    return card
