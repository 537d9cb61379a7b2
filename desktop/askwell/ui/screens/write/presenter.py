# SPDX-License-Identifier: Apache-2.0
"""Decides what the Write screen shows. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from askwell.app.goals import GoalService
from askwell.app.writing import WritingService
from askwell.domain.errors import AskwellError
from askwell.domain.messages import msg
from askwell.domain.questions import Blueprint, Difficulty, Kit, Question, QuestionType, Slot
from askwell.domain.records import Candidate, Position
from askwell.ui.ports import Change, Context, Handle, Job, JobRunner, Level, Notice, Shell, Step
from askwell.writing.blueprint import DEFAULT_TYPES, BlueprintOptions, renumber
from askwell.writing.writer import WritingProgress

DEFAULT_COUNT = 8


class View(Protocol):
    """What the presenter needs of the widgets."""

    def show_positions(self, positions: Sequence[Position], chosen: str) -> None:
        """The positions to choose from; none: the empty state."""
        ...

    def show_candidates(self, candidates: Sequence[Candidate]) -> None:
        """Candidates of the chosen position."""
        ...

    def show_plan(self, blueprint: Blueprint, competencies: Sequence[str]) -> None:
        """The blueprint, editable."""
        ...

    def show_writing(self, running: bool) -> None:
        """Lock or unlock the plan while questions are written."""
        ...

    def clear_questions(self, slots: Sequence[Slot]) -> None:
        """One waiting place a slot."""
        ...

    def show_partial(self, texts: dict[int, str]) -> None:
        """Text in the making, by slot number."""
        ...

    def show_question(self, question: Question) -> None:
        """A finished question."""
        ...

    def show_done(self, kit: Kit) -> None:
        """The kit is written, wholly or as far as it came."""
        ...


@dataclass(slots=True)
class _State:
    position_id: str = ""
    candidate: str = ""
    count: int = DEFAULT_COUNT
    types: dict[QuestionType, float] = field(default_factory=lambda: dict(DEFAULT_TYPES))
    blueprint: Blueprint | None = None


class WritePresenter:
    """Plans, lets the plan be edited, writes."""

    def __init__(
        self, goals: GoalService, writing: WritingService, runner: JobRunner, shell: Shell, view: View
    ) -> None:
        self._goals, self._writing = goals, writing
        self._runner, self._shell, self._view = runner, shell, view
        self._state = _State()
        self._handle: Handle | None = None
        self._loaded = False

    # --- frame ---

    def open(self, target: str = "") -> None:
        """Load the positions once, and again where a position is named."""
        if target and target != self._state.position_id and not self.writing:
            self._state.position_id = target
            self._loaded = False
        if not self._loaded:
            self._load()

    def stale(self, what: Change) -> None:
        """New data means new positions and perhaps another plan."""
        if what in (Change.DATA, Change.GOALS):
            self._loaded = False
            self._load()

    @property
    def writing(self) -> bool:
        """True while questions are being written."""
        return self._handle is not None and self._handle.running

    # --- choosing ---

    def choose_position(self, position_id: str) -> None:
        """Another position: its candidates and a fresh plan."""
        if position_id and position_id != self._state.position_id:
            self._state.position_id = position_id
            self._state.candidate = ""
            self._state.blueprint = None
            self._replan(with_candidates=True)

    def choose_candidate(self, code: str) -> None:
        """Questions about the experience of a candidate join the plan, or leave it."""
        if code != self._state.candidate:
            self._state.candidate = code
            self._replan()

    def set_count(self, count: int) -> None:
        """Number of questions."""
        if count != self._state.count:
            self._state.count = count
            self._replan()

    def set_mix(self, types: dict[QuestionType, float]) -> None:
        """Shares of the question types."""
        if types != self._state.types:
            self._state.types = types
            self._replan()

    # --- editing the plan ---

    def change_slot(
        self,
        number: int,
        *,
        question_type: QuestionType | None = None,
        difficulty: Difficulty | None = None,
        competency: str | None = None,
        angle: str | None = None,
        locked: bool | None = None,
    ) -> None:
        """Change one slot. Another type or difficulty may want another angle, so the plan is shown again then."""
        if self._state.blueprint is None:
            return
        slots = [
            replace(
                slot,
                type=question_type or slot.type,
                difficulty=difficulty or slot.difficulty,
                competency=slot.competency if competency is None else competency,
                angle=slot.angle if angle is None else angle,
                locked=slot.locked if locked is None else locked,
            )
            if slot.number == number
            else slot
            for slot in self._state.blueprint.slots
        ]
        changed = replace(self._state.blueprint, slots=tuple(slots))
        if question_type is None and difficulty is None:
            self._state.blueprint = changed
        else:
            self._show(self._writing.refit(changed))

    def angles(self, slot: Slot) -> tuple[str, ...]:
        """Keys of the angles that suit a slot."""
        return self._writing.angles(slot)

    def remove_slot(self, number: int) -> None:
        """Take a slot out of the plan."""
        if self._state.blueprint is not None:
            self._show(renumber(self._state.blueprint, [s for s in self._state.blueprint.slots if s.number != number]))

    def move_slot(self, number: int, by: int) -> None:
        """Move a slot up (-1) or down (1)."""
        if self._state.blueprint is None:
            return
        slots = list(self._state.blueprint.slots)
        old, new = number - 1, number - 1 + by
        if 0 <= new < len(slots):
            slots.insert(new, slots.pop(old))
            self._show(renumber(self._state.blueprint, slots))

    # --- writing ---

    def write(self) -> None:
        """Write the plan in a job; questions are shown and saved one by one."""
        blueprint = self._state.blueprint
        if blueprint is None or not blueprint.slots or self.writing:
            return
        self._view.show_writing(True)
        self._view.clear_questions(blueprint.slots)

        def work(context: Context) -> Kit:
            def progress(state: WritingProgress) -> None:
                context.report(Step(state.done, state.total, state.seconds_left))
                if state.partial:
                    context.send(dict(state.partial))

            return self._writing.write(blueprint, context.send, progress, context.cancelled)

        self._handle = self._runner.start(
            Job(work, self._written, self._failed, self._arrived, label=msg("ui.write.job", position=blueprint.title))
        )

    def stop(self) -> None:
        """Stop writing; finished questions stay."""
        if self._handle is not None:
            self._handle.cancel()

    def rewrite(self, question_id: str) -> None:
        """Write one question anew."""
        job = Job(
            lambda context: self._writing.rewrite(question_id, context.cancelled),
            self._rewritten,
            self._shell.fail,
            label=msg("ui.write.rewrite_job"),
        )
        self._runner.start(job)

    def review(self, kit_id: str) -> None:
        """Go on to review."""
        self._shell.go("review", kit_id)

    def import_data(self) -> None:
        """Nothing to write about yet."""
        self._shell.go("data")

    # --- inside ---

    def _load(self) -> None:
        self._loaded = True
        self._runner.start(
            Job(lambda _c: self._goals.positions(), self._show_positions, self._shell.fail, key="write.positions")
        )

    def _show_positions(self, positions: list[Position]) -> None:
        known = {position.id for position in positions}
        if self._state.position_id not in known:
            best = max(positions, key=lambda one: len(one.duties), default=None)
            self._state.position_id = best.id if best is not None else ""
        self._view.show_positions(positions, self._state.position_id)
        if self._state.position_id:
            self._replan(with_candidates=True)

    def _replan(self, with_candidates: bool = False) -> None:
        state = self._state
        position_id = state.position_id
        kept = [slot for slot in state.blueprint.slots if slot.locked] if state.blueprint else []
        options = BlueprintOptions(
            count=max(1, state.count - len(kept)), types=dict(state.types), candidate_code=state.candidate
        )

        def work(_context: Context) -> tuple[Blueprint, list[Candidate] | None]:
            planned = self._writing.plan(position_id, options)
            return planned, self._writing.candidates(position_id) if with_candidates else None

        def done(found: tuple[Blueprint, list[Candidate] | None]) -> None:
            planned, candidates = found
            if candidates is not None:
                self._view.show_candidates(candidates)
            asked = {slot.evidence.text for slot in kept}
            fresh = [slot for slot in planned.slots if slot.evidence.text not in asked]
            self._show(renumber(planned, [*kept, *fresh][: state.count]))

        self._runner.start(Job(work, done, self._shell.fail, key="write.plan"))

    def _show(self, blueprint: Blueprint) -> None:
        self._state.blueprint = blueprint
        names = dict.fromkeys(slot.competency for slot in blueprint.slots if slot.competency)
        self._view.show_plan(blueprint, list(names))

    def _arrived(self, item: object) -> None:
        if isinstance(item, Question):
            self._view.show_question(item)
        elif isinstance(item, dict):
            self._view.show_partial(item)

    def _written(self, kit: Kit) -> None:
        self._view.show_writing(False)
        self._view.show_done(kit)
        self._shell.changed(Change.QUESTIONS)
        short = len(self._state.blueprint.slots) - len(kit.questions) if self._state.blueprint else 0
        if short > 0:
            self._shell.notify(Notice.of(Level.NOTE, "ui.write.stopped", kept=len(kit.questions)))

    def _failed(self, error: AskwellError) -> None:
        self._view.show_writing(False)
        self._shell.fail(error)
        self._shell.changed(Change.QUESTIONS)

    def _rewritten(self, question: Question) -> None:
        self._view.show_question(question)
        self._shell.changed(Change.QUESTIONS)
