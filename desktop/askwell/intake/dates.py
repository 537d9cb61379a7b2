# SPDX-License-Identifier: Apache-2.0
"""Dates in every form that HR exports use, as ISO text of the precision that is known."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from askwell.intake.cleaning import half_width
from askwell.intake.model import Cell

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "r": 2018, "h": 1988, "s": 1925}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january enero ene", "feb february febrero", "mar march marzo", "apr april abril abr", "may mayo",
            "jun june junio", "jul july julio", "aug august agosto ago", "sep sept september septiembre setiembre",
            "oct october octubre", "nov november noviembre", "dec december diciembre dic",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_QUARTER = re.compile(r"(\d{4})\s*年?\s*[-/ ]?\s*(?:Q([1-4])|第?([一二三四1-4])\s*(?:季度|四半期|trimestre))", re.I)
_YMD = re.compile(r"(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*(\d{1,2})(?!\d)\s*日?)?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})?(?!\d)")
_DMY = re.compile(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_NAMED_MDY = re.compile(r"\b([A-Za-z]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAMED_DMY = re.compile(r"\b(\d{1,2})[\s-]+(?:de\s+)?([A-Za-z]{3,10})\.?[\s,-]+(?:de\s+|del\s+)?(\d{4})")
_NAMED_MY = re.compile(r"\b([A-Za-z]{3,10})\.?\s+(?:de\s+|del\s+)?(\d{4})")
_ERA = re.compile(r"(令和|平成|昭和|\b[RHS])\s*(\d{1,2}|元)\s*[年.]\s*(\d{1,2})\s*[月.]?\s*(?:(\d{1,2})\s*日?)?", re.I)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_RANGE = re.compile(r"\s*(?:~|～|—|–|至|到|\bto\b|\s-\s|\ba\b)\s*", re.I)
_TIGHT_RANGE = re.compile(r"(\d{4}[./年]\d{1,2}[./月]\d{1,2}日?)\s*-\s*(\d{4}[./年]\d{1,2}[./月]\d{1,2}日?)")
_CN_DIGIT = {"一": 1, "二": 2, "三": 3, "四": 4}
_EXCEL_EPOCH = datetime(1899, 12, 30)


def date_of(cell: Cell, day_first: bool = False) -> str:
    """A date as `2026-05-31`, `2026-05` or `2026`, or "" where there is none. Of a range the beginning is taken.
    `day_first` decides 5/6/2026, which both orders allow."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, int | float):
        return _from_number(float(cell))
    text = half_width(cell).strip()
    if re.fullmatch(r"\d{5}(?:\.\d+)?|\d{10}|\d{13}", text):
        return _from_number(float(text))
    return _from_text(text, day_first)


def period_of(cell: Cell, day_first: bool = False) -> tuple[str, str]:
    """Beginning and end of a range; both the same for a single date."""
    if isinstance(cell, str):
        text = half_width(cell)
        tight = _TIGHT_RANGE.search(text)
        parts = list(tight.groups()) if tight else [part for part in _RANGE.split(text) if part]
        dates = [found for found in (date_of(part, day_first) for part in parts) if found]
        if len(dates) >= 2:
            return dates[0], dates[-1]
    single = date_of(cell, day_first)
    return single, single


def year_of(cell: Cell) -> str:
    """The four-digit year in a cell, or ""."""
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 1900 <= cell <= 2100:
        return str(int(cell))
    return date_of(cell)[:4]


def day_comes_first(cells: list[Cell]) -> bool:
    """True where a column of d/m/y-like dates holds a first part above 12 and no second part above 12."""
    pairs = [found.groups() for cell in cells if isinstance(cell, str) for found in _DMY.finditer(cell)]
    return any(int(pair[0]) > 12 for pair in pairs) and not any(int(pair[1]) > 12 for pair in pairs)


def _from_number(value: float) -> str:
    try:
        if value >= 1e11:
            return datetime.fromtimestamp(value / 1000, UTC).strftime("%Y-%m-%d")
        if value >= 1e9:
            return datetime.fromtimestamp(value, UTC).strftime("%Y-%m-%d")
        if 19_000_101 <= value <= 21_001_231 and value == int(value):
            return _from_text(str(int(value)), False)
        if 190_001 <= value <= 210_012 and value == int(value):
            return _from_text(str(int(value)), False)
        if 20_000 <= value <= 80_000:
            return (_EXCEL_EPOCH + timedelta(days=value)).strftime("%Y-%m-%d")
    except (OverflowError, OSError, ValueError):
        return ""
    return str(int(value)) if 1900 <= value <= 2100 and value == int(value) else ""


def _from_text(text: str, day_first: bool) -> str:
    for attempt in (_by_era, _by_quarter, _by_year_first, _by_name):
        found = attempt(text)
        if found:
            return found
    found_dmy = _DMY.search(text)
    if found_dmy:
        return _by_parts(found_dmy, day_first)
    compact = _COMPACT.search(text)
    if compact:
        iso = _iso(*compact.groups())
        if iso:
            return iso
    year = _YEAR.search(text)
    # A year among other figures is no date: "2026-13-40" is a slip, not the year 2026.
    return year.group(1) if year and len(text) <= 20 and len(re.findall(r"\d+", text)) == 1 else ""


def _by_era(text: str) -> str:
    found = _ERA.search(text)
    if not found:
        return ""
    year = 1 if found.group(2) == "元" else int(found.group(2))
    return _iso(str(_ERAS[found.group(1).lower()] + year), found.group(3), found.group(4))


def _by_quarter(text: str) -> str:
    found = _QUARTER.search(text)
    if not found:
        return ""
    quarter = found.group(2) or found.group(3)
    number = _CN_DIGIT.get(quarter) or int(quarter)
    return f"{found.group(1)}-{number * 3 - 2:02d}"


def _by_year_first(text: str) -> str:
    for found in _YMD.finditer(text):
        iso = _iso(*found.groups())
        if iso:
            return iso
    return ""


def _by_name(text: str) -> str:
    for pattern, order in ((_NAMED_MDY, (2, 0, 1)), (_NAMED_DMY, (2, 1, 0)), (_NAMED_MY, (1, 0, None))):
        for found in pattern.finditer(text):
            parts = found.groups()
            month = _MONTHS.get(parts[order[1] or 0].lower())
            if month:
                day = parts[order[2]] if order[2] is not None else None
                return _iso(parts[order[0] or 0], str(month), day)
    return ""


def _by_parts(found: re.Match[str], day_first: bool) -> str:
    first, second, year = found.groups()
    full = year if len(year) == 4 else f"20{year}"
    day, month = (first, second) if int(first) > 12 or (day_first and int(second) <= 12) else (second, first)
    return _iso(full, month, day)


def _iso(year: str, month: str | None = None, day: str | None = None) -> str:
    """Checked ISO text; "" where there is no such day."""
    try:
        if month is None:
            return datetime(int(year), 1, 1).strftime("%Y")
        if day is None:
            return datetime(int(year), int(month), 1).strftime("%Y-%m")
        return datetime(int(year), int(month), int(day)).strftime("%Y-%m-%d")
    except ValueError:
        return ""
