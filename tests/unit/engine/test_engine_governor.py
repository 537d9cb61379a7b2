# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from askwell.engine.governor import FIRST_SPELL, Governor


def run(governor: Governor, steps: int, alone: float, together: float, tokens: int = 12) -> list[int]:
    chosen = []
    for _ in range(steps):
        threads = governor.threads(tokens)
        governor.note(tokens, threads, alone if threads == 1 else together)
        chosen.append(threads)
    return chosen


def test_a_quiet_machine_uses_all_threads_after_one_measure() -> None:
    assert run(Governor(4), 20, alone=0.1, together=0.03) == [1] + [4] * 19


def test_a_busy_machine_goes_down_to_one_thread_and_tries_again_later() -> None:
    governor = Governor(4)
    chosen = run(governor, 2 + FIRST_SPELL + 2, alone=0.1, together=2.2)
    assert chosen[:2] == [1, 4]
    assert chosen[2 : 2 + FIRST_SPELL] == [1] * FIRST_SPELL
    assert chosen[2 + FIRST_SPELL] == 4
    assert run(governor, 3, alone=0.1, together=2.2) == [1, 1, 1]


def test_one_slow_batch_changes_nothing() -> None:
    governor = Governor(2)
    run(governor, 5, alone=0.1, together=0.05)
    governor.note(12, 2, 0.15)
    assert run(governor, 5, alone=0.1, together=0.05) == [2] * 5


def test_a_single_core_is_left_alone() -> None:
    assert run(Governor(1), 5, alone=1.0, together=1.0) == [1] * 5
