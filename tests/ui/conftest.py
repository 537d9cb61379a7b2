# SPDX-License-Identifier: Apache-2.0
"""A real app on a real workspace with the sample company; only the language model is a fake."""

from __future__ import annotations

import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from askwell.app.bootstrap import App, build_app
from askwell.domain.generation import Branch
from askwell.ui.frame.window import MainWindow
from askwell.ui.main import make_window
from tests.fakes.text_model import FakeTextModel

ROOT = Path(__file__).resolve().parents[2]
FILES = (
    "岗位说明书.xlsx",
    "2026年5月度绩效考核表.xlsx",
    "战略目标分解.csv",
    "能力评估标准.xlsx",
    "候选人_人才库导出.xlsx",
)
Settle = Callable[..., None]


def invented(branch: Branch, segment: str) -> str:
    """A question that takes up the evidence of its prompt, so that grounding lets it pass."""
    evidence = branch.suffix.split("：", 1)[1].split("\n", 1)[0]
    if segment == "text":
        return (
            f"说到{evidence[:30].rstrip('，。；')}，您做过的第{'一二三四'[branch.sampling.seed % 4]}件事是怎么起头的？"
        )
    number = sum(map(ord, segment)) % 7
    return (
        f"{'先后左右上下中'[number]}面的同事当时怎么看？"
        if segment.startswith("probe")
        else f"讲清{segment[-1]}层做法和效果"
    )


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace that is copied for each test."""
    folder = tmp_path_factory.mktemp("filled")
    app = build_app(folder, "zh")
    exports = ROOT / "resources" / "sample-company" / "exports"
    app.imports.import_many([exports / name for name in FILES])
    app.close()
    return folder


@pytest.fixture
def app(filled: Path, tmp_path: Path) -> Iterator[App]:
    """An app on a copy of the filled workspace, in Chinese, with a model that answers at once."""
    folder = tmp_path / "工作区 copy"
    shutil.copytree(filled, folder)
    made = build_app(folder, "zh")
    made.settings.lang, made.settings.theme, made.settings.actor = "zh", "light", "王经理"
    fake = FakeTextModel(invented)
    made.models.text_model = lambda: fake  # type: ignore[method-assign]
    yield made
    made.close()


@pytest.fixture
def empty_app(tmp_path: Path) -> Iterator[App]:
    """An app on a workspace with nothing in it."""
    made = build_app(tmp_path / "empty", "zh")
    made.settings.lang, made.settings.theme = "zh", "light"
    yield made
    made.close()


@pytest.fixture
def settle() -> Settle:
    """Run the event loop until no job is under way."""

    def wait(window: MainWindow, seconds: float = 20) -> None:
        until = time.monotonic() + seconds
        quiet = 0
        while time.monotonic() < until and quiet < 3:
            QApplication.processEvents()
            quiet = 0 if window.runner.busy() else quiet + 1
            time.sleep(0.002)
        assert not window.runner.busy()

    return wait


@pytest.fixture
def open_window(qtbot, settle: Settle) -> Callable[[App], MainWindow]:  # type: ignore[no-untyped-def]
    """A shown window for an app."""

    def make(app: App) -> MainWindow:
        # Windows of earlier tests wait for deletion; a theme is applied to every widget that still lives.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        gc.collect()
        window = make_window(app)
        qtbot.addWidget(window)
        window.show()
        settle(window)
        return window

    return make


def nameless(root: QWidget) -> list[str]:
    """Visible widgets that take the focus but have nothing to say to a screen reader."""
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QAccessible

    found = []
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        if widget.objectName().startswith("qt_") or widget.parent().__class__.__name__.startswith("QComboBoxPrivate"):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None and not interface.text(QAccessible.Text.Name):
            found.append(f"{widget.__class__.__name__} in {widget.parent().__class__.__name__}")
    return found
