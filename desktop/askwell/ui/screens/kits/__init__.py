# SPDX-License-Identifier: Apache-2.0
"""套卷: preview and export of what is approved."""

from __future__ import annotations

from askwell.app.bootstrap import App
from askwell.ui.frame.screen import Screen
from askwell.ui.ports import JobRunner, Shell
from askwell.ui.screens.kits.presenter import KitsPresenter
from askwell.ui.screens.kits.view import KitsView


def build(app: App, runner: JobRunner, shell: Shell) -> Screen:
    """The screen with its presenter."""
    view = KitsView(app.kits.formats(), app.paths.exports)
    presenter = KitsPresenter(app.kits, runner, shell, view)
    view.attach(presenter)
    return Screen(view, presenter)
