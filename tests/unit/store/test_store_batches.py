# SPDX-License-Identifier: Apache-2.0
"""Imports: saving, updating, verifying, taking back."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from askwell.domain.errors import AskwellError, StoreError, UsageError
from askwell.domain.records import (
    Candidate,
    Goal,
    Kpi,
    Origin,
    PastInterview,
    Position,
    Record,
    Standard,
)
from askwell.store import Workspace, batches
from askwell.store.kinds import kind_of


def content(records: list[Record]) -> list[tuple[object, ...]]:
    """Records without what the store assigns."""
    return [(type(one), *(getattr(one, name) for name in kind_of(one).content), one.origin) for one in records]


def dump(workspace: Workspace) -> list[str]:
    """Everything in the record tables, to the last column."""
    tables = ("position", "kpi", "goal", "standard", "candidate", "interview")
    with closing(sqlite3.connect(workspace.path)) as database:
        return [str(row) for name in tables for row in database.execute(f"SELECT * FROM {name} ORDER BY id, version")]


def refused(action: Any, *args: object) -> AskwellError:
    with pytest.raises(AskwellError) as caught:
        action(*args)
    return caught.value


def test_what_is_saved_comes_back_field_by_field(workspace: Workspace, records: list[Record]) -> None:
    summary = workspace.save_batch("all.xlsx", records, 2)
    assert content(workspace.all_records()) == content(records)
    assert summary.fields_checked == summary.fields_equal > 80
    assert summary.counts == {"position": 2, "kpi": 1, "goal": 2, "standard": 1, "candidate": 1, "interview": 2}
    assert workspace.batches() == [summary]
    assert workspace.batch_detail(summary.id) == batches.BatchDetail(new=9)
    assert workspace.counts()["interview"] == 2


def test_an_identical_import_changes_nothing(workspace: Workspace, records: list[Record]) -> None:
    workspace.save_batch("all.xlsx", records, 0)
    before = dump(workspace)
    again = workspace.save_batch("copy.xlsx", [replace(one, origin=Origin("copy.xlsx")) for one in records], 0)
    assert dump(workspace) == before
    assert workspace.batch_detail(again.id).unchanged == len(records)
    assert again.fields_checked == again.fields_equal > 0


def test_a_changed_profile_becomes_the_next_version_and_the_old_one_is_kept(workspace: Workspace) -> None:
    first = workspace.save_batch("v1.xlsx", [Position("焊工", code="W1", duties=("焊接",))], 0)
    second = workspace.save_batch("v2.xlsx", [Position("高级焊工", code="W1", duties=("焊接", "带徒"))], 0)
    (now,) = workspace.positions()
    assert (now.title, now.version) == ("高级焊工", 2)
    past = workspace.history(now.id)
    assert [(one.record.duties, one.version, one.batch_id) for one in past if isinstance(one.record, Position)] == [
        (("焊接",), 1, first.id),
        (("焊接", "带徒"), 2, second.id),
    ]
    assert past[0].valid_to == past[1].valid_from


def test_positions_without_code_are_known_by_title_and_department(workspace: Workspace) -> None:
    workspace.save_batch("a.xlsx", [Position("客户经理", department="华东")], 0)
    workspace.save_batch("b.xlsx", [Position("客户 经理", department="华东 ", purpose="x")], 0)
    workspace.save_batch("c.xlsx", [Position("客户经理", department="华南")], 0)
    assert [(one.department.strip(), one.version) for one in workspace.positions()] == [("华东", 2), ("华南", 1)]


def test_a_code_that_arrives_later_joins_the_position_it_belongs_to(workspace: Workspace) -> None:
    workspace.save_batch("a.xlsx", [Position("焊工", department="车间")], 0)
    workspace.save_batch("b.xlsx", [Position("焊工", code="W1", department="车间")], 0)
    workspace.save_batch("c.xlsx", [Position("焊接工", code="W1", department="车间")], 0)
    assert [(one.title, one.code, one.version) for one in workspace.positions()] == [("焊接工", "W1", 3)]


def test_a_file_without_codes_does_not_take_codes_away(workspace: Workspace) -> None:
    workspace.save_batch("a.xlsx", [Position("焊工", code="W1", department="车间")], 0)
    summary = workspace.save_batch("b.xlsx", [Position("焊工", department="车间", purpose="新")], 0)
    assert [(one.code, one.purpose) for one in workspace.positions()] == [("W1", "新")]
    assert [miss.field for miss in workspace.batch_detail(summary.id).misses] == []


def test_two_codes_for_one_title_stay_two_positions(workspace: Workspace) -> None:
    workspace.save_batch("a.xlsx", [Position("焊工")], 0)
    workspace.save_batch("b.xlsx", [Position("焊工", code="W1"), Position("焊工", code="W2")], 0)
    assert [one.code for one in workspace.positions()] == ["W1", "W2"]


def test_goals_are_known_by_code_else_by_text(workspace: Workspace) -> None:
    workspace.save_batch("a.xlsx", [Goal("降本", code="G1"), Goal("增效")], 0)
    workspace.save_batch("b.xlsx", [Goal("降本10%", code="G1"), Goal("增效", target="5%")], 0)
    assert [(one.text, one.target, one.version) for one in workspace.goals()] == [("降本10%", "", 2), ("增效", "5%", 2)]


def test_several_indicators_of_one_level_are_all_kept(workspace: Workspace) -> None:
    lines = [Standard("沟通", text, level="3") for text in ("倾听", "复述", "倾听")]
    summary = workspace.save_batch("a.xlsx", lines, 0)
    assert [one.text for one in workspace.standards("沟通")] == ["倾听", "复述"]
    assert summary.fields_checked == summary.fields_equal
    workspace.save_batch("b.xlsx", [Standard("沟通", "复述并确认", level="3"), lines[0]], 0)
    assert [(one.text, one.version) for one in workspace.standards()] == [("倾听", 1), ("复述并确认", 2)]


def test_one_kpi_for_two_periods_stays_two(workspace: Workspace) -> None:
    kpis: list[Record] = [Kpi("产量", "焊工", period=period, target="9") for period in ("Q1", "Q2")]
    workspace.save_batch("a.xlsx", kpis, 0)
    workspace.save_batch("b.xlsx", list(reversed(kpis)), 0)
    assert [(one.period, one.version) for one in workspace.kpis()] == [("Q1", 1), ("Q2", 1)]


def test_interviews_are_known_by_candidate_date_question_and_round(workspace: Workspace) -> None:
    asked = PastInterview("为何?", candidate_code="C1", date="2026-01-02", round="1", rating=3)
    workspace.save_batch("a.xlsx", [asked, asked], 0)
    workspace.save_batch("b.xlsx", [replace(asked, rating=4.0), replace(asked, round="2")], 0)
    assert [(one.round, one.rating) for one in workspace.interviews()] == [("1", 4.0), ("2", 3.0)]


def test_ratings_of_a_panel_for_one_answer_are_all_kept(workspace: Workspace) -> None:
    panel = [PastInterview("为何?", candidate_code="C1", date="2026-01-02", rating=float(one)) for one in (3, 5)]
    summary = workspace.save_batch("a.xlsx", panel, 0)
    assert [one.rating for one in workspace.interviews()] == [3.0, 5.0]
    assert summary.fields_checked == summary.fields_equal


def test_the_last_of_contradicting_rows_wins_and_each_lost_field_is_listed(workspace: Workspace) -> None:
    rows: list[Record] = [
        Position("焊工", level=level, origin=Origin("a.xlsx", "表1", row)) for row, level in ((2, "L1"), (3, "L2"))
    ]
    summary = workspace.save_batch("a.xlsx", rows, 0)
    assert [one.level for one in workspace.positions()] == ["L2"]
    assert summary.fields_checked - summary.fields_equal == 1
    (miss,) = workspace.batch_detail(summary.id).misses
    assert (miss.field, miss.source, miss.stored, miss.row) == ("level", "L1", "L2", 2)


def test_verification_notices_what_the_database_changed(workspace: Workspace) -> None:
    with closing(sqlite3.connect(workspace.path)) as database:
        database.execute(
            "CREATE TRIGGER meddle AFTER INSERT ON goal BEGIN UPDATE goal SET target = 'x' WHERE row = NEW.row; END"
        )
    summary = workspace.save_batch("a.xlsx", [Goal("增效", target="5%"), Goal("降本", target="x")], 0)
    assert summary.fields_checked - summary.fields_equal == 1
    assert [miss.record for miss in workspace.batch_detail(summary.id).misses] == ["增效"]


def test_a_failure_in_the_middle_leaves_nothing_behind(workspace: Workspace) -> None:
    with closing(sqlite3.connect(workspace.path)) as database:
        database.execute("CREATE TRIGGER full BEFORE INSERT ON goal BEGIN SELECT RAISE(ABORT, 'disk is full'); END")
    error = refused(workspace.save_batch, "a.xlsx", [Position("焊工"), Goal("增效")], 0)
    assert error.message.key == "error.store_unwritable"
    assert workspace.positions() == []
    assert workspace.batches() == []


def test_undo_restores_exactly_what_was_before(workspace: Workspace, records: list[Record]) -> None:
    workspace.save_batch("v1.xlsx", records, 0)
    before = dump(workspace)
    changed: list[Record] = [
        Position("质检主管", code="QC-01", department="质量部", duties=("全新",)),
        Position("新岗位"),
        Kpi("一次交验合格率", "质检主管", target="99"),
        Goal("质量成本下降30%", code="G1"),
        Candidate("C-7", experience=("别的",)),
        PastInterview("为什么选择我们?", rating=2.0),
    ]
    batch = workspace.save_batch("v2.xlsx", changed, 0)
    assert dump(workspace) != before
    assert workspace.undo_batch(batch.id).undone
    assert dump(workspace) == before
    assert [one.undone for one in workspace.batches()] == [True, False]


def test_undo_is_refused_while_a_later_import_stands_on_it(workspace: Workspace) -> None:
    first = workspace.save_batch("v1.xlsx", [Position("焊工"), Position("车工")], 0)
    second = workspace.save_batch("v2.xlsx", [Position("焊工", level="3")], 0)
    error = refused(workspace.undo_batch, first.id)
    assert isinstance(error, StoreError)
    assert error.message.key == "error.undo_blocked"
    assert dict(error.message.params) == {"file": "v1.xlsx", "record": "焊工", "later": "v2.xlsx"}
    assert len(workspace.positions()) == 2
    workspace.undo_batch(second.id)
    workspace.undo_batch(first.id)
    assert workspace.positions() == []


def test_undo_is_refused_after_an_edit_by_hand(workspace: Workspace) -> None:
    batch = workspace.save_batch("v1.xlsx", [Position("焊工")], 0)
    workspace.update_position(replace(workspace.positions()[0], level="3"))
    assert refused(workspace.undo_batch, batch.id).message.key == "error.undo_blocked"


def test_undoing_twice_or_an_unknown_batch_is_a_usage_error(workspace: Workspace) -> None:
    batch = workspace.save_batch("v1.xlsx", [Position("焊工")], 0)
    workspace.undo_batch(batch.id)
    assert refused(workspace.undo_batch, batch.id).message.key == "error.batch_undone"
    error = refused(workspace.undo_batch, "bat_none")
    assert isinstance(error, UsageError)
    assert error.message.key == "error.batch_unknown"


def test_an_empty_batch_is_kept_in_the_list(workspace: Workspace) -> None:
    summary = workspace.save_batch("empty.xlsx", [], 3)
    assert workspace.batches() == [summary]
    assert summary.problems == 3


def test_without_verification_nothing_is_counted(workspace: Workspace) -> None:
    assert workspace.save_batch("a.xlsx", [Position("焊工")], 0, verify=False).fields_checked == 0


def test_twenty_thousand_records_are_saved_and_verified_in_seconds(workspace: Workspace, tmp_path: Path) -> None:
    many = [
        PastInterview(f"问题{i}", candidate_code=f"C{i % 900}", date="2026-01-01", rating=3.0) for i in range(20_000)
    ]
    start = time.perf_counter()
    summary = workspace.save_batch("big.xlsx", many, 0)
    assert summary.fields_equal == summary.fields_checked > 180_000
    assert time.perf_counter() - start < 15
