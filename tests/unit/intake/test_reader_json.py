# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from askwell.domain.errors import InputRefused
from askwell.domain.records import Candidate, Kpi, PastInterview, Position, RecordKind
from askwell.intake import readers, service
from askwell.intake.model import Cell, RawTable
from askwell.intake.readers import base, json_tables
from askwell.intake.readers import json as reader_json
from askwell.intake.readers.json import JsonReader
from askwell.intake.readers.json_scan import scan
from askwell.intake.verification import verify

SAMPLES = Path(__file__).parents[2] / "data" / "readers"


def write(folder: Path, body: object, name: str = "export.json") -> Path:
    path = folder / name
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False)
    path.write_text(text, encoding="utf-8")
    return path


def tables(folder: Path, body: object, name: str = "export.json") -> list[RawTable]:
    path = write(folder, body, name)
    found = readers.read(path)
    result = verify(path, found)
    assert (result.mismatches, result.rate) == ((), 1.0)
    return found


def cells(folder: Path, body: object, name: str = "export.json") -> list[list[Cell]]:
    (table,) = tables(folder, body, name)
    return table.cells


def refusal(path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(InputRefused) as refused:
        readers.read(path)
    assert refused.value.hint is not None
    return refused.value.message.key.removeprefix("error."), dict(refused.value.message.params)


# --- which lists there are -------------------------------------------------------------------------------------------


def test_a_list_of_objects_is_a_table_with_its_keys_in_order_of_first_appearance(tmp_path: Path) -> None:
    rows = [{"岗位名称": "成本会计", "部门": "财务部"}, {"职级": "P5", "岗位名称": "仓储主管"}]
    assert cells(tmp_path, rows) == [
        ["岗位名称", "部门", "职级"],
        ["成本会计", "财务部", None],
        ["仓储主管", None, "P5"],
    ]


def test_each_list_within_an_answer_is_a_table_named_by_its_path(tmp_path: Path) -> None:
    answer = {"code": 0, "data": {"jobs": [{"title": "A"}], "people": {"candidates": [{"name": "B"}, {"name": "C"}]}}}
    found = tables(tmp_path, answer)
    assert [(table.sheet, len(table.cells)) for table in found] == [("data.jobs", 2), ("data.people.candidates", 3)]


def test_a_single_list_behind_mere_wrappings_has_no_name_that_could_be_taken_for_a_position(tmp_path: Path) -> None:
    path = write(tmp_path, {"data": {"items": [{"指标名称": "退货率", "权重": "30%", "目标值": "5%"}]}})
    result = service.build(path, service.plan(path), b"salt")
    (kpi,) = result.records
    assert isinstance(kpi, Kpi)
    assert (kpi.name, kpi.position_title, result.mentioned) == ("退货率", "", ())


def test_measures_listed_under_the_name_of_their_position_belong_to_it(tmp_path: Path) -> None:
    sheets = {"店长": [{"指标名称": "退货率", "权重": 1}], "导购": [{"指标名称": "响应时长", "权重": 1}]}
    path = write(tmp_path, sheets)
    records = service.build(path, service.plan(path), b"salt").records
    assert [(kpi.position_title, kpi.name) for kpi in records if isinstance(kpi, Kpi)] == [
        ("店长", "退货率"),
        ("导购", "响应时长"),
    ]


@pytest.mark.parametrize("glue", ["\n", " ", ""])
def test_pages_one_after_the_other_make_one_table(glue: str, tmp_path: Path) -> None:
    pages = [{"code": 0, "data": {"items": [{"name": name}], "has_more": True}} for name in "ABC"]
    assert cells(tmp_path, glue.join(map(json.dumps, pages))) == [["name"], ["A"], ["B"], ["C"]]
    assert cells(tmp_path, pages) == [["name"], ["A"], ["B"], ["C"]]


def test_a_single_record_is_a_table_of_one_row_with_its_lists_beside_it(tmp_path: Path) -> None:
    record = {
        "data": {"job": {"title": "成本会计", "department": "财务部", "kpis": [{"name": "差异率", "target": "2%"}]}}
    }
    first, second = tables(tmp_path, record)
    assert first.cells == [["title", "department"], ["成本会计", "财务部"]]
    assert second.cells == [["job", "department", "kpi", "target"], ["成本会计", "财务部", "差异率", "2%"]]


def test_a_list_of_lists_is_a_table_under_the_headings_beside_it(tmp_path: Path) -> None:
    grid = [["成本会计", "财务部"], ["仓储主管", None]]
    assert cells(tmp_path, {"columns": ["岗位名称", "部门"], "index": [0, 1], "data": grid}) == [
        ["岗位名称", "部门"],
        *grid,
    ]
    named = {"data": {"cols": [{"name": "title"}, {"name": "dept"}], "rows": grid}}
    assert cells(tmp_path, named)[0] == ["title", "dept"]
    assert cells(tmp_path, [["岗位名称", "部门"], *grid])[1] == ["成本会计", "财务部"]


@pytest.mark.parametrize("body", ["{}", "[]", '["a", "b"]', '{"a": 1}', '{"items": []}', "[[], []]"])
def test_json_without_records_is_refused(body: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, body))[0] == "file_no_records"


