# SPDX-License-Identifier: Apache-2.0
"""The trained classifier beside the rules: what it adds, what binds it, and how well it does on held-out questions."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from askwell.domain.errors import InputRefused
from askwell.domain.questions import Family, Severity
from askwell.domain.topics import FAULTS, MATTERS, PRIVATE, SOUND, group_of
from askwell.review.checker import Checker
from askwell.review.classifier import Classifier, load_classifier, pooled
from askwell.review.features import BUCKETS, buckets, pieces
from askwell.review.learned import hints

ROOT = Path(__file__).resolve().parents[3]
RESOURCES = ROOT / "resources"
FOLDER = RESOURCES / "classifiers"
CORPUS = ROOT / "models" / "training" / "corpus"
COUNTRIES = {"zh": ("CN",), "en": ("US", "UK"), "ja": ("JP",), "es": ("ES",)}
LANGUAGES = tuple(COUNTRIES)
each_language = pytest.mark.parametrize("lang", LANGUAGES)


def classifier(lang: str) -> Classifier:
    found = load_classifier(FOLDER, lang)
    assert found is not None
    return found


def held_out(lang: str) -> list[dict[str, str]]:
    """The sixth that training never saw (the rule of `models/training/data.py`)."""
    records = [json.loads(line) for line in (CORPUS / f"screen.{lang}.jsonl").read_text(encoding="utf-8").splitlines()]

    def share(text: str) -> float:
        return int.from_bytes(hashlib.sha256(f"screen|{text}".encode()).digest()[:4], "big") / 2**32

    return [one for one in records if share(one["question"]) < 1 / 6]


def test_pieces_know_where_they_stand_and_fit_the_table() -> None:
    text = "您下班以后要赶着去接谁吗？"
    assert all(0 <= start <= end <= len(text) for _, (start, end) in pieces(text))
    assert all(0 <= bucket < BUCKETS for bucket in buckets(text))
    assert buckets("Who’s home?") == buckets("who's home?")
    assert buckets("") == []


@each_language
def test_probabilities_are_probabilities_whatever_the_text(lang: str) -> None:
    for text in ("", "?", "\ud800", "a" * 5000, "您结婚了吗？", "Are you married?", "💍"):
        topics = classifier(lang).topics(text)
        assert sum(topics.odds.values()) == pytest.approx(1)
        assert sum(topics.matters.values()) == pytest.approx(1)
        start, end = classifier(lang).words(text, PRIVATE)
        assert 0 <= start <= end <= len(text)


@each_language
def test_every_matter_is_a_concept_of_the_rule_packs(lang: str) -> None:
    known = Checker(RESOURCES, ("CN", "JP", "US", "UK", "ES"))._by_concept
    assert set(classifier(lang).topics("x").matters) == set(MATTERS) <= set(known)
    assert set(classifier(lang).topics("x").odds) == {SOUND, PRIVATE, *FAULTS}


def test_a_question_without_any_trigger_word_is_found_with_its_law() -> None:
    text = "您下班以后要赶着去接谁吗？"
    findings = [one for one in Checker(RESOURCES, ("CN",)).check(text, "zh") if one.family is Family.REASONABLENESS]
    assert [one.rule for one in findings] == ["cn.family"]
    assert findings[0].citation
    assert findings[0].rewrite
    assert text[slice(*findings[0].span)]


def test_what_no_chosen_country_bars_is_not_named() -> None:
    assert not [one for one in hints(FOLDER, "您下班以后要赶着去接谁吗？", "zh", lambda name: False) if one.concept]


@each_language
def test_without_the_models_opinion_a_hint_never_blocks(lang: str) -> None:
    checker = Checker(RESOURCES, COUNTRIES[lang])
    held, hinted = [one["question"] for one in held_out(lang)], 0
    for text in held:
        found = hints(FOLDER, text, lang, lambda name: True)
        hinted += bool(found)
        assert not any(hint.sure for hint in found)
    assert hinted > 20
    by_both = hints(FOLDER, held[0], lang, lambda name: True, {"health": 0.999, "ok": 0.001})
    assert any(hint.sure and hint.concept for hint in by_both)
    assert any(one.severity is Severity.BLOCK for one in checker.check(held[0], lang, second={"health": 0.999}))


def test_the_likeliest_matter_is_named_or_none() -> None:
    opinion = {"beliefs": 0.99, "health": 0.005, "ok": 0.005}
    found = hints(FOLDER, "您有没有座右铭？", "zh", lambda name: name != "beliefs", opinion)
    assert not [one for one in found if one.concept]


def test_an_exception_binds_only_its_own_matter() -> None:
    checker = Checker(RESOURCES, ("CN",))
    text = "周末客流高峰的班次您怎么安排？您下班以后要赶着去接谁吗？"
    found = checker.check(text, "zh", second={"family_duties": 0.97, "ok": 0.03})
    assert "cn.family" in {one.rule for one in found}


def test_the_models_opinion_is_weighed_against_the_classifiers() -> None:
    first, second = {SOUND: 0.9, PRIVATE: 0.1}, {SOUND: 0.02, PRIVATE: 0.98}
    both = pooled(first, second)
    assert first[PRIVATE] < both[PRIVATE] < second[PRIVATE]
    assert sum(both.values()) == pytest.approx(1)
    text = "周末一般怎么安排？"
    topics = classifier("zh").topics(text, {"lifestyle": 0.97, "ok": 0.03})
    assert topics.odds[PRIVATE] > classifier("zh").topics(text).odds[PRIVATE]
    assert topics.ranked()[0] == "lifestyle"


@each_language
def test_held_out_sound_questions_pass_and_private_ones_are_caught_more_often_than_by_rules_alone(
    lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    checker, held = Checker(RESOURCES, COUNTRIES[lang]), held_out(lang)

    def caught(group: str) -> float:
        texts = [one["question"] for one in held if group_of(one["topic"]) == group]
        found = [any(item.family is Family.REASONABLENESS for item in checker.check(text, lang)) for text in texts]
        return sum(found) / len(found)

    together = caught(PRIVATE)
    assert caught(SOUND) <= 0.1
    monkeypatch.setattr("askwell.review.checker.hints", lambda *_: [])
    assert together >= caught(PRIVATE) + 0.15


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "topics.zh.bin").write_bytes(b"{}\nxx")
    with pytest.raises(InputRefused):
        load_classifier(tmp_path, "zh")
    assert load_classifier(tmp_path, "en") is None
