# SPDX-License-Identifier: Apache-2.0
"""A KPI as a phrase that can stand in a prompt or beside a question."""

from __future__ import annotations

from askwell.domain.records import Direction, Kpi

# by language: baseline and target · target to reach · target to come down to · target to hold · baseline only ·
# definition only. Import cannot always tell the direction, so "to reach" stays neutral.
_PHRASES: dict[str, dict[str, str]] = {
    "zh": {
        "span": "{name} {baseline}→{target}",
        "raise": "{name} 目标{target}",
        "cut": "{name} 降至{target}",
        "keep": "{name} 保持{target}",
        "now": "{name} 现为{baseline}",
        "meaning": "{name}：{definition}",
    },
    "en": {
        "span": "{name} from {baseline} to {target}",
        "raise": "{name}, target {target}",
        "cut": "{name} down to {target}",
        "keep": "{name} kept at {target}",
        "now": "{name}, now {baseline}",
        "meaning": "{name}: {definition}",
    },
    "ja": {
        "span": "{name} {baseline}→{target}",
        "raise": "{name} 目標{target}",
        "cut": "{name}を{target}まで低減",
        "keep": "{name}を{target}に維持",
        "now": "{name} 現状{baseline}",
        "meaning": "{name}：{definition}",
    },
    "es": {
        "span": "{name} de {baseline} a {target}",
        "raise": "{name}, meta {target}",
        "cut": "{name}: bajar a {target}",
        "keep": "{name}: mantener en {target}",
        "now": "{name}, ahora {baseline}",
        "meaning": "{name}: {definition}",
    },
}


def kpi_phrase(kpi: Kpi, lang: str) -> str:
    """Name with baseline → target, or with what there is, in `lang` (unknown languages read as English)."""
    phrases = _PHRASES.get(lang[:2], _PHRASES["en"])
    facts = {
        "name": kpi.name.strip(),
        "baseline": _with_unit(kpi.baseline, kpi.unit),
        "target": _with_unit(kpi.target, kpi.unit),
        "definition": " ".join(kpi.definition.split()),
    }
    form = _form(kpi, facts)
    return phrases[form].format(**facts) if form else facts["name"]


def _form(kpi: Kpi, facts: dict[str, str]) -> str:
    if facts["target"]:
        if kpi.direction is Direction.KEEP:
            return "keep"
        return "span" if facts["baseline"] else kpi.direction.value
    if facts["definition"]:
        return "meaning"
    return "now" if facts["baseline"] else ""


def _with_unit(value: str, unit: str) -> str:
    value, unit = value.strip(), unit.strip()
    if not value or not unit or not value[-1].isdigit():
        return value
    return f"{value}{unit}" if unit in "%‰" or not unit.isascii() else f"{value} {unit}"
