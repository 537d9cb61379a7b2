# SPDX-License-Identifier: Apache-2.0
"""What the tests of the readers have in common."""

from __future__ import annotations

from pathlib import Path

import pytest

from askwell.domain.errors import InputRefused
from askwell.intake import readers


def refusal(path: Path) -> str:
    """The key by which a file is refused; every refusal brings its remedy."""
    with pytest.raises(InputRefused) as refused:
        readers.read(path)
    assert refused.value.hint is not None
    assert refused.value.hint.key == refused.value.message.key + ".hint"
    return refused.value.message.key.removeprefix("error.")
