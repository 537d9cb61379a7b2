# SPDX-License-Identifier: Apache-2.0
"""Decides what the Settings screen shows. Every choice is kept at once. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from askwell.app.models import ModelEntry, ModelService
from askwell.app.settings import SettingsStore
from askwell.domain.errors import StoreError
from askwell.domain.messages import msg
from askwell.ui.ports import Change, Job, JobRunner, Level, Notice, Shell


class View(Protocol):
    """What the presenter needs of the widgets."""

    def show_settings(self, settings: SettingsStore) -> None:
        """The present choices."""
        ...

    def show_models(self, models: Sequence[ModelEntry]) -> None:
        """The list of models."""
        ...

    def show_terms(self, html: str) -> None:
        """The licence terms of the bundled model."""
        ...


class SettingsPresenter:
    """Settings and models."""

    def __init__(
        self, settings: SettingsStore, models: ModelService, runner: JobRunner, shell: Shell, view: View
    ) -> None:
        self._settings, self._models = settings, models
        self._runner, self._shell, self._view = runner, shell, view

    def open(self, target: str = "") -> None:  # noqa: ARG002
        """Show everything."""
        self._view.show_settings(self._settings)
        self._load_models()

    def stale(self, what: Change) -> None:
        """Only settings change here."""
        if what is Change.SETTINGS:
            self._view.show_settings(self._settings)

    def set(self, name: str, value: object) -> None:
        """One setting; language and look are taken over at once. A value that is not allowed is put back."""
        if getattr(self._settings, name) == value:
            return
        try:
            setattr(self._settings, name, value)
            self._settings.save()
        except ValueError:
            self._view.show_settings(self._settings)
            return
        except OSError as error:
            self._shell.fail(StoreError.of("store_unwritable", file="settings.json", detail=error.strerror or ""))
            return
        if name in ("lang", "theme", "compact"):
            self._shell.apply_settings()
        self._shell.changed(Change.SETTINGS)

    def set_country(self, code: str, on: bool) -> None:
        """A jurisdiction more or less; the last one stays."""
        now = list(self._settings.jurisdictions)
        if on and code not in now:
            now.append(code)
        elif not on and code in now and len(now) > 1:
            now.remove(code)
        self.set("jurisdictions", tuple(now))
        self._view.show_settings(self._settings)

    def add_model(self, path: Path) -> None:
        """Check a GGUF and use it."""

        def work(_context: object) -> ModelEntry:
            return self._models.choose(self._models.add(path).id)

        self._model_job(work, "ui.settings.model_added")

    def use_model(self, model_id: str) -> None:
        """Write with another model."""
        self._model_job(lambda _c: self._models.choose(model_id), "ui.settings.model_used")

    def verify_model(self, model_id: str) -> None:
        """Compare a file with its hash."""

        def work(_context: object) -> ModelEntry:
            self._models.verify(model_id)
            return next(entry for entry in self._models.models() if entry.id == model_id)

        self._model_job(work, "ui.settings.model_sound")

    def remove_model(self, model_id: str) -> None:
        """Take a model off the list."""

        def work(_context: object) -> ModelEntry:
            entry = next(entry for entry in self._models.models() if entry.id == model_id)
            self._models.remove(model_id)
            return entry

        self._model_job(work, "ui.settings.model_removed")

    def show_terms(self) -> None:
        """The licence terms."""
        self._runner.start(Job(lambda _c: self._models.terms_html(), self._view.show_terms, self._shell.fail))

    def _model_job(self, work, key: str) -> None:  # type: ignore[no-untyped-def]
        def done(entry: ModelEntry) -> None:
            self._load_models()
            self._shell.changed(Change.MODELS)
            self._shell.notify(Notice(Level.GOOD, msg(key, name=entry.name)))

        self._runner.start(Job(work, done, self._shell.fail, label=msg("ui.settings.model_job")))

    def _load_models(self) -> None:
        job = Job(lambda _c: self._models.models(), self._view.show_models, self._shell.fail, key="settings.models")
        self._runner.start(job)
