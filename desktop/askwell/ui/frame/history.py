# SPDX-License-Identifier: Apache-2.0
"""Where the user has been. No Qt here."""

from __future__ import annotations


class History:
    """Places with a cursor; going somewhere new forgets what was ahead."""

    def __init__(self, limit: int = 50) -> None:
        self._places: list[str] = []
        self._at = -1
        self._limit = limit

    def visit(self, place: str) -> None:
        """Note a place, unless it is the present one."""
        if self._at >= 0 and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-self._limit :]
        self._at = len(self._places) - 1

    def back(self) -> str | None:
        """The place before, None at the beginning."""
        if self._at <= 0:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> str | None:
        """The place after, None at the end."""
        if self._at + 1 >= len(self._places):
            return None
        self._at += 1
        return self._places[self._at]

    @property
    def can_back(self) -> bool:
        """Is there a place before?"""
        return self._at > 0

    @property
    def can_forward(self) -> bool:
        """Is there a place after?"""
        return self._at + 1 < len(self._places)
