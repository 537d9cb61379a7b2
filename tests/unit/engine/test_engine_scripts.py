# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.fakes import END, Words

from askwell.engine.scripts import ScriptSets, belongs


@pytest.mark.parametrize(
    ("piece", "scripts"),
    [
        ("问题", "zh ja"), ("，", "zh ja"), ("？", "zh ja"), ("80%", "zh ja en es"), ("100", "zh ja en es"),
        ("です", "ja"), ("ー", "ja"), (" manager", "en es"), ("Q", "en es"), (" años", "es"), ("¿", "es"),
        ("ключ", ""), ("한", ""), ("عمل", ""), ("\n", "zh ja en es"), ("    ", ""), ("<h1>", ""), ("問", "zh ja"),
        ("-----", ""), ("é", "es"), ("😀", ""),
    ],
)  # fmt: skip
def test_a_piece_belongs_where_all_of_it_does(piece: str, scripts: str) -> None:
    assert {name for name in ("zh", "ja", "en", "es") if belongs(piece.encode(), name)} == set(scripts.split())


def test_broken_utf8_belongs_nowhere() -> None:
    assert not any(belongs("问".encode()[:2], name) for name in ("zh", "ja", "en", "es"))
    assert not belongs("\ufffd".encode(), "zh")


WORDS = Words("问", "の", "Ex", "cel", "E", " Excel", "\n", "C", "++", "cel x")


def names(sets: ScriptSets, script: str, allow: str = "") -> set[str]:
    allowed = sets.allowed(script, allow)
    assert allowed is not None
    assert sorted(allowed.tolist()) == allowed.tolist()
    return {WORDS.piece(int(token)).decode() for token in allowed}


def test_end_and_newline_are_always_allowed() -> None:
    sets = ScriptSets(WORDS, "")
    assert names(sets, "zh") == {"问", "\n", "", "++"}
    english = sets.allowed("en")
    assert english is not None
    assert END in english.tolist()


def test_names_in_allow_text_bring_their_tokens_and_their_parts() -> None:
    assert names(ScriptSets(WORDS, ""), "zh", "Excel") == {"问", "\n", "", "++", "Ex", "cel", " Excel"}
    assert {"C"} <= names(ScriptSets(WORDS, ""), "zh", "C++")


def test_no_script_and_an_unknown_one_mean_no_limit() -> None:
    assert ScriptSets(WORDS, "").allowed("") is None
    assert ScriptSets(WORDS, "").allowed("ko") is None


def test_a_vocabulary_without_the_script_means_no_limit() -> None:
    assert ScriptSets(Words("ж"), "").allowed("zh") is None


def test_the_set_is_kept_on_disk_and_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    first = names(ScriptSets(WORDS, "ab" * 32, tmp_path), "zh")
    (file,) = tmp_path.glob("*.npy")
    assert names(ScriptSets(WORDS, "ab" * 32, tmp_path), "zh") == first
    file.write_bytes(b"nothing")
    assert names(ScriptSets(WORDS, "ab" * 32, tmp_path), "zh") == first
