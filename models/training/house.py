# SPDX-License-Identifier: Apache-2.0
"""Makes the app importable for the scripts beside it; imported before anything of `askwell`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT / "desktop") not in sys.path:
    sys.path.insert(0, str(ROOT / "desktop"))
