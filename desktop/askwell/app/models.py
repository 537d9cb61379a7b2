# SPDX-License-Identifier: Apache-2.0
"""Which language model writes: the bundled one or any GGUF of the user."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from askwell.domain.errors import EngineError
from askwell.domain.generation import ModelInfo, TextModel
from askwell.engine.catalogue import Catalogue as ModelCatalogue
from askwell.engine.catalogue import ModelEntry

TextModelFactory = Callable[[ModelEntry], TextModel]


class ModelService:
    """Lists, adds, verifies and chooses models; owns the one that is running."""

    def __init__(self, catalogue: ModelCatalogue, resources: Path, start: TextModelFactory) -> None:
        self._catalogue = catalogue
        self._resources = resources
        self._start = start
        self._running: tuple[str, TextModel] | None = None

    def models(self) -> list[ModelEntry]:
        """The bundled model first, then the user's."""
        return self._catalogue.list()

    def active(self) -> ModelEntry:
        """The model that writes. Raises EngineError where its file is gone."""
        chosen = next((entry for entry in self.models() if entry.active), None)
        if chosen is None:
            raise EngineError.of("engine_model_missing", file="")
        return chosen

    def text_model(self) -> TextModel:
        """The running model, started for the active entry if need be."""
        entry = self.active()
        if self._running is not None and self._running[0] != entry.id:
            self.close()
        if self._running is None:
            self._running = (entry.id, self._start(entry))
        return self._running[1]

    def info(self) -> ModelInfo:
        """Describe the running model, loading it if need be."""
        return self.text_model().info()

    def add(self, path: Path, copy: bool = False) -> ModelEntry:
        """Check a GGUF and put it on the list. Raises EngineError naming what is wrong with it."""
        return self._catalogue.add(path, copy=copy)

    def choose(self, model_id: str) -> ModelEntry:
        """Make a model the active one."""
        self.close()
        return self._catalogue.choose(model_id)

    def remove(self, model_id: str) -> None:
        """Take a model off the list; a linked file stays where it is."""
        self.close()
        self._catalogue.remove(model_id)

    def verify(self, model_id: str) -> bool:
        """Compare the file's SHA-256 with the one recorded when it was added."""
        return self._catalogue.verify(model_id)

    def terms_html(self) -> str:
        """The terms of the bundled model, as shipped."""
        return (self._resources / "licences" / "gemma-terms.html").read_text(encoding="utf-8")

    def close(self) -> None:
        """Stop the running model."""
        if self._running is not None:
            self._running[1].close()
            self._running = None
