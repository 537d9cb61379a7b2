# SPDX-License-Identifier: Apache-2.0
"""Review holds for any text: it never fails, and what it marks lies inside the text."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.review import Checker, check_relevance

CHECKER = Checker(Path(__file__).resolve().parents[2] / "resources", ("CN", "US", "UK", "EU", "DE", "ES", "JP"))
_PIECES = (
    "您|你|结婚|了吗|？|，|孩子|多大|您如何|客户| |\n|Are you |married|?|. |your kids |how "
    "|ご家族|ですか。|¿Tiene |hijos|\u200b|ﷺ|ｱ|İ|\ud800|Ａ"
)
PIECES = st.sampled_from(_PIECES.split("|"))
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join))
LANGS = st.sampled_from(["zh", "en", "ja", "es", "de", ""])
WHERE = st.sampled_from(["text", "probe:1", "anchor:5"])


@settings(max_examples=150, deadline=None)
@given(TEXTS, LANGS, WHERE)
def test_any_text_is_checked_and_spans_lie_inside(text: str, lang: str, where: str) -> None:
    found = CHECKER.check(text, lang, where=where)
    for item in found:
        start, end = item.span
        assert 0 <= start <= end <= len(text)
        assert item.reason
        assert item.where == where
    assert CHECKER.label(found) in {"ok", "inappropriate", "illegal"}
    assert isinstance(CHECKER.rewrite(text, lang, found), str)


@settings(max_examples=80, deadline=None)
@given(TEXTS, TEXTS, LANGS)
def test_relevance_takes_any_text(text: str, evidence: str, lang: str) -> None:
    assert len(check_relevance(text, evidence, "", lang)) <= 1


@settings(max_examples=60, deadline=None)
@given(TEXTS, LANGS)
def test_the_same_text_gets_the_same_findings(text: str, lang: str) -> None:
    assert CHECKER.check(text, lang) == CHECKER.check(text, lang)
