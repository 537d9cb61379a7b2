# SPDX-License-Identifier: Apache-2.0
"""JSON read by a scanner of our own, without the standard library's parser: the second way, for verification.

It gives the same tree as the first way; of what is no JSON it makes something or nothing, for the first way has
refused that already.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from askwell.intake.model import Cell

Node = Cell | dict[str, "Node"] | list["Node"]

_TOKEN = re.compile(
    r"\s*(?:\"([^\"\\]*(?:\\.[^\"\\]*)*)\"|([\[\]{},:])|(true|false|null)|(-?(?:[\d.eE+-]+|Infinity)|NaN))", re.S
)
_ESCAPE = re.compile(r"\\(u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.S)
_SHORT = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_WORDS: dict[str, Cell] = {"true": True, "false": False, "null": None}


def scan(text: str) -> list[Node]:
    """Every value of the text in order: one of a document, one a line of JSON Lines."""
    roots: list[Node] = []
    open_: list[_Open] = []
    at = 0
    while found := _TOKEN.match(text, at):
        at = found.end()
        quoted, mark, word, number = found.groups()
        if mark is None:
            value = _ESCAPE.sub(_unescaped, quoted) if quoted is not None else _WORDS[word] if word else _amount(number)
            (open_[-1].take if open_ else roots.append)(value)
        elif mark in "[{":
            open_.append(_Open(mark == "{"))
        elif mark in "]}" and open_:
            done = open_.pop().node
            (open_[-1].take if open_ else roots.append)(done)
    return roots


class _Open:
    """A list or an object that has not been closed yet."""

    __slots__ = ("_counts", "_key", "node")

    def __init__(self, is_object: bool) -> None:
        self.node: dict[str, Node] | list[Node] = {} if is_object else []
        self._key: str | None = None
        self._counts: dict[str, int] = {}

    def take(self, value: Node) -> None:
        """The next item, or by turns the next key and its value."""
        if isinstance(self.node, list):
            self.node.append(value)
        elif self._key is None:
            self._key = str(value)
        else:
            self.node[self._free(self._key)] = value
            self._key = None

    def _free(self, key: str) -> str:
        name = key
        while isinstance(self.node, dict) and name in self.node:
            self._counts[key] = self._counts.get(key, 1) + 1
            name = f"{key} {self._counts[key]}"
        return name


def _unescaped(found: re.Match[str]) -> str:
    body = found.group(1)
    if len(body) == 1:
        return _SHORT.get(body, body)
    high = int(body[1:5], 16)
    return chr(0x10000 + (high - 0xD800) * 0x400 + int(body[7:], 16) - 0xDC00) if len(body) > 5 else chr(high)


def _amount(literal: str) -> Cell:
    """A number that fifteen digits hold exactly; the literal itself where they do not."""
    if re.fullmatch(r"-?[0.]+(?:[eE].*)?", literal):
        return 0
    try:
        value = Decimal(literal)
    except InvalidOperation:
        return literal
    if not value.is_finite():
        return literal
    if len(value.as_tuple().digits) > 15 or not -300 <= value.adjusted() < 300:
        return literal
    whole = value == value.to_integral_value()
    return int(value) if whole and abs(value) < Decimal(10) ** 15 else float(value)
