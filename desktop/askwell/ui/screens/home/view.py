# SPDX-License-Identifier: Apache-2.0
"""The Home screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from askwell.app.home import Overview, Step
from askwell.ui.i18n import LANGUAGE_NAMES, date_text, tr
from askwell.ui.widgets.basics import Card, IconButton, IconLabel, button, clear, column, label, row
from askwell.ui.widgets.lists import Scroll, Table
from askwell.ui.widgets.words import Worded

if TYPE_CHECKING:
    from askwell.ui.screens.home.presenter import HomePresenter


class HomeView(Worded):
    """Loop, next step, recent kits; or the first start."""

    def __init__(self) -> None:
        super().__init__()
        self._presenter: HomePresenter
        self._overview: Overview | None = None
        body = column(self)
        self._stack = QStackedWidget()
        body.addWidget(self._stack)
        self._loop = Scroll(margin=32, spacing=24)
        self._loop.body.setContentsMargins(32, 8, 32, 24)
        self._steps = row(spacing=12)
        self._loop.body.addLayout(self._steps)
        self._loop.body.addWidget(self._next_card())
        self._recent_title = label("section")
        self.say(self._recent_title.setText, "ui.home.recent")
        self._recent = Table()
        self.say(self._recent.setAccessibleName, "ui.home.recent")
        self._recent.activated.connect(lambda _i: self._presenter.open_kit(self._recent.current_key()))
        self._loop.body.addWidget(self._recent_title)
        self._loop.body.addWidget(self._recent)
        self._loop.body.addStretch(1)
        self._stack.addWidget(self._loop)
        self._stack.addWidget(self._first_start())

    def attach(self, presenter: HomePresenter) -> None:
        """Connect what the user does."""
        self._presenter = presenter

    def _next_card(self) -> Card:
        card = Card(horizontal=True)
        card.body.addWidget(IconLabel("arrow-right", "accent"))
        texts = column(spacing=2)
        caption = label("caption")
        self.say(caption.setText, "ui.home.next")
        self._next_text = label("section", wrap=True)
        texts.addWidget(caption)
        texts.addWidget(self._next_text)
        card.body.addLayout(texts, 1)
        self._next_button = button("primary", "", self._do_next)
        self.say(self._next_button.setText, "ui.home.do_it")
        card.body.addWidget(self._next_button)
        return card

    def _first_start(self) -> QWidget:
        page = QWidget()
        outer = column(page)
        outer.addStretch(1)
        card = Card()
        card.setFixedWidth(560)
        card.body.setContentsMargins(32, 32, 32, 32)
        card.body.setSpacing(12)
        for role, key in (("page", "ui.home.welcome"), ("muted", "ui.home.welcome_hint")):
            text = label(role, wrap=True)
            self.say(text.setText, key)
            card.body.addWidget(text)
        card.body.addLayout(self._language_row())
        card.body.addSpacing(8)
        choices = (
            ("primary", "sparkle", "ui.home.sample", lambda: self._presenter.use_sample()),
            ("", "import", "ui.home.own", lambda: self._presenter.own_files()),
        )
        for kind, icon, key, act in choices:
            one = button(kind, icon, act)
            self.say_named(one, key)
            card.body.addWidget(one)
        private = label("caption", wrap=True)
        self.say(private.setText, "ui.home.private")
        card.body.addWidget(private)
        # Not by alignment: an aligned widget gets its size hint, and long texts would be cut.
        middle = row()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)
        return page

    def _language_row(self) -> QHBoxLayout:
        languages = row()
        self._language_buttons: dict[str, IconButton] = {}
        for lang, name in LANGUAGE_NAMES:
            one = button("choice", "", lambda lang=lang: self._presenter.choose_language(lang))  # type: ignore[misc]
            one.setText(name)
            one.setAccessibleName(name)
            one.setCheckable(True)
            languages.addWidget(one)
            self._language_buttons[lang] = one
        return languages

    def show_overview(self, overview: Overview) -> None:
        """The loop, the next thing, recent kits."""
        self._overview = overview
        self._stack.setCurrentIndex(0)
        clear(self._steps)
        for number, step in enumerate(overview.steps, 1):
            self._steps.addWidget(self._step_card(number, step), 1)
        self._next_text.setText(tr(overview.next_key))
        self._next_button.setAccessibleName(tr(overview.next_key))
        headers = [tr(f"ui.home.column_{name}") for name in ("position", "date", "questions", "approved")]
        rows = [
            [kit.position_title, date_text(kit.created_at), str(len(kit.questions)), str(len(kit.approved))]
            for kit in overview.recent
        ]
        self._recent.fill(headers, rows, [kit.id for kit in overview.recent])
        self._recent.stretch(0, (0, 180, 90, 90))
        self._recent.rows.right = {2, 3}
        self._recent.fit_rows()
        for widget in (self._recent, self._recent_title):
            widget.setVisible(bool(rows))

    def show_first_start(self, lang: str) -> None:
        """Nothing here yet."""
        self._stack.setCurrentIndex(1)
        for other, one in self._language_buttons.items():
            one.setChecked(other == lang)

    def retranslate(self) -> None:
        """Numbers and names in the new language."""
        if self._overview is not None:
            self.show_overview(self._overview)

    def _step_card(self, number: int, step: Step) -> Card:
        card = Card()
        card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        title = tr(f"ui.{step.name}.title")
        card.body.addWidget(label("caption", f"{number}  {title}"))
        card.body.addWidget(label("number", str(step.count)))
        state = (
            tr(f"ui.home.waits_{step.name}", count=step.waiting) if step.waiting else tr(f"ui.home.what_{step.name}")
        )
        card.body.addWidget(label("caption", state, wrap=True))
        card.body.addStretch(1)
        go = button("quiet", "", lambda: self._presenter.go(step.name))
        go.setText(tr("ui.home.open"))
        go.setAccessibleName(f"{tr('ui.home.open')}: {title}")
        card.body.addWidget(go, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _do_next(self) -> None:
        if self._overview is not None:
            self._presenter.next(self._overview)
