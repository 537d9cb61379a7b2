# SPDX-License-Identifier: Apache-2.0
"""The screens in the order of the navigation.

TO ADD ONE: a folder here with `view.py`, `presenter.py` and `build(app, runner, shell) -> Screen` in its `__init__.py`,
and a line in SCREENS. The modules of a screen are imported when it is first opened, so that the window starts fast.
"""

from __future__ import annotations

from importlib import import_module

from askwell.app.bootstrap import App
from askwell.ui.frame.screen import Factory, Screen, ScreenSpec
from askwell.ui.ports import JobRunner, Shell


def _later(name: str) -> Factory:
    def build(app: App, runner: JobRunner, shell: Shell) -> Screen:
        made: Screen = import_module(f"askwell.ui.screens.{name}").build(app, runner, shell)
        return made

    return build


SCREENS: tuple[ScreenSpec, ...] = (
    ScreenSpec("home", "ui.home.title", "home", _later("home")),
    ScreenSpec("data", "ui.data.title", "data", _later("data")),
    ScreenSpec("goals", "ui.goals.title", "goals", _later("goals")),
    ScreenSpec("write", "ui.write.title", "write", _later("write")),
    ScreenSpec("review", "ui.review.title", "review", _later("review")),
    ScreenSpec("kits", "ui.kits.title", "kits", _later("kits")),
    ScreenSpec("settings", "ui.settings.title", "settings", _later("settings")),
)
