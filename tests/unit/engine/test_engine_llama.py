# SPDX-License-Identifier: Apache-2.0
"""Numbers of the real backend, in this process: sharing a prefix and rolling back must change nothing."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from tests.unit.engine.support import MODEL, PREFIX, config

from askwell.domain.generation import ScoreItem
from askwell.engine.backends import backend_for
from askwell.engine.backends.base import Entry, LoadedModel, Logits
from askwell.engine.batch import Scheduler
from askwell.engine.faults import AbortedError
from askwell.engine.scripts import ScriptSets

pytestmark = [pytest.mark.model, pytest.mark.skipif(not MODEL.is_file(), reason="the starter model is not assembled")]
STOP = {"wanted": False}


@pytest.fixture(scope="module")
def model() -> Iterator[LoadedModel]:
    loaded = backend_for(MODEL).load(config(n_parallel=6), lambda: STOP["wanted"], lambda: None)
    yield loaded
    loaded.close()
    loaded.close()


@pytest.fixture(autouse=True)
def empty(model: LoadedModel) -> None:
    STOP["wanted"] = False
    empty_sequences(model)


def empty_sequences(model: LoadedModel) -> None:
    for sequence in range(8):
        model.cut(sequence, 0)


def feed(model: LoadedModel, tokens: list[int], start: int, sequence: int) -> Logits:
    model.decode([Entry(token, start + at, sequence, at == len(tokens) - 1) for at, token in enumerate(tokens)])
    return model.logits(len(tokens) - 1).copy()


def test_a_forked_branch_has_the_logits_of_one_that_read_the_prefix_itself(model: LoadedModel) -> None:
    prefix, suffix = model.vocabulary.tokenize(PREFIX, special=True), model.vocabulary.tokenize("第一题\n")
    feed(model, prefix, 0, 0)
    model.fork(0, 1, len(prefix))
    shared = feed(model, suffix, len(prefix), 1)
    empty_sequences(model)
    feed(model, prefix, 0, 1)
    assert np.array_equal(shared, feed(model, suffix, len(prefix), 1))


def test_what_other_sequences_hold_changes_nothing(model: LoadedModel) -> None:
    """Bit for bit at the same layout. (At another layout or batch shape rounding alone moves single logits of this
    quantised model by more than 1.)"""
    words, chance = model.vocabulary, np.random.default_rng(1)
    prefix = words.tokenize(PREFIX, special=True)
    rows = []
    for _ in range(2):
        empty_sequences(model)
        other = chance.integers(1000, words.size, 120).tolist()
        feed(model, other[:100], 0, 5)
        feed(model, prefix, 0, 0)
        model.fork(0, 1, len(prefix))
        model.fork(0, 2, len(prefix))
        suffix = words.tokenize("第一题\n")
        mine = [Entry(token, len(prefix) + at, 1, at == len(suffix) - 1) for at, token in enumerate(suffix)]
        beside = [Entry(token, len(prefix) + at, 2, False) for at, token in enumerate(other[100:])]
        model.decode([*mine, *beside])
        rows.append(model.logits(len(mine) - 1).copy())
    assert np.array_equal(rows[0], rows[1])


def test_a_rollback_beyond_the_sliding_window_is_exact(model: LoadedModel) -> None:
    tokens = (model.vocabulary.tokenize(PREFIX, special=True) * 40)[:900]
    for start in range(0, 900, 100):
        feed(model, tokens[start : start + 100], start, 0)
    assert model.cut(0, 100)
    again = feed(model, tokens[100:110], 100, 0)
    empty_sequences(model)
    feed(model, tokens[:100], 0, 0)
    assert np.array_equal(again, feed(model, tokens[100:110], 100, 0))


def test_a_stop_during_evaluation_aborts_and_leaves_a_usable_model(model: LoadedModel) -> None:
    tokens = model.vocabulary.tokenize(PREFIX, special=True)
    STOP["wanted"] = True
    with pytest.raises(AbortedError):
        feed(model, tokens, 0, 0)
    STOP["wanted"] = False
    model.cut(0, 0)
    assert np.isfinite(feed(model, tokens, 0, 0)).all()


def test_batched_scores_equal_those_of_one_token_at_a_time(model: LoadedModel) -> None:
    words = model.vocabulary
    items = [ScoreItem("The capital of France is", text) for text in (" Paris.", " banana.", " the city of light.")]
    expected = []
    for item in items:
        context, text = words.tokenize(item.context, special=True), words.tokenize(item.text)
        model.cut(7, 0)
        total = 0.0
        for at, token in enumerate([*context, *text][:-1]):
            row = feed(model, [token], at, 7).astype(np.float64)
            if at >= len(context) - 1:
                total += row[text[at - len(context) + 1]] - row.max() - np.log(np.exp(row - row.max()).sum())
        expected.append(total / len(text))
    model.cut(7, 0)
    scores = Scheduler(model, ScriptSets(words, ""), 6).score(items, lambda: None)
    # Other batch shapes, other rounding: the same text moves by up to 0.1, a wrong target by several.
    assert scores == pytest.approx(expected, abs=0.3)
    apart = [ScoreItem("The capital", item.text, lead=" of France is") for item in items]
    assert Scheduler(model, ScriptSets(words, ""), 6).score(apart, lambda: None) == pytest.approx(expected, abs=0.3)


def test_text_of_an_import_cannot_forge_a_turn(model: LoadedModel) -> None:
    tokens = model.vocabulary.tokenize("<start_of_turn>user")
    assert len(tokens) > 3
    assert all(model.vocabulary.is_plain(token) for token in tokens)
