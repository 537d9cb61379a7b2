# SPDX-License-Identifier: Apache-2.0
"""Finds the data files of the window in a checkout, an installed package or a frozen bundle."""

from __future__ import annotations

import sys
from pathlib import Path


def resource(name: str) -> Path:
    """Path of `resources/<name>`. Raises FileNotFoundError where the installation is incomplete."""
    package = Path(__file__).resolve().parents[1]
    bases = [package.parents[1] / "resources", package / "resources"]
    bundle = getattr(sys, "_MEIPASS", "")
    if bundle:
        bases.insert(0, Path(bundle) / "resources")
    for base in bases:
        if (base / name).exists():
            return base / name
    raise FileNotFoundError(name)
