# SPDX-License-Identifier: Apache-2.0
"""The language model's second opinion on a question, beside rules and classifier."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from askwell.app.models import ModelService
from askwell.domain.errors import EngineError
from askwell.writing.assistant import Assistant

_TITLE = 80
_SHORTEST, _LONGEST = 3, 400  # characters; beyond them there is nothing to weigh, or it is no question


class SecondOpinion:
    """Asks the active model, if it was trained to name what a question touches. A model that cannot be used costs the
    opinion, never the check; `failure` then says why."""

    def __init__(self, models: ModelService, resources: Path) -> None:
        self._models, self._resources = models, resources
        self.failure: EngineError | None = None

    def __call__(self, text: str, lang: str, position: str = "") -> Mapping[str, float] | None:
        """Probabilities by topic, or None."""
        asked = text.strip()
        if self.failure is not None or not self._models.knows_tasks or not _SHORTEST <= len(asked) <= _LONGEST:
            return None
        try:
            return Assistant(self._models.task_model(), self._resources).screen(position[:_TITLE], asked, lang)
        except EngineError as error:
            self.failure = error
            return None
