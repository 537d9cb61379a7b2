# SPDX-License-Identifier: Apache-2.0
"""The user's own settings, one JSON file in the data folder."""

from __future__ import annotations

import getpass
import json
import os
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, ValidationError

from askwell.app.i18n import LANGUAGES, system_language


class SettingsStore(BaseModel):
    """Each setting once: type, default, bounds. `save()` writes them at once and completely or not at all."""

    model_config = ConfigDict(extra="ignore", validate_assignment=True)

    lang: str = Field(default_factory=system_language, pattern="^(" + "|".join(LANGUAGES) + ")$")
    theme: str = Field(default="system", pattern="^(system|light|dark)$")
    compact: bool = False
    actor: str = Field(default_factory=lambda: _login_name(), min_length=1, max_length=60)
    jurisdictions: tuple[str, ...] = ("CN",)
    candidates_per_slot: int = Field(default=15, ge=1, le=32)
    _path: Path = PrivateAttr(default=Path("settings.json"))

    @classmethod
    def load(cls, path: Path) -> SettingsStore:
        """Settings from the file; a damaged value falls back to its default and leaves the others alone."""
        settings = cls()
        settings._path = path
        try:
            raw = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return settings
        for name, value in raw.items() if isinstance(raw, dict) else ():
            if name in cls.model_fields:
                try:
                    setattr(settings, name, value)
                except ValidationError:
                    continue
        return settings

    def save(self) -> None:
        """Write the file. Raises OSError where the folder cannot be written."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_suffix(".part")
        partial.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        os.replace(partial, self._path)


def _login_name() -> str:
    try:
        return getpass.getuser()[:60] or "HR"
    except (OSError, KeyError):
        return "HR"
