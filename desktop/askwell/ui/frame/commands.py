# SPDX-License-Identifier: Apache-2.0
"""What the palette offers: screens, things found in the workspace, commands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from askwell.ui.frame.palette import Command
from askwell.ui.frame.presenter import Place
from askwell.ui.i18n import tr
from askwell.ui.screens.base import ScreenSpec
from askwell.ui.widgets.rows import Row

LANGUAGES = {"zh": "中文", "en": "English", "ja": "日本語", "es": "Español"}


class Window(Protocol):
    """What commands do to the window."""

    def go(self, screen: str, target: str = "") -> None:
        """Open a screen."""
        ...

    def use_theme(self, name: str) -> None:
        """Switch the theme."""
        ...

    def use_language(self, lang: str) -> None:
        """Switch the language."""
        ...

    def show_keys(self) -> None:
        """All shortcuts."""
        ...

    def show_offline(self) -> None:
        """The proof of being offline."""
        ...


def commands(window: Window, screens: Iterable[ScreenSpec], places: Sequence[Place]) -> list[Command]:
    """Everything that can be found, screens first."""
    return [*_screens(window, screens), *_actions(window), *(_place(window, place) for place in places)]


def _screens(window: Window, screens: Iterable[ScreenSpec]) -> list[Command]:
    kind = tr("ui.palette.screen")
    return [
        _command(f"screen:{spec.name}", tr(spec.title), "", kind, spec.icon, lambda name=spec.name: window.go(name))
        for spec in screens
    ]


def _place(window: Window, place: Place) -> Command:
    kind = tr("ui.palette.position" if place.screen == "write" else "ui.palette.kit")
    return _command(
        f"{place.screen}:{place.target}",
        place.title,
        place.detail,
        kind,
        place.icon,
        lambda: window.go(place.screen, place.target),
    )


def _actions(window: Window) -> list[Command]:
    kind = tr("ui.palette.command")
    found = [
        _command("import", tr("ui.command.import"), "", kind, "import", lambda: window.go("data", "choose")),
        _command("keys", tr("ui.keys.title"), "F1", kind, "question", window.show_keys),
        _command("offline", tr("ui.offline.title"), "", kind, "shield", window.show_offline),
    ]
    for name in ("light", "dark", "system"):
        text = tr("ui.command.theme", name=tr(f"ui.theme.{name}"))
        found.append(_command(f"theme:{name}", text, "", kind, "settings", lambda name=name: window.use_theme(name)))
    for lang, name in LANGUAGES.items():
        text = tr("ui.command.language", name=name)
        found.append(_command(f"lang:{lang}", text, "", kind, "globe", lambda lang=lang: window.use_language(lang)))
    return found


def _command(row_id: str, title: str, detail: str, kind: str, icon: str, run: Callable[[], object]) -> Command:
    return Command(Row(row_id, title, detail, kind, icon=icon), run)