# --- rows and columns ------------------------------------------------------------------------------------------------


def test_objects_in_a_row_become_columns_called_by_their_path(tmp_path: Path) -> None:
    row = {"title": "A", "salary_range": {"min": 1, "max": {"gross": 2}}, "open": {"at": "2026-01"}}
    assert cells(tmp_path, [row])[0] == ["title", "salary_range.min", "salary_range.max.gross", "open.at"]


def test_a_thing_with_a_name_is_called_as_the_thing_and_groups_are_left_out(tmp_path: Path) -> None:
    row = {
        "job": {"id": 7, "title": "Analyst"},
        "candidate": {"name": "Ann", "first_name": "A", "id": 3},
        "basic_info": {"gender": 2, "city": {"zh_name": "杭州", "en_name": "Hangzhou"}},
        "stage": {"name": "Onsite", "value": 4},
    }
    assert cells(tmp_path, [row])[0] == [
        "job.id",
        "job",
        "candidate",
        "first_name",
        "candidate.id",
        "gender",
        "city",
        "city.en_name",
        "stage",
        "stage.value",
    ]


def test_a_name_is_never_shortened_to_one_that_hides_what_must_not_get_in(tmp_path: Path) -> None:
    row = {
        "title": "A",
        "expected_salary": {"name": "25k", "range": {"min": 1}},
        "fields": {"婚姻状况": {"content": "已婚"}},
    }
    path = write(tmp_path, [row, row])
    plan = service.plan(path).tables[0]
    assert [column.dropped for column in plan.columns] == [False, True, True, True]


def test_columns_of_one_name_stay_apart(tmp_path: Path) -> None:
    row = {"name": "A", "info": {"name": "B"}, "data": {"name": "C"}, "info.name": "D"}
    head, values = cells(tmp_path, [row])
    assert len(set(head)) == 4
    assert (head[0], values) == ("name", ["A", "B", "C", "D"])


def test_duplicate_keys_are_kept_with_a_number(tmp_path: Path) -> None:
    assert cells(tmp_path, '[{"技能": "SQL", "技能": "Excel", "技能 2": "Python"}]') == [
        ["技能", "技能 2", "技能 2 2"],
        ["SQL", "Excel", "Python"],
    ]


def test_lists_of_plain_values_become_lines_and_a_single_value_stays_one(tmp_path: Path) -> None:
    row = {"duties": ["核算成本", None, "分析差异"], "level": [3], "matrix": [[1, 2], [3, 4]], "none": []}
    assert cells(tmp_path, [row]) == [["duties", "level", "matrix"], ["核算成本\n分析差异", 3, "1\n2\n3\n4"]]


def test_fields_that_a_firm_made_itself_become_columns(tmp_path: Path) -> None:
    row = {"name": "A", "custom_fields": [{"name": "工龄", "value": 3}, {"label": "民族", "value": "汉族"}]}
    assert cells(tmp_path, [row]) == [["full_name", "工龄", "民族"], ["A", 3, "汉族"]]


def test_rich_text_is_put_together_without_breaks(tmp_path: Path) -> None:
    text = [{"type": "text", "text": "请讲一次"}, {"type": "mention", "text": "失败"}, {"type": "text", "text": None}]
    assert cells(tmp_path, [{"面试题目": text, "轮次": 1}])[1] == ["请讲一次失败", 1]


def test_work_experience_becomes_text_without_personal_facts_and_numbers_of_systems(tmp_path: Path) -> None:
    jobs = [
        {"id": "8412", "company": "甲公司", "title": "会计", "salary": "25k", "证明人电话": "138", "current": True,
         "start": "2019-03-01T00:00:00.000Z", "desc": "核算成本\n分析差异"},
        {"id": "8413", "company": "Acme", "title": "Clerk"},
    ]  # fmt: skip
    head, values = cells(tmp_path, [{"full_name": "钟离安", "career_list": jobs}])
    assert head == ["full_name", "career experience"]
    assert values[1] == "甲公司，会计，current: true，2019-03-01\n核算成本\n分析差异\nAcme, Clerk"


