# SPDX-License-Identifier: Apache-2.0
"""出题: plan a kit, edit the plan, watch the questions appear."""

from __future__ import annotations

from askwell.app.bootstrap import App
from askwell.ui.frame.screen import Screen
from askwell.ui.ports import JobRunner, Shell
from askwell.ui.screens.write.presenter import WritePresenter
from askwell.ui.screens.write.view import WriteView


def build(app: App, runner: JobRunner, shell: Shell) -> Screen:
    """The screen with its presenter."""
    view = WriteView()
    presenter = WritePresenter(app.goals, app.writing, runner, shell, view)
    view.attach(presenter)
    return Screen(view, presenter)
