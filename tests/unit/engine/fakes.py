# SPDX-License-Identifier: Apache-2.0
"""A vocabulary and a model small enough to follow by hand."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from askwell.engine.backends.base import Entry, Logits
from askwell.engine.faults import AbortedError

END = 0


class Words:
    """One token a listed piece; the longest that fits is taken."""

    def __init__(self, *pieces: str | bytes) -> None:
        self.pieces = [b"", *(piece if isinstance(piece, bytes) else piece.encode() for piece in pieces)]

    @property
    def size(self) -> int:
        return len(self.pieces)

    def id(self, piece: str) -> int:
        return self.pieces.index(piece.encode())

    def tokenize(self, text: str, special: bool = False) -> list[int]:
        data, found = text.encode(), []
        while data:
            fitting = [at for at, piece in enumerate(self.pieces) if piece and data.startswith(piece)]
            if not fitting:
                data = data[1:]
                continue
            best = max(fitting, key=lambda at: len(self.pieces[at]))
            found.append(best)
            data = data[len(self.pieces[best]) :]
        return found

    def piece(self, token: int) -> bytes:
        return self.pieces[token]

    def is_end(self, token: int) -> bool:
        return token == END

    def is_plain(self, token: int) -> bool:
        return token != END


class Script:
    """A model whose next token depends only on the tokens of the sequence: the script maps text so far to a piece."""

    max_outputs = 8

    def __init__(self, words: Words, answers: dict[str, str], cells: int = 200) -> None:
        self.words, self.answers = words, answers
        self.cells = self.longest = cells
        self.sequences: dict[int, list[int]] = {}
        self.batches: list[int] = []
        self.asked: list[str] = []
        self.abort_at = -1
        self._rows: list[Logits] = []

    @property
    def vocabulary(self) -> Words:
        return self.words

    def decode(self, entries: Sequence[Entry]) -> None:
        if len(self.batches) == self.abort_at:
            raise AbortedError
        self.batches.append(len(entries))
        self._rows = []
        for token, position, sequence, wanted in entries:
            held = self.sequences.setdefault(sequence, [])
            assert position == len(held), "a hole or an overlap in the sequence"
            held.append(token)
            self._rows.append(self._row(held) if wanted else np.zeros(0, np.float32))

    def _row(self, held: list[int]) -> Logits:
        text = b"".join(self.words.pieces[token] for token in held).decode("utf-8", "ignore")
        self.asked.append(text)
        answer = next((piece for end, piece in self.answers.items() if text.endswith(end)), "")
        row = np.zeros(self.words.size, np.float32)
        row[self.words.id(answer) if answer else END] = 9.0
        return row

    def logits(self, index: int) -> Logits:
        return self._rows[index]

    def fork(self, source: int, target: int, length: int) -> None:
        self.sequences[target] = self.sequences.get(source, [])[:length]

    def cut(self, sequence: int, length: int) -> bool:
        self.sequences[sequence] = self.sequences.get(sequence, [])[:length]
        return True

    def close(self) -> None:
        return None
