# SPDX-License-Identifier: Apache-2.0
"""The one place that constructs adapters and puts services together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from askwell.app import offline
from askwell.app.goals import GoalService
from askwell.app.home import HomeService
from askwell.app.i18n import Catalogue
from askwell.app.imports import ImportService
from askwell.app.kits import KitService
from askwell.app.models import ModelService
from askwell.app.paths import Paths, find_paths
from askwell.app.review import ReviewService
from askwell.app.settings import SettingsStore
from askwell.app.writing import WritingService
from askwell.domain.generation import TextModel
from askwell.engine.catalogue import CatalogueEntry
from askwell.engine.client import EngineClient
from askwell.engine.config import EngineConfig
from askwell.review.checker import Checker
from askwell.store import Workspace, open_workspace
from askwell.writing.writer import WritingSettings

IDLE_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Core:
    """What works without a workspace: enough for `write`, `check` and `models` on plain records."""

    paths: Paths
    settings: SettingsStore
    catalogue: Catalogue
    models: ModelService

    def checker(self, jurisdictions: tuple[str, ...] = ()) -> Checker:
        """The review rules for the user's jurisdictions, or for these."""
        chosen = jurisdictions or self.settings.jurisdictions
        return _checker(self.paths.resources, chosen, self.catalogue.lang)

    def writing_settings(self) -> WritingSettings:
        """How much is tried for a question."""
        return WritingSettings(candidates=self.settings.candidates_per_slot)

    def close(self) -> None:
        """Stop the language model."""
        self.models.close()


@dataclass(frozen=True, slots=True)
class App:
    """Everything that the window and the command line call."""

    core: Core
    workspace: Workspace
    imports: ImportService
    goals: GoalService
    writing: WritingService
    review: ReviewService
    kits: KitService
    home: HomeService

    @property
    def paths(self) -> Paths:
        """Where things lie."""
        return self.core.paths

    @property
    def settings(self) -> SettingsStore:
        """The user's settings."""
        return self.core.settings

    @property
    def catalogue(self) -> Catalogue:
        """Sentences in the user's language."""
        return self.core.catalogue

    @property
    def models(self) -> ModelService:
        """Language models."""
        return self.core.models

    def close(self) -> None:
        """Stop the model and close the workspace."""
        self.core.close()
        self.workspace.close()


def build_core(data_dir: Path | None = None, lang: str | None = None) -> Core:
    """The parts that need no workspace. Installs the offline guard."""
    offline.install()
    paths = find_paths(data_dir)
    settings = SettingsStore.load(paths.settings_file)
    catalogue = Catalogue.load(paths.resources, lang or settings.lang)
    models = ModelService(paths.models, paths.starter, paths.resources, _engine_factory(paths))
    return Core(paths, settings, catalogue, models)


def build_app(data_dir: Path | None = None, lang: str | None = None) -> App:
    """Everything. Raises StoreError where the workspace cannot be opened."""
    core = build_core(data_dir, lang)
    workspace = open_workspace(core.paths.data)

    def actor() -> str:
        return core.settings.actor

    goals = GoalService(workspace, actor)
    review = ReviewService(workspace, core.checker, actor)
    return App(
        core=core,
        workspace=workspace,
        imports=ImportService(workspace, core.paths.resources / "sample-company" / "exports", actor),
        goals=goals,
        writing=WritingService(workspace, core.paths.resources, goals, core.models, review, core.writing_settings),
        review=review,
        kits=KitService(workspace, core.catalogue, actor),
        home=HomeService(workspace),
    )


def _engine_factory(paths: Paths) -> Callable[[CatalogueEntry], TextModel]:
    def start(entry: CatalogueEntry) -> TextModel:
        return EngineClient(
            EngineConfig(
                model=Path(entry.path),
                adapter=Path(entry.adapter) if entry.adapter else None,
                sha256=entry.sha256,
                log_file=paths.logs / "engine.log",
                cache_dir=paths.cache,
                idle_seconds=IDLE_SECONDS,
            )
        )

    return start


@lru_cache(maxsize=8)
def _checker(resources: Path, jurisdictions: tuple[str, ...], ui_lang: str) -> Checker:
    """Compiled rule packs are immutable and take a moment, so they are kept."""
    return Checker(resources, jurisdictions, ui_lang=ui_lang)
