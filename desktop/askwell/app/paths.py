# SPDX-License-Identifier: Apache-2.0
"""Where things lie: shipped resources, and the user's data folder with everything that Askwell writes."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from askwell.domain.shipped import resource


@dataclass(frozen=True, slots=True)
class Paths:
    """`resources` and `starter` are read only; all else lies in `data`."""

    resources: Path
    starter: Path
    data: Path

    @property
    def logs(self) -> Path:
        """Log files, without personal data."""
        return self.data / "logs"

    @property
    def models(self) -> Path:
        """The list of models and copies of added ones."""
        return self.data / "models"

    @property
    def cache(self) -> Path:
        """What can be made again."""
        return self.data / "cache"

    @property
    def exports(self) -> Path:
        """Where kits go unless the user says otherwise."""
        return self.data / "exports"

    @property
    def settings_file(self) -> Path:
        """The user's settings."""
        return self.data / "settings.json"


def find_paths(data: Path | None = None) -> Paths:
    """Paths for this installation; `data` overrides the user's data folder, as does ASKWELL_DATA_DIR."""
    root = resource("").parent
    chosen = data or _from_environment() or Path(platformdirs.user_data_dir("Askwell", appauthor=False))
    return Paths(resources=root / "resources", starter=root / "models" / "starter", data=chosen.expanduser().resolve())


def _from_environment() -> Path | None:
    value = os.environ.get("ASKWELL_DATA_DIR", "")
    return Path(value) if value else None
