# SPDX-License-Identifier: Apache-2.0
"""From a blueprint to drafts: several candidates a slot, gates, ranking, then probes and anchors for the chosen one.

All slots of a kit are written side by side over one shared prefix. A slot without an acceptable candidate is tried
again with other seeds and a cooler sampler; if that fails too it is returned without words, for a person to write: no
template fills the gap.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from askwell.domain.errors import Cancelled
from askwell.domain.generation import Branch, GenerationJob, Progress, Sampling, TextModel, Written
from askwell.domain.questions import Blueprint, Provenance, QuestionText, Slot
from askwell.writing import prompts
from askwell.writing.angles import load_angles, to_try
from askwell.writing.critic import QUESTION, Grader, Place, kind_of
from askwell.writing.details import Line, best_details, sound_lines
from askwell.writing.evidence import Prepared, prepare
from askwell.writing.examples import pick_examples
from askwell.writing.grounding import ground_question
from askwell.writing.prompts import Layout
from askwell.writing.ranking import WEIGHTS, Candidate, rank

Screen = Callable[[str, Slot], bool]
"""Says whether review would let a question text pass; writing itself knows no rule of law."""


@dataclass(frozen=True, slots=True)
class WritingSettings:
    """How much is tried. More candidates mean better questions and more seconds. A slot that names no angle is tried
    from `angles` sides, free writing being one of them; 0: free writing only."""

    candidates: int = 15
    angles: int = 5
    detail_variants: int = 6
    rounds: int = 3
    alternatives: int = 3
    seed: int = 20260101
    temperature: float = 0.5
    detail_temperature: float = 0.5
    top_p: float = 0.92
    top_k: int = 40


@dataclass(frozen=True, slots=True)
class Draft:
    """What became of a slot. `words` is None where nothing acceptable was found; `faults` counts why."""

    slot: Slot
    words: QuestionText | None
    alternatives: tuple[QuestionText, ...] = ()
    provenance: Provenance = field(default_factory=Provenance)
    faults: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WritingProgress:
    """Slots finished and in all, tokens so far, an estimate of what is left, and text in the making by slot number."""

    done: int
    total: int
    tokens: int
    seconds_left: float | None = None
    partial: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class WritingEvents:
    """Callbacks of a run; each may be left out."""

    on_draft: Callable[[Draft], None] | None = None
    on_progress: Callable[[WritingProgress], None] | None = None
    cancelled: Callable[[], bool] | None = None


class Writer:
    """Writes the questions of a blueprint with a language model."""

    def __init__(
        self, model: TextModel, resources: Path, settings: WritingSettings | None = None, critic: Grader | None = None
    ) -> None:
        """`critic` grades lines before they are chosen; it is asked while the model writes, so it has its own."""
        self._model = model
        self._resources = resources
        self._settings = settings or WritingSettings()
        self._critic = critic

    def write(
        self,
        blueprint: Blueprint,
        events: WritingEvents | None = None,
        screen: Screen | None = None,
        history: Sequence[str] = (),
    ) -> list[Draft]:
        """One draft a slot, in the order of the slots. `history` are past questions not to be repeated.

        Raises EngineError where the model cannot be used, Cancelled where the user stopped; finished drafts were
        reported through `on_draft` before.
        """
        run = _Run(self, blueprint, events or WritingEvents(), screen, history)
        return run.execute()

    def prefix(self, layout: Layout, title: str) -> str:
        """What all branches share: examples for a model without our adapter, then the position."""
        shown = (
            "" if self._model.info().adapter else prompts.few_shot(layout, pick_examples(self._resources, layout.lang))
        )
        return shown + prompts.head(layout, title)

    def angle_label(self, angle: str, lang: str) -> str:
        """The name of an angle in the language of the prompt; empty for none."""
        return load_angles(self._resources)[angle].label(lang) if angle else ""

    def sampling(self, slot: Slot, title: str, seed: int, temperature: float) -> Sampling:
        """Sampler settings of a slot's branches."""
        return Sampling(
            seed=seed,
            temperature=temperature,
            top_k=self._settings.top_k,
            top_p=self._settings.top_p,
            script=slot.lang,
            allow_text=f"{slot.evidence.text} {slot.competency} {title}",
        )

    def sense(self, lines: Sequence[tuple[Place, str]]) -> list[float]:
        """The critic's grade of each line, 0–1; 0 for all where there is no critic."""
        return self._critic(lines) if self._critic is not None else [0.0] * len(lines)

    @property
    def model(self) -> TextModel:
        """The model that writes."""
        return self._model

    @property
    def resources(self) -> Path:
        """The folder with prompts and examples."""
        return self._resources

    @property
    def settings(self) -> WritingSettings:
        """How much is tried."""
        return self._settings


