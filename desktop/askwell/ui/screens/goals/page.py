# SPDX-License-Identifier: Apache-2.0
"""The page of a position: how well it is covered, KPI cards, duties and standards with their chain to the strategy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDoubleSpinBox, QLineEdit, QProgressBar

from askwell.domain.questions import EvidenceKind
from askwell.domain.records import Kpi
from askwell.ui.i18n import percent, tr
from askwell.ui.screens.goals.presenter import Line, PositionPage, kpi_of
from askwell.ui.widgets.basics import Badge, Card, button, clear, column, label, row, selectable
from askwell.ui.widgets.lists import Scroll
from askwell.ui.widgets.words import Worded

if TYPE_CHECKING:
    from askwell.ui.screens.goals.presenter import GoalsPresenter

_ORDER = (EvidenceKind.KPI, EvidenceKind.DUTY, EvidenceKind.STANDARD)


class PositionView(Worded):
    """Everything about one position."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: GoalsPresenter
        self._page: PositionPage | None = None
        self._editing = ""
        body = column(self)
        self._scroll = Scroll(spacing=12)
        body.addWidget(self._scroll)

    def attach(self, presenter: GoalsPresenter) -> None:
        """Connect what the user does."""
        self._presenter = presenter

    def show_page(self, page: PositionPage) -> None:
        """Replace everything."""
        self._page, self._editing = page, ""
        self._rebuild()

    def retranslate(self) -> None:
        """Labels hold words of the old language."""
        if self._page is not None:
            self._rebuild()

    def _rebuild(self) -> None:
        page = self._page
        if page is None:
            return
        body = self._scroll.body
        clear(body)
        body.addWidget(self._head(page))
        for kind in _ORDER:
            lines = [line for line in page.lines if line.evidence.kind is kind]
            if lines:
                body.addWidget(label("section", f"{tr(f'term.evidence.{kind.value}')} · {len(lines)}"))
                self._add_lines(page, lines)

    def _head(self, page: PositionPage) -> Card:
        card = Card()
        line = row()
        texts = column(spacing=2)
        texts.addWidget(label("page", page.position.title, wrap=True))
        facts = (page.position.department, page.position.level, page.position.code, page.position.profile_date)
        texts.addWidget(label("caption", " · ".join(fact for fact in facts if fact), wrap=True))
        line.addLayout(texts, 1)
        write = button("primary", "write", lambda: self._presenter.write())
        write.setText(tr("ui.goals.write"))
        write.setAccessibleName(tr("ui.goals.write"))
        line.addWidget(write)
        card.body.addLayout(line)
        if page.position.purpose:
            card.body.addWidget(selectable("muted", page.position.purpose))
        covered = tr("ui.goals.covered", share=percent(page.covered), count=page.asked)
        card.body.addWidget(label("", covered))
        bar = QProgressBar()
        bar.setTextVisible(False)
        bar.setRange(0, 100)
        bar.setValue(round(page.covered * 100))
        bar.setAccessibleName(covered)
        card.body.addWidget(bar)
        return card

    def _add_lines(self, page: PositionPage, lines: Sequence[Line]) -> None:
        for line in lines:
            kpi = kpi_of(page, line.evidence)
            card = self._line_card(line, kpi)
            self._scroll.body.addWidget(card)
            if kpi is not None and self._editing == kpi.id:
                self._scroll.body.addWidget(self._editor(kpi))

    def _line_card(self, line: Line, kpi: Kpi | None) -> Card:
        card = Card(margin="space_gap")
        card.body.setSpacing(4)
        head = row()
        head.addWidget(selectable("strong" if kpi else "", line.evidence.text), 1)
        if line.questions:
            head.addWidget(Badge("good", tr("ui.goals.asked", count=line.questions)))
        else:
            head.addWidget(Badge("warn", tr("ui.goals.not_asked")))
        if kpi is not None:
            edit = button("quiet", "write", lambda: self._edit(kpi.id))
            edit.setText(tr("ui.goals.edit"))
            edit.setAccessibleName(f"{tr('ui.goals.edit')}: {kpi.name}")
            head.addWidget(edit)
        card.body.addLayout(head)
        facts = [line.evidence.competency, tr("ui.goals.weight", weight=percent(line.evidence.weight))]
        if kpi is not None:
            facts += [tr(f"term.direction.{kpi.direction.value}"), kpi.period]
        card.body.addWidget(label("caption", " · ".join(fact for fact in facts if fact), wrap=True))
        if line.evidence.chain:
            chain = "  ›  ".join(reversed(line.evidence.chain))
            card.body.addWidget(selectable("caption", chain))
        return card

    def _editor(self, kpi: Kpi) -> Card:
        card = Card(role="sunken", horizontal=True, margin="space_gap")
        target = QLineEdit(kpi.target)
        target.setAccessibleName(tr("ui.goals.target"))
        weight = QDoubleSpinBox()
        weight.setRange(0, 100)
        weight.setDecimals(1)
        weight.setSuffix(" %")
        weight.setValue(kpi.weight * 100)
        weight.setAccessibleName(tr("ui.goals.kpi_weight"))
        save = button("primary", "check", lambda: self._save(kpi, target.text().strip(), weight.value() / 100))
        cancel = button("quiet", "", lambda: self._edit(""))
        for one, key in ((save, "ui.goals.save"), (cancel, "ui.review.cancel")):
            one.setText(tr(key))
            one.setAccessibleName(tr(key))
        target.returnPressed.connect(save.click)
        for widget, stretch in (
            (label("caption", tr("ui.goals.target")), 0),
            (target, 1),
            (label("caption", tr("ui.goals.kpi_weight")), 0),
            (weight, 0),
            (save, 0),
            (cancel, 0),
        ):
            card.body.addWidget(widget, stretch)
        return card

    def _edit(self, kpi_id: str) -> None:
        self._editing = "" if self._editing == kpi_id else kpi_id
        self._rebuild()

    def _save(self, kpi: Kpi, target: str, weight: float) -> None:
        self._editing = ""
        self._presenter.change_kpi(kpi, target, round(weight, 4))
        self._rebuild()
