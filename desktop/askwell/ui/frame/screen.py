# SPDX-License-Identifier: Apache-2.0
"""What a screen is to the frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from askwell.app.bootstrap import App
from askwell.ui.ports import Change, JobRunner, Shell


class Presenter(Protocol):
    """The part of a presenter that the frame calls. Presenters know no Qt."""

    def open(self, target: str = "") -> None:
        """The screen was opened, perhaps at one of its things."""
        ...

    def stale(self, what: Change) -> None:
        """Something changed elsewhere; load again what depends on it."""
        ...


@dataclass(frozen=True, slots=True)
class Screen:
    """A built screen."""

    view: QWidget
    presenter: Presenter


Factory = Callable[[App, JobRunner, Shell], Screen]


@dataclass(frozen=True, slots=True)
class ScreenSpec:
    """A screen in the registry: `factory` imports the screen's modules only when it is first opened."""

    name: str
    title_key: str
    icon: str
    factory: Factory
