# SPDX-License-Identifier: Apache-2.0
"""What every screen is to the frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from askwell.app.bootstrap import App
from askwell.ui.ports import JobRunner, Shell
from askwell.ui.widgets.base import Retold


class ScreenView(Retold):
    """Widgets and signals of a screen. `panel` asks the frame for the side panel (title key, content)."""

    panel = Signal(str, QWidget)
    panel_done = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "canvas")
        self.on_enter: Callable[[str], None] | None = None

    def enter(self, target: str) -> None:
        """The frame shows the screen, at one of its things where a target is named."""
        if self.on_enter:
            self.on_enter(target)

    def focus_first(self) -> None:
        """Put the keyboard where work begins."""
        self.setFocus()


@dataclass(frozen=True, slots=True)
class ScreenContext:
    """What a screen is built from."""

    app: App
    runner: JobRunner
    shell: Shell


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """An entry of the navigation. `factory` imports its screen only when it is first opened."""

    name: str
    title: str
    icon: str
    factory: Callable[[ScreenContext], ScreenView]
