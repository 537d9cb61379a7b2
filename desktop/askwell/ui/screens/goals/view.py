# SPDX-License-Identifier: Apache-2.0
"""The Goals screen: tree and positions on the left, the position's page on the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QStackedWidget,
    QTabWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from askwell.domain.records import Position
from askwell.goals import GoalNode
from askwell.ui.i18n import tr
from askwell.ui.screens.goals.page import PositionView
from askwell.ui.screens.goals.presenter import PositionPage
from askwell.ui.widgets.basics import EmptyState, column, row
from askwell.ui.widgets.positions import PositionPicker
from askwell.ui.widgets.words import Worded

if TYPE_CHECKING:
    from askwell.ui.screens.goals.presenter import GoalsPresenter

LEFT_WIDTH = 336


class GoalsView(Worded):
    """Widgets of the Goals screen."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: GoalsPresenter
        outer = column(self)
        self._stack = QStackedWidget()
        outer.addWidget(self._stack)
        page = QWidget()
        body = row(page, 0, 16)
        body.setContentsMargins(32, 8, 32, 16)
        body.addWidget(self._left())
        self.page = PositionView()
        body.addWidget(self.page, 1)
        self._stack.addWidget(page)
        self._empty = EmptyState("goals", "ui.goals.empty", "ui.goals.empty_hint")
        self._stack.addWidget(self._empty)

    def attach(self, presenter: GoalsPresenter) -> None:
        """Connect what the user does."""
        self._presenter = presenter
        self.page.attach(presenter)
        self._empty.add_button("ui.write.empty_button", "primary", presenter.import_data)
        self._picker.chosen.connect(presenter.choose)

    def _left(self) -> QTabWidget:
        tabs = QTabWidget()
        tabs.setFixedWidth(LEFT_WIDTH)
        tabs.setDocumentMode(True)
        for part in (tabs, tabs.tabBar()):
            self.say(part.setAccessibleName, "ui.goals.views")
        self._picker = PositionPicker()
        self._picker.setContentsMargins(0, 8, 0, 0)
        self._tree = QTreeWidget()
        self._tree.setHeaderHidden(True)
        self._tree.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.say(self._tree.setAccessibleName, "ui.goals.tree")
        tabs.addTab(self._picker, "")
        tabs.addTab(self._tree, "")
        self._tabs = tabs
        self.retranslate()
        return tabs

    def show_tree(self, roots: Sequence[GoalNode], positions: Sequence[Position]) -> None:
        """Fill both lists."""
        self._stack.setCurrentIndex(0 if positions or roots else 1)
        self._picker.show_positions(positions)
        self._tree.clear()
        self._tree.addTopLevelItems([_branch(node) for node in roots])
        self._tree.expandToDepth(1)

    def show_position(self, page: PositionPage) -> None:
        """One position."""
        self._picker.mark(page.position.id)
        self.page.show_page(page)

    def retranslate(self) -> None:
        """Names of the tabs."""
        self._tabs.setTabText(0, tr("ui.goals.positions"))
        self._tabs.setTabText(1, tr("ui.goals.tree"))


def _branch(node: GoalNode) -> QTreeWidgetItem:
    goal = node.goal
    span = f"{goal.baseline} → {goal.target}" if goal.baseline and goal.target else goal.target
    item = QTreeWidgetItem([goal.text])
    facts = (goal.code, goal.text, f"{goal.measure} {span}".strip(), goal.department, goal.position_title, goal.due)
    item.setToolTip(0, "\n".join(fact for fact in facts if fact))
    item.addChildren([_branch(child) for child in node.children])
    return item