def test_questions_inside_an_interview_become_a_table_that_says_whose_they_are(tmp_path: Path) -> None:
    interview = {
        "id": 5,
        "candidate": {"id": 9, "name": "钟离安"},
        "job": {"title": "分析师"},
        "round": "初试",
        "feedback": "条理清楚",
        "questions": [
            {"id": 1, "question": "怎样排优先级？", "rating": 4},
            {"id": 2, "question": "怎样验收？", "rating": 3},
        ],
    }
    first, second = tables(tmp_path, {"interviews": [interview]})
    assert first.sheet == "interviews"
    assert second.sheet == "interviews.questions"
    assert second.cells == [
        ["interview.id", "candidate", "job", "round", "question.id", "question", "rating"],
        [5, "钟离安", "分析师", "初试", 1, "怎样排优先级？", 4],
        [5, "钟离安", "分析师", "初试", 2, "怎样验收？", 3],
    ]


def test_lists_within_lists_carry_down_all_that_says_whose_they_are(tmp_path: Path) -> None:
    rounds = [{"round": "初试", "ratings": [{"dimension": "沟通", "rating": 4}]}, {"round": "复试", "ratings": []}]
    found = tables(tmp_path, {"candidates": [{"name": "钟离安", "experience": "三年", "interviews": rounds}]})
    assert [table.sheet for table in found] == ["candidates", "candidates.interviews.ratings"]
    assert found[1].cells == [["candidate", "round", "dimension", "rating"], ["钟离安", "初试", "沟通", 4]]


def test_a_long_list_becomes_a_table_and_not_a_text(tmp_path: Path) -> None:
    log = [{"step": number} for number in range(100)]
    first, second = tables(tmp_path, [{"name": "A", "note": "x y", "log": log}])
    assert first.cells == [["name", "note"], ["A", "x y"]]
    assert second.cells[-1] == ["A", 99]


# --- values ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("literal", "cell"),
    [
        ("6930815272790114325", "6930815272790114325"),
        ("123456789012345", 123456789012345),
        ("-1234567890123456", "-1234567890123456"),
        ("0.1", 0.1),
        ("4.0", 4),
        ("1.2345678901234567", "1.2345678901234567"),
        ("1E5", 100000),
        ("1e400", "1e400"),
        ("1e-400", "1e-400"),
        ("0e99999999999999999999", 0),
        ("-0.0", 0),
        ("NaN", "NaN"),
        ("-Infinity", "-Infinity"),
        ("true", True),
        ("null", None),
        ('"007"', "007"),
        ('" "', None),
        (r'"a\r\nb\u4e2d\ud83d\ude00\/"', "a\nb中😀/"),
        (r'"\ud800x"', "\ufffdx"),
        ('"a\tb\u2028c"', "a\tb\u2028c"),
    ],
)
def test_a_value_is_read_as_it_is(literal: str, cell: Cell, tmp_path: Path) -> None:
    table = cells(tmp_path, f'[{{"名称": "x", "值": {literal}}}]')
    assert table == ([["名称", "值"], ["x", cell]] if cell is not None else [["名称"], ["x"]])
    if cell is not None:
        assert type(table[1][1]) is type(cell)


def test_thousands_of_digits_do_no_harm(tmp_path: Path) -> None:
    assert cells(tmp_path, f'[{{"a": {"9" * 10_000}, "b": 1}}]')[1] == ["9" * 10_000, 1]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32", "gb18030"])
def test_every_usual_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    rows = [{"岗位名称": "成本会计", "岗位职责": "核算产品成本，分析差异并提出改善"}]
    path = tmp_path / "export.json"
    path.write_bytes(json.dumps(rows, ensure_ascii=False).encode(encoding))
    assert readers.read(path)[0].cells[1][0] == "成本会计"
    assert verify(path, readers.read(path)).rate == 1.0


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "noise.json"
    path.write_bytes(b"[" + bytes(range(256)) * 8)
    assert refusal(path)[0] == "file_undecodable"


# --- lines -----------------------------------------------------------------------------------------------------------


