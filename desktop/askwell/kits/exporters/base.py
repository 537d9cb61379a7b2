# SPDX-License-Identifier: Apache-2.0
"""What every exporter promises, and how a file appears: whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from askwell.domain.errors import UsageError
from askwell.domain.questions import Kit

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Exporter(Protocol):
    """Writes the approved questions of a kit in one format."""

    FORMAT: str
    extension: str

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """Write `path`. Raises ReviewBlocked where nothing is approved, UsageError where the file cannot be written."""
        ...


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """A temporary neighbour to write to; it takes the place of `path` only when the block ends well."""
    partial = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        os.replace(partial, path)
    except OSError as error:
        raise UsageError.of("export_unwritable", file=path.name) from error
    finally:
        partial.unlink(missing_ok=True)


def neutral(text: str) -> str:
    """A cell text that no spreadsheet program runs as a formula."""
    return "'" + text if text.startswith(_FORMULA) else text
