# SPDX-License-Identifier: Apache-2.0
"""Where the files lie that the program brings: texts, icons, rules, prompts, sample company.

In here because features that must not import each other all need the one answer; it takes the standard library only.
"""

from __future__ import annotations

import sys
from pathlib import Path


def shipped_roots() -> tuple[Path, ...]:
    """Folders that may hold `resources/`, best first: a frozen bundle, the checkout, an installed package."""
    package = Path(__file__).resolve().parents[1]
    bundle = getattr(sys, "_MEIPASS", "")
    return (*((Path(bundle),) if bundle else ()), package.parents[1], package)


def resource(name: str) -> Path:
    """Path of `resources/<name>`. Raises FileNotFoundError where the installation is incomplete."""
    for root in shipped_roots():
        path = root / "resources" / name
        if path.exists():
            return path
    raise FileNotFoundError(name)