def test_a_bad_line_refuses_the_file_and_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, '{"name": "A"}\n\n{"name": "B"\n{"name": "C"}\n', "export.jsonl")
    assert refusal(path) == ("file_json_broken", {"file": "export.jsonl", "line": 3})


def test_a_line_of_two_values_is_a_bad_line(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, '{"a": 1}\n{"a": 2} {"a": 3}\n'))[1]["line"] == 2


def test_lines_may_hold_line_separators_of_unicode_and_end_in_any_way(tmp_path: Path) -> None:
    assert cells(tmp_path, '{"a": "x\u2028y"}\r\n{"a": "z"}', "export.ndjson") == [["a"], ["x\u2028y"], ["z"]]


@pytest.mark.parametrize(
    ("body", "line"), [('[{"a": 1},\n {"a": }]', 2), ('[{"a": 1}', 1), ('{"a": [1,\n2,\n', 3), ("[{'a': 1}]", 1)]
)
def test_a_broken_document_is_refused_with_its_line(body: str, line: int, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, body)) == ("file_json_broken", {"file": "export.json", "line": line})


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
@pytest.mark.parametrize(
    "name", ["talents.json", "positions_gb18030.json", "interviews.jsonl", "scorecards_utf16.json"]
)
def test_a_truncated_sample_is_refused(name: str, share: float, tmp_path: Path) -> None:
    body = (SAMPLES / name).read_bytes()
    path = tmp_path / name
    path.write_bytes(body[: int(len(body) * share)])
    assert refusal(path)[0] in ("file_json_broken", "file_undecodable")


# --- limits ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        "[" * 100_000,
        '{"a":' * 100_000,
        '[{"a":' + '{"b":' * 60 + "1" + "}" * 60 + "}]",
        '[{"a":' + "[" * 60 + "1" + "]" * 60 + "}]",
        '[{"a":' + '[{"b":' * 60 + "1" + "}]" * 60 + "}]",
        '{"a":' * 60 + '[{"b": 1}]' + "}" * 60,
    ],
)
def test_nesting_beyond_the_limit_is_refused(body: str, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, body))[0] == "file_too_deep"


def test_wide_sparse_and_many_cells_are_refused_before_they_are_laid_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sparse = write(tmp_path, [{f"key{number}": 1} for number in range(2000)])
    assert refusal(sparse)[0] == "file_too_many_cells"
    monkeypatch.setattr(base, "MAX_COLUMNS", 50)
    assert refusal(sparse)[0] == "file_too_wide"


def test_more_values_than_memory_should_hold_are_refused_before_parsing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_json, "_MAX_NODES", 1000)
    assert refusal(write(tmp_path, "[" + "{}," * 2000))[0] == "file_too_many_cells"


def test_too_many_tables_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_tables, "MAX_TABLES", 5)
    assert refusal(write(tmp_path, {f"k{number}": [{"a": 1}] for number in range(6)}))[0] == "file_too_many_tables"


def test_a_million_duplicate_keys_are_counted_and_not_searched(tmp_path: Path) -> None:
    path = write(tmp_path, '[{"b": 1, ' + ", ".join(['"a": 1'] * 20_000) + "}]")
    assert refusal(path)[0] == "file_too_wide"


# --- recognition -----------------------------------------------------------------------------------------------------


def test_json_is_known_by_content_and_other_text_with_brackets_is_not(tmp_path: Path) -> None:
    sniff = JsonReader().sniff
    assert sniff(write(tmp_path, '\ufeff [ {"a": 1} ]', "x.txt"))
    assert sniff(write(tmp_path, '{"data": {"items": [{"a": 1}]}}', "x.dat"))
    assert sniff(write(tmp_path, '{"a": 1}\n{"a": 2}\n', "x.log"))
    assert not sniff(write(tmp_path, '{"a": 1, "b": 2}', "x.dat"))
    assert not sniff(write(tmp_path, "[备注],[岗位]\n1,2\n", "x.csv"))
    assert not sniff(write(tmp_path, "{姓名},{岗位}\nA,B\n", "x.csv"))
    assert not sniff(write(tmp_path, "name,title\nA,B\n", "x.json"))


def test_talents_of_an_interface_come_in_as_candidates_without_personal_facts() -> None:
    path = SAMPLES / "talents.json"
    plan = service.plan(path)
    result = service.build(path, plan, b"salt")
    assert [table.kind for table in plan.tables] == [RecordKind.CANDIDATE]
    first, second = result.records
    assert isinstance(first, Candidate)
    assert isinstance(second, Candidate)
    assert first.position_title == "数据分析师"
    assert any("退货率" in point for point in first.experience)
    assert any("补货规则" in point for point in second.experience)
    told = str(result.records)
    assert not any(fact in told for fact in ("钟离安", "闻人杰", "138", "已婚", "25k", "1990", "中国大陆", "@"))


