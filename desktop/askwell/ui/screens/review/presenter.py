# SPDX-License-Identifier: Apache-2.0
"""Decides what the Review screen shows. No Qt here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from askwell.app.kits import KitService
from askwell.app.review import WAITING, ReviewService
from askwell.domain.errors import AskwellError, ReviewBlocked
from askwell.domain.messages import msg
from askwell.domain.questions import Finding, Kit, Question, QuestionText, Severity
from askwell.ui.ports import Change, Job, JobRunner, Level, Notice, Shell

ALL = ""


class View(Protocol):
    """What the presenter needs of the widgets."""

    def show_queue(self, kits: Sequence[Kit], kit_id: str, questions: Sequence[Question], current: str) -> None:
        """The kits for the filter, the questions of the chosen one, and which is open."""
        ...

    def show_question(self, question: Question, position: str) -> None:
        """One question to read."""
        ...

    def show_empty(self, anything: bool) -> None:
        """Nothing waits. `anything`: whether there are questions at all."""
        ...

    def show_editor(self, words: QuestionText) -> None:
        """The editor in place of the reading view."""
        ...

    def ask_reason(self) -> None:
        """A block stands: ask for the written reason."""
        ...


class ReviewPresenter:
    """The queue of questions and what happens to the open one."""

    def __init__(self, review: ReviewService, kits: KitService, runner: JobRunner, shell: Shell, view: View) -> None:
        self._review, self._kits = review, kits
        self._runner, self._shell, self._view = runner, shell, view
        self._all_kits: list[Kit] = []
        self._kit_id = ALL
        self._only_waiting = True
        self._queue: list[Question] = []
        self._current = ""
        self._editing = False

    # --- frame ---

    def open(self, target: str = "") -> None:
        """Load the queue; a kit or a question may be named."""
        if target.startswith("q_"):
            self._current, self._only_waiting = target, False
        elif target:
            self._kit_id = target
        self._load()

    def stale(self, what: Change) -> None:
        """Questions changed elsewhere."""
        if what in (Change.QUESTIONS, Change.KITS, Change.SETTINGS) and not self._editing:
            self._load()

    # --- moving ---

    def choose_kit(self, kit_id: str) -> None:
        """Filter by kit; empty for all."""
        self._kit_id, self._current = kit_id, ""
        self._rebuild()

    def choose_waiting(self, only_waiting: bool) -> None:
        """Only what waits, or everything."""
        self._only_waiting = only_waiting
        self._rebuild()

    def choose(self, question_id: str) -> None:
        """Open a question of the queue."""
        if question_id and question_id != self._current:
            self._editing = False
            self._current = question_id
            self._show_current()

    def skip(self, by: int = 1) -> None:
        """The next question, or the one before; round at the end."""
        ids = [question.id for question in self._queue]
        if ids:
            place = ids.index(self._current) if self._current in ids else -1
            self._editing = False
            self._current = ids[(place + by) % len(ids)]
            self._rebuild()

    # --- decisions ---

    def approve(self, reason: str = "") -> None:
        """Let the open question pass. A block asks for a written reason first."""
        question = self.current
        if question is None or self._editing:
            return
        if not reason and any(finding.severity is Severity.BLOCK for finding in question.findings):
            self._view.ask_reason()
            return
        self._decide(lambda: self._review.approve(question.id, reason))

    def reject(self) -> None:
        """Leave the open question out."""
        question = self.current
        if question is not None and not self._editing:
            self._decide(lambda: self._review.reject(question.id))

    def edit(self) -> None:
        """Open the editor."""
        question = self.current
        if question is not None:
            self._editing = True
            self._view.show_editor(question.words)

    def cancel_edit(self) -> None:
        """Back to reading, nothing changed."""
        self._editing = False
        self._show_current()

    def save_edit(self, words: QuestionText) -> None:
        """Keep the new words; they are checked again and wait for approval."""
        question = self.current
        self._editing = False
        if question is None or not words.text.strip():
            self._show_current()
            return
        self._decide(lambda: self._review.edit(question.id, words), stay=True)

    def use_rewrite(self, finding: Finding) -> None:
        """Take the proposed wording of a finding."""
        question = self.current
        if question is not None and finding.rewrite:
            words = QuestionText(finding.rewrite, question.words.probes, question.words.anchors)
            self._decide(lambda: self._review.edit(question.id, words), stay=True)

    def use_alternative(self, number: int) -> None:
        """Take another candidate of the slot."""
        question = self.current
        if question is not None and 0 <= number < len(question.alternatives):
            words = question.alternatives[number]
            self._decide(lambda: self._review.edit(question.id, words), stay=True)

    def undo(self) -> None:
        """Take the last decision back."""
        job = Job(lambda _c: self._review.undo(), self._undone, self._shell.fail)
        self._runner.start(job)

    def go_write(self) -> None:
        """Nothing here yet."""
        self._shell.go("write")

    def go_kits(self) -> None:
        """Everything is decided."""
        self._shell.go("kits", self._kit_id)

    @property
    def current(self) -> Question | None:
        """The open question."""
        return next((question for question in self._queue if question.id == self._current), None)

    # --- inside ---

    def _load(self) -> None:
        self._runner.start(Job(lambda _c: self._kits.kits(), self._loaded, self._shell.fail, key="review.load"))

    def _loaded(self, kits: list[Kit]) -> None:
        self._all_kits = kits
        if self._kit_id and self._kit_id not in {kit.id for kit in kits}:
            self._kit_id = ALL
        self._rebuild()

    def _rebuild(self) -> None:
        chosen = [kit for kit in self._all_kits if self._kit_id in (ALL, kit.id)]
        questions = [question for kit in chosen for question in kit.questions]
        if self._only_waiting:
            questions = [one for one in questions if one.status in WAITING or one.id == self._current]
        self._queue = questions
        if self.current is None:
            self._current = questions[0].id if questions else ""
        self._view.show_queue(self._all_kits, self._kit_id, questions, self._current)
        if questions:
            self._show_current()
        else:
            self._view.show_empty(any(kit.questions for kit in self._all_kits))

    def _show_current(self) -> None:
        question = self.current
        if question is None:
            return
        kit = next((kit for kit in self._all_kits if kit.id == question.kit_id), None)
        self._view.show_question(question, kit.position_title if kit else "")

    def _decide(self, work: Callable[[], Question], stay: bool = False) -> None:
        def failed(error: AskwellError) -> None:
            if isinstance(error, ReviewBlocked):
                self._view.ask_reason()
            self._shell.fail(error)

        self._runner.start(Job(lambda _c: work(), lambda saved: self._decided(saved, stay), failed))

    def _decided(self, saved: Question, stay: bool) -> None:
        self._all_kits = [_with(kit, saved) for kit in self._all_kits]
        if not stay:
            self._current = self._after(saved.id)
        self._rebuild()
        self._shell.changed(Change.REVIEW)

    def _after(self, question_id: str) -> str:
        """The next waiting question after this one, round the end; this one where nothing else waits."""
        ids = [question.id for question in self._queue]
        place = ids.index(question_id) if question_id in ids else 0
        ordered = self._queue[place + 1 :] + self._queue[:place]
        return next((one.id for one in ordered if one.status in WAITING), "" if self._only_waiting else question_id)

    def _undone(self, question: Question | None) -> None:
        if question is None:
            self._shell.notify(Notice(Level.NOTE, msg("ui.review.nothing_to_undo")))
            return
        self._all_kits = [_with(kit, question) for kit in self._all_kits]
        self._current, self._editing = question.id, False
        self._rebuild()
        self._shell.changed(Change.REVIEW)


def _with(kit: Kit, question: Question) -> Kit:
    if kit.id != question.kit_id:
        return kit
    return replace(kit, questions=tuple(question if one.id == question.id else one for one in kit.questions))
