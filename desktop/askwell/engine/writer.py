# SPDX-License-Identifier: Apache-2.0
"""One branch being written: which tokens go in, what comes out, where a segment ends.

Prefix, suffix, leads and written text are tokenised apart from each other and joined as tokens, so that the prefix
stays shareable and a lead is always the same tokens. Whoever trains an adapter must join them in the same way.
A stop string is neither text nor fed: a lead that belongs on a new line begins with its own newline.
"""

from __future__ import annotations

from itertools import accumulate

from askwell.domain.generation import Branch, Segment, Written
from askwell.engine.backends.base import Logits, Vocabulary
from askwell.engine.sampling import Likelihood, Sampler


class BranchWriter:
    """The state of one branch. `feed` holds the tokens that the model must see next; after `accept` the last
    `rollback` tokens that it has seen are to be forgotten first. `start` is the last token of the prefix: it is fed
    with every branch so that there are logits to draw from even where suffix and lead are empty."""

    def __init__(self, branch: Branch, start: list[int], words: Vocabulary, sampler: Sampler, odds: Likelihood) -> None:
        self.branch = branch
        self._words = words
        self._sampler = sampler
        self._odds = odds
        self._leads = [words.tokenize(segment.lead) if segment.lead else [] for segment in branch.segments]
        self._texts: dict[str, str] = {}
        self._index = 0
        self._tokens: list[int] = []
        self._bytes = b""
        self.feed = [*start, *(words.tokenize(branch.suffix) if branch.suffix else [])]
        self._seen: list[int] = []
        self.cells = len(self.feed) + sum(map(len, self._leads)) + self._free_cells()
        self.rollback = 0
        self.count = 0
        self._logprob = 0.0
        self._closed = (0, 0.0)  # tokens and log-probability of the segments before this one
        self._means: dict[str, float] = {}
        self._cut: list[str] = []
        self.done = not branch.segments
        if not self.done:
            self.feed += self._leads[0]
        if not self.feed:
            self.feed = words.tokenize("\n")

    def _free_cells(self) -> int:
        # A token cut at a stop string is fed again in parts; a few cells more cover it.
        return sum(segment.max_tokens + 4 for segment in self.branch.segments)

    @property
    def segment(self) -> Segment:
        """The segment being written."""
        return self.branch.segments[self._index]

    @property
    def partial(self) -> str:
        """The text written so far, segments on lines of their own."""
        lines = [*self._texts.values(), self._bytes.decode("utf-8", "ignore").strip()]
        return "\n".join(line for line in lines if line)

    def fed(self, count: int) -> None:
        """The model has seen the first `count` tokens of `feed`."""
        self._seen += self.feed[:count]
        self.feed = self.feed[count:]

    def accept(self, logits: Logits) -> None:
        """Draw one token from the logits after the last fed one and decide how to go on."""
        self.rollback = 0
        token = self._sampler.draw(logits)
        if self._words.is_end(token):
            self._end(len(self._bytes), newest=None)
            return
        before = len(self._bytes)
        self._bytes += self._words.piece(token)
        cut = self._stop_at()
        if cut is None or cut > before:
            self.count += 1
            self._logprob += self._odds.of(logits, token)
            self._sampler.remember(token)
        if cut is None and len(self._tokens) + 1 < self.segment.max_tokens:
            self._tokens.append(token)
            self.feed = [token]
            return
        if cut is None:
            self._cut.append(self.segment.name)
        self._end(len(self._bytes) if cut is None else cut, newest=token)

    def _stop_at(self) -> int | None:
        places = [self._bytes.find(stop.encode()) for stop in self.segment.stop if stop]
        return min((place for place in places if place >= 0), default=None)

    def _end(self, cut: int, newest: int | None) -> None:
        """Close the segment at byte `cut`. Tokens wholly before it stay in the model's memory; the rest of the token
        that the cut goes through is fed anew, what lies behind is forgotten."""
        seen = len(self._tokens)
        tokens = self._tokens if newest is None else [*self._tokens, newest]
        ends = list(accumulate(len(self._words.piece(token)) for token in tokens))
        whole = sum(1 for end in ends if end <= cut)
        rest = self._bytes[ends[whole - 1] if whole else 0 : cut]
        self.rollback = max(0, seen - whole)
        self._close(self._bytes[:cut].decode("utf-8", "ignore").strip())
        feed = tokens[seen:whole] + (self._words.tokenize(rest.decode("utf-8", "ignore")) if rest else [])
        self._tokens, self._bytes = [], b""
        self._index += 1
        self.done = self._index == len(self.branch.segments)
        if not self.done:
            self._go_on(feed + self._leads[self._index])

    def _close(self, text: str) -> None:
        """Keep the segment's text and how likely it was, token by token."""
        name, (count, logprob) = self.segment.name, self._closed
        self._texts[name] = text
        self._means[name] = (self._logprob - logprob) / max(1, self.count - count)
        self._closed = (self.count, self._logprob)

    def _go_on(self, feed: list[int]) -> None:
        if not feed:  # no lead, nothing left over: the last token must be seen again to have logits
            self.rollback += 1
            feed = [self._seen[-self.rollback]]
        if self.rollback:
            del self._seen[-self.rollback :]
        self.feed = feed

    def result(self) -> Written:
        """The finished branch."""
        mean = self._logprob / self.count if self.count else 0.0
        return Written(self.branch.id, dict(self._texts), self.count, mean, dict(self._means), tuple(self._cut))
