# SPDX-License-Identifier: Apache-2.0
"""Does a question move a KPI the way its evidence does? 3.2% → 2.0% is cut, not raised, and does not begin at 2.0%."""

from __future__ import annotations

import re
from enum import StrEnum

from askwell.writing import content

_SPAN = re.compile(r"(\d+(?:[.,]\d+)*)[^\d→]*(?:→|\bto\b|到|至)[^\d]*(\d+(?:[.,]\d+)*)")
_FROM = re.compile(r"(?:\bfrom\b|从)\D{0,16}(\d+(?:[.,]\d+)*)", re.IGNORECASE)
_UP = re.compile(
    r"提[高升到至]|升[到至高]|增[加长到至]|涨|拉[高到]|冲到|突破|翻|做大|\b(rais|increas|grow|grew|lift|boost|improv)",
    re.I,
)
_DOWN = re.compile(
    r"降[低到至]?|减[少到至]?|缩[短减到至]?|压[到低降缩]|下降|控制到|\b(cut|reduc|lower|shorten|decreas|dropp)", re.I
)


# A level that is to be held: said so, or a bound or an absolute without a starting figure.
_KEEP = re.compile(
    r"保持|维持|稳定|不低于|不超过|不得|零|[≥≤<>]|100\s?%|\b0\s?(起|次|例|件)|维持|維持|以上|以下|以内|"
    r"\b(keep|maintain|hold|at least|no more than|zero|mantener|mínimo|máximo|cero)\b",
    re.I,
)


class Move(StrEnum):
    """What a KPI line asks for."""

    RAISE = "raise"
    CUT = "cut"
    KEEP = "keep"
    UNKNOWN = ""


def move_of(evidence: str) -> Move:
    """Where a KPI line wants its figure to go; UNKNOWN where the line does not say."""
    span = _SPAN.search(evidence)
    if span is not None:
        start, end = (_figure(part) for part in span.groups())
        if start != end:
            return Move.RAISE if end > start else Move.CUT
    if _DOWN.search(evidence) or re.search(r"[-−－]\s?\d", evidence):
        return Move.CUT
    if _UP.search(evidence) or re.search(r"\+\s?\d", evidence):
        return Move.RAISE
    return Move.KEEP if _KEEP.search(evidence) else Move.UNKNOWN


def wrong_direction(text: str, evidence: str) -> bool:
    """True where the evidence goes from one figure to another and the text says the opposite, or swaps the figures."""
    span = _SPAN.search(evidence)
    if span is None:
        return False
    start, end = (_figure(part) for part in span.groups())
    if start == end or not {start, end} & _figures(text):
        return False
    if _swapped(text, start, end):
        return True
    return bool((_DOWN if end > start else _UP).search(text)) and not (_UP if end > start else _DOWN).search(text)


def _figure(raw: str) -> float:
    return float(next(iter(content.numbers(raw))))


def _figures(text: str) -> set[float]:
    return {float(number) for number in content.numbers(text)}


def _swapped(text: str, start: float, end: float) -> bool:
    """Both figures are there with the target first, or the text begins at the target."""
    if any(_figure(raw) == end for raw in _FROM.findall(content.normalise(text))):
        return True
    order = [_figure(raw) for raw in re.findall(r"\d+(?:[.,]\d+)*", content.normalise(text))]
    return start in order and end in order and order.index(end) < order.index(start)
