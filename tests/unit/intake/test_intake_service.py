# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

import ast
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from askwell.domain.records import Position, RecordKind
from askwell.intake import build, plan, to_json, with_kind
from askwell.intake.model import column_letter
from askwell.intake.readers import read
from askwell.intake.verification import verify

ROOT = Path(__file__).parents[3]
COMPANY = ROOT / "resources" / "sample-company"
EXPORTS = sorted(COMPANY.joinpath("exports").glob("*.*")) if COMPANY.joinpath("exports").is_dir() else []
INTAKE = ROOT / "desktop" / "askwell" / "intake"


def jobs(folder: Path, text: str) -> Path:
    path = folder / "jobs.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_dry_run_has_the_shape_that_the_command_line_promises(tmp_path: Path) -> None:
    path = jobs(tmp_path, "岗位名称,岗位职责,性别要求,备注\n会计,,男,x")
    shape = json.loads(json.dumps(to_json(plan(path), lambda message: message.key)))
    table = shape["tables"][0]
    assert shape["file"] == "jobs.csv"
    assert {"sheet", "kind", "confidence", "header_rows", "rows", "columns", "problems"} <= set(table)
    assert (table["kind"], table["header_rows"], table["rows"]) == ("position", [1], 1)
    assert table["columns"][2] == {"header": "性别要求", "field": None, "dropped": True}
    assert any({"row", "column", "message", "remedy"} <= set(problem) for problem in table["problems"])
    assert any(
        problem["message"] == "problem.position_without_duties" and problem["row"] == 2 for problem in table["problems"]
    )


def test_a_plan_can_be_edited_and_a_dropped_column_cannot_be_brought_in(tmp_path: Path) -> None:
    path = jobs(tmp_path, "岗位名称,干什么,性别\n会计,记账,女")
    found = plan(path)
    table = found.tables[0].with_field("干什么", "duties").with_field("性别", "level")
    result = build(path, replace(found, tables=(table,)), b"s")
    position = result.records[0]
    assert isinstance(position, Position)
    assert position.duties == ("记账",)
    assert position.level == ""


def test_a_table_of_unknown_headers_can_be_given_a_kind(tmp_path: Path) -> None:
    path = jobs(tmp_path, "甲,乙\n会计,记账\n出纳,收款")
    found = plan(path)
    assert found.tables[0].kind is None
    assert found.tables[0].problems[0].message.key == "problem.table_unknown"
    table = with_kind(found.tables[0], RecordKind.POSITION).with_field("甲", "title").with_field("乙", "duties")
    assert [
        record.title
        for record in build(path, replace(found, tables=(table,)), b"s").records
        if isinstance(record, Position)
    ] == ["会计", "出纳"]


def test_a_difference_between_two_readings_is_listed_with_its_place(tmp_path: Path) -> None:
    path = jobs(tmp_path, "岗位名称,岗位职责\n会计,记账")
    tables = read(path)
    tables[0].cells[1][1] = "记帐"
    result = verify(path, tables)
    assert (result.cells, result.equal) == (4, 3)
    assert (result.mismatches[0].row, result.mismatches[0].column, result.mismatches[0].second) == (2, "B", "记账")
    assert result.rate == 0.75


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_every_message_of_the_feature_has_its_sentence_and_remedy_in_four_languages() -> None:
    catalogue = json.loads((ROOT / "resources" / "i18n" / "intake.json").read_text(encoding="utf-8"))
    source = "\n".join(path.read_text(encoding="utf-8") for path in INTAKE.rglob("*.py"))
    refusals = set(re.findall(r'refuse\(\s*"(\w+)"', source))
    problems = set(re.findall(r'(?:book\.note|_problem)\(\s*(?:table, [^"]*?)?"(\w+)"', source)) | {
        "sheet_empty",
        "sheet_notes",
        "table_unknown",
    }
    wanted = {f"error.{key}" for key in refusals} | {f"problem.{key}" for key in problems}
    wanted |= {key + ".hint" for key in wanted} | set(re.findall(r'"(reason\.\w+)"', source))
    assert len(refusals) > 10
    assert len(problems) > 15
    assert wanted <= set(catalogue)
    for texts in catalogue.values():
        assert set(texts) == {"zh", "en", "ja", "es"}
        assert len({tuple(sorted(re.findall(r"{\w+}", text))) for text in texts.values()}) == 1


def test_heavy_libraries_are_imported_only_when_a_file_is_read() -> None:
    heavy = {"openpyxl", "docx", "python_calamine", "charset_normalizer", "rapidfuzz", "yaml", "defusedxml"}
    for path in INTAKE.rglob("*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not heavy & {name.split(".")[0] for name in names}, path


@pytest.mark.skipif(not EXPORTS, reason="the sample company has not been built")
@pytest.mark.parametrize("path", EXPORTS, ids=lambda path: path.name)
def test_the_sample_company_comes_in_whole(path: Path) -> None:
    found = plan(path)
    result = build(path, found, b"s")
    assert result.records
    assert result.verification.rate == 1.0
    assert all(table.confidence >= 0.8 for table in found.tables if table.kind)
    assert not [problem for problem in result.problems if problem.severity == "error"]


@pytest.mark.skipif(not EXPORTS, reason="the sample company has not been built")
def test_no_protected_value_of_the_sample_company_gets_into_a_record_or_a_problem() -> None:
    values = COMPANY.joinpath("source", "protected_values.txt").read_text(encoding="utf-8").split("\n")
    planted = [value.strip() for value in values if value.strip() and not value.startswith("#")]
    assert len(planted) > 50
    for path in EXPORTS:
        found = plan(path)
        result = build(path, found, b"s")
        text = repr((result.records, result.problems, result.mentioned, found))
        assert [value for value in planted if value in text] == [], path.name
