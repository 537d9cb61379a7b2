# SPDX-License-Identifier: Apache-2.0
"""`askwell screenshots DIR`: every screen, light and dark, in Chinese and English, as pictures."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from askwell.app.bootstrap import App, build_app
from askwell.domain.errors import AskwellError, UsageError

THEMES = ("light", "dark")
LANGUAGES = ("zh", "en")
WIDTH, HEIGHT = 1366, 768
PATIENCE_SECONDS = 60


def take(folder: Path, data_dir: Path | None) -> int:
    """Draw the screens of a workspace into `folder`; without `data_dir` a sample workspace is made for it.

    Needs no display. Returns the exit code.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _workspace(data_dir) as app:
            for path in _draw(app, folder):
                sys.stdout.write(f"{path}\n")
    except AskwellError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


@contextmanager
def _workspace(data_dir: Path | None) -> Iterator[App]:
    """The user's workspace, or one with the sample company and a kit, made for the pictures."""
    if data_dir is not None:
        app = build_app(data_dir)
        try:
            yield app
        finally:
            app.close()
        return
    with TemporaryDirectory(prefix="askwell-screens-") as place:
        app = build_app(Path(place), "zh")
        app.settings.actor = "王敏"
        try:
            _fill(app)
            yield app
        finally:
            app.close()


def _fill(app: App) -> None:
    from askwell.writing.blueprint import BlueprintOptions

    app.imports.import_many(app.imports.sample_files())
    position = app.goals.find("区域销售经理")
    kit = app.writing.write(app.writing.plan(position.id, BlueprintOptions(count=6)))
    for question in kit.questions[:3]:
        if question.words.text and not question.findings:
            app.review.approve(question.id)


def _draw(app: App, folder: Path) -> Iterator[Path]:
    from askwell.ui.main import make_window
    from askwell.ui.screens import SCREENS

    window = make_window(app)
    window.resize(WIDTH, HEIGHT)
    window.show()
    for lang, theme in product(LANGUAGES, THEMES):
        app.settings.lang, app.settings.theme = lang, theme
        window.apply_settings()
        for spec in SCREENS:
            window.go(spec.name)
            window.refresh_counts()
            _settle(window)
            path = folder / f"{spec.name}-{theme}-{lang}.png"
            if not window.grab().save(str(path)):
                raise UsageError.of("export_unwritable", file=path.name)
            yield path
    window.close()


def _settle(window: object) -> None:
    """Run the event loop until no job is under way and the layout is at rest."""
    from PySide6.QtWidgets import QApplication

    until, quiet = time.monotonic() + PATIENCE_SECONDS, 0
    while time.monotonic() < until and quiet < 6:
        QApplication.processEvents()
        quiet = 0 if window.runner.busy() else quiet + 1  # type: ignore[attr-defined]
        time.sleep(0.01)
    if quiet < 6:
        raise TimeoutError(f"a screen was still loading after {PATIENCE_SECONDS} s")
