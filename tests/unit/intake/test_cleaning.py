# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (rows of sample tables stay on one line)
from __future__ import annotations

from datetime import datetime

import pytest

from askwell.domain.records import Direction
from askwell.intake.cleaning import items_of, names_of, number_of, text_of, weight_of, weights_are_percent
from askwell.intake.dates import date_of, day_comes_first, period_of, year_of
from askwell.intake.wording import direction_of, language_of, rating_of, scale_of, truth_of


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("ＨＣ－００５　号", "HC-005 号"),
        ("<p>One</p><ul><li>Two &amp; three</li></ul>", "One\n• Two & three"),
        ("  a \r\n\r\n  b  ", "a\nb"),
        ("无", ""), ("N/A", ""), ("-", ""), ("——", ""), ("なし", ""),
        (3.0, "3"), (0.1 + 0.2, "0.3"), (True, "是"), (None, ""), (float("nan"), ""),
        (datetime(2026, 5, 31), "2026-05-31"),
        ("a < b and c > d", "a < b and c > d"),
    ],
)  # fmt: skip
def test_text_is_cleaned(cell: object, expected: str) -> None:
    assert text_of(cell) == expected


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1. 甲方案\n2. 乙方案", ("甲方案", "乙方案")),
        ("1、收货上架 2、循环盘点 3、装车发运", ("收货上架", "循环盘点", "装车发运")),
        ("①收货②盘点", ("收货", "盘点")),
        ("（1）收货\n（2）盘点", ("收货", "盘点")),
        ("分解目标；每周复盘；带教新人。", ("分解目标", "每周复盘", "带教新人")),
        ("• Plan shifts.\n• Check orders.", ("Plan shifts", "Check orders")),
        ("一、收货\n二、盘点", ("收货", "盘点")),
        ("把不良率由3.1%降到1.4%", ("把不良率由3.1%降到1.4%",)),
        ("2.5小时内首次响应", ("2.5小时内首次响应",)),
        ("", ()), ("无", ()),
        ("重复\n重复", ("重复",)),
    ],
)  # fmt: skip
def test_points_are_split(cell: str, expected: tuple[str, ...]) -> None:
    assert items_of(cell) == expected


def test_short_names_are_split_by_any_mark() -> None:
    assert names_of("生产车间主管，仓储主管；招聘主管、Store Manager") == (
        "生产车间主管",
        "仓储主管",
        "招聘主管",
        "Store Manager",
    )


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("２５％", 0.25),
        ("1.2万", 12000),
        ("3亿", 3e8),
        ("5‰", 0.005),
        ("1,200 元", 1200),
        ("≥95%", 0.95),
        ("-3", -3),
        ("无", None),
        (True, None),
    ],
)
def test_numbers_are_read_with_their_scale(cell: object, expected: float | None) -> None:
    value = number_of(cell)
    assert value is None if expected is None else value == pytest.approx(expected)


@pytest.mark.parametrize("cell", [0.25, "25%", 25, "25", "２５％", "0.25", "25分"])
def test_a_quarter_is_a_quarter_however_it_is_written(cell: object) -> None:
    assert weight_of(cell) == 0.25


def test_one_in_a_column_of_hundredths_is_one_percent() -> None:
    assert weights_are_percent([1, 40, 59])
    assert weight_of(1, percent=True) == 0.01
    assert not weights_are_percent([1, 0.4])
    assert weight_of("150%") is None


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("2026", "2026"), (2026, "2026"), ("2026-05", "2026-05"), ("2026年5月", "2026-05"), ("2026.5", "2026-05"),
        ("2026-5-3", "2026-05-03"), ("2026/05/03", "2026-05-03"), ("2026年5月3日", "2026-05-03"), ("20260503", "2026-05-03"),
        (20260503, "2026-05-03"), ("2026-05-03T08:00:00.000Z", "2026-05-03"), (1777766400000, "2026-05-03"), (46145, "2026-05-03"),
        ("46145", "2026-05-03"), (datetime(2026, 5, 3, 9), "2026-05-03"), ("３１/０５/２０２６", "2026-05-31"), ("05/31/2026", "2026-05-31"),
        ("May 3, 2026", "2026-05-03"), ("3 May 2026", "2026-05-03"), ("3 de mayo de 2026", "2026-05-03"), ("令和8年5月3日", "2026-05-03"),
        ("2026年第二季度", "2026-04"), ("2026Q3", "2026-07"), ("2026年12月底", "2026-12"), ("2026.5.1-2026.5.31", "2026-05-01"),
        ("2026-13-40", ""), ("待定", ""), ("", ""), (None, ""), (12.5, ""), ("经验5年", ""),
    ],
)  # fmt: skip
def test_dates_become_iso_of_the_precision_known(cell: object, expected: str) -> None:
    assert date_of(cell) == expected


