# SPDX-License-Identifier: Apache-2.0
"""How many threads the next batch gets, on a machine that has other work to do.

llama.cpp's threads wait for each other by spinning, about a thousand times a batch. When another program holds one of
the cores, each wait lasts a time slice of the scheduler: 2.2 s for a step of 19 ms was measured, where a single thread
takes 40 ms. So whenever all threads together are slower than one alone was, one works alone for a while. The logits do
not depend on the number of threads (bit for bit, measured), so the text does not either.
"""

from __future__ import annotations

PROBED_UP_TO = 16
STRIKES = 2
FIRST_SPELL = 32
LONGEST_SPELL = 128
# So much slower than one thread is no accident of a single batch.
FAR = 3


class Governor:
    """Chooses between all threads and one, from the times of the batches so far."""

    def __init__(self, threads: int) -> None:
        self._full = threads
        self._alone: dict[int, float] = {}
        self._strikes = 0
        self._left = 0
        self._spell = FIRST_SPELL

    def threads(self, tokens: int) -> int:
        """Threads for a batch of so many tokens. The first small batch of a size runs alone, to have a measure."""
        if self._full == 1 or self._left or (tokens <= PROBED_UP_TO and tokens.bit_length() not in self._alone):
            return 1
        return self._full

    def note(self, tokens: int, threads: int, seconds: float) -> None:
        """A batch took so long."""
        if self._full == 1 or tokens == 0:
            return
        each, size = seconds / tokens, tokens.bit_length()
        if threads == 1:
            self._alone[size] = min(each, self._alone.get(size, each))
            self._left = max(0, self._left - 1)
        elif each <= self._measure(size):
            self._strikes = 0
            self._spell = FIRST_SPELL
        else:
            self._strike(STRIKES if each > FAR * self._measure(size) else 1)

    def _strike(self, count: int) -> None:
        self._strikes += count
        if self._strikes >= STRIKES:
            self._left = self._spell
            self._spell = min(self._spell * 2, LONGEST_SPELL)
            # One more slow batch after the spell is enough to begin the next.
            self._strikes = STRIKES - 1

    def _measure(self, size: int) -> float:
        """Seconds a token of one thread alone, at this size or the nearest smaller one; smaller batches cost more a
        token, so that errs towards all threads."""
        known = [other for other in self._alone if other <= size]
        return self._alone[max(known)] if known else float("inf")
