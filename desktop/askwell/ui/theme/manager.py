# SPDX-License-Identifier: Apache-2.0
"""Puts tokens on the application: palette, style sheet, font. Follows the system where the user wants that."""

from __future__ import annotations

from pathlib import Path
from string import Template

from PySide6.QtCore import QEvent, QObject, Qt, QTemporaryDir, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory

from askwell.domain.shipped import resource
from askwell.ui.theme import icons
from askwell.ui.theme.fonts import app_font
from askwell.ui.theme.tokens import DARK, LIGHT, Tokens, load

_SHEET_ICONS = {"icon_chevron": ("chevron-down", "muted"), "icon_right": ("chevron-right", "muted"),
                "icon_up": ("chevron-up", "muted"), "icon_check": ("check", "on-accent")}  # fmt: skip


class Theme(QObject):
    """The look in force. Widgets that paint themselves read `tokens` and listen to `changed`."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.wanted = "system"
        self.compact = False
        self.lang = "zh"
        self.tokens: Tokens = load(LIGHT)
        self._folder = QTemporaryDir()
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)

    @property
    def row(self) -> int:
        """Height of a row of a list."""
        return self.tokens.px("size_row-compact" if self.compact else "size_row")

    def colour(self, role: str) -> QColor:
        """A role as QColor."""
        return QColor(self.tokens.colour(role))

    def apply(self, wanted: str, lang: str, compact: bool) -> None:
        """Use a theme (`light`, `dark`, `system`), the fonts of a language, and a density."""
        self.wanted, self.lang, self.compact = wanted, lang, compact
        self.tokens = load(self._scheme())
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        application.setStyle(QStyleFactory.create("Fusion"))
        application.setFont(app_font(lang, self.tokens.px("type_body")))
        application.setPalette(palette(self.tokens))
        application.setStyleSheet(self.sheet())
        self.changed.emit()

    def sheet(self) -> str:
        """The style sheet for the present tokens."""
        values: dict[str, object] = dict(self.tokens.colours) | self.tokens.numbers
        control = self.tokens.px("size_control-compact" if self.compact else "size_control")
        values |= {"button": control - 2, "button_focus": control - 4, "tool": control - 4, "row": self.row}
        for name, (icon, role) in _SHEET_ICONS.items():
            values[name] = self._icon_file(icon, role)
        return _Sheet(resource("themes/askwell.qss").read_text(encoding="utf-8")).substitute(values)

    def _icon_file(self, name: str, role: str) -> str:
        # A style sheet takes pictures from files only, so the tinted ones lie in a folder that goes with us.
        path = Path(self._folder.path()) / f"{name}-{self.tokens.scheme}-{role}.svg"
        if not path.exists():
            path.write_text(icons.tinted_svg(name, self.tokens.colour(role)), encoding="utf-8")
        return path.as_posix()

    def _scheme(self) -> str:
        if self.wanted in (LIGHT, DARK):
            return self.wanted
        return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT

    def _system_changed(self) -> None:
        if self.wanted not in (LIGHT, DARK):
            self.apply(self.wanted, self.lang, self.compact)


class _Sheet(Template):
    idpattern = r"(?a:[a-z][a-z_\-]*)"


def palette(tokens: Tokens) -> QPalette:
    """The palette for everything that the style sheet leaves to the style."""
    role = QPalette.ColorRole
    given = {
        role.Window: "canvas", role.Base: "surface", role.AlternateBase: "sunken", role.Button: "surface",
        role.WindowText: "text", role.Text: "text", role.ButtonText: "text", role.ToolTipText: "text",
        role.ToolTipBase: "raised", role.PlaceholderText: "muted", role.Highlight: "accent",
        role.HighlightedText: "on-accent", role.Link: "accent", role.LinkVisited: "accent", role.Accent: "accent",
        role.BrightText: "block",
    }  # fmt: skip
    made = QPalette()
    for place, name in given.items():
        made.setColor(place, QColor(tokens.colour(name)))
    for place in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, place, QColor(tokens.colour("muted")))
    return made


_theme: list[Theme] = []


def theme() -> Theme:
    """The look of this application. One for the process, as there is one QApplication, style sheet and palette."""
    if not _theme:
        _theme.append(Theme())
    return _theme[0]


def is_theme_change(event: QEvent) -> bool:
    """True for the event that Qt sends to every widget when the palette of the application changes."""
    return event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationPaletteChange)
