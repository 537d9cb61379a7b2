# SPDX-License-Identifier: Apache-2.0
"""From the plan to approved questions, in the window."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from askwell.app.bootstrap import App
from askwell.domain.questions import QuestionType, Status
from askwell.ui.frame.window import MainWindow
from tests.ui.conftest import Settle, nameless

Open = Callable[[App], MainWindow]


@pytest.fixture
def window(app: App, open_window: Open) -> MainWindow:
    return open_window(app)


def opened(window: MainWindow, name: str, settle: Settle, target: str = ""):  # type: ignore[no-untyped-def]
    window.go(name, target)
    settle(window)
    screen = window.screen(name)
    assert screen is not None
    return screen


def written(window: MainWindow, settle: Settle):  # type: ignore[no-untyped-def]
    screen = opened(window, "write", settle)
    screen.presenter.set_count(4)
    settle(window)
    screen.presenter.write()
    settle(window)
    return window.app.kits.kits()[0]


def test_without_data_the_write_screen_teaches_what_to_do(empty_app: App, open_window: Open, settle: Settle) -> None:
    window = open_window(empty_app)
    screen = opened(window, "write", settle)
    assert screen.view._stack.currentWidget() is screen.view._empty


def test_a_plan_is_there_before_anything_is_written(window: MainWindow, settle: Settle) -> None:
    screen = opened(window, "write", settle)
    blueprint = screen.presenter._state.blueprint
    assert len(blueprint.slots) == 8
    assert window.app.kits.kits() == []


def test_slots_can_be_removed_moved_changed_and_locked(window: MainWindow, settle: Settle) -> None:
    screen = opened(window, "write", settle)
    presenter = screen.presenter
    first, second = presenter._state.blueprint.slots[:2]
    presenter.move_slot(1, 1)
    assert presenter._state.blueprint.slots[0].evidence == second.evidence
    presenter.remove_slot(1)
    assert presenter._state.blueprint.slots[0].evidence == first.evidence
    presenter.change_slot(1, question_type=QuestionType.MOTIVATION, locked=True)
    presenter.set_count(5)
    settle(window)
    slots = presenter._state.blueprint.slots
    assert len(slots) == 5
    assert slots[0].evidence == first.evidence
    assert slots[0].type is QuestionType.MOTIVATION


def test_questions_appear_and_are_saved_as_drafts(window: MainWindow, settle: Settle) -> None:
    kit = written(window, settle)
    assert [question.slot.number for question in kit.questions] == [1, 2, 3, 4]
    assert all(question.words.text for question in kit.questions)
    assert all(question.status is Status.DRAFT for question in kit.questions)
    stream = window.screen("write").view.stream
    assert len(stream._questions) == 4


def test_a_question_is_approved_by_key_and_the_approval_undone(window: MainWindow, settle: Settle, qtbot) -> None:  # type: ignore[no-untyped-def]
    kit = written(window, settle)
    screen = opened(window, "review", settle, kit.id)
    first = screen.presenter.current.id
    screen.view.setFocus()
    qtbot.keyClick(screen.view, Qt.Key.Key_A)
    settle(window)
    saved = window.app.workspace.question(first)
    assert saved.status is Status.APPROVED
    assert saved.approval.by == "王经理"
    assert screen.presenter.current.id != first
    qtbot.keyClick(screen.view, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    assert window.app.workspace.question(first).status is Status.DRAFT
    assert screen.presenter.current.id == first


def test_an_edit_takes_the_approval_away(window: MainWindow, settle: Settle, qtbot) -> None:  # type: ignore[no-untyped-def]
    kit = written(window, settle)
    screen = opened(window, "review", settle, kit.id)
    question_id = screen.presenter.current.id
    screen.presenter.approve()
    settle(window)
    screen.presenter.choose_waiting(False)
    screen.presenter.choose(question_id)
    screen.presenter.edit()
    screen.view.editor._text.setPlainText("说说您最近一次核对库存的经过，差异是怎么找到的？")
    screen.view.editor._save()
    settle(window)
    saved = window.app.workspace.question(question_id)
    assert saved.status is Status.DRAFT
    assert not saved.exportable
    assert saved.words.text.startswith("说说您最近一次")


def test_an_unlawful_edit_is_blocked_until_a_reason_is_written(window: MainWindow, settle: Settle) -> None:
    kit = written(window, settle)
    screen = opened(window, "review", settle, kit.id)
    question_id = screen.presenter.current.id
    screen.presenter.edit()
    screen.view.editor._text.setPlainText("您打算什么时候结婚生孩子？")
    screen.view.editor._save()
    settle(window)
    screen.presenter.approve()
    settle(window)
    assert window.app.workspace.question(question_id).status is Status.DRAFT
    assert screen.view._reason_holder.isVisible()
    screen.view._reason.setText("仅用于测试")
    screen.view._override()
    settle(window)
    saved = window.app.workspace.question(question_id)
    assert saved.status is Status.APPROVED
    assert saved.approval.override_reason == "仅用于测试"


def test_letters_typed_into_the_editor_decide_nothing(window: MainWindow, settle: Settle, qtbot) -> None:  # type: ignore[no-untyped-def]
    kit = written(window, settle)
    screen = opened(window, "review", settle, kit.id)
    question_id = screen.presenter.current.id
    screen.presenter.edit()
    qtbot.keyClicks(screen.view.editor._text, "ax")
    settle(window)
    assert window.app.workspace.question(question_id).status is Status.DRAFT
    assert "ax" in screen.view.editor._text.toPlainText()


def test_another_candidate_can_take_the_place(window: MainWindow, settle: Settle) -> None:
    kit = written(window, settle)
    screen = opened(window, "review", settle, kit.id)
    question = screen.presenter.current
    assert question.alternatives
    screen.presenter.use_alternative(0)
    settle(window)
    assert window.app.workspace.question(question.id).words.text == question.alternatives[0].text


def test_the_language_changes_while_the_window_is_open(window: MainWindow, settle: Settle) -> None:
    kit = written(window, settle)
    opened(window, "review", settle, kit.id)
    window.app.settings.lang = "en"
    window.apply_settings()
    settle(window)
    assert window._title.text() == "Review"
    texts = [one.text() for one in window.screen("review").view._buttons]
    assert "Approve A" in texts
    window.app.settings.lang = "ja"
    window.apply_settings()
    settle(window)
    assert window._title.text() == "審査"


def test_the_theme_changes_the_colours(window: MainWindow) -> None:
    before = QApplication.palette().window().color().name()
    window.app.settings.theme = "dark"
    window.apply_settings()
    assert QApplication.palette().window().color().name() != before
    window.app.settings.theme = "light"
    window.apply_settings()
    assert QApplication.palette().window().color().name() == before


@pytest.mark.parametrize("name", ["write", "review"])
def test_every_control_has_a_name_for_screen_readers(window: MainWindow, settle: Settle, name: str) -> None:
    kit = written(window, settle)
    screen = opened(window, name, settle, kit.id if name == "review" else "")
    assert nameless(screen.view) == []
