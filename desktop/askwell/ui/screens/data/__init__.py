# SPDX-License-Identifier: Apache-2.0
"""数据中心: files in, with a dry run, a report and undo."""

from __future__ import annotations

from askwell.app.bootstrap import App
from askwell.ui.frame.screen import Screen
from askwell.ui.ports import JobRunner, Shell
from askwell.ui.screens.data.presenter import DataPresenter
from askwell.ui.screens.data.view import DataView


def build(app: App, runner: JobRunner, shell: Shell) -> Screen:
    """The screen with its presenter."""
    view = DataView()
    presenter = DataPresenter(app.imports, runner, shell, view)
    view.attach(presenter)
    return Screen(view, presenter)
