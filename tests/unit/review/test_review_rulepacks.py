# SPDX-License-Identifier: Apache-2.0
"""Every example of every rule pack is run; packs are data that others may write, so faults must be named."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from askwell.domain.errors import InputRefused, UsageError
from askwell.review.checker import Checker
from askwell.review.matching import Matcher
from askwell.review.packs import Concept, Examples, Rule, load
from askwell.review.regexes import PatternError, compile_pattern
from askwell.review.text import plain

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
LIBRARY = load(RESOURCES / "rulepacks")
COUNTRIES = tuple(pack.jurisdiction for pack in LIBRARY.packs.values() if pack.jurisdiction)
EVERYWHERE = Checker(RESOURCES, COUNTRIES)
RULES = [(pack.jurisdiction, rule) for pack in LIBRARY.packs.values() for rule in pack.rules]


def _sides(examples: dict[str, Examples]) -> list[tuple[str, str, bool]]:
    return [
        (lang, text, expected)
        for lang, found in examples.items()
        for expected, texts in ((True, found.must_match), (False, found.must_not_match))
        for text in texts
    ]


@pytest.mark.parametrize("concept", LIBRARY.concepts.values(), ids=lambda item: item.id)
def test_examples_of_a_concept_hold(concept: Concept) -> None:
    matcher = Matcher.of(concept, LIBRARY.atoms)
    wrong = [
        (lang, text, expected)
        for lang, text, expected in _sides(dict(concept.examples))
        if bool(matcher.spans(plain(text, lang), [lang])) is not expected
    ]
    assert wrong == []


@pytest.mark.parametrize(("country", "rule"), RULES, ids=lambda item: getattr(item, "id", item))
def test_examples_of_a_rule_hold(country: str, rule: Rule) -> None:
    checker = Checker(RESOURCES, (country,)) if country else EVERYWHERE
    where = "anchor:5" if rule.where == ("anchor",) else "text"
    wrong = [
        (lang, text, expected)
        for lang, text, expected in _sides(dict(rule.examples))
        if (rule.id in {item.rule for item in checker.check(text, lang, where=where)}) is not expected
    ]
    assert wrong == []


def test_lawful_examples_pass_in_every_country() -> None:
    wrong = {
        text: [item.rule for item in found]
        for concept in LIBRARY.concepts.values()
        for lang, examples in concept.examples.items()
        for text in examples.must_not_match
        if (found := EVERYWHERE.check(text, lang))
    }
    assert wrong == {}


def test_a_rewrite_is_itself_without_a_finding() -> None:
    sources: list[Concept | Rule] = [*LIBRARY.concepts.values(), *(rule for _, rule in RULES)]
    wrong = {
        text: [item.rule for item in found]
        for source in sources
        for lang, text in source.rewrite.items()
        if (found := EVERYWHERE.check(text, lang))
    }
    assert wrong == {}


def test_every_country_bars_every_concept_or_leaves_it_out_on_purpose() -> None:
    local = {"rural", "beliefs"}  # the countryside is a ground in China, convictions are listed in Japan
    for pack in LIBRARY.packs.values():
        if pack.jurisdiction:
            barred = {name for rule in pack.rules for name in rule.concepts}
            assert set(LIBRARY.concepts) - barred - local <= {"lifestyle", "orientation"}, pack.id


@pytest.mark.parametrize("pattern", ["(a+)+$", "x*", "(?:a{0,60}){0,60}", "[", "{{nowhere}}", ".{2,}"])
def test_a_pattern_that_could_hang_or_does_not_compile_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        compile_pattern(pattern, {})


@pytest.mark.parametrize(
    "unit", ["你", "您的家里人", "do you have ", "your family and ", "ですか", "a", "，", "是否", "¿su "]
)
def test_checking_time_grows_with_the_length_only(unit: str) -> None:
    start = time.perf_counter()
    EVERYWHERE.check(unit * (8000 // len(unit)), "zh")
    assert time.perf_counter() - start < 8


def test_a_faulty_pack_is_refused_with_file_and_field(tmp_path: Path) -> None:
    shutil.copytree(RESOURCES / "rulepacks", tmp_path / "rulepacks")
    faulty = tmp_path / "rulepacks" / "uk.yaml"
    faulty.write_text(faulty.read_text(encoding="utf-8").replace("severity: block", "severity: fatal", 1), "utf-8")
    with pytest.raises(InputRefused) as caught:
        Checker(tmp_path)
    assert caught.value.message.params["file"] == "uk.yaml"
    assert caught.value.message.params["field"] == "rules.0.severity"


def test_an_unknown_concept_is_refused(tmp_path: Path) -> None:
    shutil.copytree(RESOURCES / "rulepacks", tmp_path / "rulepacks")
    faulty = tmp_path / "rulepacks" / "uk.yaml"
    faulty.write_text(faulty.read_text(encoding="utf-8").replace("[union]", "[onion]", 1), "utf-8")
    with pytest.raises(InputRefused) as caught:
        Checker(tmp_path)
    assert "onion" in str(caught.value.message.params["detail"])


def test_an_unknown_country_is_named_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        Checker(RESOURCES, ("XX",))
    assert "CN" in str(caught.value.message.params["known"])
