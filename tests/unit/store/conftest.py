# SPDX-License-Identifier: Apache-2.0
"""A workspace in a real file for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from askwell.domain.records import (
    Candidate,
    Direction,
    Goal,
    GoalLevel,
    Kpi,
    Origin,
    PastInterview,
    Position,
    Record,
    Standard,
)
from askwell.store import Workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def records() -> list[Record]:
    """One firm in small: every kind of record, every field filled somewhere."""
    return [
        Position(
            title="质检主管",
            code="QC-01",
            department="质量部",
            level="M2",
            purpose="让不合格品不出厂",
            duties=("负责来料检验", "带领班组"),
            qualifications=("大专以上",),
            competencies=("质量意识",),
            profile_date="2026-05",
            origin=Origin("jobs.xlsx", "岗位", 3),
        ),
        Position(title="Sales Manager", department="Sales", lang="en", duties=("Negotiate contracts",)),
        Kpi(
            name="一次交验合格率",
            position_title="质检 主管",
            direction=Direction.KEEP,
            baseline="96.2",
            target="98.5",
            unit="%",
            period="2026",
            weight=0.4,
            definition="合格批次/送检批次",
            scoring="每低1%扣5分",
            origin=Origin("jobs.xlsx", "KPI", 2),
        ),
        Goal(text="质量成本下降20%", code="G1", year="2026", weight=1),
        Goal(text="合格率98.5%", code="D1", parent_code="G1", level=GoalLevel.DEPARTMENT, department="质量部"),
        Standard(competency="质量意识", text="能预见偏差", level="5", definition="按标准做事", positions=("质检主管",)),
        Candidate(code="C-7", position_title="质检主管", experience=("汽车零部件质检五年",)),
        PastInterview(
            question="请讲一次拦截不合格品的经历。",
            position_title="质检主管",
            candidate_code="C-7",
            round="1",
            date="2026-03-02",
            competency="质量意识",
            rating=4.0,
            answer_note="有数据",
            assessable=True,
        ),
        PastInterview(question="为什么选择我们?", rating=None, assessable=None),
    ]
