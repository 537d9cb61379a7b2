# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import pytest
from tests.unit.engine.fakes import Script, Words

from askwell.domain.errors import EngineError
from askwell.domain.generation import Branch, GenerationJob, Progress, Sampling, ScoreItem, Segment, Written
from askwell.engine.batch import Scheduler
from askwell.engine.faults import AbortedError
from askwell.engine.prefix import CHUNK, WRITING
from askwell.engine.scripts import ScriptSets

GREEDY = Sampling(temperature=0)


def letters() -> Words:
    return Words(*"PSQRABCDXYZ.0123456789", "\n", "D\n", "\n\n")


def scheduler(model: Script, parallel: int = 3) -> Scheduler:
    return Scheduler(model, ScriptSets(model.vocabulary, ""), parallel)


def write(model: Script, job: GenerationJob, parallel: int = 3) -> list[Written]:
    written: list[Written] = []
    scheduler(model, parallel).write(job, written.append, lambda _progress: None)
    return sorted(written, key=lambda one: one.branch_id)


def one(model: Script, *segments: Segment, suffix: str = "S") -> Written:
    return write(model, GenerationJob("P", (Branch("b", suffix, segments, GREEDY),)))[0]


def test_leads_are_fed_and_texts_are_cut_at_the_stop_string() -> None:
    model = Script(letters(), {"PSQ": "A", "A": "B", "B": "\n", "R": "C", "C": "\n"})
    written = one(model, Segment("q", "Q", 9), Segment("r", "\nR", 9))
    assert written.texts == {"q": "AB", "r": "C"}
    assert model.asked[-1] == "PSQAB\nRC"
    assert (written.tokens, written.truncated) == (3, False)


def test_a_token_that_holds_text_and_stop_is_fed_up_to_the_stop() -> None:
    model = Script(letters(), {"PSQ": "A", "A": "D\n", "R": "C", "C": ""})
    written = one(model, Segment("q", "Q", 9), Segment("r", "\nR", 9))
    assert written.texts == {"q": "AD", "r": "C"}
    assert model.asked[-1] == "PSQAD\nRC"


def test_a_stop_string_over_several_tokens_is_taken_back() -> None:
    model = Script(letters(), {"PSQ": "A", "A": "X", "AX": "Y", "XY": "Z", "R": "C", "C": ""})
    model.answers = {"PSQ": "A", "QA": "X", "AX": "Y", "XY": "Z", "R": "C", "C": ""}
    written = one(model, Segment("q", "Q", 9, stop=("XYZ",)), Segment("r", "R", 9))
    assert written.texts == {"q": "A", "r": "C"}
    assert model.asked[-1] == "PSQARC"


def test_a_limit_marks_the_text_as_truncated_and_goes_on() -> None:
    model = Script(letters(), {"Q": "A", "A": "A", "R": "C", "C": "\n"})
    written = one(model, Segment("q", "Q", 3), Segment("r", "R", 5))
    assert written.texts == {"q": "AAA", "r": "C"}
    assert written.truncated
    assert model.asked[-1] == "PSQAAARC"


def test_the_end_token_only_ends_its_segment() -> None:
    model = Script(letters(), {"Q": "A", "A": "", "R": "C", "C": ""})
    assert one(model, Segment("q", "Q", 9), Segment("r", "R", 9)).texts == {"q": "A", "r": "C"}


def test_segments_without_a_lead_still_have_something_to_draw_from() -> None:
    model = Script(letters(), {"PA": "B", "P": "A", "B": "\n"})
    written = one(model, Segment("q", "", 1), Segment("r", "", 9), suffix="")
    assert written.texts == {"q": "A", "r": "B"}
    model = Script(letters(), {"P": "\n"})
    assert one(model, Segment("q", "", 5), Segment("r", "", 5), suffix="").texts == {"q": "", "r": ""}
    assert model.asked == ["P", "P"]


def test_a_branch_without_segments_is_finished_at_once() -> None:
    assert one(Script(letters(), {})).texts == {}


def test_the_place_of_a_finished_branch_goes_to_the_next() -> None:
    model = Script(letters(), {"Q": "A", "A": "B", "B": "\n"})
    branches = tuple(Branch(str(at), str(at), (Segment("q", "Q", 9),), GREEDY) for at in range(7))
    written = write(model, GenerationJob("P", branches), parallel=3)
    assert [one.texts["q"] for one in written] == ["AB"] * 7
    assert max(model.batches) <= 3 * 3
    assert len(model.batches) == 9  # three rounds of three steps, not seven


