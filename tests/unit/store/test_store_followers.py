# SPDX-License-Identifier: Apache-2.0
"""What stands on an import is known before anybody tries to undo it, and agrees with what undoing says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from askwell.domain.errors import StoreError
from askwell.domain.records import Kpi, Position
from askwell.store import Workspace


def test_nothing_stands_on_imports_that_share_no_record(workspace: Workspace) -> None:
    workspace.save_batch("a.csv", [Position("焊工")], 0)
    workspace.save_batch("b.csv", [Position("车工")], 0)
    workspace.save_batch("a.csv", [Position("焊工")], 0)
    assert workspace.followers() == {}


def test_later_imports_come_newest_first_and_edits_by_hand_last(workspace: Workspace) -> None:
    first = workspace.save_batch("1.csv", [Position("焊工"), Position("车工"), Kpi("合格率", "焊工")], 0)
    workspace.update_position(replace(workspace.positions()[1], level="3"))
    second = workspace.save_batch("2.csv", [Position("焊工", level="3")], 0)
    third = workspace.save_batch("3.csv", [Kpi("合格率", "焊工", target="99")], 0)
    assert workspace.followers() == {first.id: (third.id, second.id, None)}
    workspace.undo_batch(third.id)
    assert workspace.followers() == {first.id: (second.id, None)}


def test_a_name_given_to_another_record_since_stands_in_the_way(workspace: Workspace) -> None:
    workspace.save_batch("1.csv", [Position("焊工"), Position("车工")], 0)
    coded = workspace.save_batch("2.csv", [Position("焊工", code="W1")], 0)
    assert coded.id not in workspace.followers()
    workspace.update_position(replace(workspace.positions()[1], title="焊工"))
    assert workspace.followers()[coded.id] == (None,)
    with pytest.raises(StoreError):
        workspace.undo_batch(coded.id)
