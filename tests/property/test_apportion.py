# SPDX-License-Identifier: Apache-2.0
"""Seats are shared fairly whatever the weights."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.writing.apportion import largest_remainder, with_limits

WEIGHTS = st.lists(st.floats(0, 100, allow_nan=False), min_size=1, max_size=12)


@given(WEIGHTS, st.integers(0, 60))
def test_all_seats_are_given(weights: list[float], seats: int) -> None:
    assert sum(largest_remainder(weights, seats)) == seats


@given(WEIGHTS, st.integers(0, 60))
def test_each_share_is_its_quota_rounded_down_or_up(weights: list[float], seats: int) -> None:
    total = sum(weights)
    for weight, given_seats in zip(weights, largest_remainder(weights, seats), strict=True):
        quota = seats * (weight / total if total > 0 else 1 / len(weights))
        assert quota - 1 - 1e-6 <= given_seats <= quota + 1 + 1e-6


@given(WEIGHTS, st.integers(0, 60), st.data())
def test_limits_hold_and_nothing_is_left_that_somebody_could_take(
    weights: list[float], seats: int, data: st.DataObject
) -> None:
    limits = data.draw(st.lists(st.integers(0, 9), min_size=len(weights), max_size=len(weights)))
    given_seats = with_limits(weights, seats, limits)
    assert all(0 <= got <= limit for got, limit in zip(given_seats, limits, strict=True))
    assert sum(given_seats) == min(seats, sum(limits))


def test_a_negative_weight_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        largest_remainder([1, -1], 3)


def test_no_weights_give_no_seats() -> None:
    assert largest_remainder([], 3) == []