def test_a_long_prefix_is_evaluated_once_for_all_jobs_that_share_it() -> None:
    model = Script(letters(), {"Q": "A", "A": "\n"}, cells=2000)
    runner = scheduler(model)
    branches = (Branch("b", "S", (Segment("q", "Q", 9),), GREEDY),)
    for prefix in ("P" * 300, "P" * 300, "P" * 280 + "X" * 20):
        runner.write(GenerationJob(prefix, branches), lambda _one: None, lambda _progress: None)
    assert runner.evaluated == 299 + 0 + (299 - 2 * CHUNK)


def test_an_abort_leaves_a_cache_that_the_next_job_can_use() -> None:
    model = Script(letters(), {"Q": "A", "A": "\n"}, cells=2000)
    runner = scheduler(model)
    job = GenerationJob("P" * 300, (Branch("b", "S", (Segment("q", "Q", 9),), GREEDY),))
    model.abort_at = 2
    with pytest.raises(AbortedError):
        runner.write(job, lambda _one: None, lambda _progress: None)
    assert len(model.sequences[WRITING]) == 2 * CHUNK
    model.abort_at = -1
    written: list[Written] = []
    runner.write(job, written.append, lambda _progress: None)
    assert written[0].texts == {"q": "A"}


def test_a_job_that_does_not_fit_is_refused_before_anything_is_evaluated() -> None:
    model = Script(letters(), {}, cells=20)
    with pytest.raises(EngineError) as caught:
        one(model, Segment("q", "Q", 30))
    assert caught.value.message.key == "error.engine_context_full"
    assert caught.value.message.params["available"] == 20
    assert model.batches == []


def test_fewer_branches_run_together_where_cells_are_scarce() -> None:
    model = Script(letters(), {"Q": "A", "A": "\n"}, cells=30)
    branches = tuple(Branch(str(at), "S", (Segment("q", "Q", 9),), GREEDY) for at in range(4))
    assert len(write(model, GenerationJob("P", branches), parallel=4)) == 4
    assert max(model.batches) == 3


def test_progress_ends_with_everything_done() -> None:
    model = Script(letters(), {"Q": "A", "A": "\n"})
    seen: list[Progress] = []
    branches = tuple(Branch(str(at), "S", (Segment("q", "Q", 9),), GREEDY) for at in range(4))
    scheduler(model).write(GenerationJob("P", branches), lambda _one: None, seen.append)
    assert (seen[0].done, seen[0].total, seen[-1].done) == (0, 4, 4)


def test_the_likelier_text_scores_higher_and_order_is_kept() -> None:
    model = Script(letters(), {"P": "A", "A": "B", "X": "C"})
    items = [
        ScoreItem("P", "AB"),
        ScoreItem("X", "C"),
        ScoreItem("P", "BB"),
        ScoreItem("P", ""),
        ScoreItem("P", "A" * 30),
    ]
    likely, other, unlikely, empty, _ = scheduler(model).score(items, lambda: None)
    assert likely == pytest.approx(other)
    assert unlikely < likely
    assert empty == 0.0


def test_what_differs_in_contexts_is_read_once_for_all_that_may_follow() -> None:
    model = Script(letters(), {"A": "B", "C": "D"})
    items = [
        ScoreItem("PPPP", text, total=True, lead=lead)
        for lead in ("XXA", "XXC", "A" * 140)
        for text in ("B", "D", "BB")
    ]
    apart = [ScoreItem(one.context + one.lead, one.text, total=True) for one in items]
    scores = scheduler(model).score(items, lambda: None)
    read = sum(model.batches)
    assert scores == pytest.approx(scheduler(Script(letters(), {"A": "B", "C": "D"})).score(apart, lambda: None))
    assert scores[0] > scores[1]
    # The context once; for each lead one reading answers "B" and "D", another one "BB".
    assert read == 3 + 2 * (4 + 5) + (141 + 142)


def test_each_segment_has_its_own_likelihood_and_limit() -> None:
    model = Script(letters(), {"Q": "A", "A": "A", "R": "C", "C": "\n"})
    written = one(model, Segment("q", "Q", 3), Segment("r", "R", 5))
    assert written.cut == ("q",)
    assert set(written.means) == {"q", "r"}
    assert written.logprob == pytest.approx((3 * written.means["q"] + written.means["r"]) / 4)
