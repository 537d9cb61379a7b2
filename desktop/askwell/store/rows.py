# SPDX-License-Identifier: Apache-2.0
"""Record ⇄ database row."""

from __future__ import annotations

import hashlib
import json
import typing
from collections.abc import Mapping
from functools import cache
from typing import Any

from askwell.domain.records import Origin, Record
from askwell.store.codec import Reader, encode, reader
from askwell.store.kinds import Kind
from askwell.store.text import normalise

Row = dict[str, Any]


@cache
def _readers(kind: Kind) -> tuple[tuple[str, Reader], ...]:
    hints = typing.get_type_hints(kind.cls)
    return tuple((name, reader(hints[name])) for name in kind.content)


@cache
def _numbers(kind: Kind) -> frozenset[str]:
    hints = typing.get_type_hints(kind.cls)
    return frozenset(name for name in kind.content if hints[name] in (float, float | None))


def content_of(kind: Kind, record: Record) -> Row:
    """The columns that hold what the source said."""
    numbers = _numbers(kind)
    row: Row = {}
    for name in kind.content:
        value = getattr(record, name)
        # 1 and 1.0 are the same weight; one spelling keeps the digests equal.
        row[name] = encode(float(value) if name in numbers and value is not None else value)
    return row


def digest_of(content: Row) -> str:
    """A short hash by which unchanged content is recognised without reading it back."""
    body = json.dumps(list(content.values()), ensure_ascii=False, separators=(",", ":"))
    return short_hash(body)


def short_hash(text: str) -> str:
    """32 hexadecimal digits; the text may hold anything."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def lookup_of(kind: Kind, record: Record) -> Row:
    """The derived columns that queries search by."""
    row: Row = {"alt": kind.alt(record), "key": kind.key(record)}
    if "position_key" in kind.table.c:
        row["position_key"] = normalise(getattr(record, "position_title", ""))
    return row


def origin_of(record: Record) -> Row:
    """The columns that say where the record was read."""
    origin = record.origin or Origin("")
    return {
        "origin_file": None if record.origin is None else origin.file,
        "origin_sheet": origin.sheet,
        "origin_row": origin.row,
    }


def record_of(kind: Kind, row: Mapping[Any, Any]) -> Any:
    """The record in a row. Raises CodecError when a column holds what it cannot."""
    values: Row = {name: read(row[name]) for name, read in _readers(kind)}
    values["id"] = row["id"]
    if row["origin_file"] is not None:
        values["origin"] = Origin(row["origin_file"], row["origin_sheet"], row["origin_row"])
    if kind.versioned:
        values["version"] = row["version"]
    return kind.cls(**values)
