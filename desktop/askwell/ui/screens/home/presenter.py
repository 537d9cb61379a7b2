# SPDX-License-Identifier: Apache-2.0
"""Decides what Home shows. No Qt here."""

from __future__ import annotations

from typing import Protocol

from askwell.app.home import HomeService, Overview
from askwell.app.imports import ImportReport, ImportService
from askwell.app.settings import SettingsStore
from askwell.domain.errors import StoreError
from askwell.domain.messages import msg
from askwell.ui.ports import Change, Context, Job, JobRunner, Level, Notice, Shell, Step


class View(Protocol):
    """What the presenter needs of the widgets."""

    def show_overview(self, overview: Overview) -> None:
        """The loop, the next thing, recent kits."""
        ...

    def show_first_start(self, lang: str) -> None:
        """Nothing here yet: language, sample company, own files."""
        ...


class HomePresenter:
    """The state of the loop."""

    def __init__(
        self,
        home: HomeService,
        imports: ImportService,
        settings: SettingsStore,
        runner: JobRunner,
        shell: Shell,
        view: View,
    ) -> None:
        self._home, self._imports, self._settings = home, imports, settings
        self._runner, self._shell, self._view = runner, shell, view

    def open(self, target: str = "") -> None:  # noqa: ARG002
        """Count again."""
        self._runner.start(Job(lambda _c: self._home.overview(), self._show, self._shell.fail, key="home"))

    def stale(self, what: Change) -> None:
        """Anything may change a number."""
        if what is not Change.SETTINGS:
            self.open()

    def next(self, overview: Overview) -> None:
        """The one next thing."""
        self._shell.go(overview.next_screen)

    def go(self, screen: str) -> None:
        """A step of the loop."""
        self._shell.go(screen)

    def open_kit(self, kit_id: str) -> None:
        """A recent kit."""
        self._shell.go("kits", kit_id)

    def choose_language(self, lang: str) -> None:
        """At once."""
        self._settings.lang = lang
        try:
            self._settings.save()
        except OSError as error:
            self._shell.fail(StoreError.of("store_unwritable", file="settings.json", detail=error.strerror or ""))
        self._shell.apply_settings()
        self._view.show_first_start(lang)

    def use_sample(self) -> None:
        """Import the sample company, then go on to writing."""

        def work(context: Context) -> list[ImportReport]:
            def progress(done: int, total: int, name: str) -> None:
                context.report(Step(done, total, None, name))

            return self._imports.import_many(self._imports.sample_files(), progress, context.cancelled)

        self._runner.start(Job(work, self._imported, self._shell.fail, label=msg("ui.data.job")))

    def own_files(self) -> None:
        """Choose files in the data centre."""
        self._shell.go("data")

    def _imported(self, reports: list[ImportReport]) -> None:
        self._shell.changed(Change.DATA)
        refused = next((report.error for report in reports if report.error is not None), None)
        if refused is not None:
            self._shell.fail(refused)
            return
        self._shell.go("write")
        self._shell.notify(Notice(Level.GOOD, msg("ui.home.sample_in")))

    def _show(self, overview: Overview) -> None:
        if overview.steps[0].count or overview.recent:
            self._view.show_overview(overview)
        else:
            self._view.show_first_start(self._settings.lang)
