# SPDX-License-Identifier: Apache-2.0
"""Kits, audit log, settings, backup, several threads."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from askwell.domain.errors import StoreError, UsageError
from askwell.domain.questions import (
    Approval,
    Difficulty,
    Evidence,
    EvidenceKind,
    Family,
    Finding,
    Kit,
    Provenance,
    Question,
    QuestionText,
    QuestionType,
    Severity,
    Slot,
    Status,
)
from askwell.domain.records import Goal, Position
from askwell.store import FILE_NAME, Workspace, open_workspace

WORDS = QuestionText("请讲一次拦截不合格品的经历。", ("当时的数据?",), {5: "有数据", 3: "有做法", 1: "空谈"})
SLOT = Slot(
    number=1,
    competency="质量意识",
    evidence=Evidence(EvidenceKind.KPI, "合格率 96→98", "kpi_1", 2, 0.4, "质量意识", ("降本", "增长")),
    type=QuestionType.BEHAVIOURAL,
    difficulty=Difficulty.ADVANCED,
    locked=True,
)


def a_question(name: str = "q_1") -> Question:
    return Question(
        id=name,
        kit_id="kit_1",
        slot=SLOT,
        words=WORDS,
        status=Status.APPROVED,
        provenance=Provenance("gemma", "ours", "v1", 7, {"top_p": 0.9}, {"grounding": 1.0}),
        findings=(Finding("r1", Family.FORM, Severity.NOTE, "长", (0, 4), ("CN", "EU"), "法", "短"),),
        approval=Approval("hr", "2026-01-01T00:00:00Z", WORDS.digest()),
        alternatives=(QuestionText("另一题?"),),
        note="留意",
    )


def a_kit(*questions: Question) -> Kit:
    return Kit("kit_1", "一面", "pos_1", "质检主管", "质量部", "zh", "2026-01-01T00:00:00Z", "C-7", questions)


def test_a_kit_comes_back_as_it_was(workspace: Workspace) -> None:
    kit = a_kit(a_question("q_2"), a_question("q_1"))
    assert workspace.save_kit(kit) == kit
    assert workspace.kit("kit_1") == kit
    assert workspace.kits() == [kit]
    assert workspace.question("q_1") == a_question("q_1")
    assert workspace.kit("kit_1").approved == kit.questions


def test_saving_a_kit_again_replaces_its_questions(workspace: Workspace) -> None:
    workspace.save_kit(a_kit(a_question("q_1"), a_question("q_2")))
    shorter = replace(a_kit(a_question("q_2")), title="二面")
    workspace.save_kit(shorter)
    assert workspace.kits() == [shorter]


def test_identifiers_are_assigned_where_they_are_missing(workspace: Workspace) -> None:
    saved = workspace.save_kit(replace(a_kit(a_question("")), id=""))
    assert saved.id.startswith("kit_")
    assert saved.questions[0].kit_id == saved.id
    assert workspace.kit(saved.id) == saved


def test_a_question_keeps_its_place_and_a_new_one_goes_to_the_end(workspace: Workspace) -> None:
    workspace.save_kit(a_kit(a_question("q_1"), a_question("q_2")))
    changed = replace(a_question("q_1"), status=Status.STALE, approval=None)
    workspace.save_question(changed)
    workspace.save_question(a_question("q_0"))
    assert [one.id for one in workspace.kit("kit_1").questions] == ["q_1", "q_2", "q_0"]
    assert workspace.question("q_1") == changed


def test_a_deleted_kit_takes_its_questions_along(workspace: Workspace) -> None:
    workspace.save_kit(a_kit(a_question()))
    workspace.delete_kit("kit_1")
    assert workspace.kits() == []
    assert workspace.counts()["question"] == 0
    for action in (workspace.delete_kit, workspace.kit, workspace.question):
        with pytest.raises(UsageError):
            action("kit_1")
    with pytest.raises(UsageError):
        workspace.save_question(a_question())


def test_a_kit_column_that_holds_nonsense_is_called_damage(workspace: Workspace) -> None:
    workspace.save_kit(a_kit(a_question()))
    with closing(sqlite3.connect(workspace.path)) as database:
        database.execute("UPDATE question SET words = '{\"text\": 5}'")
        database.commit()
    with pytest.raises(StoreError) as caught:
        workspace.kit("kit_1")
    assert caught.value.message.key == "error.store_damaged"


def test_the_audit_log_counts_sound_entries(workspace: Workspace) -> None:
    assert workspace.verify_audit() == 0
    for number in range(3):
        workspace.log_event("张", "approve", f"q_{number}", {"reason": "合适", "span": (1, 2)})
    assert workspace.verify_audit() == 3
    newest = workspace.events(limit=2)
    assert [event.seq for event in newest] == [3, 2]
    assert newest[0].detail == {"reason": "合适", "span": [1, 2]}
    assert [event.seq for event in workspace.events(before=2)] == [1]


@pytest.mark.parametrize("verb", ["UPDATE audit SET actor = 'x'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_the_audit_log(workspace: Workspace, verb: str) -> None:
    workspace.log_event("a", "b", "c")
    with closing(sqlite3.connect(workspace.path)) as database, pytest.raises(sqlite3.IntegrityError):
        database.execute(verb)
    assert workspace.verify_audit() == 1


@pytest.mark.parametrize(
    ("tampering", "entry"),
    [
        ("UPDATE audit SET actor = 'x' WHERE seq = 2", 2),
        ("DELETE FROM audit WHERE seq = 1", 1),
        ("DELETE FROM audit WHERE seq = 3", 3),
        ("DELETE FROM audit", 1),
    ],
)
def test_tampering_around_the_triggers_is_noticed(workspace: Workspace, tampering: str, entry: int) -> None:
    for _ in range(3):
        workspace.log_event("a", "b", "c")
    with closing(sqlite3.connect(workspace.path)) as database:
        database.execute("DROP TRIGGER audit_no_update")
        database.execute("DROP TRIGGER audit_no_delete")
        database.execute(tampering)
        database.commit()
    with pytest.raises(StoreError) as caught:
        workspace.verify_audit()
    assert caught.value.message.key == "error.audit_broken"
    assert caught.value.message.params["entry"] == entry


def test_settings_hold_anything_json_can(workspace: Workspace) -> None:
    assert workspace.setting("lang", "zh") == "zh"
    for value in ("en", 3, 2.5, True, None, ["a", 1], {"地区": ["CN"]}):
        workspace.set_setting("lang", value)
        assert workspace.setting("lang", "zh") == value


def test_a_backup_is_one_file_that_opens_as_a_workspace(workspace: Workspace, tmp_path: Path) -> None:
    workspace.save_batch("a.xlsx", [Position("焊工")], 0)
    target = workspace.backup(tmp_path / "copies" / "b" / FILE_NAME)
    assert [path.name for path in target.parent.iterdir()] == [FILE_NAME]
    with open_workspace(target.parent) as copy:
        assert copy.positions() == workspace.positions()


def test_a_backup_replaces_the_older_one_but_never_the_workspace(workspace: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "b.db"
    workspace.backup(target)
    workspace.set_setting("a", 1)
    workspace.backup(target)
    with closing(sqlite3.connect(target)) as database:
        assert database.execute("SELECT COUNT(*) FROM setting").fetchone() == (1,)
    with pytest.raises(StoreError) as caught:
        workspace.backup(workspace.path)
    assert caught.value.message.key == "error.backup_onto_itself"


def test_several_threads_read_and_write_at_once(workspace: Workspace) -> None:
    def work(number: int) -> int:
        workspace.save_batch(f"{number}.xlsx", [Goal(f"目标{number}-{i}") for i in range(50)], 0)
        workspace.log_event("t", "import", str(number))
        workspace.set_setting("last", number)
        return len(workspace.goals())

    with ThreadPoolExecutor(8) as pool:
        assert all(count >= 50 for count in pool.map(work, range(16)))
    assert len(workspace.goals()) == 800
    assert workspace.verify_audit() == 16
    assert all(one.fields_checked == one.fields_equal for one in workspace.batches())
