# SPDX-License-Identifier: Apache-2.0
"""The frame: every screen opens, moving about, jobs, errors, contrast."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication

from askwell.app.bootstrap import App
from askwell.domain.errors import UsageError
from askwell.ui.frame.window import MainWindow
from askwell.ui.screens import SCREENS
from askwell.ui.theme.tokens import DARK, LIGHT, contrast, load
from tests.ui.conftest import ROOT, Settle, nameless

Open = Callable[[App], MainWindow]
NAMES = [spec.name for spec in SCREENS]


@pytest.mark.parametrize("name", NAMES)
def test_every_screen_opens_with_and_without_data(
    app: App, empty_app: App, open_window: Open, settle: Settle, name: str
) -> None:
    for one in (empty_app, app):
        window = open_window(one)
        window.go(name)
        settle(window)
        assert window.current == name
        assert window.notices.notice is None
        assert nameless(window) == []


def test_back_and_forward_go_where_one_was(app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(app)
    for name in ("write", "review"):
        window.go(name)
        settle(window)
    window.back()
    assert window.current == "write"
    window.forward()
    assert window.current == "review"


def test_a_narrow_window_shows_icons_only(app: App, open_window: Open) -> None:
    window = open_window(app)
    window.resize(1000, 700)
    QApplication.processEvents()
    assert window.navigation._buttons["write"].text() == ""
    window.resize(1366, 768)
    QApplication.processEvents()
    assert window.navigation._buttons["write"].text() != ""


def test_an_error_is_a_sentence_with_a_remedy_and_no_dialog(app: App, open_window: Open) -> None:
    window = open_window(app)
    window.fail(UsageError.of("format_unknown", format="doc", known="docx"))
    assert window.notices.isVisible()
    assert "doc" in window.notices.accessibleName()
    assert QApplication.activeModalWidget() is None


def test_the_palette_finds_a_position_and_opens_it(app: App, open_window: Open, settle: Settle, qtbot) -> None:  # type: ignore[no-untyped-def]
    window = open_window(app)
    window.refresh_counts()
    settle(window)
    window.open_palette()
    window.palette_box._input.setText("质量工程师")
    qtbot.keyClick(window.palette_box._input, Qt.Key.Key_Return)
    settle(window)
    assert window.current == "write"
    position = app.goals.find("质量工程师")
    assert window.screen("write").presenter._state.position_id == position.id


def test_the_proof_that_nothing_leaves_is_one_click_away(app: App, open_window: Open, qtbot) -> None:  # type: ignore[no-untyped-def]
    window = open_window(app)
    qtbot.mouseClick(window.status._offline, Qt.MouseButton.LeftButton)
    assert window.panel.isVisible()
    qtbot.keyClick(window.panel, Qt.Key.Key_Escape)
    assert not window.panel.isVisible()


def test_the_window_stays_alive_while_files_are_imported_and_questions_written(
    app: App, open_window: Open, settle: Settle
) -> None:
    window = open_window(app)
    window.go("write")
    settle(window)
    beats: list[float] = []
    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(lambda: beats.append(time.perf_counter()))
    timer.start()
    from askwell.ui.ports import Job

    files = app.imports.sample_files()
    window.runner.start(Job(lambda _c: app.imports.import_many(files)))
    window.screen("write").presenter.write()
    settle(window, 60)
    timer.stop()
    # Not a speed bar, since a busy machine may pause any process: work in the thread of the window would stop the heart
    # for as long as the import takes, which is some seconds.
    assert len(beats) > 20
    gaps = sorted(later - earlier for earlier, later in pairwise(beats))
    assert gaps[-1] < 1.0
    assert sum(gap > 0.1 for gap in gaps) < 10


@pytest.mark.parametrize("scheme", [LIGHT, DARK])
@pytest.mark.parametrize("background", ["canvas", "surface", "raised"])
def test_text_stands_out_from_its_background(scheme: str, background: str) -> None:
    tokens = load(scheme)
    for role in ("text", "muted", "accent", "block", "warn", "note", "good"):
        assert contrast(tokens.colour(role), tokens.colour(background)) >= 4.5, role
    assert contrast(tokens.colour("on-accent"), tokens.colour("accent")) >= 4.5


def test_all_icons_of_the_navigation_exist() -> None:
    for spec in SCREENS:
        assert (ROOT / "resources" / "icons" / f"{spec.icon}.svg").is_file()
