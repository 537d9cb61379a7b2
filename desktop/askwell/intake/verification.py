# SPDX-License-Identifier: Apache-2.0
"""Reads a file a second, independent way and compares every cell with the first."""

from __future__ import annotations

import zlib
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from askwell.intake.model import Cell, Mismatch, RawTable, Verification, column_letter
from askwell.intake.readers import reader_for

MAX_LISTED = 200


def verify(path: Path, tables: list[RawTable]) -> Verification:
    """Compare `tables` with a second reading. Every difference counts; the first 200 are listed."""
    method, again = reader_for(path).reread(path)
    cells = equal = rows = 0
    mismatches: list[Mismatch] = []
    checksums: dict[str, int] = {}
    for first, second in zip_longest(tables, again, fillvalue=RawTable("", "", [])):
        rows += len(first.cells)
        sheet = first.sheet or second.sheet
        nothing: list[Cell] = []
        for at, (left, right) in enumerate(zip_longest(first.cells, second.cells, fillvalue=nothing)):
            for column, (one, two) in enumerate(zip_longest(left, right)):
                if one is None and two is None:
                    continue
                cells += 1
                if one == two or canonical(one) == canonical(two):
                    equal += 1
                elif len(mismatches) < MAX_LISTED:
                    mismatches.append(
                        Mismatch(sheet, at + 1, column_letter(column), canonical(one)[:80], canonical(two)[:80])
                    )
        checksums.update(_checksums(first))
    return Verification(method, rows, cells, equal, tuple(mismatches), checksums)


def canonical(cell: Cell) -> str:
    """A value as text that is the same however a library types it: 3 and 3.0, a date and its midnight."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return f"{cell:.12g}"
    if isinstance(cell, datetime):
        return cell.replace(microsecond=0).isoformat()
    return "\n".join(line.strip() for line in cell.strip().split("\n"))


def _checksums(table: RawTable) -> dict[str, int]:
    sums: dict[str, int] = {}
    for column in range(table.width):
        body = "\x1f".join(canonical(row[column]) for row in table.cells)
        sums[f"{table.sheet}!{column_letter(column)}"] = zlib.crc32(body.encode())
    return sums
