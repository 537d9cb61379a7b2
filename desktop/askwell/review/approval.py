# SPDX-License-Identifier: Apache-2.0
"""The state machine of a question: draft → approved | rejected, and back to draft by every edit.

An approval freezes the words by their digest, so a text that changed after its approval cannot leave the house even
where a caller forgets to reset the status (`Question.exportable`).
"""

from __future__ import annotations

from dataclasses import replace

from askwell.domain.errors import ReviewBlocked, UsageError
from askwell.domain.messages import msg
from askwell.domain.questions import Approval, Kit, Question, QuestionText, Severity, Status


def blocks(question: Question) -> bool:
    """True where a finding forbids approval without a written reason."""
    return any(finding.severity is Severity.BLOCK for finding in question.findings)


def approve(question: Question, by: str, at: str, override_reason: str = "") -> Question:
    """The approved question. `by` is the person, `at` a UTC ISO time.

    Raises ReviewBlocked where a block finding stands and no reason is given or the text is empty, UsageError where
    nobody signs.
    """
    if not by.strip():
        raise UsageError(msg("error.review_nobody"), msg("error.review_nobody.hint"))
    if not question.words.text.strip():
        raise ReviewBlocked(msg("error.review_empty"), msg("error.review_empty.hint"))
    reason = override_reason.strip()
    if blocks(question) and not reason:
        rules = ", ".join(sorted({item.rule for item in question.findings if item.severity is Severity.BLOCK}))
        raise ReviewBlocked(msg("error.review_block", rules=rules), msg("error.review_block.hint", rules=rules))
    # A reason is kept only where it overrode something: an export must not claim an override that never was.
    approval = Approval(by, at, question.words.digest(), reason if blocks(question) else "")
    return replace(question, status=Status.APPROVED, approval=approval)


def edit(question: Question, words: QuestionText) -> Question:
    """The question with new words: a draft again, without approval and without findings on the old words."""
    if words == question.words:
        return question
    return replace(question, words=words, status=Status.DRAFT, approval=None, findings=())


def reject(question: Question, note: str = "") -> Question:
    """The rejected question; it stays in the kit as a record and is never exported."""
    return replace(question, status=Status.REJECTED, approval=None, note=note or question.note)


def can_export(kit: Kit) -> bool:
    """True where at least one question of the kit may leave the house."""
    return bool(kit.approved)
