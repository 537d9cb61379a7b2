# SPDX-License-Identifier: Apache-2.0
"""总览: the loop at a glance, and the one next thing."""

from __future__ import annotations

from askwell.app.bootstrap import App
from askwell.ui.frame.screen import Screen
from askwell.ui.ports import JobRunner, Shell
from askwell.ui.screens.home.presenter import HomePresenter
from askwell.ui.screens.home.view import HomeView


def build(app: App, runner: JobRunner, shell: Shell) -> Screen:
    """The screen with its presenter."""
    view = HomeView()
    presenter = HomePresenter(app.home, app.imports, app.settings, runner, shell, view)
    view.attach(presenter)
    return Screen(view, presenter)
