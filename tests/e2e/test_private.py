# SPDX-License-Identifier: Apache-2.0
"""No protected value of the sample company is found in the database, the logs or a prompt."""

from __future__ import annotations

from pathlib import Path

import pytest

from askwell.app.bootstrap import build_app
from askwell.writing.blueprint import BlueprintOptions
from askwell.writing.writer import Writer, WritingSettings
from tests.e2e.conftest import ROOT, SAMPLE, Run
from tests.fakes.text_model import FakeTextModel

pytestmark = pytest.mark.e2e


def protected_values() -> list[str]:
    lines = (SAMPLE / "source" / "protected_values.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def found_in(text: str) -> list[str]:
    return [value for value in protected_values() if value in text]


def test_the_list_of_protected_values_is_not_empty_and_stands_in_the_sources() -> None:
    values = protected_values()
    assert len(values) > 200
    exports = SAMPLE / "exports" / "candidates_successfactors.csv"
    assert found_in(exports.read_text(encoding="utf-8-sig"))


def test_no_file_of_the_workspace_holds_a_protected_value(workspace: Path) -> None:
    searched = 0
    for path in workspace.rglob("*"):
        if path.is_file():
            searched += 1
            # Bytes, not rows: freed pages and the write-ahead log count too.
            assert found_in(path.read_bytes().decode("utf-8", errors="ignore")) == [], path.name
    assert searched


def test_no_prompt_for_any_candidate_holds_a_protected_value(workspace: Path) -> None:
    app = build_app(workspace)
    model = FakeTextModel(lambda branch, segment: "")
    writer = Writer(model, ROOT / "resources", WritingSettings(candidates=1, rounds=1))
    try:
        candidates = app.workspace.candidates()
        assert len(candidates) >= 40
        for candidate in candidates:
            position = app.goals.find(candidate.position_title)
            options = BlueprintOptions(count=6, candidate_code=candidate.code)
            blueprint = app.writing.plan(position.id, options)
            writer.write(blueprint, history=app.goals.requirements(position.id).past_questions)
    finally:
        app.close()
    prompts = [job.prefix + branch.suffix for job in model.jobs for branch in job.branches]
    assert len(prompts) > 100
    assert found_in("\n".join(prompts)) == []


def test_what_the_import_prints_holds_no_protected_value(askwell: Run, tmp_path: Path) -> None:
    people = [SAMPLE / "exports" / "candidates_successfactors.csv", SAMPLE / "exports" / "候选人_人才库导出.xlsx"]
    for options in ((), ("--json",), ("--dry-run", "--json")):
        outcome = askwell("import", *people, *options, "--data-dir", tmp_path / "w")
        assert outcome.code in (0, 1)
        assert found_in(outcome.out + outcome.err) == []
