# SPDX-License-Identifier: Apache-2.0
"""The list of screens on the left, with counters of what waits."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout

from askwell.ui.frame.screen import ScreenSpec
from askwell.ui.i18n import tr
from askwell.ui.theme.manager import theme
from askwell.ui.widgets.basics import IconButton, column, label
from askwell.ui.widgets.words import Worded


class Navigation(Worded):
    """One button a screen; narrow windows show icons only."""

    chosen = Signal(str)

    def __init__(self, specs: Sequence[ScreenSpec]) -> None:
        super().__init__()
        self.setObjectName("navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._specs = {spec.name: spec for spec in specs}
        self._counts: dict[str, int] = {}
        self._narrow = False
        self._buttons: dict[str, IconButton] = {}
        self._badges = {name: label("caption") for name in self._specs}
        body = column(self, 12, 4)
        self._brand = label("brand")
        self._brand.setContentsMargins(8, 4, 0, 12)
        body.addWidget(self._brand)
        group = QButtonGroup(self)
        for number, spec in enumerate(specs, 1):
            body.addWidget(self._button(spec, group, number))
        body.addStretch(1)
        self.retranslate()
        self._fit()

    def _button(self, spec: ScreenSpec, group: QButtonGroup, number: int) -> IconButton:
        made = IconButton("nav", spec.icon)
        made.setCheckable(True)
        made.setShortcut(f"Ctrl+{number}")
        made.clicked.connect(lambda _checked=False, name=spec.name: self.chosen.emit(name))
        group.addButton(made)
        inner = QHBoxLayout(made)
        inner.setContentsMargins(0, 0, 8, 0)
        inner.addStretch(1)
        inner.addWidget(self._badges[spec.name])
        self._buttons[spec.name] = made
        return made

    def show_current(self, name: str) -> None:
        """Mark the open screen; the focus goes with the mark where it was in here."""
        if any(one.hasFocus() for one in self._buttons.values()):
            self._buttons[name].setFocus()
        for other, one in self._buttons.items():
            one.setChecked(other == name)
            one.set_icon(self._specs[other].icon, "accent" if other == name else "text")

    def show_counts(self, counts: dict[str, int]) -> None:
        """Numbers of what waits, by screen."""
        self._counts = counts
        self.retranslate()

    def set_narrow(self, narrow: bool) -> None:
        """Icons only."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._fit()
            self.retranslate()

    def retranslate(self) -> None:
        """Names, counters, tool tips."""
        self._brand.setText(tr("app.name") if not self._narrow else tr("app.name")[:1])
        for number, (name, one) in enumerate(self._buttons.items(), 1):
            title = tr(self._specs[name].title_key)
            count = self._counts.get(name, 0)
            one.setText("" if self._narrow else "  " + title)
            self._badges[name].setText(str(count) if count and not self._narrow else "")
            spoken = tr("ui.nav.waiting", title=title, count=count) if count else title
            one.setAccessibleName(spoken)
            one.setToolTip(f"{spoken}  Ctrl+{number}")

    def _fit(self) -> None:
        tokens = theme().tokens
        self.setFixedWidth(tokens.px("size_nav-narrow" if self._narrow else "size_nav"))
