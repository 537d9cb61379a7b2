# SPDX-License-Identifier: Apache-2.0
"""Which language model writes: the bundled one or any GGUF of the user."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from askwell.domain.errors import EngineError
from askwell.domain.generation import ModelInfo, TextModel
from askwell.engine.catalogue import Catalogue, CatalogueEntry, builtin_entry

TextModelFactory = Callable[[CatalogueEntry], TextModel]
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class ModelEntry:
    """A model as lists show it."""

    id: str
    name: str
    path: str
    size_bytes: int
    sha256: str
    licence: str
    active: bool
    adapter: str = ""


class ModelService:
    """Lists, adds, verifies and chooses models; owns the one that is running."""

    def __init__(self, folder: Path, starter: Path, resources: Path, start: TextModelFactory) -> None:
        self._manifest: dict[str, str] = json.loads((starter / MANIFEST).read_text(encoding="utf-8"))
        self._catalogue = Catalogue(folder, _builtin(starter, self._manifest))
        self._resources = resources
        self._start = start
        self._task_adapter = starter / self._manifest["task_adapter"]
        self._running: dict[str, tuple[str, TextModel]] = {}

    def models(self) -> list[ModelEntry]:
        """The bundled model first, then the user's."""
        return [self._shown(entry) for entry in self._catalogue.entries()]

    def active(self) -> ModelEntry:
        """The model that writes."""
        return self._shown(self._catalogue.chosen)

    def text_model(self) -> TextModel:
        """The running model, started for the active entry if need be. Raises EngineError where its file is gone."""
        return self._started("write", self._catalogue.chosen)

    def task_model(self) -> TextModel:
        """The model for the short tasks: the bundled one with the adapter that was trained for them, in a process of
        its own; a model of the user does them as it is. Raises EngineError where its file is gone."""
        entry = self._catalogue.chosen
        if not self.knows_tasks:
            return self.text_model()
        return self._started("tasks", replace(entry, adapter=str(self._task_adapter)))

    @property
    def knows_tasks(self) -> bool:
        """Whether the active model was trained to see what an answer lacks and what a question touches."""
        return self._catalogue.chosen.builtin and self._task_adapter.is_file()

    def info(self) -> ModelInfo:
        """Describe the running model, loading it if need be."""
        return self.text_model().info()

    def add(self, path: Path, copy: bool = False) -> ModelEntry:
        """Check a GGUF and put it on the list. Raises EngineError naming what is wrong with it."""
        return self._shown(self._catalogue.add(path, copy=copy))

    def choose(self, model_id: str) -> ModelEntry:
        """Make a model the active one. Raises EngineError for an unknown one."""
        entry = self._catalogue.choose(model_id)
        self.close()
        return self._shown(entry)

    def remove(self, model_id: str) -> None:
        """Take a model off the list; a linked file stays where it is."""
        self._catalogue.remove(model_id)
        self.close()

    def verify(self, model_id: str) -> bool:
        """Compare the file's SHA-256 with the recorded one. Raises EngineError where the file is gone or unsound."""
        self._catalogue.verify(model_id)
        return True

    def terms_html(self) -> str:
        """The terms of the bundled model, as shipped."""
        return (self._resources / "licences" / "gemma-terms.html").read_text(encoding="utf-8")

    def close(self) -> None:
        """Stop the running model."""
        for _, model in self._running.values():
            model.close()
        self._running.clear()

    def _started(self, purpose: str, entry: CatalogueEntry) -> TextModel:
        if not Path(entry.path).is_file():
            raise EngineError.of("engine_model_missing", file=entry.path)
        if any(entry_id != entry.id for entry_id, _ in self._running.values()):
            self.close()
        if purpose not in self._running:
            self._running[purpose] = (entry.id, self._start(entry))
        return self._running[purpose][1]

    def _shown(self, entry: CatalogueEntry) -> ModelEntry:
        return ModelEntry(
            id=entry.id,
            name=entry.name,
            path=entry.path,
            size_bytes=entry.size,
            sha256=entry.sha256,
            licence=self._manifest["licence"] if entry.builtin else "",
            active=entry.id == self._catalogue.chosen.id,
            adapter=entry.adapter,
        )


def _builtin(starter: Path, manifest: dict[str, str]) -> CatalogueEntry:
    adapter = starter / manifest["adapter"]
    return builtin_entry(
        starter / manifest["file"], manifest["sha256"], manifest["name"], adapter if adapter.is_file() else None
    )
