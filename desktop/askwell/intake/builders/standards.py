# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern of words stays on one line)
"""Rows → Standard: observable behaviour for a competency at a level."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from askwell.domain.records import Record, Standard
from askwell.intake.builders.rows import Notebook, RowData
from askwell.intake.cleaning import items_of, key_of, line_of, names_of, text_of
from askwell.intake.deidentify import scrub_numbers
from askwell.intake.model import Cell, Severity

_EVERYONE = re.compile(
    r"^(?:全部|所有|全体|全员|通用|各)(?:岗位|职位|人员|员工)?$|^(?:all|any|every)(?: (?:positions|roles|jobs|employees))?$|^全職種$|^todos(?: los puestos)?$",
    re.I,
)


def build(rows: Iterable[RowData], book: Notebook) -> list[Record]:
    """Standards in order. Competency, definition and positions of a merged or blank cell come from above."""
    found: list[tuple[Standard, int]] = []
    above: dict[str, Cell] = {}
    for row in rows:
        if row.has("competency") and key_of(row.line("competency")) != key_of(line_of(above.get("competency"))):
            above = {name: row.cell(name) for name in ("competency", "definition", "positions")}
        else:
            above = {name: row.cell(name) or above.get(name) for name in ("competency", "definition", "positions")}
        texts = _texts(row)
        if not texts and not row.has("competency", "definition"):
            continue
        if not texts or above["competency"] is None:
            missing = "text" if not texts else "competency"
            book.note("missing_field", row.row, missing, Severity.ERROR, field=missing)
            continue
        found.extend((_standard(above, level, text, row, book), row.row) for level, text in texts)
    return _unique(found, book)


def _texts(row: RowData) -> list[tuple[str, str]]:
    """Level and behaviour: one of the row, or one for each level column."""
    wide = [
        (column.header.split(">")[-1], scrub_numbers(text_of(cell)))
        for column, cell in row.values.get("level_text", ())
        if text_of(cell)
    ]
    text = scrub_numbers(row.text("text"))
    return wide or ([(row.line("level"), text)] if text else [])


def _standard(above: dict[str, Cell], level: str, text: str, row: RowData, book: Notebook) -> Standard:
    positions = tuple(name for name in names_of(above["positions"]) if not _EVERYONE.match(name))
    lines = items_of(text) if "\n" in text else (text,)
    return Standard(
        competency=line_of(above["competency"]),
        text="\n".join(lines),
        level=level,
        definition=text_of(above["definition"]),
        positions=positions,
        origin=book.origin(row.row),
    )


def _unique(found: list[tuple[Standard, int]], book: Notebook) -> list[Record]:
    kept: dict[str, Standard] = {}
    for standard, row in found:
        key = f"{key_of(standard.competency)}/{key_of(standard.level)}/{key_of(standard.text)}/{'|'.join(standard.positions)}"
        if key in kept and replace(kept[key], origin=None) == replace(standard, origin=None):
            book.note("duplicate_dropped", row, "competency", Severity.NOTE, name=standard.competency)
            continue
        kept[key] = standard
    return list(kept.values())
