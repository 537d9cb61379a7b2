# SPDX-License-Identifier: Apache-2.0
"""The competencies that Askwell ships, and its sentences about store and goals."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from askwell.goals.lexicon import LANGUAGES, Competency, default_lexicon

ROOT = Path(__file__).resolve().parents[3]
SENTENCES = json.loads((ROOT / "resources/i18n/store.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("competency", default_lexicon().competencies, ids=lambda one: one.id)
def test_every_competency_is_complete_in_four_languages(competency: Competency) -> None:
    for texts in (competency.names, competency.definition):
        assert set(texts) == set(LANGUAGES)
        assert all(text.strip() for text in texts.values())
    assert len(competency.keywords) >= 15


def test_names_are_unique_in_each_language() -> None:
    for lang in LANGUAGES:
        names = [one.name(lang) for one in default_lexicon().competencies]
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_competency_is_recognised_by_its_own_name(lang: str) -> None:
    for one in default_lexicon().competencies:
        assert default_lexicon().named(one.name(lang)) is one


def test_a_keyword_counts_only_at_the_beginning_of_a_word() -> None:
    plan = next(one for one in default_lexicon().competencies if one.id == "planning")
    assert plan.hits("Planning the week") > 0
    assert plan.hits("the explanation") == 0


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_a_sentence_has_the_same_placeholders_in_every_language(key: str) -> None:
    texts = SENTENCES[key]
    assert set(texts) == set(LANGUAGES)
    holes = {lang: sorted(set(re.findall(r"{(\w+)}", text))) for lang, text in texts.items()}
    assert len({str(found) for found in holes.values()}) == 1, holes
