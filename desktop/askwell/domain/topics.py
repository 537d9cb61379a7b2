# SPDX-License-Identifier: Apache-2.0
"""What a question can touch: the labels that the screening task of the model and the review's classifier share."""

from __future__ import annotations

SOUND, PRIVATE = "ok", "private"
FORMS = ("leading", "double", "closed", "vague", "scripted")
MANNERS = ("disrespect", "puzzle")
FAULTS = (*FORMS, *MANNERS)
MATTERS = (
    "marriage",
    "children",
    "pregnancy",
    "family_duties",
    "sex",
    "orientation",
    "age",
    "ethnicity",
    "origin",
    "citizenship",
    "religion",
    "politics",
    "union",
    "health",
    "disability",
    "infection",
    "looks",
    "criminal",
    "military",
    "credit",
    "home",
    "lifestyle",
    "zodiac",
    "rural",
    "pay_history",
    "beliefs",
    "overtime_private",
)
"""Private or protected matters; each is a concept of the rule packs."""
TOPICS = (SOUND, *FAULTS, *MATTERS)


def group_of(topic: str) -> str:
    """The group of a topic: itself where it is sound or a fault of form or manners, else `PRIVATE`."""
    return topic if topic == SOUND or topic in FAULTS else PRIVATE
