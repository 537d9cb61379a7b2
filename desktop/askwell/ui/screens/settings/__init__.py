# SPDX-License-Identifier: Apache-2.0
"""设置: language, look, name, countries, model, data folder."""

from __future__ import annotations

from askwell.app.bootstrap import App
from askwell.ui.frame.screen import Screen
from askwell.ui.ports import JobRunner, Shell
from askwell.ui.screens.settings.presenter import SettingsPresenter
from askwell.ui.screens.settings.view import SettingsView


def build(app: App, runner: JobRunner, shell: Shell) -> Screen:
    """The screen with its presenter."""
    view = SettingsView(app.paths.data)
    presenter = SettingsPresenter(app.settings, app.models, runner, shell, view)
    view.attach(presenter)
    return Screen(view, presenter)
