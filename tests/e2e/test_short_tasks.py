# SPDX-License-Identifier: Apache-2.0
"""`rewrite` and `probe` with the real model, as other programs use them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import Run

pytestmark = [pytest.mark.e2e, pytest.mark.model]


def put(path: Path, *records: object) -> Path:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


def test_an_unlawful_question_becomes_one_that_passes_review(askwell: Run, tmp_path: Path) -> None:
    file = put(
        tmp_path / "bad.jsonl",
        {"id": 1, "position": "门店会计", "text": "您打算什么时候要孩子？"},
        {"id": 2, "position": "Warehouse Supervisor", "text": "Are you married?", "lang": "en"},
        {"id": 3, "position": "x"},
    )
    outcome = askwell("rewrite", "--file", file, "--jurisdiction", "CN,US")
    assert [record["id"] for record in outcome.records] == [1, 2, 3]
    assert outcome.records[0]["findings"]
    written = [record["rewrite"] for record in outcome.records[:2] if record["rewrite"]]
    assert written, "the model wrote no usable rewrite at all"
    good = put(tmp_path / "good.jsonl", *({"text": text} for text in written))
    assert all(one["label"] == "ok" for one in askwell("check", "--file", good, "--jurisdiction", "CN,US").records)
    assert outcome.records[2]["problems"]


def test_a_follow_up_names_the_missing_part(askwell: Run, tmp_path: Path) -> None:
    file = put(
        tmp_path / "answers.jsonl",
        {
            "position": "仓储调度员",
            "question": "旺季到货集中的时候，您是怎么安排卸货顺序的？",
            "answer": "我们当时开了会，大家一起把顺序排了一下，后来就顺了。我的电话是13800138000。",
        },
    )
    record = askwell("probe", "--file", file).records[0]
    assert record["missing"]
    assert set(record["missing"]) <= {"situation", "own_part", "action", "measure", "result", "topic"}
    assert record["probe"] is None or "13800138000" not in record["probe"]
