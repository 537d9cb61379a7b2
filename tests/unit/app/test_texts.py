# SPDX-License-Identifier: Apache-2.0
"""Every sentence exists in four languages, with the same facts in each, and no key is used that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from askwell.app.i18n import LANGUAGES, Catalogue
from askwell.domain.errors import UsageError
from askwell.domain.messages import msg

ROOT = Path(__file__).resolve().parents[3]
AREAS = sorted((ROOT / "resources" / "i18n").glob("*.json"))
PLACEHOLDER = re.compile(r"{(\w+)[^}]*}")
USED = re.compile(r"""(?:\.of\(\s*|msg\(\s*f?|engine_error\(\s*)["']([a-z_.0-9]+)["']""")


def catalogue(lang: str = "zh") -> Catalogue:
    return Catalogue.load(ROOT / "resources", lang)


@pytest.mark.parametrize("area", AREAS, ids=lambda path: path.stem)
def test_each_sentence_is_complete_in_every_language(area: Path) -> None:
    texts = json.loads(area.read_text(encoding="utf-8"))
    missing = [f"{key}/{lang}" for key, entry in texts.items() for lang in LANGUAGES if not entry.get(lang, "").strip()]
    assert missing == []


@pytest.mark.parametrize("area", AREAS, ids=lambda path: path.stem)
def test_translations_carry_the_same_facts(area: Path) -> None:
    texts = json.loads(area.read_text(encoding="utf-8"))
    for key, entry in texts.items():
        facts = {lang: set(PLACEHOLDER.findall(entry[lang])) for lang in LANGUAGES}
        assert len({frozenset(one) for one in facts.values()}) == 1, (key, facts)


def test_no_key_is_in_two_areas() -> None:
    seen: dict[str, str] = {}
    for area in AREAS:
        for key in json.loads(area.read_text(encoding="utf-8")):
            assert seen.setdefault(key, area.stem) == area.stem, key


def test_every_error_that_the_code_raises_has_a_sentence_and_a_remedy() -> None:
    texts = catalogue()
    missing = set()
    for path in (ROOT / "desktop").rglob("*.py"):
        for key in USED.findall(path.read_text(encoding="utf-8")):
            full = key if "." in key else f"error.{key}"
            if full.startswith(("error.", "problem.")) and not full.endswith(".hint"):
                missing |= {one for one in (full, full + ".hint") if not texts.has(one)}
    assert missing - {"error.cancelled.hint"} == set()


def test_facts_are_put_into_the_sentence_of_the_chosen_language() -> None:
    error = UsageError.of("format_unknown", format="doc", known="docx")
    assert "doc" in catalogue("en").error(error)
    assert "→" not in catalogue("en").error(error)
    assert catalogue("zh").error(error) != catalogue("en").error(error)


def test_a_missing_fact_does_not_hide_the_sentence() -> None:
    assert "{format}" in catalogue("en").text("error.format_unknown", other=1)


def test_a_message_inside_a_message_is_rendered_too() -> None:
    inner = msg("term.type.behavioural")
    assert "Behavioural" in catalogue("en").render(msg("error.format_unknown", format=inner, known=""))


def test_an_unknown_language_falls_back_to_english() -> None:
    texts = catalogue()
    texts.use("fr")
    assert texts.text("term.type.behavioural") == "Behavioural"
