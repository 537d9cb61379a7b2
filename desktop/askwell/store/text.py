# SPDX-License-Identifier: Apache-2.0
"""How names are made comparable, and how identifiers are drawn."""

from __future__ import annotations

import unicodedata
import uuid
from datetime import UTC, datetime
from functools import lru_cache


@lru_cache(maxsize=65_536)
def normalise(text: str) -> str:
    """Width, case and white space do not tell two names apart: `QC 主管` and `qc主管` are one."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def key_of(*parts: str) -> str:
    """One comparable key from several names; the separator cannot occur in a normalised name."""
    return "\t".join(normalise(part) for part in parts)


def new_id(prefix: str) -> str:
    """A fresh identifier such as `pos_3f2a9c0d1e4b`."""
    return f"{prefix}_{uuid.uuid4().hex[:12]}"


def utc_now() -> str:
    """The present moment as an ISO string in UTC, to the microsecond so that versions sort."""
    return datetime.now(UTC).isoformat(timespec="microseconds")
