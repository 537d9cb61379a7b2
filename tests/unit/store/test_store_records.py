# SPDX-License-Identifier: Apache-2.0
"""Finding positions, binding KPIs, changing by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from askwell.domain.errors import AskwellError, UsageError
from askwell.domain.records import Candidate, Kpi, PastInterview, Position, Record
from askwell.store import Workspace

FIRM: list[Record] = [
    Position("客户经理", code="S1", department="华东"),
    Position("客户经理", code="S2", department="华南"),
    Position("质检主管", code="Q1", department="质量部"),
    Position("质检员", code="Q2", department="质量部"),
    Position("Java Engineer", code="E1", department="R&D", lang="en"),
]


@pytest.fixture
def firm(workspace: Workspace) -> Workspace:
    workspace.save_batch("jobs.xlsx", FIRM, 0)
    return workspace


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("s2", "S2"),
        ("质检主管", "Q1"),
        ("java engineer", "E1"),
        ("ＪＡＶＡ", "E1"),
        ("engineer", "E1"),
        ("主管", "Q1"),
        ("华南/客户经理", "S2"),
        ("客户经理（华东）", "S1"),
    ],
)
def test_a_position_is_found_by_what_a_person_types(firm: Workspace, text: str, code: str) -> None:
    found = firm.find_position(text)
    assert found.code == code
    assert firm.find_position(found.id) == firm.position(found.id) == found


@pytest.mark.parametrize(("text", "names"), [("客户经理", "华东"), ("质检", "质检员")])
def test_an_ambiguous_text_is_refused_with_the_names(firm: Workspace, text: str, names: str) -> None:
    with pytest.raises(UsageError) as caught:
        firm.find_position(text)
    assert caught.value.message.key == "error.position_ambiguous"
    assert names in str(caught.value.message.params["names"])


def test_an_unknown_text_is_refused_with_the_nearest_titles(firm: Workspace) -> None:
    with pytest.raises(UsageError) as caught:
        firm.find_position("质检经理")
    assert caught.value.message.key == "error.position_unknown"
    assert "质检主管" in str(caught.value.message.params["nearest"])


@pytest.mark.parametrize("text", ["", "  ", "%", "_"])
def test_blank_and_odd_texts_find_nothing(firm: Workspace, text: str) -> None:
    with pytest.raises(UsageError):
        firm.find_position(text)


def test_a_kpi_is_bound_to_the_position_it_names(firm: Workspace) -> None:
    firm.save_batch("kpi.xlsx", [Kpi("合格率", " 质检 主管"), Kpi("漏检率", "Q2"), Kpi("产量", "焊工")], 0)
    owners = {kpi.name: kpi.position_id for kpi in firm.kpis()}
    chief, inspector = firm.find_position("Q1"), firm.find_position("Q2")
    assert owners == {"合格率": chief.id, "漏检率": inspector.id, "产量": ""}
    assert [kpi.name for kpi in firm.kpis(chief.id)] == ["合格率"]
    assert firm.kpis("pos_none") == []


def test_a_position_that_arrives_later_binds_its_kpis_and_undo_unbinds_them(workspace: Workspace) -> None:
    workspace.save_batch("kpi.xlsx", [Kpi("产量", "焊工")], 0)
    assert workspace.kpis()[0].position_id == ""
    batch = workspace.save_batch("jobs.xlsx", [Position("焊工")], 0)
    (kpi,) = workspace.kpis()
    assert (kpi.position_id, kpi.version) == (workspace.positions()[0].id, 1)
    workspace.undo_batch(batch.id)
    assert workspace.kpis()[0].position_id == ""


def test_a_renamed_position_keeps_its_kpis(firm: Workspace) -> None:
    firm.save_batch("kpi.xlsx", [Kpi("合格率", "质检主管")], 0)
    renamed = firm.update_position(replace(firm.find_position("Q1"), title="质量主管"))
    assert [kpi.name for kpi in firm.kpis(renamed.id)] == ["合格率"]


def test_a_kpi_of_a_shared_title_belongs_to_both_positions(firm: Workspace) -> None:
    firm.save_batch("kpi.xlsx", [Kpi("回款率", "客户经理")], 0)
    for code in ("S1", "S2"):
        owner = firm.find_position(code)
        assert [kpi.position_id for kpi in firm.kpis(owner.id)] == [owner.id]


def test_a_kpi_changed_by_hand_gets_a_version_and_unchanged_content_none(firm: Workspace) -> None:
    firm.save_batch("kpi.xlsx", [Kpi("合格率", "质检主管", target="98%")], 0)
    (kpi,) = firm.kpis()
    assert firm.update_kpi(kpi) == kpi
    changed = firm.update_kpi(replace(kpi, target="99%"))
    assert (changed.version, changed.target, changed.position_id) == (2, "99%", kpi.position_id)
    assert firm.kpis() == [changed]
    assert [one.batch_id == "" for one in firm.history(kpi.id)] == [False, True]


def test_a_kpi_can_be_moved_to_another_position(firm: Workspace) -> None:
    firm.save_batch("kpi.xlsx", [Kpi("合格率", "质检主管")], 0)
    other = firm.find_position("E1")
    moved = firm.update_kpi(replace(firm.kpis()[0], position_id=other.id))
    assert (moved.position_title, moved.position_id) == ("Java Engineer", other.id)
    assert firm.kpis(other.id) == [moved]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"id": "pos_none"}, "error.record_unknown"),
        ({"version": 7, "level": "x"}, "error.record_changed"),
        ({"code": "Q2"}, "error.record_duplicate"),
    ],
)
def test_an_edit_that_does_not_fit_is_refused(firm: Workspace, change: dict[str, str], key: str) -> None:
    with pytest.raises(AskwellError) as caught:
        firm.update_position(replace(firm.find_position("Q1"), **change))  # type: ignore[arg-type]
    assert caught.value.message.key == key
    assert len(firm.positions()) == len(FIRM)


def test_candidates_and_interviews_are_listed_by_position(firm: Workspace) -> None:
    asked = PastInterview("为何?", position_title="质检主管")
    firm.save_batch("c.xlsx", [Candidate("C-1", "质检主管"), Candidate("C-2", "焊工"), asked], 0)
    assert [one.code for one in firm.candidates("质检 主管")] == ["C-1"]
    assert [one.code for one in firm.candidates()] == ["C-1", "C-2"]
    assert len(firm.interviews("质检主管")) == 1
    assert firm.interviews("焊工") == []
    assert firm.candidate("c-2").position_title == "焊工"
    with pytest.raises(UsageError):
        firm.candidate("nobody")


def test_the_history_of_an_unknown_record_is_a_usage_error(workspace: Workspace) -> None:
    for name in ("", "pos_x", "what_x"):
        with pytest.raises(UsageError):
            workspace.history(name)
