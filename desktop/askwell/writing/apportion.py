# SPDX-License-Identifier: Apache-2.0
"""Sharing whole seats by weight: the largest-remainder method (Hamilton 1792), with ties to the earlier item."""

from __future__ import annotations

from collections.abc import Sequence


def largest_remainder(weights: Sequence[float], seats: int) -> list[int]:
    """Seats for each weight; the sum is `seats`, and each share is its quota rounded down or up.

    Weights must not be negative; where all are zero, they count as equal. Raises ValueError on a negative number.
    """
    if seats < 0 or any(weight < 0 for weight in weights):
        raise ValueError("weights and seats must not be negative")
    if not weights:
        return []
    total = sum(weights)
    shares = [weight / total for weight in weights] if total > 0 else [1 / len(weights)] * len(weights)
    quotas = [share * seats for share in shares]
    given = [int(quota) for quota in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda i: (given[i] - quotas[i], i))
    for index in by_remainder[: seats - sum(given)]:
        given[index] += 1
    return given


def with_limits(weights: Sequence[float], seats: int, limits: Sequence[int]) -> list[int]:
    """Like `largest_remainder`, but no item gets more than its limit; what it cannot take goes to the others.

    Fewer seats are given than asked where all limits together are smaller.
    """
    given = [0] * len(weights)
    left = min(seats, sum(limits))
    while left:
        open_items = [i for i, limit in enumerate(limits) if given[i] < limit]
        extra = largest_remainder([weights[i] for i in open_items], left)
        for index, more in zip(open_items, extra, strict=True):
            given[index] = min(limits[index], given[index] + more)
        left = min(seats, sum(limits)) - sum(given)
    return given
