# SPDX-License-Identifier: Apache-2.0
"""Rows → Kpi. The position stands in a column, above the table, or is the sheet's name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from askwell.domain.records import Kpi, Record
from askwell.intake.builders.rows import Notebook, RowData
from askwell.intake.cleaning import (
    half_width,
    is_number,
    items_of,
    key_of,
    line_of,
    number_text,
    text_of,
    weight_of,
    weights_are_percent,
)
from askwell.intake.deidentify import scrub_numbers
from askwell.intake.model import Cell, Severity
from askwell.intake.wording import direction_of


def build(rows: Iterable[RowData], book: Notebook) -> list[Record]:
    """KPIs in order. A blank position repeats the one above, as parent rows of exports do."""
    lines = list(rows)
    percent = weights_are_percent([cell for row in lines for cell in row.cells("weight")])
    found: list[tuple[Kpi, int]] = []
    above: RowData | None = None
    for row in lines:
        if above is not None and not row.has("position_title"):
            for name in ("position_title", "period"):
                if not row.has(name) and above.has("position_title"):
                    row.values[name] = above.values.get(name, [])
        above = row
        if not row.has("name"):
            if row.has("target", "weight", "definition", "scoring"):
                book.note("missing_field", row.row, "name", Severity.ERROR, field="name")
            continue
        found.append((_kpi(row, row.line("position_title") or book.context("position_title"), percent, book), row.row))
    kept = _unique(found, book)
    _check_weights(kept, book)
    return [kpi for kpi, _ in kept]


def _kpi(row: RowData, position: str, percent: bool, book: Notebook) -> Kpi:
    if not position:
        book.note("kpi_without_position", row.row, "position_title", name=row.line("name")[:40])
    name = " ".join(items_of(row.line("name"))) or row.line("name")
    unit = row.line("unit")
    return Kpi(
        name=name,
        position_title=position,
        direction=direction_of(row.line("direction"), name, row.cell("baseline"), row.cell("target")),
        baseline=amount(row.cell("baseline"), unit, name),
        target=amount(row.cell("target"), unit, name),
        unit=unit or unit_in(row.line("target")),
        period=row.line("period") or book.context("period"),
        weight=_weight(row, percent, book),
        definition=scrub_numbers("\n".join(dict.fromkeys(text_of(cell) for cell in row.cells("definition")))),
        scoring=scrub_numbers(row.text("scoring")),
        origin=book.origin(row.row),
    )


def amount(cell: Cell, unit: str, name: str = "") -> str:
    """A figure with its unit as the firm would write it: 0.95 in a column of rates → 95%, 12 with unit 天 → 12天."""
    text = half_width(line_of(cell))
    if not text or not is_number(cell) or not text[-1].isdigit():
        return text
    share = (
        isinstance(cell, float)
        and 0 < cell <= 1
        and (unit == "%" or name.endswith(("率", "占比", "比例")) or "rate" in name.lower())
    )
    if share and isinstance(cell, float):
        return number_text(round(cell * 100, 6)) + "%"
    if not unit or unit in text or unit in ("-", "/"):
        return text
    return f"{text}{unit}" if not unit[0].isascii() or unit[0] in "%‰°" else f"{text} {unit}"


def unit_in(text: str) -> str:
    """The unit behind the only figure of a target: `≥95%` → `%`, `45分钟` → `分钟`."""
    found = re.fullmatch(r"\D{0,6}?[-+]?\d[\d,.]*\s*([^\d\s（(，,。]{1,8})(?:[（(].*)?", half_width(text))
    return re.sub(r"(?:以?内|以[上下])$", "", found.group(1)) if found else ""


def _weight(row: RowData, percent: bool, book: Notebook) -> float:
    cell = row.cell("weight")
    weight = weight_of(cell, percent)
    if cell is not None and weight is None:
        book.note("weight_unreadable", row.row, "weight", value=line_of(cell)[:20])
    return weight or 0.0


def _unique(found: list[tuple[Kpi, int]], book: Notebook) -> list[tuple[Kpi, int]]:
    kept: dict[str, tuple[Kpi, int]] = {}
    for kpi, row in found:
        key = f"{key_of(kpi.position_title)}/{key_of(kpi.name)}/{key_of(kpi.period)}"
        earlier = kept.get(key)
        if earlier and replace(earlier[0], origin=None) == replace(kpi, origin=None):
            book.note("duplicate_dropped", row, "name", Severity.NOTE, name=kpi.name)
            continue
        if earlier:
            book.note("duplicate_updated", row, "name", Severity.WARNING, name=kpi.name, first=earlier[1] + 1)
        kept[key] = (kpi, row)
    return list(kept.values())


def _check_weights(kept: list[tuple[Kpi, int]], book: Notebook) -> None:
    """Weights of one position in one period should make 100 %."""
    sums: dict[tuple[str, str], float] = defaultdict(float)
    rows: dict[tuple[str, str], int] = {}
    for kpi, row in kept:
        group = (kpi.position_title, kpi.period)
        sums[group] += kpi.weight
        rows.setdefault(group, row)
    for group, total in sums.items():
        if total and abs(total - 1) > 0.005:
            shown = f"{total * 100:.4g}"
            book.note("weight_sum", rows[group], "weight", position=group[0] or "-", total=shown)
