# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from askwell.domain.generation import Sampling
from askwell.engine.sampling import Likelihood, Sampler

LOGITS = np.array([0.0, 5.0, 4.9, 1.0, 3.0], dtype=np.float32)
FREE = Sampling(seed=1, temperature=1.0, top_k=0, top_p=1.0, min_p=0.0, repeat_penalty=1.0)


def drawn(sampling: Sampling, allowed: list[int] | None = None, count: int = 200) -> set[int]:
    sampler = Sampler(sampling, None if allowed is None else np.array(allowed, dtype=np.int32))
    return {sampler.draw(LOGITS) for _ in range(count)}


def changed(**changes: float) -> Sampling:
    return Sampling(**{**{name: getattr(FREE, name) for name in FREE.__slots__}, **changes})


def test_temperature_zero_takes_the_likeliest() -> None:
    assert drawn(changed(temperature=0.0)) == {1}


def test_only_allowed_tokens_are_drawn() -> None:
    assert drawn(FREE, [0, 3]) == {0, 3}
    assert drawn(changed(temperature=0.0), [0, 3]) == {3}


def test_an_empty_allowed_set_means_no_limit() -> None:
    assert drawn(changed(temperature=0.0), []) == {1}


@pytest.mark.parametrize("cut", [{"top_k": 2}, {"min_p": 0.5}, {"top_p": 0.6}])
def test_top_k_min_p_and_top_p_cut_the_tail(cut: dict[str, float]) -> None:
    assert drawn(changed(**cut)) == {1, 2}


def test_the_repeat_penalty_turns_to_the_next_best() -> None:
    for allowed in (None, np.array([1, 2, 4], dtype=np.int32)):
        sampler = Sampler(changed(temperature=0.0, repeat_penalty=1.1), allowed)
        sampler.remember(1)
        sampler.remember(3)
        assert sampler.draw(LOGITS) == 2


def test_the_same_seed_gives_the_same_draws_and_another_does_not() -> None:
    def series(seed: int) -> list[int]:
        sampler = Sampler(changed(seed=seed), None)
        return [sampler.draw(LOGITS) for _ in range(50)]

    assert series(3) == series(3)
    assert series(3) != series(4)


def test_draws_follow_the_probabilities() -> None:
    sampler = Sampler(FREE, None)
    counts = np.bincount([sampler.draw(LOGITS) for _ in range(4000)], minlength=5) / 4000
    expected = np.exp(LOGITS) / np.exp(LOGITS).sum()
    assert np.abs(counts - expected).max() < 0.03


def test_log_probabilities_are_those_of_the_whole_vocabulary() -> None:
    odds = Likelihood(5)
    total = sum(np.exp(odds.of(LOGITS, token)) for token in range(5))
    assert total == pytest.approx(1.0, abs=1e-5)
