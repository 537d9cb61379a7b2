# SPDX-License-Identifier: Apache-2.0
"""Compiles the patterns of rule packs and refuses those that could hang.

A pattern may use atoms, `{{you}}`, which the concept files define once per language. Every repeat must have an upper
bound and no repeat may hold another one of more than a few rounds, so that the work for a text is bounded by its
length: a rule pack is data that others may write, and a reviewer must never freeze on it.
"""

from __future__ import annotations

import re
import re._constants as constants  # type: ignore[import-not-found]  # private, but the only parser there is
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator, Mapping
from typing import Any

MAX_REPEAT = 160
MAX_NESTED = 8
_ATOM = re.compile(r"\{\{(\w+)\}\}")


class PatternError(ValueError):
    """A pattern that does not compile, uses an unknown atom, or could take more than linear time."""


def expand(pattern: str, atoms: Mapping[str, str]) -> str:
    """Replace `{{atom}}` by its text; atoms may use atoms, three levels deep."""
    for _ in range(4):
        if not _ATOM.search(pattern):
            return pattern
        pattern = _ATOM.sub(lambda hit: _atom(hit.group(1), atoms), pattern)
    raise PatternError(f"atoms nested too deeply: {pattern[:60]}")


def _atom(name: str, atoms: Mapping[str, str]) -> str:
    if name not in atoms:
        raise PatternError(f"unknown atom {{{{{name}}}}}")
    return f"(?:{atoms[name]})"


def compile_pattern(pattern: str, atoms: Mapping[str, str]) -> re.Pattern[str]:
    """Compile one pattern. Raises PatternError."""
    text = expand(pattern, atoms)
    try:
        parsed = parser.parse(text, re.IGNORECASE)
        compiled = re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise PatternError(f"{error}: {pattern[:80]}") from error
    for high, inner in _repeats(parsed, 1):
        if high > MAX_REPEAT:
            raise PatternError(f"a repeat without a bound of at most {MAX_REPEAT}: {pattern[:80]}")
        if high > MAX_NESTED and inner > MAX_NESTED:
            raise PatternError(f"a long repeat inside a long repeat: {pattern[:80]}")
    return compiled


def _repeats(node: Any, outer: int) -> Iterator[tuple[int, int]]:
    """(upper bound, upper bound of the repeat around it) of every repeat in a parsed pattern."""
    for item in node:
        if not isinstance(item, tuple):
            continue
        code, value = item
        if code in (constants.MAX_REPEAT, constants.MIN_REPEAT, constants.POSSESSIVE_REPEAT):
            _, high, body = value
            bound = MAX_REPEAT + 1 if high is constants.MAXREPEAT else int(high)
            yield bound, outer
            yield from _repeats(body, max(outer, bound))
        else:
            for part in _bodies(value):
                yield from _repeats(part, outer)


def _bodies(value: Any) -> Iterator[Any]:
    """Sub-patterns inside an opcode's argument, whatever its shape (groups, branches, assertions)."""
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, (tuple, list)):
        for part in value:
            yield from _bodies(part)
