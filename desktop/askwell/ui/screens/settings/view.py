# SPDX-License-Identifier: Apache-2.0
"""The Settings screen: one card a concern; what is chosen is kept at once."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QTextBrowser,
    QWidget,
)

from askwell import __version__
from askwell.app.models import ModelEntry
from askwell.app.settings import SettingsStore
from askwell.ui.i18n import LANGUAGE_NAMES, tr
from askwell.ui.widgets.basics import Badge, Card, button, clear, column, label, row, selectable
from askwell.ui.widgets.lists import Scroll
from askwell.ui.widgets.words import Worded

if TYPE_CHECKING:
    from askwell.ui.screens.settings.presenter import SettingsPresenter

_THEMES = ("system", "light", "dark")
COUNTRIES = ("CN", "US", "UK", "EU", "DE", "ES", "JP", "KR", "SG", "AU", "CA")
_COUNTRY_COLUMNS = 4
_FIELD_WIDTH, _PAGE_WIDTH = 240, 760


class SettingsView(Worded):
    """Widgets of the Settings screen."""

    def __init__(self, data_folder: Path) -> None:
        super().__init__()
        self._presenter: SettingsPresenter
        self._data_folder = data_folder
        self._entries: list[ModelEntry] = []
        outer = column(self)
        scroll = Scroll(spacing=16)
        scroll.body.setContentsMargins(32, 8, 32, 24)
        outer.addWidget(scroll)
        for card in (self._look(), self._person(), self._law(), self._models_card(), self._place(), self._about()):
            card.setMaximumWidth(_PAGE_WIDTH)
            scroll.body.addWidget(card)

    def attach(self, presenter: SettingsPresenter) -> None:
        """Connect what the user does."""
        self._presenter = presenter
        self._lang.activated.connect(lambda _i: presenter.set("lang", self._lang.currentData()))
        self._theme.activated.connect(lambda _i: presenter.set("theme", self._theme.currentData()))
        self._compact.toggled.connect(lambda on: presenter.set("compact", on))
        self._actor.editingFinished.connect(lambda: presenter.set("actor", self._actor.text().strip()))

    # --- cards ---

    def _card(self, key: str) -> Card:
        card = Card()
        title = label("section")
        self.say(title.setText, key)
        card.body.addWidget(title)
        return card

    def _line(self, key: str, field: QWidget) -> QHBoxLayout:
        line = row()
        name = label()
        self.say(name.setText, key)
        self.say(field.setAccessibleName, key)
        line.addWidget(name, 1)
        field.setFixedWidth(_FIELD_WIDTH)
        line.addWidget(field)
        return line

    def _look(self) -> Card:
        card = self._card("ui.settings.look")
        self._lang, self._theme, self._compact = QComboBox(), QComboBox(), QCheckBox()
        for value, name in LANGUAGE_NAMES:
            self._lang.addItem(name, value)
        for value in _THEMES:
            self._theme.addItem("", value)
        self.say_named(self._compact, "ui.settings.compact")
        card.body.addLayout(self._line("ui.settings.lang", self._lang))
        card.body.addLayout(self._line("ui.settings.theme", self._theme))
        card.body.addWidget(self._compact)
        self.retranslate()
        return card

    def _person(self) -> Card:
        card = self._card("ui.settings.person")
        self._actor = QLineEdit()
        self._actor.setMaxLength(60)
        card.body.addLayout(self._line("ui.settings.actor", self._actor))
        hint = label("caption", wrap=True)
        self.say(hint.setText, "ui.settings.actor_hint")
        card.body.addWidget(hint)
        return card

    def _law(self) -> Card:
        card = self._card("ui.settings.law")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        self._countries: dict[str, QCheckBox] = {}
        for number, code in enumerate(COUNTRIES):
            box = QCheckBox()
            self.say_named(box, f"ui.settings.country_{code.lower()}")
            box.clicked.connect(lambda on, code=code: self._presenter.set_country(code, on))
            grid.addWidget(box, *divmod(number, _COUNTRY_COLUMNS))
            self._countries[code] = box
        grid.setColumnStretch(_COUNTRY_COLUMNS, 1)
        card.body.addLayout(grid)
        hint = label("caption", wrap=True)
        self.say(hint.setText, "ui.settings.law_hint")
        card.body.addWidget(hint)
        return card

    def _models_card(self) -> Card:
        card = self._card("ui.settings.model")
        self._models = column(spacing=8)
        card.body.addLayout(self._models)
        line = row()
        for kind, icon, key, act in (
            ("", "plus", "ui.settings.model_add", self._add_model),
            ("quiet", "file", "ui.settings.terms", lambda: self._presenter.show_terms()),
        ):
            one = button(kind, icon, act)
            self.say_named(one, key)
            line.addWidget(one)
        line.addStretch(1)
        card.body.addLayout(line)
        hint = label("caption", wrap=True)
        self.say(hint.setText, "ui.settings.model_hint")
        card.body.addWidget(hint)
        return card

    def _place(self) -> Card:
        card = self._card("ui.settings.data")
        card.body.addWidget(selectable("", str(self._data_folder)))
        show = button("", "folder", lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data_folder))))
        self.say_named(show, "ui.settings.open_folder")
        line = row()
        line.addWidget(show)
        line.addStretch(1)
        card.body.addLayout(line)
        return card

    def _about(self) -> Card:
        card = self._card("ui.settings.about")
        about = label("muted", wrap=True)
        self.say(about.setText, "ui.settings.about_text", version=__version__)
        card.body.addWidget(about)
        return card

    # --- what the presenter shows ---

    def show_settings(self, settings: SettingsStore) -> None:
        """The present choices."""
        self._lang.setCurrentIndex(max(0, self._lang.findData(settings.lang)))
        self._theme.setCurrentIndex(max(0, self._theme.findData(settings.theme)))
        self._compact.blockSignals(True)
        self._compact.setChecked(settings.compact)
        self._compact.blockSignals(False)
        self._actor.setText(settings.actor)
        for code, box in self._countries.items():
            box.setChecked(code in settings.jurisdictions)

    def show_models(self, models: Sequence[ModelEntry]) -> None:
        """One line a model."""
        self._entries = list(models)
        clear(self._models)
        for entry in models:
            self._models.addWidget(self._model(entry))

    def show_terms(self, html: str) -> None:
        """In the side panel of the window."""
        browser = QTextBrowser()
        browser.setOpenLinks(False)
        browser.setAccessibleName(tr("ui.settings.terms"))
        browser.setHtml(html)
        show = getattr(self.window(), "show_panel", None)
        if show is not None:
            show(tr("ui.settings.terms"), browser)

    def retranslate(self) -> None:
        """Names inside the boxes, and the model list."""
        for place, value in enumerate(_THEMES):
            self._theme.setItemText(place, tr(f"ui.settings.theme_{value}"))
        if self._entries:
            self.show_models(self._entries)

    def _model(self, entry: ModelEntry) -> QWidget:
        holder = Card(role="sunken", horizontal=True, margin="space_in")
        texts = column(spacing=2)
        texts.addWidget(label("strong", entry.name))
        facts = (f"{entry.size_bytes / 1e6:.0f} MB", entry.licence, f"SHA-256 {entry.sha256[:12]}…")
        texts.addWidget(label("caption", " · ".join(fact for fact in facts if fact)))
        holder.body.addLayout(texts, 1)
        if entry.active:
            holder.body.addWidget(Badge("good", tr("ui.settings.model_active")))
        acts = [("ui.settings.model_verify", lambda: self._presenter.verify_model(entry.id))]
        if not entry.active:
            acts.append(("ui.settings.model_use", lambda: self._presenter.use_model(entry.id)))
            if entry.id != "builtin":
                acts.append(("ui.settings.model_remove", lambda: self._presenter.remove_model(entry.id)))
        for key, act in acts:
            one = button("quiet", "", act)
            one.setText(tr(key))
            one.setAccessibleName(f"{tr(key)}: {entry.name}")
            holder.body.addWidget(one)
        return holder

    def _add_model(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, tr("ui.settings.model_add"), "", "GGUF (*.gguf)")
        if chosen:
            self._presenter.add_model(Path(chosen))
