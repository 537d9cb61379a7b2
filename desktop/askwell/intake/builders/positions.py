# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern of words stays on one line)
"""Rows and forms → Position, with the KPIs that a job profile names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from askwell.domain.records import Kpi, Position, Record
from askwell.intake.builders.rows import Notebook, RowData
from askwell.intake.builders.sections import kpi_of, sections_of
from askwell.intake.cleaning import half_width, items_of, key_of, line_of, names_of
from askwell.intake.dates import date_of
from askwell.intake.deidentify import deidentify, scrub_numbers
from askwell.intake.model import Cell, Severity
from askwell.intake.wording import language_of

_OFF = re.compile(
    r"停用|禁用|关闭|撤销|作废|已停|inactive|closed|disabled|archived|cancelled|廃止|募集終了|cerrad|inactiv", re.I
)
_SPLIT = re.compile(r"划分|分隔|隔开|separated")
_HEADINGS = re.compile(
    r"^(?:what you will (?:do|bring)|what you'll (?:do|bring)|responsibilities|requirements|your role|the role|about you|about the role|主要职责|岗位职责|工作职责|任职要求|任职资格)\s*[:：]?$",
    re.I,
)  # fmt: skip


def build(rows: Iterable[RowData], book: Notebook) -> list[Record]:
    """Positions in order. Rows without title and code continue the position above (child rows of an export)."""
    found: list[tuple[Position, int]] = []
    kpis: list[Record] = []
    for row in rows:
        if (
            not row.has("title")
            and found
            and (row.has("duties", "qualifications", "competencies") and not row.has("code"))
        ):
            found[-1] = (_continued(found[-1][0], row, book), found[-1][1])
            continue
        for title in _titles(row, book):
            found.append((_position(title, row, book), row.row))
            kpis.extend(_kpis(title, row, book))
    return [*_unique(found, book), *kpis]


def _titles(row: RowData, book: Notebook) -> list[str]:
    title = row.line("title") or book.context("position_title")
    if not title:
        book.note("missing_field", row.row, "title", Severity.ERROR, field="title")
        return []
    header = next((column.header for column, _ in row.values.get("title", ())), "")
    return list(names_of(title)) if _SPLIT.search(header) else [title]


def _position(title: str, row: RowData, book: Notebook) -> Position:
    parts = sections_of(row.cells("duties"))
    duties = _clean(_sentences(tuple(parts.duties)))
    if not duties:
        book.note("position_without_duties", row.row, "duties", title=title)
    if _OFF.search(row.line("status")):
        book.note("position_inactive", row.row, "status", Severity.WARNING, title=title, status=row.line("status"))
    qualifications = _lawful((*_points(row.cells("qualifications")), *parts.qualifications), row, book, title)
    purpose = row.text("purpose").replace("\n", " ") or " ".join(parts.intro)
    return Position(
        title=title,
        code=half_width(row.line("code")),
        department=row.line("department") or book.context("department"),
        level=row.line("level"),
        lang=language_of(title, *duties, *qualifications),
        purpose=scrub_numbers(purpose),
        duties=duties,
        qualifications=qualifications,
        competencies=_competencies(row.cells("competencies")),
        profile_date=_profile_date(row, book),
        origin=book.origin(row.row),
    )


def _profile_date(row: RowData, book: Notebook) -> str:
    cell = row.cell("profile_date")
    date = date_of(cell)
    if cell is not None and not date:
        book.note("date_unreadable", row.row, "profile_date", value=line_of(cell)[:40])
    return date


def _points(cells: Iterable[Cell]) -> tuple[str, ...]:
    points = [point for cell in cells for point in _sentences(items_of(cell))]
    return tuple(dict.fromkeys(point for point in points if not _HEADINGS.match(point)))


def _clean(points: Iterable[str]) -> tuple[str, ...]:
    """Points without numbers of persons, headings and repeats."""
    clean = (scrub_numbers(point) for point in points if not _HEADINGS.match(point))
    return tuple(dict.fromkeys(point for point in clean if point))


def _sentences(points: tuple[str, ...]) -> Iterable[str]:
    """A single English or Spanish paragraph of several sentences is several points."""
    if len(points) == 1 and len(points[0]) > 90 and points[0].count(". ") >= 1:
        return [
            part.strip().rstrip(".")
            for part in re.split(r"(?<=[a-z0-9)])\.\s+(?=[A-ZÁÉÍÓÚ])", points[0])
            if part.strip()
        ]
    if len(points) == 1 and len(points[0]) > 60 and points[0].count("。") >= 2:
        return [part for part in points[0].split("。") if part.strip()]
    return points


def _competencies(cells: list[Cell]) -> tuple[str, ...]:
    points = [point for cell in cells for point in items_of(cell)]
    if all(len(point) <= 40 or "、" in point for point in points) and not any(
        "：" in point or ":" in point for point in points
    ):
        points = [name for point in points for name in names_of(point)]
    return tuple(dict.fromkeys(_name_of(point) for point in points))


def _name_of(point: str) -> str:
    """“质量意识：不良不流出” is the competency 质量意识 with its description; standards and prompts need the name."""
    name = re.split(r"[：:]", point, maxsplit=1)[0].strip()
    return name if 2 <= len(name) <= 24 else point


def _lawful(points: tuple[str, ...], row: RowData, book: Notebook, title: str) -> tuple[str, ...]:
    """Requirements without those on age, sex, family, health …; what is taken out is named by place, not by content."""
    kept: list[str] = []
    for point in points:
        clean = deidentify(point, (), language_of(point))
        if key_of(clean) != key_of(point):
            book.note("unlawful_requirement", row.row, "qualifications", title=title)
        if clean:
            kept.append(clean)
    return tuple(kept)


def _continued(position: Position, row: RowData, book: Notebook) -> Position:
    duties = _clean(sections_of(row.cells("duties")).duties)
    qualifications = _lawful(_points(row.cells("qualifications")), row, book, position.title)
    return replace(
        position,
        duties=tuple(dict.fromkeys([*position.duties, *duties])),
        qualifications=tuple(dict.fromkeys([*position.qualifications, *qualifications])),
        competencies=tuple(dict.fromkeys([*position.competencies, *_competencies(row.cells("competencies"))])),
    )


def _kpis(title: str, row: RowData, book: Notebook) -> list[Kpi]:
    """The measures that a profile names."""
    points = [point for cell in row.cells("kpis") for point in items_of(cell)]
    points.extend(sections_of(row.cells("duties")).kpis)
    found = [kpi_of(point, title, book.origin(row.row)) for point in points]
    return [kpi for kpi in found if kpi is not None]


def _unique(found: list[tuple[Position, int]], book: Notebook) -> list[Position]:
    """Exact repeats once; the later of two rows with one code replaces the earlier."""
    kept: dict[str, Position] = {}
    for position, row in found:
        by_title = f"t:{key_of(position.title)}:{key_of(position.department)}"
        key = f"c:{key_of(position.code)}" if position.code else by_title
        earlier = kept.get(key)
        if earlier is None:
            kept[key] = position
        elif replace(earlier, origin=None) == replace(position, origin=None):
            book.note("duplicate_dropped", row, "code", Severity.NOTE, name=position.title)
        else:
            first = earlier.origin.row if earlier.origin else 0
            book.note("duplicate_updated", row, "code", Severity.WARNING, name=position.title, first=first)
            kept[key] = position
    return list(kept.values())