class _Run:
    """One call of `Writer.write`: the state that its rounds share."""

    def __init__(
        self,
        writer: Writer,
        blueprint: Blueprint,
        events: WritingEvents,
        screen: Screen | None,
        history: Sequence[str],
    ) -> None:
        self.writer, self.blueprint, self.events, self.screen = writer, blueprint, events, screen
        self.settings = writer.settings
        # Asked once: callbacks run while the engine is at work and must not call it.
        self.info = writer.model.info()
        self.layout = prompts.load_layout(writer.resources, blueprint.lang)
        self.prefix = writer.prefix(self.layout, blueprint.title)
        self.history = list(history)
        self.prepared = {slot.number: _prepare(slot) for slot in blueprint.slots}
        self.slots = tuple(
            replace(slot, evidence=replace(slot.evidence, text=self.prepared[slot.number].text))
            for slot in blueprint.slots
            if self.prepared[slot.number].usable
        )
        self.angles = self._spread_angles()
        self.pools: dict[int, list[Candidate]] = {slot.number: [] for slot in blueprint.slots}
        self.faults: dict[int, dict[str, int]] = {slot.number: {} for slot in blueprint.slots}
        self.tokens = 0
        self.finished = 0

    def execute(self) -> list[Draft]:
        open_slots = list(self.slots)
        for round_number in range(self.settings.rounds):
            if not open_slots:
                break
            self._draw(open_slots, round_number)
            open_slots = [slot for slot in self.slots if len(self.pools[slot.number]) < 2]
        chosen = self._choose()
        return self._complete(chosen)

    def _spread_angles(self) -> dict[int, tuple[str, ...]]:
        """Angles to try for each slot; the first one of a slot comes last in the slots after it."""
        used = [slot.angle for slot in self.slots if slot.angle]
        spread: dict[int, tuple[str, ...]] = {}
        for slot in self.slots:
            keys = to_try(self.writer.resources, slot, self.settings.angles - 1, used)
            # Free writing takes its turn too: where no angle fits well, likelihood prefers it.
            spread[slot.number] = (*keys, "") if self.settings.angles else ()
            used.extend(keys[:1])
        return spread

    # --- round: many question texts ---------------------------------------------------------------------------------

    def _draw(self, slots: Sequence[Slot], round_number: int) -> None:
        tries = [
            (slot, self._angle(slot, round_number, index), index)
            for index in range(self.settings.candidates)
            for slot in slots
        ]
        branches = [self._question_branch(slot, angle, round_number, index) for slot, angle, index in tries]
        for written, branch, (slot, angle, _) in zip(self._generate(branches), branches, tries, strict=True):
            self._admit(slot, written, branch.sampling.seed, angle)

    def _question_branch(self, slot: Slot, angle: str, round_number: int, index: int) -> Branch:
        seed = self.settings.seed + slot.number * 1009 + round_number * 100 + index
        cooler = max(0.4, self.settings.temperature - 0.15 * round_number)
        return Branch(
            id=f"{slot.number}.{round_number}.{index}",
            suffix=self._brief(slot, angle),
            segments=prompts.question_segments(self.layout),
            # The first candidate of a slot is cautious, the later ones are bolder: a spread costs nothing in a batch.
            sampling=self._sampling(slot, seed, cooler if index else cooler * 0.5),
        )

    def _sampling(self, slot: Slot, seed: int, temperature: float) -> Sampling:
        return self.writer.sampling(slot, self.blueprint.title, seed, temperature)

    def _angle(self, slot: Slot, round_number: int, index: int) -> str:
        """The angle of a candidate: the one that the plan names, else one of those that suit, in turn. Where the first
        round brought too little, half of the new tries leave the model free."""
        if round_number > 0 and index % 2 == 1:
            return ""
        choices = (slot.angle,) if slot.angle else self.angles[slot.number]
        return choices[index % len(choices)] if choices else ""

    def _brief(self, slot: Slot, angle: str) -> str:
        label = self.writer.angle_label(angle, self.layout.lang)
        return prompts.brief(self.layout, slot.evidence, slot.competency, slot.type, slot.difficulty, label)

    def _admit(self, slot: Slot, written: Written, seed: int, angle: str) -> None:
        text = written.texts.get("text", "").strip()
        pool = self.pools[slot.number]
        if any(text == one.text for one in pool):
            return
        verdict = ground_question(text, slot, self.blueprint.title, self.history)
        fault = verdict.fault
        if not fault and self.screen is not None and not self.screen(text, slot):
            fault = "review"
        if fault:
            self.faults[slot.number][fault] = self.faults[slot.number].get(fault, 0) + 1
            return
        pool.append(Candidate(text, verdict.score, written.logprob, seed, angle))

    # --- choice and completion ---

    def _choose(self) -> dict[int, list[Candidate]]:
        """Ranked candidates of each slot; slots with few candidates choose first."""
        self._grade()
        chosen: dict[int, list[Candidate]] = {}
        taken: list[str] = []
        angles: list[str] = []
        for slot in sorted(self.slots, key=lambda one: len(self.pools[one.number])):
            number = slot.number
            ranked = rank(self.pools[number], taken, angles)
            title = self.blueprint.title
            distinct = [one for one in ranked if ground_question(one.text, slot, title, taken).acceptable]
            chosen[number] = distinct[: self.settings.alternatives + 1]
            taken.extend(one.text for one in chosen[number][:1])
            angles.extend(one.angle for one in chosen[number][:1] if one.angle)
        return chosen

    def _grade(self) -> None:
        """Give every candidate its grade."""
        title = self.blueprint.title
        asked = [(Place(title, slot, QUESTION), one.text) for slot in self.slots for one in self.pools[slot.number]]
        grades = iter(self.writer.sense(asked))
        for slot in self.slots:
            self.pools[slot.number] = [replace(one, sense=next(grades)) for one in self.pools[slot.number]]

    def _complete(self, chosen: dict[int, list[Candidate]]) -> list[Draft]:
        branches = [
            self._detail_branch(slot, chosen[slot.number][0], variant)
            for variant in range(self.settings.detail_variants)
            for slot in self.slots
            if chosen[slot.number]
        ]
        waiting: dict[int, list[Written]] = {}
        drafts: dict[int, Draft] = {}

        def settle(written: Written) -> None:
            slot = self._slot_of(written.branch_id)
            have = waiting.setdefault(slot.number, [])
            have.append(written)
            if len(have) == self.settings.detail_variants:
                drafts[slot.number] = self._draft(slot, chosen[slot.number], have)
                self._report(drafts[slot.number])

        self._generate(branches, settle)
        for slot in self.blueprint.slots:
            if slot.number not in drafts:
                made = Provenance(needs=self.prepared[slot.number].needs)
                drafts[slot.number] = Draft(slot, None, provenance=made, faults=self.faults[slot.number])
                self._report(drafts[slot.number])
        return [drafts[slot.number] for slot in self.blueprint.slots]

    def _detail_branch(self, slot: Slot, candidate: Candidate, variant: int) -> Branch:
        return Branch(
            id=f"{slot.number}.d.{variant}",
            suffix=self._brief(slot, candidate.angle) + prompts.gap(self.layout) + candidate.text,
            segments=prompts.detail_segments(self.layout),
            sampling=self._sampling(slot, candidate.seed + 7919 * (variant + 1), self.settings.detail_temperature),
        )

    def _graded(self, slot: Slot, question: str, details: list[Written]) -> list[Line]:
        """The sound lines of the variants, each worth more by its grade."""
        title = self.blueprint.title
        lines = sound_lines(details, slot, title, question)
        grades = self.writer.sense([(Place(title, slot, kind_of(one.place), question), one.text) for one in lines])
        weight = WEIGHTS["sense"]
        return [replace(one, value=one.value + weight * grade) for one, grade in zip(lines, grades, strict=True)]

    def _draft(self, slot: Slot, ranked: list[Candidate], details: list[Written]) -> Draft:
        best = ranked[0]
        probes, anchors = best_details(self._graded(slot, best.text, details))
        provenance = Provenance(
            model=self.info.sha256,
            adapter=self.info.adapter,
            prompt_version=prompts.PROMPT_VERSION,
            seed=best.seed,
            settings={
                "temperature": self.settings.temperature,
                "top_p": self.settings.top_p,
                "top_k": self.settings.top_k,
            },
            needs=self.prepared[slot.number].needs,
            scores={"grounding": best.grounding, "logprob": best.logprob, "sense": best.sense},
        )
        others = tuple(QuestionText(one.text, probes, anchors) for one in ranked[1:])
        planned = next(one for one in self.blueprint.slots if one.number == slot.number)
        asked = replace(planned, angle=best.angle or planned.angle)
        return Draft(asked, QuestionText(best.text, probes, anchors), others, provenance, self.faults[slot.number])

    # --- engine and events ---

    def _generate(self, branches: list[Branch], on_written: Callable[[Written], None] | None = None) -> list[Written]:
        if not branches:
            return []
        started = self.tokens

        def progress(state: Progress) -> None:
            self.tokens = started + state.tokens
            partial = {self._slot_of(name).number: text for name, text in state.partial.items()}
            self._progress(partial)

        if self.events.cancelled is not None and self.events.cancelled():
            raise Cancelled
        return self.writer.model.generate(
            GenerationJob(self.prefix, tuple(branches)), on_written, progress, self.events.cancelled
        )

    def _progress(self, partial: dict[int, str]) -> None:
        if self.events.on_progress is not None:
            total = len(self.blueprint.slots)
            self.events.on_progress(WritingProgress(self.finished, total, self.tokens, None, partial))

    def _report(self, draft: Draft) -> None:
        self.finished += 1
        if self.events.on_draft is not None:
            self.events.on_draft(draft)
        self._progress({})

    def _slot_of(self, branch_id: str) -> Slot:
        number = int(branch_id.split(".", 1)[0])
        return next(slot for slot in self.slots if slot.number == number)


def _prepare(slot: Slot) -> Prepared:
    return prepare(slot.evidence.text, slot.lang, slot.competency)
