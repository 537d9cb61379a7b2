# SPDX-License-Identifier: Apache-2.0
"""The main window: puts the frame together and is the `Shell` of the presenters."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QMouseEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from askwell.app import offline
from askwell.app.bootstrap import App
from askwell.app.home import Overview
from askwell.domain.errors import AskwellError, Cancelled
from askwell.domain.records import Position
from askwell.ui.frame.command_palette import Command, CommandPalette
from askwell.ui.frame.navigation import Navigation
from askwell.ui.frame.notices import NoticeBar
from askwell.ui.frame.screen import Screen, ScreenSpec
from askwell.ui.frame.sidepanel import SidePanel
from askwell.ui.frame.statusline import StatusLine
from askwell.ui.i18n import CatalogTranslator, locale_of, tr
from askwell.ui.jobs import PoolRunner
from askwell.ui.ports import Change, Job, Level, Notice
from askwell.ui.theme.manager import theme
from askwell.ui.widgets.basics import button, column, label, row
from askwell.ui.widgets.words import Worded

_COUNTED = {"review": "review", "kits": "kits"}
GOOD_SHOWN_MS = 6000


class MainWindow(Worded):
    """Frame and shell. Screens are built when they are first opened."""

    def __init__(self, app: App, specs: Sequence[ScreenSpec], translator: CatalogTranslator) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.app = app
        self.runner = PoolRunner(self)
        self._translator = translator
        self._specs = {spec.name: spec for spec in specs}
        self._screens: dict[str, Screen] = {}
        self._past: list[str] = []
        self._future: list[str] = []
        self.current = ""
        self._positions: list[Position] = []
        self.navigation = Navigation(specs)
        self.stack = QStackedWidget()
        self.notices = NoticeBar()
        self.panel = SidePanel()
        self.status = StatusLine()
        self.palette_box = CommandPalette(self)
        self._title = label("page")
        self._model = label("caption")
        self._build()
        self._connect()
        self.retranslate()
        self.resize(1366, 768)
        self.setMinimumSize(900, 560)

    def _build(self) -> None:
        outer = column(self, 0, 0)
        middle = row(spacing=0)
        middle.addWidget(self.navigation)
        content = QWidget()
        content.setObjectName("content")
        inner = column(content, 0, 0)
        inner.addWidget(self._header())
        holder = row()
        holder.setContentsMargins(32, 0, 32, 8)
        holder.addWidget(self.notices)
        inner.addLayout(holder)
        inner.addWidget(self.stack, 1)
        middle.addWidget(content, 1)
        middle.addWidget(self.panel)
        outer.addLayout(middle, 1)
        outer.addWidget(self.status)

    def _header(self) -> QWidget:
        bar = QWidget()
        bar.setFixedHeight(theme().tokens.px("size_header"))
        body = row(bar, 0, 12)
        body.setContentsMargins(32, 0, 32, 0)
        body.addWidget(self._title)
        body.addStretch(1)
        search = button("quiet", "search", self.open_palette)
        self.say(search.setText, "ui.palette.button")
        self.say(search.setAccessibleName, "ui.palette.name")
        self.say(search.setToolTip, "ui.palette.tip")
        body.addWidget(search)
        body.addWidget(self._model)
        return bar

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.go)
        self.runner.began.connect(self.status.follow)
        self.status.proof_wanted.connect(self._show_proof)
        for keys, act in (("Ctrl+K", self.open_palette), ("Alt+Left", self.back), ("Alt+Right", self.forward)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    # --- Shell ------------------------------------------------------------------------------------------------------

    def go(self, screen: str, target: str = "") -> None:
        """Open a screen, optionally at one of its things."""
        if screen not in self._specs:
            return
        if screen != self.current:
            if self.current:
                self._past.append(self.current)
            self._future.clear()
        self._open(screen, target)

    def notify(self, notice: Notice) -> None:
        """Show a notice; good news leaves by itself."""
        self.notices.show_notice(notice)
        if notice.level is Level.GOOD:
            QTimer.singleShot(GOOD_SHOWN_MS, self, lambda: self._drop(notice))  # falls with the window

    def fail(self, error: AskwellError) -> None:
        """Show what went wrong and what to do; a stop that the user asked for is no failure."""
        level = Level.NOTE if isinstance(error, Cancelled) else Level.BLOCK
        hint = error.hint if error.hint is not None and self.app.catalogue.has(error.hint.key) else None
        self.notify(Notice(level, error.message, hint))

    def changed(self, what: Change) -> None:
        """Tell every built screen, and count again."""
        for screen in list(self._screens.values()):
            screen.presenter.stale(what)
        self.refresh_counts()

    def apply_settings(self) -> None:
        """Take over language, theme and density."""
        settings = self.app.settings
        application = QCoreApplication.instance()
        if self.app.catalogue.lang != settings.lang and application is not None:
            self.app.catalogue.use(settings.lang)
            # Removing and installing makes Qt send LanguageChange to every widget.
            application.removeTranslator(self._translator)
            application.installTranslator(self._translator)
        QLocale.setDefault(locale_of(settings.lang))
        theme().apply(settings.theme, settings.lang, settings.compact)

    def show_panel(self, title: str, content: QWidget) -> None:
        """Open the side panel (for views)."""
        self.panel.open_panel(title, content)

    # --- moving about ---

    def back(self) -> None:
        """Where you were before."""
        if self._past:
            self._future.append(self.current)
            self._open(self._past.pop(), "")

    def forward(self) -> None:
        """Undo `back`."""
        if self._future:
            self._past.append(self.current)
            self._open(self._future.pop(), "")

    def _open(self, name: str, target: str) -> None:
        screen = self._screens.get(name)
        if screen is None:
            screen = self._specs[name].factory(self.app, self.runner, self)
            self._screens[name] = screen
            self.stack.addWidget(screen.view)
        self.panel.close_panel()
        self.notices.show_notice(None)
        self.current = name
        self.stack.setCurrentWidget(screen.view)
        self.navigation.show_current(name)
        self._title.setText(tr(self._specs[name].title_key))
        screen.presenter.open(target)

    def screen(self, name: str) -> Screen | None:
        """A screen that was opened before."""
        return self._screens.get(name)

    def open_palette(self) -> None:
        """Ctrl+K."""
        commands = [
            Command(tr(spec.title_key), tr("ui.palette.screen"), lambda name=spec.name: self.go(name))  # type: ignore[misc]
            for spec in self._specs.values()
        ]
        commands += [
            Command(one.title, tr("ui.palette.position"), lambda key=one.id: self.go("write", key))  # type: ignore[misc]
            for one in self._positions
        ]
        self.palette_box.open_with(commands)

    # --- what stands in the frame ---

    def refresh_counts(self) -> None:
        """Counters, positions for the palette, and the model's name, in a job."""

        def load(_context: object) -> tuple[Overview, list[Position], str]:
            return self.app.home.overview(), self.app.goals.positions(), self.app.models.active().name

        self.runner.start(Job(load, self._show_counts, key="frame.counts", failed=lambda _error: None))

    def _show_counts(self, found: tuple[Overview, list[Position], str]) -> None:
        overview, self._positions, model = found
        self.navigation.show_counts({step.name: step.waiting for step in overview.steps if step.name in _COUNTED})
        self._model.setText(model)

    def retranslate(self) -> None:
        """Title of the window and of the page."""
        self.setWindowTitle(tr("app.name"))
        if self.current:
            self._title.setText(tr(self._specs[self.current].title_key))

    def _show_proof(self) -> None:
        refused = len(offline.attempts)
        text = label("", tr("ui.proof.text", count=refused, folder=str(self.app.paths.data)), wrap=True)
        text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.show_panel(tr("ui.proof.title"), text)

    def _drop(self, notice: Notice) -> None:
        if self.notices.notice is notice:
            self.notices.show_notice(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Icons only in a narrow window."""
        super().resizeEvent(event)
        self.navigation.set_narrow(self.width() < theme().tokens.px("size_nav-collapse"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Back and forward buttons of the mouse."""
        if event.button() == Qt.MouseButton.BackButton:
            self.back()
        elif event.button() == Qt.MouseButton.ForwardButton:
            self.forward()
        else:
            super().mousePressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work; what is finished is saved already."""
        self.runner.close()
        super().closeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the palette's floating list in reach after a language change."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.palette_box.hide()
