# SPDX-License-Identifier: Apache-2.0
"""Does a question move a KPI the way its evidence does? 3.2% → 2.0% is cut, not raised, and does not begin at 2.0%."""

from __future__ import annotations

import re
from enum import StrEnum

from askwell.writing import content

_SPAN = re.compile(r"(\d+(?:[.,]\d+)*)[^\d→]*(?:→|\bto\b|到|至)[^\d]*(\d+(?:[.,]\d+)*)")
_FROM = re.compile(r"(?:\bfrom\b|从)\D{0,16}(\d+(?:[.,]\d+)*)", re.IGNORECASE)
_UP = re.compile(
    r"提[高升到至]|升[到至高]|增[加长到至]|涨|拉[高到]|冲到|突破|翻|做大|\b(rais|increas|grow|grew|lift|boost|improv)|"
    r"上げ|高め|増や|伸ば|\b(subi|aument|elev|mejor|increment)",
    re.I,
)
_DOWN = re.compile(
    r"降[低到至]?|减[少到至]?|缩[短减到至]?|压[到低降缩]|下降|控制到|\b(cut|reduc|lower|shorten|decreas|dropp)|"
    r"下げ|減ら|短縮|抑え|\b(baj|rebaj|disminu|recort|acort)",
    re.I,
)


# A level that is to be held: said so, or a bound or an absolute without a starting figure.
_KEEP = re.compile(
    r"保持|维持|稳定|不低于|不超过|不得|零|[≥≤<>]|100\s?%|\b0\s?(起|次|例|件)|维持|維持|以上|以下|以内|"
    r"\b(keep|maintain|hold|at least|no more than|zero|mantener|mínimo|máximo|cero)\b",
    re.I,
)


# A case is no trouble where the KPI did what it should: “if the scrap rate suddenly falls, what do you do first?”
_CASE = re.compile(
    r"^(?:如果|假如|假设|要是|当|\b(?:if|suppose|imagine|when)\b)[^，,？?]*|[^，。,]*(?:突然|忽然|\bsuddenly\b)[^，,？?]*",
    re.I,
)
_FELL = re.compile(r"下降|降下|降了|减少|变少|缩短|\b(fell|falls|drop|decreas|declin|went down|goes down)", re.I)
_ROSE = re.compile(r"上升|上涨|升高|升了|涨了|变高|增多|\b(rose|rises|increas|grew|grows|went up|goes up)", re.I)
_HINDERED = re.compile(
    r"要|需|想|没|不|未|难|慢|太|目标|只|仅|影响|n't|"
    r"\b(not|no|never|must|need|want|has to|have to|had to|only|fail|hardly|barely)",
    re.I,
)
_BUT = re.compile(r"但|却|\b(but|yet|while|although)\b", re.I)
# The figure that a KPI starts from is a state to leave, never a limit, a target or a difference.
_START = re.compile(
    r"只有|只|才|一度|还[在是]|卡在|停在|高达|达到|原来|之前|接手|从|"
    r"\b(from|was|were|stood|stuck|at|only|still|desde|de|era|estaba)\b|から|だった|あった",
    re.I,
)
_DIFFERENCE = re.compile(r"\bby\s+(?:about\s+)?(\d+(?:[.,]\d+)*)|[了低少高升](\d+(?:[.,]\d+)*)个百分点", re.I)


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
    """True where the evidence goes from one figure to another and the text says the opposite, swaps the figures or
    takes one for what it is not; and where a case calls that a trouble which the KPI is to reach."""
    if _untroubled(text, move_of(evidence)):
        return True
    span = _SPAN.search(evidence)
    if span is None:
        return False
    start, end = (_figure(part) for part in span.groups())
    if start == end or not {start, end} & _figures(text):
        return False
    if _swapped(text, start, end) or _mistaken(text, start, end):
        return True
    return bool((_DOWN if end > start else _UP).search(text)) and not (_UP if end > start else _DOWN).search(text)


def _untroubled(text: str, move: Move) -> bool:
    """A situational case in which the KPI has moved as it should, with nothing in the way."""
    wanted = {Move.CUT: _FELL, Move.RAISE: _ROSE}.get(move)
    if wanted is None:
        return False
    cases = (match.group() for match in _CASE.finditer(text))
    return not _BUT.search(text) and any(wanted.search(case) and not _HINDERED.search(case) for case in cases)


def _mistaken(text: str, start: float, end: float) -> bool:
    """The starting figure alone, with nothing that says it is the start; or a level where a difference belongs."""
    differences = {_figure(one or other) for one, other in _DIFFERENCE.findall(content.normalise(text))}
    if differences & {start, end}:
        return True
    found = _figures(text)
    return start in found and end not in found and not _START.search(text)


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
