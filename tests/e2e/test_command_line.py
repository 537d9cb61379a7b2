# SPDX-License-Identifier: Apache-2.0
"""The command line, as other programs use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.e2e.conftest import SAMPLE, Run

pytestmark = pytest.mark.e2e


def lines(*records: object) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def test_the_sample_company_comes_in_whole(askwell: Run, workspace: Path) -> None:
    outcome = askwell("positions", "--json", "--data-dir", workspace)
    assert outcome.code == 0
    titles = {record["position"]["title"] for record in outcome.records}
    assert {"生产车间主管", "跨境电商客服专员", "区域销售经理", "研发项目经理", "品牌经理", "Store Manager"} <= titles
    with_kpis = [record for record in outcome.records if record["kpis"]]
    assert len(with_kpis) >= 14


def test_a_dry_run_stores_nothing_and_has_the_documented_shape(askwell: Run, tmp_path: Path) -> None:
    file = SAMPLE / "exports" / "候选人_人才库导出.xlsx"
    outcome = askwell("import", file, "--dry-run", "--json", "--data-dir", tmp_path)
    assert outcome.code == 0
    table = outcome.records[0]["tables"][0]
    assert table["kind"] == "candidate"
    columns = {column["header"]: column for column in table["columns"]}
    assert columns["身份证号码"]["dropped"] is True
    assert columns["身份证号码"]["field"] is None
    assert columns["应聘职位"]["field"] == "position_title"
    assert askwell("positions", "--json", "--data-dir", tmp_path).records == []


def test_goals_of_a_position_lead_up_to_the_strategy(askwell: Run, workspace: Path) -> None:
    outcome = askwell("goals", "--position", "区域销售经理", "--json", "--data-dir", workspace)
    evidence = outcome.records[0]["evidence"]
    assert any(one["kind"] == "kpi" and len(one["chain"]) >= 2 for one in evidence)
    assert sum(one["weight"] for one in evidence) == pytest.approx(1)


def test_the_plan_can_be_seen_before_anything_is_written(askwell: Run, workspace: Path) -> None:
    command = ("generate", "--position", "质量工程师", "--count", 6, "--plan", "--json", "--data-dir", workspace)
    outcome = askwell(*command)
    assert outcome.code == 0
    assert len(outcome.records[0]["slots"]) == 6


def test_an_unknown_position_is_a_usage_error_that_names_what_is_near(askwell: Run, workspace: Path) -> None:
    outcome = askwell("goals", "--position", "质量工程", "--data-dir", workspace, "--ui-lang", "zh")
    assert outcome.code in (0, 2)
    outcome = askwell("goals", "--position", "宇航员", "--data-dir", workspace, "--ui-lang", "zh")
    assert outcome.code == 2
    assert "宇航员" in outcome.err


def test_check_labels_plain_questions(askwell: Run, tmp_path: Path) -> None:
    file = tmp_path / "q.jsonl"
    file.write_text(
        lines(
            {"id": 1, "text": "请讲一次您处理客户投诉的经历，您当时是怎么做的？", "lang": "zh"},
            {"id": 2, "text": "您打算什么时候要孩子？", "lang": "zh"},
            {"id": "c", "text": "Are you married?", "lang": "en"},
        ),
        encoding="utf-8",
    )
    outcome = askwell("check", "--file", file, "--jurisdiction", "CN,US")
    assert outcome.code == 1
    assert [record["id"] for record in outcome.records] == [1, 2, "c"]
    assert [record["label"] for record in outcome.records] == ["ok", "illegal", "illegal"]
    finding = outcome.records[1]["findings"][0]
    assert finding["citation"]
    start, end = finding["span"]
    assert 0 <= start < end <= len("您打算什么时候要孩子？")


def test_a_broken_line_is_named_and_does_not_stop_the_others(askwell: Run) -> None:
    stdin = '{"id": 1, "text": "您如何安排每周的工作？"}\n{broken\n{"id": 3}\n'
    outcome = askwell("check", "--file", "-", "--ui-lang", "en", stdin=stdin)
    assert outcome.code == 1
    assert len(outcome.records) == 3
    assert "line 2" in outcome.err
    assert "text" in outcome.err


def test_a_missing_file_is_refused_with_its_name(askwell: Run, tmp_path: Path) -> None:
    outcome = askwell("import", tmp_path / "没有.xlsx", "--data-dir", tmp_path, "--ui-lang", "zh")
    assert outcome.code == 3
    assert "没有.xlsx" in outcome.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("truncated.xlsx", b"PK\x03\x04" + b"\x00" * 40),
        ("protected.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600),
        ("picture.csv", bytes.fromhex("89504e470d0a1a0a") + bytes(range(256)) * 4),
        ("empty.csv", b""),
    ],
)
def test_hostile_files_are_refused_with_a_remedy_and_leave_nothing(
    askwell: Run, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    outcome = askwell("import", file, "--data-dir", tmp_path / "w", "--ui-lang", "en")
    assert outcome.code == 3
    assert name in outcome.err
    assert "→" in outcome.err
    assert "Traceback" not in outcome.err
    assert askwell("positions", "--json", "--data-dir", tmp_path / "w").records == []


def test_a_file_that_is_no_model_is_refused_as_an_engine_error(askwell: Run, tmp_path: Path) -> None:
    file = tmp_path / "fake.gguf"
    file.write_bytes(b"GGUF" + b"\xff" * 64)
    outcome = askwell("models", "add", file, "--data-dir", tmp_path)
    assert outcome.code == 4
    assert "fake.gguf" in outcome.err


@pytest.mark.model
def test_write_on_plain_records_needs_no_workspace(askwell: Run, tmp_path: Path) -> None:
    file = tmp_path / "jobs.jsonl"
    file.write_text(
        lines(
            {
                "id": "a",
                "title": "仓储主管",
                "duties": ["负责仓库日常收发存管理，确保账实相符"],
                "kpi": "库存准确率≥99.5%",
                "lang": "zh",
            },
            {"id": "b", "title": "Supply Chain Planner", "kpi": "Forecast accuracy 78 % → 85 %"},
        ),
        encoding="utf-8",
    )
    out = tmp_path / "questions.jsonl"
    outcome = askwell("write", "--file", file, "--out", out, "--seed", 7)
    assert outcome.code in (0, 1), outcome.err
    records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [record["id"] for record in records] == ["a", "b"]
    for record in records:
        for question in record["questions"]:
            assert question["text"]
            assert question["evidence"][0]["kind"] == "kpi"
    assert sum(len(record["questions"]) for record in records) >= 1


@pytest.mark.model
def test_selftest_finds_the_installation_sound(askwell: Run, tmp_path: Path) -> None:
    outcome = askwell("selftest", "--json", "--data-dir", tmp_path)
    assert outcome.code == 0, outcome.out
    assert {record["check"] for record in outcome.records} >= {"offline", "audit", "model", "writes"}
