# SPDX-License-Identifier: Apache-2.0
"""The design tokens of `resources/themes/tokens.json`, and contrast between two colours. No Qt here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache

from askwell.domain.shipped import resource

LIGHT = "light"
DARK = "dark"


@dataclass(frozen=True, slots=True)
class Tokens:
    """The values for one scheme: colours by role, numbers as `group_name` (`space_card`, `size_row`)."""

    scheme: str
    colours: dict[str, str]
    numbers: dict[str, int]

    def colour(self, role: str) -> str:
        """Hex value of a role."""
        return self.colours[role]

    def px(self, name: str) -> int:
        """A size in pixels."""
        return self.numbers[name]


@cache
def load(scheme: str) -> Tokens:
    """Read the tokens of `light` or `dark`."""
    raw = json.loads(resource("themes/tokens.json").read_text(encoding="utf-8"))
    colours = {role: values[scheme] for role, values in raw["colours"].items()}
    numbers = {
        f"{group}_{name}": int(value)
        for group in ("type", "space", "size", "line-height")
        for name, value in raw[group].items()
    }
    return Tokens(scheme, colours, numbers)


def contrast(first: str, second: str) -> float:
    """WCAG contrast ratio of two hex colours."""
    high, low = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
