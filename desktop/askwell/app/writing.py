# SPDX-License-Identifier: Apache-2.0
"""From a position to a kit of drafts; each draft is saved the moment it is finished, so nothing written is lost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from askwell.app.goals import GoalService
from askwell.app.models import ModelService
from askwell.app.review import ReviewService
from askwell.domain.errors import Cancelled
from askwell.domain.questions import Blueprint, Kit, Question, QuestionText, Requirements, Slot, Status
from askwell.domain.records import Candidate
from askwell.goals import default_lexicon
from askwell.store import Workspace
from askwell.writing.angles import fitting
from askwell.writing.blueprint import BlueprintOptions, plan
from askwell.writing.experience import best_sentences
from askwell.writing.writer import Draft, Writer, WritingEvents, WritingProgress, WritingSettings

Progress = Callable[[WritingProgress], None]
Cancelled_ = Callable[[], bool]


class WritingService:
    """Plans and writes kits."""

    def __init__(
        self,
        workspace: Workspace,
        resources: Path,
        goals: GoalService,
        models: ModelService,
        review: ReviewService,
        settings: Callable[[], WritingSettings],
    ) -> None:
        self._workspace = workspace
        self._resources = resources
        self._goals = goals
        self._models = models
        self._review = review
        self._settings = settings

    def candidates(self, position_id: str) -> list[Candidate]:
        """Candidates for a position, by code."""
        title = self._goals.position(position_id).title
        return sorted(self._workspace.candidates(title), key=lambda one: one.code)

    def plan(self, position_id: str, options: BlueprintOptions) -> Blueprint:
        """The blueprint for a position; a candidate in the options brings their experience with them."""
        requirements = self._goals.requirements(position_id)
        if options.candidate_code and not options.experience:
            found = self._workspace.candidate(options.candidate_code)
            told = best_sentences(found.experience, requirements, max(1, options.count // 4))
            options = replace(options, experience=told)
        blueprint = plan(requirements, options)
        return replace(blueprint, slots=tuple(_with_competency(slot, requirements) for slot in blueprint.slots))

    def angles(self, slot: Slot) -> tuple[str, ...]:
        """Keys of the angles that suit a slot, the natural ones first."""
        return tuple(one.key for one in fitting(self._resources, slot.evidence, slot.type, slot.difficulty))

    def refit(self, blueprint: Blueprint) -> Blueprint:
        """After an edit of the plan: an angle that does not suit its slot any more is left open again."""
        slots = [slot if slot.angle in self.angles(slot) else replace(slot, angle="") for slot in blueprint.slots]
        return replace(blueprint, slots=tuple(slots))

    def write(
        self,
        blueprint: Blueprint,
        on_question: Callable[[Question], None] | None = None,
        on_progress: Progress | None = None,
        cancelled: Cancelled_ | None = None,
        seed: int | None = None,
    ) -> Kit:
        """Write a kit. When cancelled, the kit keeps what was finished; Cancelled is raised where that is nothing.

        Raises EngineError where the model fails twice; what was finished is saved.
        """
        kit = self._workspace.save_kit(_empty_kit(blueprint))
        saved: list[Question] = []

        def keep(draft: Draft) -> None:
            question = self._workspace.save_question(self._question(kit.id, draft))
            saved.append(question)
            if on_question is not None:
                on_question(question)

        try:
            settings = self._settings() if seed is None else replace(self._settings(), seed=seed)
            self._writer(settings).write(
                blueprint,
                WritingEvents(keep, _with_estimate(on_progress), cancelled),
                self._review.passes,
                self._goals.requirements(blueprint.position_id).past_questions if blueprint.position_id else (),
            )
        except Cancelled:
            if not saved:
                self._workspace.delete_kit(kit.id)
                raise
        except BaseException:
            if not saved:
                self._workspace.delete_kit(kit.id)
            raise
        return self._in_order(kit.id)

    def rewrite(self, question_id: str, cancelled: Cancelled_ | None = None) -> Question:
        """Write one question anew with another seed; the present words join its alternatives."""
        question = self._workspace.question(question_id)
        kit = self._workspace.kit(question.kit_id)
        others = [one.words.text for one in kit.questions]
        blueprint = Blueprint(kit.position_id, kit.position_title, kit.department, kit.lang, (question.slot,))
        seed = question.provenance.seed + 104_729
        writer = self._writer(replace(self._settings(), seed=seed))
        draft = writer.write(blueprint, WritingEvents(cancelled=cancelled), self._review.passes, others)[0]
        if draft.words is None:
            return question
        fresh = self._question(kit.id, draft)
        kept = tuple(one for one in (question.words, *question.alternatives) if one.text)[:5]
        new = replace(fresh, id=question.id, alternatives=kept)
        return self._review.replace_question(question, new, "rewrite")

    def _writer(self, settings: WritingSettings) -> Writer:
        return Writer(self._models.text_model(), self._resources, settings)

    def _question(self, kit_id: str, draft: Draft) -> Question:
        words = draft.words or QuestionText("")
        return Question(
            id="",
            kit_id=kit_id,
            slot=draft.slot,
            words=words,
            status=Status.DRAFT if draft.words else Status.NEEDS_YOU,
            provenance=draft.provenance,
            findings=self._review.check(words, draft.slot),
            alternatives=draft.alternatives,
        )

    def _in_order(self, kit_id: str) -> Kit:
        """Questions arrive as they are finished; the kit is in the order of its blueprint."""
        kit = self._workspace.kit(kit_id)
        return self._workspace.save_kit(replace(kit, questions=tuple(sorted(kit.questions, key=_number))))


def _with_competency(slot: Slot, requirements: Requirements) -> Slot:
    """An experience says nothing of competencies; the position's own is guessed from its words."""
    if slot.competency:
        return slot
    guessed = default_lexicon().guess(slot.evidence.text, requirements.competencies, slot.lang)
    return replace(slot, competency=guessed, evidence=replace(slot.evidence, competency=guessed))


def _number(question: Question) -> int:
    return question.slot.number


def _empty_kit(blueprint: Blueprint) -> Kit:
    return Kit(
        id="",
        title=blueprint.title,
        position_id=blueprint.position_id,
        position_title=blueprint.title,
        department=blueprint.department,
        lang=blueprint.lang,
        created_at=datetime.now(UTC).replace(microsecond=0).isoformat(),
        candidate_code=blueprint.candidate_code,
    )


def _with_estimate(on_progress: Progress | None) -> Progress | None:
    """Add the time left, from the share of slots finished; the first ones take about as long as all the others."""
    if on_progress is None:
        return None
    started = time.monotonic()

    def report(state: WritingProgress) -> None:
        spent = time.monotonic() - started
        left = spent / state.done * (state.total - state.done) if state.done else None
        on_progress(replace(state, seconds_left=left))

    return report
