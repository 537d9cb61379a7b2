# SPDX-License-Identifier: Apache-2.0
"""切入角度: which side of a piece of work a question asks about (`resources/angles/angles.yaml`).

The idea of a question is planned by people and chosen by rule, so that a small model only has to turn it into a good
sentence: the hardest part, a trade-off, a mistake and its repair, how a figure was measured, winning people over …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from askwell.domain.questions import Difficulty, Evidence, EvidenceKind, QuestionType, Slot
from askwell.writing.direction import Move, move_of

_TYPES = {
    "b": QuestionType.BEHAVIOURAL,
    "s": QuestionType.SITUATIONAL,
    "t": QuestionType.TECHNICAL,
    "m": QuestionType.MOTIVATION,
}
_LEVELS = {1: Difficulty.BASIC, 2: Difficulty.INTERMEDIATE, 3: Difficulty.ADVANCED}


@dataclass(frozen=True, slots=True)
class Angle:
    """A side of work that can be asked about; empty tuples mean “any”. `labels` by language; `words` are those of an
    evidence that make the angle the natural one (without them it would have to be read into the duty)."""

    key: str
    labels: dict[str, str]
    types: tuple[QuestionType, ...]
    kinds: tuple[EvidenceKind, ...] = ()
    moves: tuple[Move, ...] = ()
    levels: tuple[Difficulty, ...] = ()
    words: tuple[str, ...] = ()

    def label(self, lang: str) -> str:
        """The angle's name in `lang`, in English where there is none."""
        return self.labels.get(lang, self.labels["en"])

    def called_for(self, text: str) -> bool:
        """Whether the words of an evidence (lower case) call for this angle."""
        return any(word in text for word in self.words)

    def far_fetched(self, text: str) -> bool:
        """Whether the angle would have to be read into the evidence: it has words of its own, and none is there."""
        return bool(self.words) and not self.called_for(text)

    def suits(self, evidence: Evidence, question_type: QuestionType, difficulty: Difficulty) -> bool:
        """Whether a question of this type and difficulty on this evidence can be asked from here."""
        return (
            question_type in self.types
            and (not self.kinds or evidence.kind in self.kinds)
            and (not self.levels or difficulty in self.levels)
            and (not self.moves or evidence.kind is not EvidenceKind.KPI or move_of(evidence.text) in self.moves)
        )


@cache
def load_angles(resources: Path) -> dict[str, Angle]:
    """The library by key. `resources` is the folder that holds `angles/`. Raises OSError where it is missing."""
    raw = yaml.safe_load((resources / "angles" / "angles.yaml").read_text(encoding="utf-8"))
    return {one["key"]: _angle(one) for one in raw}


def fitting(
    resources: Path, evidence: Evidence, question_type: QuestionType, difficulty: Difficulty
) -> tuple[Angle, ...]:
    """The angles that suit, those first that the evidence's own words call for."""
    found = [one for one in load_angles(resources).values() if one.suits(evidence, question_type, difficulty)]
    text = evidence.text.casefold()
    return tuple(sorted(found, key=lambda one: not one.called_for(text)))


def to_try(resources: Path, slot: Slot, count: int, used: Sequence[str] = ()) -> tuple[str, ...]:
    """Up to `count` angles for a slot that names none: first those that its evidence calls for, then the general ones.

    Angles that would have to be read into the evidence are left out, those in `used` (elsewhere in the kit) come last.
    The order differs between slots and is always the same for a slot.
    """
    text = slot.evidence.text.casefold()
    choices = fitting(resources, slot.evidence, slot.type, slot.difficulty)
    natural = [one for one in choices if not one.far_fetched(text)]
    ranked = sorted(natural, key=lambda one: (one.key in used, not one.called_for(text), _spread(slot, one.key)))
    return tuple(one.key for one in ranked[:count])


def _spread(slot: Slot, key: str) -> int:
    """The same for the same slot and angle, different between slots: no angle is always first."""
    return sum(ord(char) * (i + 7) for i, char in enumerate(slot.evidence.text + key)) % 997


def _angle(raw: dict[str, object]) -> Angle:
    kinds, moves, levels, words = (_listed(raw, name) for name in ("kinds", "moves", "levels", "words"))
    return Angle(
        key=str(raw["key"]),
        labels={lang: str(raw[lang]) for lang in ("zh", "en", "ja", "es")},
        types=tuple(_TYPES[letter] for letter in str(raw["types"])),
        kinds=tuple(EvidenceKind(kind) for kind in kinds),
        moves=tuple(Move(move) for move in moves),
        levels=tuple(_LEVELS[int(level)] for level in levels),
        words=tuple(words),
    )


def _listed(raw: dict[str, object], name: str) -> list[str]:
    value = raw.get(name, [])
    if not isinstance(value, list):
        raise ValueError(f"angle {raw.get('key')}: {name} is a list")
    return [str(one) for one in value]
