# SPDX-License-Identifier: Apache-2.0
"""Approval freezes words; an edit sends a question back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from askwell.domain.errors import ReviewBlocked, UsageError
from askwell.domain.questions import (
    Difficulty,
    Evidence,
    EvidenceKind,
    Family,
    Finding,
    Kit,
    Question,
    QuestionText,
    QuestionType,
    Severity,
    Slot,
    Status,
)
from askwell.review import approve, can_export, edit, reject

SLOT = Slot(1, "协作", Evidence(EvidenceKind.DUTY, "组织评审"), QuestionType.BEHAVIOURAL, Difficulty.BASIC)
DRAFT = Question("q1", "k1", SLOT, QuestionText("请讲一次您组织评审的经历。"))
BLOCK = Finding("cn.family", Family.REASONABLENESS, Severity.BLOCK, "…", jurisdictions=("CN",))
AT = "2026-04-12T09:30:00+00:00"


def kit(question: Question) -> Kit:
    return Kit("k1", "t", "p1", "p", "d", "zh", AT, questions=(question,))


def test_an_approved_question_can_be_exported() -> None:
    approved = approve(DRAFT, "王敏", AT)
    assert approved.exportable
    assert can_export(kit(approved))
    assert not can_export(kit(DRAFT))


def test_a_block_needs_a_written_reason_that_is_kept() -> None:
    blocked = replace(DRAFT, findings=(BLOCK,))
    with pytest.raises(ReviewBlocked) as caught:
        approve(blocked, "王敏", AT, "  ")
    assert caught.value.message.params["rules"] == "cn.family"
    passed = approve(blocked, "王敏", AT, "法务已确认")
    assert passed.approval is not None
    assert passed.approval.override_reason == "法务已确认"


def test_a_reason_that_overrides_nothing_is_not_kept() -> None:
    approved = approve(DRAFT, "王敏", AT, "随手写的")
    assert approved.approval is not None
    assert approved.approval.override_reason == ""


def test_an_edit_takes_the_approval_away() -> None:
    changed = edit(approve(DRAFT, "王敏", AT), QuestionText("请讲一次您主持评审的经历。"))
    assert changed.status is Status.DRAFT
    assert changed.approval is None
    assert not changed.exportable


def test_an_edit_without_a_change_keeps_the_approval() -> None:
    approved = approve(DRAFT, "王敏", AT)
    assert edit(approved, approved.words) is approved


def test_words_changed_behind_the_approval_cannot_leave() -> None:
    assert not replace(approve(DRAFT, "王敏", AT), words=QuestionText("别的话")).exportable


def test_a_rejected_question_stays_but_does_not_leave() -> None:
    gone = reject(approve(DRAFT, "王敏", AT), "重复")
    assert gone.status is Status.REJECTED
    assert gone.note == "重复"
    assert not can_export(kit(gone))


def test_nobody_and_nothing_cannot_be_approved() -> None:
    with pytest.raises(UsageError):
        approve(DRAFT, " ", AT)
    with pytest.raises(ReviewBlocked):
        approve(replace(DRAFT, words=QuestionText(" ")), "王敏", AT)
