# SPDX-License-Identifier: Apache-2.0
"""What a small linear classifier sees of a question: which pieces of text occur in it.

Chinese and Japanese give runs of one to four characters, other languages runs of one to three words; both know where a
text begins and ends. Pieces are hashed into `BUCKETS` numbers, so that no word list has to ship.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterator

BUCKETS = 1 << 16
_CJK = re.compile("[\u3040-\u9fff]")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[^\w\s]")
_START, _END = "^", "$"
_CHARACTERS, _WORDS = 4, 3  # longest runs

Piece = tuple[int, tuple[int, int]]
"""A bucket, and where in the text the piece stands."""


def pieces(text: str) -> Iterator[Piece]:
    """All pieces of a text with their places; offsets count in the text after NFKC, which seldom changes them."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if _CJK.search(plain):
        units = [(one, (at, at + 1)) for at, one in enumerate(plain) if not one.isspace()]
        yield from _runs(units, _CHARACTERS, "")
    else:
        units = [(found[0].replace("’", "'"), found.span()) for found in _WORD.finditer(plain)]
        yield from _runs(units, _WORDS, " ")


def buckets(text: str) -> list[int]:
    """The distinct buckets of a text, ascending."""
    return sorted({bucket for bucket, _ in pieces(text)})


def _runs(units: list[tuple[str, tuple[int, int]]], longest: int, joint: str) -> Iterator[Piece]:
    if not units:
        return
    edge = (units[0][1][0], units[-1][1][1])
    whole = [(_START, (edge[0], edge[0])), *units, (_END, (edge[1], edge[1]))]
    for length in range(1, longest + 1):
        for at in range(len(whole) - length + 1):
            run = whole[at : at + length]
            name = joint.join(part for part, _ in run)
            yield zlib.crc32(name.encode("utf-8", "replace")) % BUCKETS, (run[0][1][0], run[-1][1][1])
