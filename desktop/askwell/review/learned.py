# SPDX-License-Identifier: Apache-2.0
"""From the classifier's probabilities to hints: which bar or which rule of form a text seems to break.

A hint only adds to what the patterns found. It is a warning at most, because a person must look where nothing in the
words proves the case, unless the language model was asked too and both together are sure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from askwell.domain.topics import FAULTS, FORMS, PRIVATE
from askwell.review.classifier import load_classifier

RULES = {name: f"form.{name}" for name in FORMS} | {"disrespect": "culture.respect", "puzzle": "culture.puzzle"}
SHORTEST, LONGEST = 3, 600  # characters; a longer text is no question
LEAST = 0.08  # a matter less likely than this is not named


@dataclass(frozen=True, slots=True)
class Hint:
    """`concept` (a private matter) or `rule` (form or manners); `span` are the words that speak for it most."""

    span: tuple[int, int]
    sure: bool
    concept: str = ""
    rule: str = ""


def hints(
    folder: Path, text: str, lang: str, barred: Callable[[str], bool], second: Mapping[str, float] | None = None
) -> list[Hint]:
    """What the classifier of `lang` in `folder` says of a text, together with the language model's opinion where there
    is one. `barred` tells whether the chosen countries bar a concept: the likeliest matter is named if they do."""
    classifier = load_classifier(folder, lang)
    if classifier is None or not SHORTEST <= len(text.strip()) <= LONGEST:
        return []
    topics = classifier.topics(text, second)

    def sure(group: str) -> bool:
        return second is not None and topics.odds[group] >= topics.limits["sure"]

    found = []
    if topics.likely(PRIVATE):
        # The likeliest matter or none: naming the next one that happens to be barred would cite the wrong law.
        named = topics.ranked()[0]
        if barred(named) and topics.matters[named] >= LEAST:
            found.append(Hint(classifier.words(text, named), sure(PRIVATE), concept=named))
    for label in FAULTS:
        if topics.likely(label):
            found.append(Hint(classifier.words(text, label), sure(label), rule=RULES[label]))
    return found
