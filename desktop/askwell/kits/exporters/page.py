# SPDX-License-Identifier: Apache-2.0
"""A kit as HTML: what the templates of the web page and of the printed page have in common."""

from __future__ import annotations

from askwell.domain.questions import Kit
from askwell.kits.exporters.base import KitSheet, clean, competencies, entries, facts, guidance, provenance

_COLUMNS = (
    "score",
    "heard",
    "tick",
    "competency",
    "numbers",
    "rating",
    "reasons",
    "model",
    "adapter",
    "prompt",
    "seed",
)


def render(template: str, kit: Kit, sheet: KitSheet) -> str:
    """Fill a template with the approved questions; every text is escaped. Raises ReviewBlocked where there are none."""
    from jinja2.sandbox import SandboxedEnvironment

    printed = entries(kit, sheet)
    environment = SandboxedEnvironment(autoescape=True, trim_blocks=True)
    environment.filters["breakable"] = _breakable
    return environment.from_string(template).render(
        kit=kit,
        title=clean(kit.title),
        facts=facts(kit, sheet),
        guidance=guidance(kit, sheet),
        column=dict(zip(_COLUMNS, sheet.columns(*_COLUMNS), strict=True)),
        entries=printed,
        label=sheet.label,
        competencies=competencies(printed),
        provenance=provenance(printed),
    )


def _breakable(text: str) -> str:
    """A hash is one long word; it may break anywhere."""
    return "\u200b".join(text[at : at + 8] for at in range(0, len(text), 8))
