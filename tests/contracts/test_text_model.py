# SPDX-License-Identifier: Apache-2.0
"""What every TextModel does. TO ADD ONE: a factory in MODELS; the tests below then run over it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.unit.engine.support import MODEL

from askwell.domain.errors import Cancelled
from askwell.domain.generation import (
    Branch,
    GenerationJob,
    Progress,
    Sampling,
    ScoreItem,
    Segment,
    TextModel,
    Written,
)
from askwell.engine.backends import BACKENDS
from askwell.engine.client import EngineClient
from askwell.engine.config import EngineConfig

LAYOUT = (Segment("question", "问题：", 10), Segment("probe", "\n追问：", 6))
JOB = GenerationJob(
    "岗位：仓储主管\n",
    tuple(Branch(f"b{at}", f"{at}\n", LAYOUT, Sampling(seed=at, script="zh")) for at in range(4)),
)


def engine(backend: str) -> Callable[[Path], TextModel]:
    def build(folder: Path) -> TextModel:
        return EngineClient(EngineConfig(MODEL, n_ctx=1024, n_parallel=3, cache_dir=folder, backend=backend))

    return build


MODELS = {f"engine: {backend.name}": engine(backend.name) for backend in BACKENDS}


@pytest.fixture(
    scope="module", params=[pytest.param(build, id=name, marks=pytest.mark.model) for name, build in MODELS.items()]
)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextModel]:
    if not MODEL.is_file():
        pytest.skip("the starter model is not assembled")
    built: TextModel = request.param(tmp_path_factory.mktemp("model"))
    yield built
    built.close()
    built.close()


def test_it_describes_itself_for_a_receipt(model: TextModel) -> None:
    info = model.info()
    assert len(info.sha256) == 64
    assert all((info.name, info.engine, info.context, info.vocabulary))


def test_results_come_in_the_order_of_the_branches_with_all_segments(model: TextModel) -> None:
    told: list[Written] = []
    result = model.generate(JOB, told.append)
    assert [one.branch_id for one in result] == ["b0", "b1", "b2", "b3"]
    assert sorted(one.branch_id for one in told) == ["b0", "b1", "b2", "b3"]
    assert all(list(one.texts) == ["question", "probe"] for one in result)
    assert all("\n" not in text for one in result for text in one.texts.values())


def test_the_same_job_gives_the_same_texts(model: TextModel) -> None:
    assert model.generate(JOB) == model.generate(JOB)


def test_a_limit_of_tokens_is_kept_and_told(model: TextModel) -> None:
    branch = Branch("b", "", (Segment("text", "", 5, ()),), Sampling(temperature=0))
    (one,) = model.generate(GenerationJob("一二三四五六七", (branch,)))
    assert one.tokens <= 5
    assert one.truncated == (one.tokens == 5)


def test_progress_counts_up_to_all_branches(model: TextModel) -> None:
    seen: list[Progress] = []
    model.generate(JOB, on_progress=seen.append)
    assert seen[-1].done == seen[-1].total == len(JOB.branches)
    assert [one.done for one in seen] == sorted(one.done for one in seen)


def test_a_cancelled_job_raises_and_the_next_one_works(model: TextModel) -> None:
    with pytest.raises(Cancelled):
        model.generate(JOB, cancelled=lambda: True)
    assert len(model.generate(JOB)) == 4


def test_a_job_without_branches_is_empty(model: TextModel) -> None:
    assert model.generate(GenerationJob("x", ())) == []


def test_scores_are_mean_log_probabilities_in_the_given_order(model: TextModel) -> None:
    items = [ScoreItem("一二三四五", "六七"), ScoreItem("一二三四五", "狗虎"), ScoreItem("一二三四五", "六七")]
    first, second, third = model.score(items)
    assert first == pytest.approx(third, abs=1e-3)
    assert second < first <= 0.0
    assert model.score([]) == []
