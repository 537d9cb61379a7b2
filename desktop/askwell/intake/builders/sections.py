# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern of words stays on one line)
"""A job advert in one cell: which lines introduce, which are duties, requirements or measures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from askwell.domain.records import Kpi, Origin
from askwell.intake.cleaning import items_of, text_of
from askwell.intake.model import Cell
from askwell.intake.wording import direction_of

_HEADINGS = (
    ("kpis", re.compile(r"measur|success|\bkpi|performance indicator|考核|绩效|衡量|评价指标|評価指標|indicador|medimos|éxito", re.I)),
    (
        "qualifications",
        re.compile(
            r"require|qualif|you bring|about you|who you are|you have|skills|experience|must have|nice to have|任职|要求|资格|条件|応募|必須|歓迎|requisit|perfil|buscamos",
            re.I,
        ),
    ),
    (
        "duties",
        re.compile(r"you will|you'll|responsib|duties|tasks|what you do|the role involves|职责|工作内容|你需要做|任务|業務|仕事|職務|funcion|responsabil|tareas|harás", re.I),
    ),
    ("other", re.compile(r"we offer|benefit|about us|who we are|perks|salary|福利|待遇|薪|关于我们|公司介绍|福利厚生|待遇|ofrecemos|beneficios", re.I)),
    ("intro", re.compile(r"about the|the role|overview|summary|purpose|概述|简介|目的|概要|sobre el puesto|descripción", re.I)),
)  # fmt: skip
_FROM_TO = re.compile(
    r"^(.*?)[,，：:]?\s*(?:\bfrom\b|由|从|\bde(?= \d))\s*(\S.*?)\s*"
    r"(?:\bto\b|提高到|提升到|升到|降到|降至|降低到|升至|增至|到|\ba\b)\s*(\S.*)$",
    re.I,
)
_FIGURE = r"([≥≤<>＜＞±约]*\s*[-+]?\d[^，,；;。\s]*)"
_BASELINE = re.compile(
    r"(?:^|[，,；;\s]|\d{4}年)\s*(?:基线|基准|现状|baseline|línea base)(?:值|为|是)?\s*[:：]?\s*" + _FIGURE, re.I
)
_TARGET = re.compile(r"(?:^|[，,；;\s]|\d{4}年)\s*(?:目标|target|meta)(?:值|为|是)?\s*[:：]?\s*" + _FIGURE, re.I)


@dataclass(slots=True)
class Sections:
    """Lines of an advert by what they are."""

    intro: list[str] = field(default_factory=list)
    duties: list[str] = field(default_factory=list)
    qualifications: list[str] = field(default_factory=list)
    kpis: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)


def sections_of(cells: Iterable[Cell]) -> Sections:
    """Sort the lines of the duties cells. Text without headings and lists is duties."""
    found = Sections()
    for cell in cells:
        lines = text_of(cell).split("\n")
        if len(lines) == 1:
            found.duties.extend(items_of(cell))
            continue
        markup = isinstance(cell, str) and "<" in cell and "</" in cell
        listed = any(line.startswith("•") for line in lines)
        current = "intro" if markup and listed else "duties"
        for line in lines:
            heading = _heading(line)
            if heading:
                current = heading
            elif current == "intro" and line.startswith("•"):
                found.duties.extend(items_of(line))
            elif current == "intro":
                found.intro.append(line)
            else:
                getattr(found, current).extend(items_of(line))
    return found


def _heading(line: str) -> str:
    """The section that a heading opens, "" for any other line. A heading is short and no sentence."""
    text = line.strip(" :：#*【】[]")
    words = len(text.split())
    if line.startswith("•") or len(text) > 34 or words > 6 or re.search(r"[，。；;,.\d]", text) or len(text) < 2:
        return ""
    if "\u4e00" <= text[0] <= "\u9fff" and len(text) > 8:
        return ""
    return next((name for name, pattern in _HEADINGS if pattern.search(text)), "")


def kpi_of(point: str, position: str, origin: Origin) -> Kpi | None:
    """`指标：算法，2025年基线8%，目标5%` or `Name, from 8% to 5%` as a KPI; None where the point names none."""
    moved = _FROM_TO.match(point)
    if moved and re.search(r"\d", moved.group(2)) and re.search(r"\d", moved.group(3)) and moved.group(1).strip():
        name, baseline, target = (part.strip(" ,，：:") for part in moved.groups())
        return Kpi(
            name,
            position,
            direction=direction_of("", name, baseline, target),
            baseline=baseline,
            target=target,
            origin=origin,
        )
    name, _, rest = point.partition("：") if "：" in point else point.partition(":")
    if not name.strip() or len(name) > 60:
        return None
    baseline, target = (
        found.group(1).strip() if found else "" for found in (_BASELINE.search(rest), _TARGET.search(rest))
    )
    ends = [found.start() for found in (_BASELINE.search(rest), _TARGET.search(rest)) if found]
    definition = rest[: min(ends)] if ends else rest
    return Kpi(
        name.strip(),
        position,
        direction=direction_of("", name, baseline or None, target or None),
        baseline=baseline,
        target=target,
        definition=re.sub(r"\d{4}年$", "", definition.strip(" ，,；;")).strip(" ，,；;"),
        origin=origin,
    )
