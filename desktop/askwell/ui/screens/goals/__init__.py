# SPDX-License-Identifier: Apache-2.0
"""目标: the tree, and what a position must deliver."""

from __future__ import annotations

from askwell.app.bootstrap import App
from askwell.ui.frame.screen import Screen
from askwell.ui.ports import JobRunner, Shell
from askwell.ui.screens.goals.presenter import GoalsPresenter
from askwell.ui.screens.goals.view import GoalsView


def build(app: App, runner: JobRunner, shell: Shell) -> Screen:
    """The screen with its presenter."""
    view = GoalsView()
    presenter = GoalsPresenter(app.goals, runner, shell, view)
    view.attach(presenter)
    return Screen(view, presenter)
