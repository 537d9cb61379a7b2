# SPDX-License-Identifier: Apache-2.0
"""Does a question move a KPI the way its evidence does? 3.2% → 2.0% is cut, not raised, and does not begin at 2.0%."""

from __future__ import annotations

import re

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