def test_the_end_of_a_range_is_known_too() -> None:
    assert period_of("2026.5.1-2026.5.31") == ("2026-05-01", "2026-05-31")
    assert period_of("2026年1月至2026年6月") == ("2026-01", "2026-06")
    assert year_of("2026年度") == "2026"


def test_a_column_decides_whether_the_day_comes_first() -> None:
    assert day_comes_first(["05/06/2026", "31/12/2026"])
    assert not day_comes_first(["05/06/2026", "12/31/2026"])
    assert date_of("05/06/2026", day_first=True) == "2026-06-05"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("负责SAP系统的实施", "zh"),
        ("倉庫のピッキングを計画する", "ja"),
        ("Plan shifts for the team", "en"),
        ("Planificar los turnos de la tienda", "es"),
        ("", "zh"),
    ],
)
def test_the_language_is_told_by_script_and_small_words(text: str, lang: str) -> None:
    assert language_of(text) == lang


@pytest.mark.parametrize(
    ("name", "baseline", "target", "direction"),
    [
        ("退货率", "8%", "5%", Direction.CUT),
        ("满意度", 4.3, 4.6, Direction.RAISE),
        ("编制人数", 20, 20, Direction.KEEP),
        ("响应时长", None, "≤2小时", Direction.CUT),
        ("库存准确率", None, "≥99.5%", Direction.RAISE),
        ("客诉率", None, "1%", Direction.CUT),
        ("客诉关闭率", None, "95%", Direction.RAISE),
        ("安全事故", None, "0起", Direction.CUT),
        ("销售额", None, "858万元", Direction.RAISE),
        ("Customer churn", None, "4%", Direction.CUT),
        ("保持市场份额", None, "20%", Direction.KEEP),
    ],
)
def test_the_direction_of_a_kpi_is_guessed(name: str, baseline: object, target: object, direction: Direction) -> None:
    assert direction_of("", name, baseline, target) is direction


def test_a_stated_direction_wins() -> None:
    assert direction_of("越低越好，下降", "销售额", 1, 2) is Direction.CUT


@pytest.mark.parametrize(
    ("header", "cells", "scale"),
    [
        ("评分(1-5)", [4, 9], 5), ("得分（0–100分）", [4], 100), ("评分", [3, 4, 5, 4], 5), ("评分", [8, 9, 10], 10), ("评分", [85, 70], 100),
        ("Rating", [0.8, 0.6, 1], 1), ("百分制", [], 100), ("评分", [], 5),
    ],
)  # fmt: skip
def test_the_scale_of_ratings_is_found(header: str, cells: list[object], scale: float) -> None:
    assert scale_of(header, cells) == scale


def test_ratings_land_on_one_to_five() -> None:
    assert rating_of(85, 100) == 4.25
    assert rating_of(0.8, 1) == 4.0
    assert rating_of("4分") == 4.0
    assert rating_of("良好") == 4.0
    assert rating_of("★★★☆☆") == 3.0
    assert rating_of("8/10") == 4.0
    assert rating_of("") is None
    with pytest.raises(ValueError, match="9"):
        rating_of(9)
    with pytest.raises(ValueError, match="很不错的人"):
        rating_of("很不错的人")


def test_yes_no_and_unknown() -> None:
    assert [truth_of(cell) for cell in ("是", "No", "√", "?", True)] == [True, False, True, None, True]
