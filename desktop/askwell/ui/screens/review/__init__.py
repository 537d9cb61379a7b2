# SPDX-License-Identifier: Apache-2.0
"""审核: one question at a time, decided by key or mouse."""

from __future__ import annotations

from askwell.app.bootstrap import App
from askwell.ui.frame.screen import Screen
from askwell.ui.ports import JobRunner, Shell
from askwell.ui.screens.review.presenter import ReviewPresenter
from askwell.ui.screens.review.view import ReviewView


def build(app: App, runner: JobRunner, shell: Shell) -> Screen:
    """The screen with its presenter."""
    view = ReviewView()
    presenter = ReviewPresenter(app.review, app.kits, runner, shell, view)
    view.attach(presenter)
    return Screen(view, presenter)
