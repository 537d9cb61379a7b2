# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from askwell.domain.errors import InputRefused
from askwell.intake import build, plan
from askwell.intake.cleaning import items_of, key_of, names_of, number_of, text_of, weight_of
from askwell.intake.dates import date_of, period_of
from askwell.intake.deidentify import deidentify
from askwell.intake.model import RawTable
from askwell.intake.readers import csv, encoding
from askwell.intake.structure import find_regions
from askwell.intake.vocabulary import drop_reason, header_key, is_label
from askwell.intake.wording import language_of, truth_of

TEXT = st.text(max_size=200)
CELL = st.one_of(st.none(), TEXT, st.integers(), st.floats(), st.booleans(), st.datetimes())
HAN = st.text(alphabet="负责组织数据分析销售库存周转改进流程客户产品项目交付质量成本效率提升", min_size=2, max_size=12)
WORDS = st.sampled_from(["led a team", "cut costs by 8%", "built dashboards", "planned stock", "trained staff"])


@given(CELL)
def test_cleaning_takes_any_cell(cell: object) -> None:
    for clean in (text_of, items_of, names_of, number_of, weight_of, date_of, period_of, truth_of):
        clean(cell)


@given(TEXT)
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    plain = text.replace("<", "").replace("&", "")
    once = text_of(plain)
    assert text_of(once) == once


@given(TEXT)
def test_text_helpers_take_any_text(text: str) -> None:
    deidentify(text, [text[:5]])
    language_of(text)
    key_of(text)
    header_key(text)
    is_label(text)
    drop_reason(text)


@given(st.lists(HAN, min_size=2, max_size=8, unique=True), st.sampled_from(["{n}. ", "{n}、", "（{n}）", "• ", "- "]))
def test_a_numbered_list_comes_back_as_its_points(points: list[str], mark: str) -> None:
    text = "\n".join(mark.format(n=number) + point for number, point in enumerate(points, 1))
    assert items_of(text) == tuple(points)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2079, 12, 31)))
def test_a_day_is_the_same_in_every_notation(day: date) -> None:
    iso = day.isoformat()
    serial = (day - date(1899, 12, 30)) / timedelta(days=1)
    for form in (
        iso,
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{iso}T10:00:00.000Z",
        serial,
    ):
        assert date_of(form) == iso


@given(st.integers(min_value=2, max_value=100))
def test_a_percent_is_the_same_in_every_notation(percent: int) -> None:
    assert weight_of(f"{percent}%") == weight_of(percent) == weight_of(percent / 100) == round(percent / 100, 6)


@given(
    HAN,
    HAN,
    st.sampled_from(["13", "15", "18"]),
    st.integers(0, 999_999_999),
    st.sampled_from(["，", "。", "；", "\n", ""]),
)
def test_a_planted_phone_number_never_stays(before: str, after: str, start: str, rest: int, mark: str) -> None:
    phone = f"{start}{rest:09d}"
    assert phone not in deidentify(f"{before}{mark}{phone}{mark}{after}")


@given(
    HAN,
    st.integers(10, 65),
    st.dates(date(1950, 1, 1), date(2008, 1, 1)),
    st.integers(0, 9999),
    st.sampled_from(["，", "。", "；", "\n", ""]),
)
def test_a_planted_identity_number_never_stays(text: str, area: int, birth: date, tail: int, mark: str) -> None:
    number = f"{area}0101{birth:%Y%m%d}{tail:04d}"
    assert number not in deidentify(f"{text}{mark}{number}{mark}{text}")


@given(WORDS, st.from_regex(r"[a-z]{3,10}\.[a-z]{2,8}@[a-z]{3,9}\.(com|org|cn)", fullmatch=True), WORDS)
def test_a_planted_address_never_stays(before: str, address: str, after: str) -> None:
    assert address not in deidentify(f"{before} {address} {after}", lang="en")
    assert address not in deidentify(f"负责运营{address}并复盘")


@given(
    st.text(alphabet="赵钱孙李周吴郑王冯陈", min_size=1, max_size=1),
    st.text(alphabet="晓岚景川雅楠少锋", min_size=2, max_size=2),
    HAN,
    HAN,
)
def test_a_given_name_never_stays(family: str, given_name: str, before: str, after: str) -> None:
    name = family + given_name
    assert name not in deidentify(f"{before}，{name}{after}。{name}说", [name])


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=12))
@settings(max_examples=60)
def test_any_grid_of_cells_can_be_cut_into_regions(cells: list[list[object]]) -> None:
    regions = find_regions(RawTable("f", "s", cells))  # type: ignore[arg-type]
    assert all(0 <= region.first <= region.last <= len(cells) for region in regions)


FIELD = st.text(
    alphabet=st.characters(codec="utf-8", exclude_characters="\r\x00", exclude_categories=["Cs", "Cc"]), max_size=15
)


@given(st.lists(st.lists(FIELD, min_size=2, max_size=4), min_size=1, max_size=6))
@settings(max_examples=60)
def test_both_ways_of_splitting_agree_with_what_was_written(rows: list[list[str]]) -> None:
    text = "\r\n".join(",".join('"' + field.replace('"', '""') + '"' for field in row) for row in rows) + "\r\n"
    assert csv.tokenise(text, ",") == rows


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    encoding.detect(data)
    with TemporaryDirectory() as folder:
        for name in ("a.csv", "a.xlsx", "a.docx", "a.html"):
            path = Path(folder) / name
            path.write_bytes(data)
            try:
                found = plan(path)
            except InputRefused:
                continue
            build(path, found, b"s")
