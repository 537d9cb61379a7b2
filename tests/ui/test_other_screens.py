# SPDX-License-Identifier: Apache-2.0
"""Home, data, goals, kits and settings as their users work with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from askwell.app.bootstrap import App
from askwell.domain.records import RecordKind
from askwell.ui.frame.window import MainWindow
from askwell.writing.blueprint import BlueprintOptions
from tests.ui.conftest import ROOT, Settle, nameless

Open = Callable[[App], MainWindow]
EXPORTS = ROOT / "resources" / "sample-company" / "exports"


def opened(window: MainWindow, name: str, settle: Settle, target: str = ""):  # type: ignore[no-untyped-def]
    window.go(name, target)
    settle(window)
    screen = window.screen(name)
    assert screen is not None
    return screen


def test_three_clicks_lead_from_the_first_start_to_a_plan(empty_app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(empty_app)
    home = opened(window, "home", settle)
    assert home.view._stack.currentIndex() == 1
    home.presenter.use_sample()
    settle(window, 60)
    assert window.current == "write"
    settle(window)
    assert window.screen("write").presenter._state.blueprint.slots


def test_the_language_is_chosen_on_the_first_page(empty_app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(empty_app)
    home = opened(window, "home", settle)
    home.view._language_buttons["es"].click()
    settle(window)
    assert empty_app.settings.lang == "es"
    assert window._title.text() == "Inicio"


def test_home_names_the_one_next_thing(app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(app)
    home = opened(window, "home", settle)
    assert home.view._stack.currentIndex() == 0
    assert app.home.overview().next_screen == "write"
    home.view._next_button.click()
    assert window.current == "write"


def drop(view, *paths: Path) -> None:  # type: ignore[no-untyped-def]
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, button, key = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    view.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, key))


def test_a_dropped_file_is_planned_imported_and_undone(empty_app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(empty_app)
    data = opened(window, "data", settle)
    drop(data.view, EXPORTS / "候选人_人才库导出.xlsx")
    settle(window)
    planned = data.presenter._files[0]
    assert planned.plan.tables[0].kind is RecordKind.CANDIDATE
    assert empty_app.workspace.counts().get("candidate", 0) == 0
    assert nameless(data.view) == []
    data.presenter.import_now()
    settle(window)
    assert data.view._stack.currentIndex() == 2
    assert empty_app.workspace.counts()["candidate"] >= 30
    data.presenter.start()
    settle(window)
    data.view._undo()
    settle(window)
    assert empty_app.workspace.counts().get("candidate", 0) == 0


def test_private_columns_cannot_be_bound_to_a_field(empty_app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(empty_app)
    data = opened(window, "data", settle)
    data.presenter.choose_files([EXPORTS / "候选人_人才库导出.xlsx"])
    settle(window)
    data.presenter.set_field(0, "身份证号码", "experience")
    columns = {one.header: one for one in data.presenter._files[0].plan.tables[0].columns}
    assert columns["身份证号码"].dropped
    assert columns["身份证号码"].field is None


def test_a_refused_file_says_why_and_the_others_come_in(
    empty_app: App, open_window: Open, settle: Settle, tmp_path: Path
) -> None:
    broken = tmp_path / "坏的.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    window = open_window(empty_app)
    data = opened(window, "data", settle)
    data.presenter.choose_files([broken, EXPORTS / "战略目标分解.csv"])
    settle(window)
    assert data.presenter._files[0].error is not None
    data.presenter.import_now()
    settle(window)
    assert empty_app.workspace.counts()["goal"] == 33
    assert [report.error is None for report in data.view._reports] == [True, False]


def test_a_changed_kpi_becomes_a_new_version(app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(app)
    position = app.goals.find("质量工程师")
    goals = opened(window, "goals", settle, position.id)
    settle(window)
    kpi = goals.view.page._page.kpis[0]
    goals.view.page._edit(kpi.id)
    assert nameless(goals.view) == []
    goals.presenter.change_kpi(kpi, "99.9%", 0.3)
    settle(window)
    saved = next(one for one in app.goals.kpis(position.id) if one.id == kpi.id)
    assert (saved.target, saved.weight, saved.version) == ("99.9%", 0.3, kpi.version + 1)


def test_only_approved_questions_are_exported(app: App, open_window: Open, settle: Settle, tmp_path: Path) -> None:
    position = app.goals.find("采购专员")
    kit = app.writing.write(app.writing.plan(position.id, BlueprintOptions(count=4)))
    approved, draft = [question for question in kit.questions if question.words.text][:2]
    app.review.approve(approved.id)
    window = open_window(app)
    kits = opened(window, "kits", settle, kit.id)
    settle(window)
    assert approved.words.text in kits.view._preview.toPlainText()
    assert draft.words.text not in kits.view._preview.toPlainText()
    assert nameless(kits.view) == []
    target = tmp_path / "面试题.docx"
    kits.presenter.export("docx", target)
    settle(window)
    assert target.stat().st_size > 5000
    assert window.notices.isVisible()


def test_a_kit_is_deleted_only_after_a_second_click(app: App, open_window: Open, settle: Settle) -> None:
    position = app.goals.find("采购专员")
    app.writing.write(app.writing.plan(position.id, BlueprintOptions(count=2)))
    window = open_window(app)
    kits = opened(window, "kits", settle)
    settle(window)
    kits.view._delete.click()
    settle(window)
    assert len(app.kits.kits()) == 1
    kits.view._really.click()
    settle(window)
    assert app.kits.kits() == []


@pytest.mark.parametrize(("theme", "lang"), [("dark", "en"), ("light", "ja")])
def test_settings_are_kept_at_once(app: App, open_window: Open, settle: Settle, theme: str, lang: str) -> None:
    window = open_window(app)
    settings = opened(window, "settings", settle)
    settings.presenter.set("theme", theme)
    settings.presenter.set("lang", lang)
    settings.presenter.set_country("US", True)
    settle(window)
    stored = (app.paths.settings_file).read_text(encoding="utf-8")
    assert f'"theme": "{theme}"' in stored
    assert f'"lang": "{lang}"' in stored
    assert app.settings.jurisdictions == ("CN", "US")
    assert nameless(settings.view) == []


def test_the_terms_of_the_model_are_shown(app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(app)
    settings = opened(window, "settings", settle)
    settings.presenter.show_terms()
    settle(window)
    assert window.panel.isVisible()
    assert "Gemma Terms of Use" in window.panel._content.toPlainText()


def test_a_file_that_is_no_model_is_refused_with_a_sentence(
    app: App, open_window: Open, settle: Settle, tmp_path: Path
) -> None:
    fake = tmp_path / "x.gguf"
    fake.write_bytes(b"GGUF" + b"\x00" * 32)
    window = open_window(app)
    settings = opened(window, "settings", settle)
    settings.presenter.add_model(fake)
    settle(window)
    assert "x.gguf" in window.notices.accessibleName()
    assert len(app.models.models()) == 1
