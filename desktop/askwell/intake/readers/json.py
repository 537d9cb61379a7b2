# SPDX-License-Identifier: Apache-2.0
"""JSON and JSON Lines, as the interfaces of recruiting and performance systems hand them out.

What the lists in it become is told in `json_tables`.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

from askwell.intake.model import Cell, RawTable
from askwell.intake.readers.base import MAX_CELLS, MAX_DEPTH, head, refuse, tidy
from askwell.intake.readers.encoding import decode, detect
from askwell.intake.readers.json_scan import Node, scan
from askwell.intake.readers.json_tables import tables

_BOMS = b"\xef\xbb\xbf\xff\xfe"
_BLANK = " \t\r\n"
_LIST = re.compile(rb"\[\s*\{\s*[\"}]")
_LINES = re.compile(rb"\A\{[^\n]*\}\s*\n\s*\{\s*\"")
_MAX_NODES = 4 * MAX_CELLS  # values and separators: what the tree may take in memory
_DIGITS = 15  # that many a float keeps; longer numbers are identifiers and stay text


class JsonReader:
    """One RawTable for each list of objects, named by its path: `data.items`."""

    EXTENSIONS: tuple[str, ...] = (".json", ".jsonl", ".ndjson")

    def sniff(self, path: Path) -> bool:
        """Begins with a bracket and calls itself JSON, or holds a list of objects, or objects line by line."""
        begin = head(path, 65536).replace(b"\x00", b"").lstrip(_BOMS + _BLANK.encode())
        if not begin.startswith((b"{", b"[")):
            return False
        if path.suffix.lower() in self.EXTENSIONS or _LINES.match(begin):
            return True
        listed = _LIST.match(begin) if begin.startswith(b"[") else _LIST.search(begin)
        return listed is not None and re.match(rb"[\[{]\s*[\[{\"]", begin) is not None

    def read(self, path: Path) -> list[RawTable]:
        """See Reader. One value or many, one after the other or line by line; a broken one refuses the file and names
        its line. Numbers of more than 15 digits, NaN and Infinity stay text."""
        text, encoding = decode(path, path.read_bytes())
        nodes = sum(text.count(mark) for mark in ",[{")
        if nodes > _MAX_NODES:
            raise refuse("file_too_many_cells", path, cells=nodes, limit=MAX_CELLS)
        return tables(path, _parsed(path, text), encoding)

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """By a scanner of our own over text decoded once more; where a value belongs is decided as in the first way."""
        data = path.read_bytes()
        return "scanner", tables(path, scan(data.decode(detect(data)).removeprefix("\ufeff")))


def _parsed(path: Path, text: str) -> list[Node]:
    """Every value of the text in order."""
    decoder = json.JSONDecoder(
        strict=False,  # a line break inside a string is read as what it is
        object_pairs_hook=_object,
        parse_int=_whole,
        parse_float=_fraction,
        parse_constant=str,
    )
    try:
        if _is_by_lines(text, decoder):
            return _lines(path, text, decoder)
        return _values(path, text, decoder)
    except RecursionError as error:
        raise refuse("file_too_deep", path, limit=MAX_DEPTH) from error


def _is_by_lines(text: str, decoder: json.JSONDecoder) -> bool:
    """True where the first line is a value by itself: then every line has to be one."""
    start = _skip(text, 0)
    stop = text.find("\n", start)
    try:
        return stop > 0 and decoder.decode(text[start:stop].strip(_BLANK)) is not None
    except json.JSONDecodeError:
        return False


def _lines(path: Path, text: str, decoder: json.JSONDecoder) -> list[Node]:
    roots: list[Node] = []
    # Not by splitlines: a string may hold U+2028 as it is.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip(_BLANK):
            continue
        try:
            roots.append(decoder.decode(line.strip(_BLANK)))
        except json.JSONDecodeError as error:
            raise refuse("file_json_broken", path, line=number) from error
    return roots


def _values(path: Path, text: str, decoder: json.JSONDecoder) -> list[Node]:
    roots: list[Node] = []
    at = _skip(text, 0)
    try:
        while at < len(text):
            value, end = decoder.raw_decode(text, at)
            roots.append(value)
            at = _skip(text, end)
    except json.JSONDecodeError as error:
        raise refuse("file_json_broken", path, line=error.lineno) from error
    return roots


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _BLANK:
        at += 1
    return at


def _object(pairs: list[tuple[str, Node]]) -> dict[str, Node]:
    """An object; a key that comes again is kept as `key 2`."""
    found: dict[str, Node] = {}
    counts: dict[str, int] = {}
    for key, value in pairs:
        name = key
        while name in found:
            counts[key] = counts.get(key, 1) + 1
            name = f"{key} {counts[key]}"
        found[name] = value
    return found


def _whole(literal: str) -> Cell:
    return int(literal) if len(literal.lstrip("-")) <= _DIGITS else literal


def _fraction(literal: str) -> Cell:
    """A float where it says the same as the literal, else the literal."""
    digits = re.sub(r"[eE].*|\D", "", literal).lstrip("0")
    if not digits:
        return 0
    value = float(literal)
    if len(digits) > _DIGITS or not math.isfinite(value) or not 1e-300 <= abs(value) < 1e300:
        return literal
    return tidy(value)