def test_a_wide_answer_of_mostly_unknown_columns_is_no_form(tmp_path: Path) -> None:
    unknown = {f"attribute_{number}": f"value {number}" for number in range(40)}
    people = [{"name": name, "job": "Analyst", "skills": ["SQL"], **unknown} for name in ("Ann Lee", "Bo Chan")]
    path = write(tmp_path, people, "candidates.json")
    records = service.build(path, service.plan(path), b"salt").records
    assert [one.experience for one in records if isinstance(one, Candidate)] == [("skills：SQL",)] * 2


def test_interviews_line_by_line_come_in_question_by_question() -> None:
    path = SAMPLES / "interviews.jsonl"
    result = service.build(path, service.plan(path), b"salt")
    asked = [record for record in result.records if isinstance(record, PastInterview)]
    assert [(one.competency, one.rating, one.round, one.date) for one in asked] == [
        ("数据分析", 4, "复试", "2026-03-04"),
        ("沟通协作", 3.5, "复试", "2026-03-04"),
        ("数据分析", 2, "初试", "2026-03-05"),
    ]
    assert asked[0].candidate_code == asked[1].candidate_code != asked[2].candidate_code
    assert {one.position_title for one in asked} == {"数据分析师"}
    assert "钟离安" not in str(asked)
    assert not [problem for problem in result.problems if problem.severity == "error"]


def test_measures_inside_positions_come_in_with_their_position() -> None:
    path = SAMPLES / "positions_gb18030.json"
    records = service.build(path, service.plan(path), b"salt").records
    positions = [record for record in records if isinstance(record, Position)]
    kpis = [record for record in records if isinstance(record, Kpi)]
    assert [(one.title, one.department, one.duties) for one in positions] == [
        ("成本会计", "财务部", ("核算产品成本", "分析差异并提出改善")),
        ("仓储主管", "物流部", ("组织每日循环盘点", "检查消防设施")),
    ]
    assert [(one.position_title, one.name, one.weight) for one in kpis] == [
        ("成本会计", "成本差异率", 0.6),
        ("成本会计", "结账及时率", 0.4),
        ("仓储主管", "拣货差错率", 1),
    ]


def test_scorecards_come_in_by_attribute_and_by_question() -> None:
    path = SAMPLES / "scorecards_utf16.json"
    asked = service.build(path, service.plan(path), b"salt").records
    assert [(one.competency, one.rating, one.question) for one in asked if isinstance(one, PastInterview)] == [
        ("Communication", 4, ""),
        ("Adaptability", 3, ""),
        ("", None, "How did you cut the monthly close?"),
    ]


# --- the second way --------------------------------------------------------------------------------------------------

_TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
_PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | _TEXT
_VALUE = st.recursive(
    _PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4), max_leaves=25
)


def _same(one: Any, two: Any) -> bool:
    """Equal in kind as well, for True == 1."""
    if isinstance(one, dict):
        return (
            isinstance(two, dict)
            and list(one) == list(two)
            and all(_same(a, b) for a, b in zip(one.values(), two.values(), strict=True))
        )
    if isinstance(one, list):
        return isinstance(two, list) and len(one) == len(two) and all(map(_same, one, two))
    return type(one) is type(two) and one == two


@given(_VALUE, st.booleans(), st.sampled_from([None, 1]))
def test_the_scanner_sees_the_same_tree_as_the_parser(value: Any, ascii_only: bool, indent: int | None) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    assert _same(reader_json._parsed(Path("x.json"), text), scan(text))


@given(st.lists(st.dictionaries(_TEXT, _VALUE, min_size=1, max_size=5), min_size=1, max_size=5))
def test_any_list_of_objects_is_read_the_same_in_both_ways_or_refused(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Any]
) -> None:
    path = tmp_path_factory.mktemp("json") / "export.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    try:
        found = readers.read(path)
    except InputRefused:
        return
    assert all({len(row) for row in table.cells} == {table.width} for table in found)
    assert verify(path, found).mismatches == ()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_becomes_a_number_only_where_it_says_the_same(value: float) -> None:
    (read,) = scan(repr(value))
    assert float(read) == value if not isinstance(read, str) else read == repr(value)
    assert not isinstance(read, float) or math.isfinite(read)
