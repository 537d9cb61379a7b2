# SPDX-License-Identifier: Apache-2.0
"""Starts the window: application, translator, theme, frame; data loads after the first paint."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLocale, QTimer
from PySide6.QtWidgets import QApplication

from askwell.app.bootstrap import App, build_app
from askwell.domain.errors import AskwellError
from askwell.ui.frame.window import MainWindow
from askwell.ui.i18n import CatalogTranslator, locale_of
from askwell.ui.screens import SCREENS
from askwell.ui.theme.manager import theme

FIRST = "home"


def start(data_dir: Path | None = None) -> int:
    """Open the window and stay until it is closed; the exit code."""
    application = make_application(sys.argv[:1])
    try:
        app = build_app(data_dir)
    except AskwellError as error:
        return _refuse(error)
    window = make_window(app)
    window.show()
    # The first paint comes before the first query.
    QTimer.singleShot(0, lambda: window.go(FIRST))
    QTimer.singleShot(50, window.refresh_counts)
    try:
        return application.exec()
    finally:
        app.close()


def make_application(arguments: list[str]) -> QApplication:
    """The QApplication, once."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    application = QApplication(arguments)
    application.setApplicationName("Askwell")
    application.setDesktopFileName("askwell")
    return application


def make_window(app: App) -> MainWindow:
    """A window for an app, with its texts and look in place."""
    application = make_application([])
    translator = CatalogTranslator(app.catalogue)
    translator.setParent(application)
    application.installTranslator(translator)
    QLocale.setDefault(locale_of(app.settings.lang))
    theme().apply(app.settings.theme, app.settings.lang, app.settings.compact)
    return MainWindow(app, SCREENS, translator)


def _refuse(error: AskwellError) -> int:
    """The workspace cannot be opened: say so in a window, since nobody sees a terminal."""
    from PySide6.QtWidgets import QMessageBox

    from askwell.app.bootstrap import build_core

    core = build_core()
    QMessageBox.critical(None, core.catalogue.text("app.name"), core.catalogue.error(error))
    return error.exit_code
