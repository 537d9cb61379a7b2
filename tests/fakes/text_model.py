# SPDX-License-Identifier: Apache-2.0
"""A TextModel that answers from a function: for tests of what surrounds the model. The real one has its own tests."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from askwell.domain.errors import Cancelled
from askwell.domain.generation import Branch, GenerationJob, ModelInfo, Progress, ScoreItem, Written


class FakeTextModel:
    """`answer(branch, segment_name)` gives the text of a segment."""

    def __init__(self, answer: Callable[[Branch, str], str], adapter: str = "a" * 64) -> None:
        self.answer = answer
        self.jobs: list[GenerationJob] = []
        self.scored: list[ScoreItem] = []
        self.adapter = adapter

    def info(self) -> ModelInfo:
        return ModelInfo("fake", "fake.gguf", "f" * 64, 8192, 1000, adapter=self.adapter)

    def generate(
        self,
        job: GenerationJob,
        on_written: Callable[[Written], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> list[Written]:
        self.jobs.append(job)
        done: list[Written] = []
        for branch in job.branches:
            if cancelled is not None and cancelled():
                raise Cancelled
            texts = {s.name: self.answer(branch, s.name) for s in branch.segments}
            written = Written(branch.id, texts, 10, -1.0, dict.fromkeys(texts, -1.0))
            done.append(written)
            if on_written is not None:
                on_written(written)
            if on_progress is not None:
                on_progress(Progress(len(done), len(job.branches), 10 * len(done), 0.1, {branch.id: "…"}))
        return done

    def score(self, items: Sequence[ScoreItem]) -> list[float]:
        self.scored += items
        return [-2.0 for _ in items]

    def close(self) -> None:
        return None
