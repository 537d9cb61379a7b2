# SPDX-License-Identifier: Apache-2.0
"""The explicit list of screens. The imports stand inside the factories, so that the window opens before they load."""

from __future__ import annotations

from askwell.ui.screens.base import ScreenContext, ScreenSpec, ScreenView


def _home(context: ScreenContext) -> ScreenView:
    from askwell.ui.screens.home.view import build

    return build(context)


def _data(context: ScreenContext) -> ScreenView:
    from askwell.ui.screens.data.view import build

    return build(context)


def _goals(context: ScreenContext) -> ScreenView:
    from askwell.ui.screens.goals.view import build

    return build(context)


def _write(context: ScreenContext) -> ScreenView:
    from askwell.ui.screens.write.view import build

    return build(context)


def _review(context: ScreenContext) -> ScreenView:
    from askwell.ui.screens.review.view import build

    return build(context)


def _kits(context: ScreenContext) -> ScreenView:
    from askwell.ui.screens.kits.view import build

    return build(context)


def _settings(context: ScreenContext) -> ScreenView:
    from askwell.ui.screens.settings.view import build

    return build(context)


SCREENS = (
    ScreenSpec("home", "ui.home.title", "home", _home),
    ScreenSpec("data", "ui.data.title", "data", _data),
    ScreenSpec("goals", "ui.goals.title", "goals", _goals),
    ScreenSpec("write", "ui.write.title", "write", _write),
    ScreenSpec("review", "ui.review.title", "review", _review),
    ScreenSpec("kits", "ui.kits.title", "kits", _kits),
    ScreenSpec("settings", "ui.settings.title", "settings", _settings),
)
