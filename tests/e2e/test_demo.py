# SPDX-License-Identifier: Apache-2.0
"""The main job end to end with the real model: exports in, documents out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Run

pytestmark = [pytest.mark.e2e, pytest.mark.model]


def test_the_demo_leaves_documents_of_approved_questions(askwell: Run, tmp_path: Path) -> None:
    folder = tmp_path / "演示 out"
    outcome = askwell("demo", "--out", folder, "--position", "质量工程师", "--count", 4, "--ui-lang", "zh")
    assert outcome.code == 0, outcome.err
    documents = {path.suffix: path for path in folder.iterdir() if path.is_file() and path.suffix}
    assert {".docx", ".pdf", ".xlsx", ".html", ".json"} <= set(documents)
    kit = json.loads(documents[".json"].read_text(encoding="utf-8"))
    assert kit["questions"]
    texts = [question["text"] for question in kit["questions"]]
    assert len(set(texts)) == len(texts)
    for question in kit["questions"]:
        assert question["text"].endswith("？")
        assert question["evidence"][0]["text"]
        assert question["approval"]["by"] == "demo"
        assert len(question["provenance"]["model"]) == 64
    assert "demo" in documents[".html"].read_text(encoding="utf-8")


def test_a_folder_that_the_demo_did_not_make_is_left_alone(askwell: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    outcome = askwell("demo", "--out", tmp_path)
    assert outcome.code == 2
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_the_same_seed_writes_the_same_text(askwell: Run, tmp_path: Path) -> None:
    job = tmp_path / "j.jsonl"
    job.write_text(json.dumps({"id": 1, "title": "采购专员", "kpi": "到货准时率 91%→96%"}), encoding="utf-8")
    first, second = (askwell("write", "--file", job, "--seed", 11).records for _ in range(2))
    assert first == second
