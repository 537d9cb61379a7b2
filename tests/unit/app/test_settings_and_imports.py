# SPDX-License-Identifier: Apache-2.0
"""Settings survive damage; imports fill blanks of KPIs instead of erasing them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from askwell.app.imports import ImportService, files_in
from askwell.app.settings import SettingsStore
from askwell.store import open_workspace


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    settings = SettingsStore.load(tmp_path / "settings.json")
    settings.lang, settings.theme, settings.actor = "ja", "dark", "李雷"
    settings.save()
    again = SettingsStore.load(tmp_path / "settings.json")
    assert (again.lang, again.theme, again.actor) == ("ja", "dark", "李雷")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"lang": "klingon", "theme": "dark", "unknown": 1}'])
def test_a_damaged_file_costs_only_the_damaged_value(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    settings = SettingsStore.load(path)
    assert settings.lang in ("zh", "en", "ja", "es")
    if "dark" in content:
        assert settings.theme == "dark"


def test_a_wrong_value_is_refused() -> None:
    with pytest.raises(ValidationError):
        SettingsStore().lang = "xx"


def test_lock_files_of_office_programs_are_not_imported(tmp_path: Path) -> None:
    for name in ("a.csv", "~$a.xlsx", ".hidden"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert [path.name for path in files_in(tmp_path)] == ["a.csv"]


def test_a_second_sheet_fills_the_blanks_of_a_kpi(tmp_path: Path) -> None:
    first, second = tmp_path / "kpi1.csv", tmp_path / "kpi2.csv"
    first.write_text("岗位,指标名称,基准值,目标值\n质检员,漏检率,0.9%,0.4%\n", encoding="utf-8")
    second.write_text("岗位,指标名称,权重,目标值\n质检员,漏检率,25%,\n", encoding="utf-8")
    with open_workspace(tmp_path / "w") as workspace:
        imports = ImportService(workspace, tmp_path, lambda: "tester")
        for path in (first, second):
            report = imports.commit(imports.plan(path), path)
            assert report.batch is not None
        kpi = next(one for one in workspace.kpis() if one.name == "漏检率")
        assert (kpi.baseline, kpi.target, kpi.weight) == ("0.9%", "0.4%", 0.25)


def test_the_audit_log_tells_of_imports_and_undo(tmp_path: Path) -> None:
    path = tmp_path / "jobs.csv"
    path.write_text("岗位名称,岗位职责\n质检员,1.首件检验 2.巡检\n", encoding="utf-8")
    with open_workspace(tmp_path / "w") as workspace:
        imports = ImportService(workspace, tmp_path, lambda: "tester")
        report = imports.commit(imports.plan(path), path)
        assert report.batch is not None
        imports.undo(report.batch.id)
        assert [event.action for event in workspace.events()] == ["import.undo", "import"]
        assert json.dumps(workspace.events()[1].detail, ensure_ascii=False).count("jobs.csv") == 1
        assert workspace.positions() == []
