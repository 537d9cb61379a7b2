# SPDX-License-Identifier: Apache-2.0
"""The reader protocol and the limits every untrusted file has to keep before it is opened.

TO ADD A FORMAT: write `readers/<format>.py` with a class that has EXTENSIONS, `sniff`, `read` and `reread`, add one
line to READERS in `readers/__init__.py`, and drop a sample into tests/data/readers/. The contract suite
tests/contracts/test_readers.py then runs over it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from askwell.domain.errors import InputRefused
from askwell.domain.messages import msg
from askwell.intake.model import Cell, RawTable

MAX_BYTES = 200 * 1024 * 1024
MAX_CELLS = 2_000_000
MAX_COLUMNS = 16_384
MAX_UNPACKED = 1024 * 1024 * 1024
MAX_RATIO = 300  # office XML rarely passes 60; the theoretical end of deflate is 1032
RATIO_FROM = 8 * 1024 * 1024  # small parts may compress as they like
MAX_PARTS = 20_000
MAX_DEPTH = 40  # tables within tables, elements within elements


class Reader(Protocol):
    """One input format. `sniff` and `read` never change the file."""

    EXTENSIONS: tuple[str, ...]

    def sniff(self, path: Path) -> bool:
        """True where the content (not the name) is of this format. Reads a few kilobytes."""
        ...

    def read(self, path: Path) -> list[RawTable]:
        """Every table in the file. Raises InputRefused where the file is damaged, protected or beyond a limit."""
        ...

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """The same values by an independent way, for verification, with the name of that way."""
        ...


def refuse(key: str, path: Path, **facts: object) -> InputRefused:
    """The refusal `error.<key>` for a file, with its remedy."""
    facts = {"file": path.name, **facts}
    return InputRefused(msg(f"error.{key}", **facts), msg(f"error.{key}.hint", **facts))


def head(path: Path, size: int = 8192) -> bytes:
    """First bytes of the file. Raises InputRefused where it cannot be opened."""
    try:
        with path.open("rb") as stream:
            return stream.read(size)
    except OSError as error:
        raise refuse("file_unreadable", path, reason=error.strerror or "") from error


def zip_members(path: Path) -> set[str]:
    """Names inside a zip file; empty where the file is not one."""
    try:
        with zipfile.ZipFile(path) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return set()


def check_zip(path: Path) -> None:
    """Refuse a damaged archive or one that unpacks to too much, looking at its directory only."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise refuse("file_damaged", path) from error
    if any(part.flag_bits & 1 for part in parts):
        raise refuse("file_encrypted", path)
    total = sum(part.file_size for part in parts)
    steep = any(
        part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(1, part.compress_size) for part in parts
    )
    if total > MAX_UNPACKED or steep or len(parts) > MAX_PARTS:
        raise refuse("file_expands", path, size=round(total / 1024**2))


def check_shape(path: Path, rows: int, columns: int, cells_so_far: int = 0) -> int:
    """Refuse a table beyond the limits; returns the running number of cells of the file."""
    if columns > MAX_COLUMNS:
        raise refuse("file_too_wide", path, columns=columns, limit=MAX_COLUMNS)
    cells = cells_so_far + rows * columns
    if cells > MAX_CELLS:
        raise refuse("file_too_many_cells", path, cells=cells, limit=MAX_CELLS)
    return cells


def tidy(value: object) -> Cell:
    """A library's cell value as one of ours: empty text → None, days → datetime, whole floats → int."""
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool | int | datetime):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)
    if isinstance(value, time | timedelta):
        return str(value)
    return str(value)


def square(rows: Iterable[list[Cell]]) -> list[list[Cell]]:
    """Rows padded to equal width, empty rows at the end removed."""
    table = list(rows)
    while table and all(cell is None for cell in table[-1]):
        table.pop()
    width = max((len(row) for row in table), default=0)
    for row in table:
        row.extend([None] * (width - len(row)))
    return table
