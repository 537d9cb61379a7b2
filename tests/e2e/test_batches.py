# SPDX-License-Identifier: Apache-2.0
"""Imports are listed and taken back from the command line."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from askwell.store import open_workspace
from tests.e2e.conftest import SAMPLE, Run

pytestmark = pytest.mark.e2e

DOCUMENTED = {
    "id",
    "imported_at",
    "file",
    "counts",
    "problems",
    "fields_checked",
    "fields_equal",
    "verified_rate",
    "undone",
    "undoable",
    "superseded_by",
    "edited",
}


def dump(workspace: Path) -> list[str]:
    """Everything in the record tables, to the last column."""
    tables = ("position", "kpi", "goal", "standard", "candidate", "interview")
    with closing(sqlite3.connect(workspace / "askwell.db")) as database:
        return [str(row) for name in tables for row in database.execute(f"SELECT * FROM {name} ORDER BY id, version")]


def imported(askwell: Run, workspace: Path, file: Path) -> str:
    """Import one file; the id of its batch."""
    outcome = askwell("import", file, "--json", "--data-dir", workspace)
    assert outcome.code in (0, 1), outcome.err
    return str(outcome.records[-1]["batch"]["id"])


def jobs(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(("岗位编码,岗位名称,岗位职责", *lines)) + "\n", encoding="utf-8")
    return path


def test_a_sample_import_is_listed_and_undone_to_equal_content_once(askwell: Run, tmp_path: Path) -> None:
    first = imported(askwell, tmp_path, SAMPLE / "exports" / "岗位信息表_HR系统导出.xlsx")
    before = dump(tmp_path)
    second = imported(askwell, tmp_path, SAMPLE / "exports" / "岗位说明书.xlsx")
    after = dump(tmp_path)
    assert after != before

    listed = askwell("batches", "--json", "--data-dir", tmp_path).records
    assert [one["id"] for one in listed] == [second, first]
    newest = listed[0]
    assert set(newest) == DOCUMENTED
    assert newest["file"] == "岗位说明书.xlsx"
    assert newest["counts"]["position"] >= 1
    assert newest["verified_rate"] == newest["fields_equal"] / newest["fields_checked"] >= 0.999
    assert (newest["undone"], newest["undoable"], newest["superseded_by"]) == (False, True, [])

    outcome = askwell("undo", second, "--json", "--data-dir", tmp_path)
    assert outcome.code == 0, outcome.err
    (done,) = outcome.records
    assert set(done) == {"id", "file", "undone", "removed", "restored"}
    assert done["removed"] + done["restored"] == sum(row not in before for row in after if second in row)
    assert dump(tmp_path) == before

    again = askwell("undo", second, "--data-dir", tmp_path, "--ui-lang", "en")
    assert again.code == 2
    assert "岗位说明书.xlsx" in again.err
    assert "→" in again.err
    assert dump(tmp_path) == before
    listed = askwell("batches", "--json", "--data-dir", tmp_path).records
    assert [(one["undone"], one["undoable"]) for one in listed] == [(True, False), (False, True)]


def test_a_superseded_import_names_the_one_to_undo_first(askwell: Run, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    first = imported(askwell, workspace, jobs(tmp_path, "v1.csv", "W1,焊工,1.焊接 2.巡检", "W2,车工,1.车削 2.保养"))
    second = imported(
        askwell, workspace, jobs(tmp_path, "v2.csv", "W1,焊工,1.焊接 2.首件检验", "W3,铣工,1.铣削 2.保养")
    )
    listed = {one["id"]: one for one in askwell("batches", "--json", "--data-dir", workspace).records}
    assert (listed[first]["undoable"], listed[first]["superseded_by"]) == (False, [second])

    refused = askwell("undo", first, "--data-dir", workspace, "--ui-lang", "zh")
    assert refused.code == 2
    assert "v1.csv" in refused.err
    assert "v2.csv" in refused.err
    assert f"askwell undo {second}" in refused.err
    (error,) = askwell("undo", first, "--json", "--data-dir", workspace).records
    assert error["error"] == "error.import_superseded"

    outcome = askwell("undo", second, "--json", "--data-dir", workspace)
    assert [(one["removed"], one["restored"]) for one in outcome.records] == [(1, 1)]
    outcome = askwell("undo", first, "--data-dir", workspace, "--ui-lang", "en")
    assert outcome.code == 0
    assert "removed: 2" in outcome.out
    assert dump(workspace) == []


def test_an_import_edited_by_hand_since_stays(askwell: Run, tmp_path: Path) -> None:
    workspace = tmp_path / "w"
    batch = imported(askwell, workspace, jobs(tmp_path, "jobs.csv", "W1,焊工,1.焊接 2.巡检"))
    with open_workspace(workspace) as opened:
        opened.update_position(replace(opened.positions()[0], level="M2"))
    before = dump(workspace)
    (listed,) = askwell("batches", "--json", "--data-dir", workspace).records
    assert (listed["undoable"], listed["superseded_by"], listed["edited"]) == (False, [], True)
    refused = askwell("undo", batch, "--json", "--data-dir", workspace)
    assert refused.code == 2
    assert refused.records[0]["error"] == "error.import_edited"
    assert dump(workspace) == before


def test_an_unknown_import_is_a_usage_error_that_says_where_the_ids_are(askwell: Run, tmp_path: Path) -> None:
    outcome = askwell("undo", "bat_none", "--data-dir", tmp_path, "--ui-lang", "en")
    assert outcome.code == 2
    assert "bat_none" in outcome.err
    assert "askwell batches" in outcome.err
    assert askwell("batches", "--json", "--data-dir", tmp_path).out == ""
    assert "askwell import" in askwell("batches", "--data-dir", tmp_path, "--ui-lang", "en").out


@pytest.mark.parametrize(
    ("lang", "title"), [("zh", "导入记录"), ("en", "Imports"), ("ja", "取り込み履歴"), ("es", "Importaciones")]
)
def test_the_list_reads_in_every_language_with_ids_that_can_be_copied(
    askwell: Run, workspace: Path, lang: str, title: str
) -> None:
    outcome = askwell("batches", "--data-dir", workspace, "--ui-lang", lang)
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith(title)
    ids = [one["id"] for one in askwell("batches", "--json", "--data-dir", workspace).records]
    assert [line.split()[0] for line in outcome.out.splitlines() if line.startswith("bat_")] == ids
    assert "100.00 %" in outcome.out
    assert "cli." not in outcome.out
