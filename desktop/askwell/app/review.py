# SPDX-License-Identifier: Apache-2.0
"""Approval by a person: every decision is saved, logged and can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from askwell.domain.questions import Finding, Question, QuestionText, Slot, Status
from askwell.review import approval
from askwell.review.checker import Checker
from askwell.store import Workspace

WAITING = (Status.DRAFT, Status.NEEDS_YOU, Status.STALE)


class ReviewService:
    """The review queue and its decisions."""

    def __init__(self, workspace: Workspace, checker: Callable[[], Checker], actor: Callable[[], str]) -> None:
        self._workspace = workspace
        self._checker = checker
        self._actor = actor
        self._undo: list[Question] = []

    def waiting(self, kit_id: str | None = None) -> list[Question]:
        """Questions that wait for a person, in the order of their kits."""
        kits = [self._workspace.kit(kit_id)] if kit_id else self._workspace.kits()
        return [question for kit in kits for question in kit.questions if question.status in WAITING]

    def check(self, words: QuestionText, slot: Slot) -> tuple[Finding, ...]:
        """All findings on the words of a question; a slot without words has none."""
        if not words.text.strip():
            return ()
        return tuple(self._checker().check_question(words, slot, slot.lang))

    def passes(self, text: str, slot: Slot) -> bool:
        """Would a bare question text pass without a finding? Used to screen candidates before ranking."""
        return not self._checker().check(text, slot.lang, where="text")

    def approve(self, question_id: str, override_reason: str = "", by: str = "") -> Question:
        """Approve the present words. Raises ReviewBlocked where a block has no written reason."""
        question = self._workspace.question(question_id)
        approved = approval.approve(question, by or self._actor(), _now(), override_reason)
        return self._decide(
            question, approved, "approve", {"digest": approved.words.digest(), "reason": override_reason}
        )

    def edit(self, question_id: str, words: QuestionText) -> Question:
        """Replace the words; an approval falls, and the new words are checked."""
        question = self._workspace.question(question_id)
        edited = approval.edit(question, words)
        checked = replace(edited, findings=self.check(words, question.slot))
        return self._decide(question, checked, "edit", {"before": question.words.digest(), "after": words.digest()})

    def reject(self, question_id: str) -> Question:
        """Leave a question out of its kit."""
        question = self._workspace.question(question_id)
        return self._decide(question, approval.reject(question), "reject", {})

    def replace_question(self, old: Question, new: Question, action: str) -> Question:
        """Save a rewritten question so that it can be undone like a decision."""
        return self._decide(old, new, action, {"after": new.words.digest()})

    def undo(self) -> Question | None:
        """Take the last decision of this session back; None where there is none."""
        if not self._undo:
            return None
        before = self._undo.pop()
        saved = self._workspace.save_question(before)
        self._workspace.log_event(self._actor(), "review.undo", saved.id, {"status": saved.status.value})
        return saved

    def _decide(self, before: Question, after: Question, action: str, detail: dict[str, object]) -> Question:
        saved = self._workspace.save_question(after)
        self._undo.append(before)
        self._workspace.log_event(
            after.approval.by if after.approval else self._actor(), f"review.{action}", saved.id, detail
        )
        return saved


def _now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()
