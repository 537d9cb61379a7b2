# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

import io
import threading
import zlib
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.data.readers.pdf_maker import Pdf, document, stream
from tests.unit.intake.support import refusal

from askwell.domain.errors import InputRefused
from askwell.domain.records import RecordKind
from askwell.intake import readers, service
from askwell.intake.model import Cell, RawTable
from askwell.intake.readers import pdf, pdf_guard, pdf_pages
from askwell.intake.readers.base import MAX_CELLS
from askwell.intake.readers.pdf_lines import join
from askwell.intake.verification import verify

SAMPLES = Path(__file__).parents[2] / "data" / "readers"
LONG = "负责公司第一条产品线的需求分析与交付质量改进，协调研发测试"  # 29 characters: 304.5 points at size 10.5


def write(tmp_path: Path, made: Pdf | bytes, name: str = "file.pdf") -> Path:
    path = tmp_path / name
    path.write_bytes(made.bytes() if isinstance(made, Pdf) else made)
    return path


def rows_of(path: Path) -> list[list[Cell]]:
    """Rows without the empty cells at their ends; the second way must agree."""
    tables = readers.read(path)
    assert verify(path, tables).mismatches == ()
    return [row for table in tables for row in bare(table)]


def bare(table: RawTable) -> list[list[Cell]]:
    rows = [list(row) for row in table.cells]
    for row in rows:
        while row and row[-1] is None:
            row.pop()
    return rows


def outcome(path: Path) -> str:
    """`read`, or the key of the refusal; anything else raised is a fault."""
    try:
        verify(path, readers.read(path))
    except InputRefused as refused:
        return refused.message.key.removeprefix("error.")
    return "read"


# ---------------------------------------------------------------------------------------------------------- samples


def test_a_job_profile_is_read_with_its_pairs_duties_and_measures() -> None:
    rows = rows_of(SAMPLES / "profile.pdf")
    assert rows[:4] == [
        ["仓储主管岗位说明书"],
        ["岗位名称", "仓储主管", "所属部门", "物流部"],
        ["直接上级", "物流经理", "编制日期", "2026年2月24日"],
        ["岗位目的", "保证账物相符、发货准确、作业安全"],
    ]
    assert rows[6] == [
        "1、组织每日循环盘点，差异当日查清，对超过千分之三的差异写明原因并报物流经理审批，同时跟踪整改直到关闭为止；"
    ]
    assert rows[13] == ["指标名称", "权重", "目标值", "评分标准"]
    assert rows[14] == ["拣货差错率", "40%", "≤0.10%", "≤0.10%得100分；\n每高0.01个百分点扣5分"]
    assert rows[-1][0] == "发货及时率"  # and not the page number


def test_the_job_profile_is_understood_and_its_measures_belong_to_it() -> None:
    plan = service.plan(SAMPLES / "profile.pdf")
    assert [table.kind for table in plan.tables] == [RecordKind.POSITION, RecordKind.KPI]
    assert plan.tables[1].context["position_title"] == "仓储主管"
    result = service.build(SAMPLES / "profile.pdf", plan, b"salt")
    position = result.of(RecordKind.POSITION)[0]
    assert position.department == "物流部"
    assert len(position.duties) == 3
    assert [measure.name for measure in result.of(RecordKind.KPI)] == ["拣货差错率", "盘点差异率", "发货及时率"]
    assert result.verification.rate == 1.0


def test_a_table_without_lines_keeps_its_columns_over_two_pages() -> None:
    rows = rows_of(SAMPLES / "measures.pdf")
    assert rows[:3] == [
        ["KPI catalogue"],
        ["Department: Store operations"],
        ["Position", "KPI", "Weight", "Target", "Definition"],
    ]
    assert rows[3][4] == "Share of visitors who buy, counted at the door"
    assert rows[7] == ["Store Manager", "Stock difference", "30%", "<= 0.3%"]
    assert len(rows) == 10
    plan = service.plan(SAMPLES / "measures.pdf")
    assert [(table.kind, table.rows) for table in plan.tables] == [(RecordKind.KPI, 6)]


# ------------------------------------------------------------------------------------------------------ lines, words


def test_lines_are_joined_to_paragraphs_and_points_stay_apart(tmp_path: Path) -> None:
    made = Pdf().page().lines(90, 760, [LONG[:20] + LONG[:20] * 1, "其结果按月说明", "1、组织盘点", "2、检查消防设施"])
    made.lines(90, 660, [LONG + LONG[:10], LONG + LONG[:10], LONG[:12] + "。", LONG[:4]])
    rows = rows_of(write(tmp_path, made))
    assert ["1、组织盘点"] in rows
    assert ["2、检查消防设施"] in rows
    assert [(LONG + LONG[:10]) * 2 + LONG[:12] + "。"] in rows
    assert rows[-1] == [LONG[:4]]


def test_a_short_line_is_not_joined_with_the_next(tmp_path: Path) -> None:
    texts = ["岗位名称：成本会计", "所属部门：财务部", "教育背景：本科", "会计专业优先"]
    assert rows_of(write(tmp_path, Pdf().page().lines(90, 760, texts))) == [[text] for text in texts]


def test_broken_words_are_made_whole(tmp_path: Path) -> None:
    made = Pdf().page().lines(72, 760, ["Plan the inter-", "view with the cross-", "functional team"])
    assert rows_of(write(tmp_path, made)) == [["Plan the interview with the cross-functional team"]]
    assert join(["Kosten-", "Leistungs-Rechnung"]) == "Kosten-Leistungs-Rechnung"
    assert join(["负责", "Excel", "报表"]) == "负责Excel报表"


def test_ligatures_become_letters(tmp_path: Path) -> None:
    made = Pdf().page().text(72, 760, "of\x01ce sta\x02")
    assert rows_of(write(tmp_path, made)) == [["office staff"]]


def test_radicals_become_characters_and_other_compatibility_forms_stay() -> None:
    assert "".join(map(pdf_pages.plain, "⼯作⽇⻓期⻅⾯⻋间⻩⻰⻛⻢⾹港")) == "工作日长期见面车间黄龙风马香港"
    assert "".join(map(pdf_pages.plain, "㈱ ㎡ ① Ａ 豈 ﬁ")) == "㈱ ㎡ ① Ａ 豈 fi"
    assert pdf_pages.plain("\uf0b7") == "•"
    assert pdf_pages.plain("\x07") == ""


def test_spaces_between_words_are_found_in_gaps(tmp_path: Path) -> None:
    made = Pdf().page().draw(b"BT /A 10 Tf 72 760 Td [(Sales)-300(lead)-40(er)] TJ ET")
    assert rows_of(write(tmp_path, made)) == [["Sales leader"]]


def test_a_heading_set_wide_is_one_text(tmp_path: Path) -> None:
    made = Pdf().page()
    for at, char in enumerate("岗位说明书"):
        made.text(200 + 40 * at, 700, char, 16)
    assert rows_of(write(tmp_path, made)) == [["岗 位 说 明 书"]]


def test_pairs_on_one_line_are_cells_of_their_own(tmp_path: Path) -> None:
    made = (
        Pdf()
        .page()
        .text(90, 760, "岗位名称：产品工程师")
        .text(306, 760, "部门：研发部")
        .text(90, 700, "•")
        .text(112, 700, "画原型")
    )
    assert rows_of(write(tmp_path, made)) == [["岗位名称：产品工程师", "部门：研发部"], ["• 画原型"]]


def test_text_drawn_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    made = Pdf().page()
    for text, x in (("岗位职责", 90), ("Communication skills", 200)):
        made.text(x, 700, text).text(x + 0.4, 700, text)
    assert rows_of(write(tmp_path, made)) == [["岗位职责", "Communication skills"]]


# -------------------------------------------------------------------------------------------------------- the page


def test_two_columns_of_the_same_leading_are_not_mixed(tmp_path: Path) -> None:
    left = [f"{LONG[at:]}{LONG[:at]}"[:20] for at in range(8)]
    right = [f"{LONG[at:]}{LONG[:at]}"[:20] for at in range(10, 18)]
    made = Pdf().page().text(60, 780, "招聘启事", 20).lines(60, 740, left).lines(310, 740, right)
    text = "".join(str(row[0]) for row in rows_of(write(tmp_path, made)))
    assert text == "招聘启事" + "".join(left) + "".join(right)


def test_a_narrow_column_beside_is_read_by_itself(tmp_path: Path) -> None:
    made = Pdf().page().lines(60, 740, ["技能", "Python", "SQL", "Excel", "证书", "PMP"], 15)
    made.lines(200, 738, ["工作经历", LONG, LONG, LONG[:9], "2016.07-2019.02 某公司", "维护客户主数据"], 18)
    rows = [row[0] for row in rows_of(write(tmp_path, made))]
    assert rows[:6] == ["技能", "Python", "SQL", "Excel", "证书", "PMP"]
    assert rows[6:] == ["工作经历", LONG * 2 + LONG[:9], "2016.07-2019.02 某公司", "维护客户主数据"]


def test_headers_footers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    made = Pdf()
    for page in range(1, 4):
        made.page().text(90, 810, f"编号：HR-0{page}  鼎盛集团人力资源管理文件", 9).text(
            280, 30, f"第 {page} 页 共 3 页", 9
        )
        made.grid([90, 300, 500], [760, 790]).text(95, 770, "文件版本").text(305, 770, "A0")
        made.text(90, 700, f"第{'一二三'[page - 1]}章 盘点")
    assert rows_of(write(tmp_path, made)) == [["第一章 盘点"], ["第二章 盘点"], ["第三章 盘点"]]


def test_the_header_of_a_table_at_the_top_of_every_page_is_no_page_header(tmp_path: Path) -> None:
    made = Pdf()
    for page in range(3):
        made.page().text(280, 30, f"Page {page + 1} of 3", 8)
        rows = [("指标名称", "权重", "目标值"), *((f"指标{page}{at}", f"{at}0%", f"≥{at}") for at in range(1, 4))]
        for at, row in enumerate(rows):
            for x, cell in zip((60, 220, 330), row, strict=True):
                made.text(x, 800 - 24 * at, cell)
    rows = rows_of(write(tmp_path, made))
    assert [row for row in rows if row[0] != "指标名称"] == [
        [f"指标{page}{at}", f"{at}0%", f"≥{at}"] for page in range(3) for at in range(1, 4)
    ]
    assert rows[0] == ["指标名称", "权重", "目标值"]


@pytest.mark.parametrize(
    "text", ["1", "- 2 -", "第 3 页 共 9 页", "第1页/共2页", "Page 1 of 3", "Página 1 de 2", "1 / 3", "2 ページ"]
)
def test_page_numbers_are_known_in_many_forms(text: str, tmp_path: Path) -> None:
    made = Pdf().page().text(90, 700, "岗位职责").text(280, 40, text)
    assert rows_of(write(tmp_path, made)) == [["岗位职责"]]


@pytest.mark.parametrize("text", ["5 30", "12 人", "30%", "3.5", "编号 7"])
def test_other_numbers_at_the_foot_of_a_page_are_kept(text: str, tmp_path: Path) -> None:
    made = Pdf().page().text(90, 700, "岗位职责").text(280, 40, text)
    assert rows_of(write(tmp_path, made)) == [["岗位职责"], [text]]


def test_a_lone_number_within_the_text_is_kept(tmp_path: Path) -> None:
    made = Pdf().page().lines(90, 600, ["编制人数：", "12"]).text(290, 30, "1")
    assert rows_of(write(tmp_path, made)) == [["编制人数："], ["12"]]


def test_a_profile_a_page_is_a_table_a_page(tmp_path: Path) -> None:
    made = Pdf()
    for title in ("成本会计", "仓储主管"):
        made.page().text(200, 780, f"{title}岗位说明书", 18).lines(
            90, 740, [f"岗位名称：{title}", "岗位职责", "1、做好" + title]
        )
        made.grid([90, 200, 300], [600, 620, 640]).text(95, 626, "指标名称").text(205, 626, "目标值")
        made.text(95, 606, f"{title}差错率").text(205, 606, "≤1%")
    path = write(tmp_path, made)
    assert [table.sheet for table in readers.read(path)] == ["1", "2"]
    plan = service.plan(path)
    assert [table.context["position_title"] for table in plan.tables if table.kind is RecordKind.KPI] == [
        "成本会计",
        "仓储主管",
    ]
    assert verify(path, readers.read(path)).rate == 1.0


def test_what_stands_aslant_or_outside_the_page_is_left_out(tmp_path: Path) -> None:
    made = (
        Pdf()
        .page()
        .text(90, 700, "岗位职责：盘点")
        .text(150, 300, "内部资料", 60, (0.7, 0.7, -0.7, 0.7))
        .text(900, 500, "页外")
    )
    assert rows_of(write(tmp_path, made)) == [["岗位职责：盘点"]]


@pytest.mark.parametrize("turn", [(0, 1, -1, 0), (-1, 0, 0, -1), (0, -1, 1, 0)])
def test_a_page_whose_text_is_turned_is_read_upright(turn: tuple[int, ...], tmp_path: Path) -> None:
    made = Pdf().page(800, 800)
    for at, text in enumerate(("岗位名称：成本会计", "Cost accountant", "岗位职责：核算成本")):
        down = 40 * at
        x, y = {(0, 1, -1, 0): (300 + down, 100), (-1, 0, 0, -1): (700, 300 + down), (0, -1, 1, 0): (600 - down, 700)}[
            turn
        ]
        made.text(x, y, text, 12, turn)
    table = readers.read(write(tmp_path, made))[0]
    assert bare(table) == [["岗位名称：成本会计"], ["Cost accountant"], ["岗位职责：核算成本"]]


# ---------------------------------------------------------------------------------------------------------- tables


def test_cells_that_span_and_wrap_are_read_as_cells(tmp_path: Path) -> None:
    made = Pdf().page().grid([90, 130, 420], [500, 620, 660]).rule(250, 620, 250, 660)
    made.text(95, 634, "岗位").text(135, 634, "成本会计").text(255, 634, "编号 F-010")
    made.lines(103, 590, ["主", "要", "职", "责"], 14)
    made.lines(135, 600, ["1、" + LONG[:25], LONG[25:] + "；", "2、核算成本"])
    table = readers.read(write(tmp_path, made))[0]
    assert bare(table) == [
        ["岗位", "成本会计", "编号 F-010"],
        ["主要职责", f"1、{LONG}；\n2、核算成本"],
    ]
    assert [(merge.top, merge.left, merge.bottom, merge.right) for merge in table.merged] == [(1, 1, 1, 2)]


def test_rows_without_lines_between_them_are_taken_apart(tmp_path: Path) -> None:
    made = Pdf().page().grid([90, 250, 400], [500, 640, 670])
    made.text(95, 650, "指标名称").text(255, 650, "目标值")
    made.lines(95, 620, ["差错率", "及时率", "满意度", "周转天数"], 24).lines(
        255, 620, ["≤1%", "≥98%", "≥90分", "≤30天"], 24
    )
    rows = rows_of(write(tmp_path, made))
    assert rows[1:] == [["差错率", "≤1%"], ["及时率", "≥98%"], ["满意度", "≥90分"], ["周转天数", "≤30天"]]


def test_a_row_torn_by_the_end_of_a_page_is_mended(tmp_path: Path) -> None:
    made = Pdf().page().grid([90, 130, 260, 420], [60, 100, 130])
    made.text(95, 110, "序号").text(135, 110, "指标名称").text(265, 110, "评分标准")
    made.text(95, 80, "1").text(135, 80, "差错率").text(265, 80, "每高一个百分点扣")
    made.page().grid([90, 130, 260, 420], [700, 740, 780])
    made.text(265, 750, "五分，扣完为止").text(95, 710, "2").text(135, 710, "及时率").text(265, 710, "同上")
    rows = rows_of(write(tmp_path, made))
    assert rows == [
        ["序号", "指标名称", "评分标准"],
        ["1", "差错率", "每高一个百分点扣五分，扣完为止"],
        ["2", "及时率", "同上"],
    ]


def test_lines_drawn_as_thin_boxes_make_a_table_too(tmp_path: Path) -> None:
    made = Pdf().page()
    for x in (90, 250, 400):
        made.draw(b"%g 500 0.7 80 re f" % x)
    for y in (500, 540, 580):
        made.draw(b"90 %g 310 0.7 re f" % y)
    made.text(95, 555, "目标").text(255, 555, "结果").text(95, 515, "毛利率").text(255, 515, "31%")
    assert rows_of(write(tmp_path, made)) == [["目标", "结果"], ["毛利率", "31%"]]


def test_an_empty_cell_stays_empty_and_text_after_a_table_follows_a_blank_row(tmp_path: Path) -> None:
    made = Pdf().page()
    for y, cells in (
        (700, ("指标名称", "权重", "目标值")),
        (676, ("差错率", "", "≤1%")),
        (652, ("及时率", "60%", "≥98%")),
    ):
        for x, cell in zip((90, 220, 330), cells, strict=True):
            if cell:
                made.text(x, y, cell)
    made.text(90, 600, "以上指标按季度考核，结果用于改善工作而不用于其他用途。")
    rows = rows_of(write(tmp_path, made))
    assert rows[1] == ["差错率", None, "≤1%"]
    assert rows[3:] == [[], ["以上指标按季度考核，结果用于改善工作而不用于其他用途。"]]


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    made = Pdf().page().grid([80, 520], [600, 800]).lines(90, 760, ["岗位职责：", "1、盘点", "2、发货"])
    assert rows_of(write(tmp_path, made)) == [["岗位职责："], ["1、盘点"], ["2、发货"]]


# --------------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("name", ["profile.pdf", "measures.pdf"])
@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_file_cut_off_is_refused(name: str, share: float, tmp_path: Path) -> None:
    body = (SAMPLES / name).read_bytes()
    assert refusal(write(tmp_path, body[: int(len(body) * share)])) == "file_damaged"


def test_a_page_whose_content_is_damaged_is_refused(tmp_path: Path) -> None:
    made = Pdf().page().lines(90, 780, [LONG[at:] for at in range(20)])
    body = made.bytes(packed=True)
    place = body.rindex(b"stream\n", 0, body.rindex(b"endstream")) + 200
    damaged = bytes(255 - byte for byte in body[place : place + 40])
    assert refusal(write(tmp_path, body[:place] + damaged + body[place + 40 :])) == "file_damaged"


def test_a_missing_checksum_is_no_damage(tmp_path: Path) -> None:
    content = zlib.compress(b"BT /A 10 Tf 72 700 Td (Cost accountant) Tj ET")[:-4]
    made = Pdf().page()
    body = made.bytes()
    objects = [*made.objects]
    place = next(at for at, one in enumerate(objects) if one.endswith(b"endstream"))
    objects[place] = b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(content), content)
    assert body != document(objects)
    assert bare(readers.read(write(tmp_path, document(objects)))[0]) == [["Cost accountant"]]


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7\n%....", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"]
)
def test_what_only_begins_like_a_pdf_is_refused(body: bytes, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, body)) == "file_damaged"


def test_noise_named_pdf_is_refused_as_damaged(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, bytes(range(256)) * 8)) == "file_damaged"


@pytest.mark.parametrize(("user", "owner"), [("secret", "secret"), ("", "secret")])
def test_a_protected_file_is_refused(user: str, owner: str, tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=SAMPLES / "measures.pdf")
    writer.encrypt(user, owner, algorithm="RC4-128")
    path = tmp_path / "locked.pdf"
    writer.write(path)
    assert refusal(path) == "file_encrypted"


@pytest.mark.parametrize(("answer", "expected"), [("钟离安", "file_form_fields"), ("", "read")])
def test_a_form_with_answers_in_fields_is_refused(answer: str, expected: str, tmp_path: Path) -> None:
    made = Pdf()
    written = b"\xfe\xff" + answer.encode("utf-16-be")
    field = made.add(
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V<%s>/Rect[90 600 200 620]/DA(/A 10 Tf)>>" % written.hex().encode()
    )
    made.catalogue = b"/AcroForm<</Fields[%d 0 R]>>" % field
    made.page(extra=b"/Annots[%d 0 R]" % field).text(90, 700, "岗位职责")
    assert outcome(write(tmp_path, made)) == expected


PICTURE = stream(b"\x80", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")


@pytest.mark.parametrize("stamp", ["", "CamScanner"])
def test_a_scan_is_refused_even_with_a_stamp(stamp: str, tmp_path: Path) -> None:
    made = Pdf()
    picture = made.add(PICTURE)
    made.page().draw(b"q 595 0 0 842 0 0 cm /P Do Q").text(400, 300, stamp)
    assert refusal(write(tmp_path, made.bytes(b"/XObject<</P %d 0 R>>" % picture))) == "file_no_text"


def test_a_picture_behind_text_is_no_scan(tmp_path: Path) -> None:
    made = Pdf()
    picture = made.add(PICTURE)
    made.page().draw(b"q 595 0 0 842 0 0 cm /P Do Q").lines(90, 700, [LONG, LONG])
    assert readers.read(write(tmp_path, made.bytes(b"/XObject<</P %d 0 R>>" % picture)))[0].cells[0][0]


def test_a_blank_document_is_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, Pdf().page())) == "file_no_text"


def test_letters_that_stand_for_no_characters_are_no_text(tmp_path: Path) -> None:
    made = Pdf()
    inner = made.add(
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Foo/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
        b"/Supplement 0>>/DW 1000>>"
    )
    made.fonts += b"/N %d 0 R" % made.add(
        b"<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Foo/Encoding/Identity-H/DescendantFonts[%d 0 R]>>" % inner
    )
    made.page().draw(b"BT /N 12 Tf 90 700 Td <010203040506070801020304> Tj ET")
    assert refusal(write(tmp_path, made)) == "file_no_text"


def test_too_many_pages_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_guard, "MAX_PAGES", 1)
    assert refusal(SAMPLES / "measures.pdf") == "file_too_many_pages"


@pytest.mark.parametrize("limit", ["MAX_CHARACTERS", "MAX_ON_PAGE"])
def test_too_much_text_is_refused(limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_pages, limit, 100)
    assert refusal(SAMPLES / "measures.pdf") == "file_too_much_text"


def test_too_many_cells_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("askwell.intake.readers.base.MAX_CELLS", 20)
    assert MAX_CELLS > 20
    assert refusal(SAMPLES / "measures.pdf") == "file_too_many_cells"


@pytest.mark.parametrize("part", [pdf_pages, pdf_guard])
def test_reading_that_takes_too_long_is_stopped(part: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(part, "MAX_SECONDS", -1)
    assert refusal(SAMPLES / "measures.pdf") == "file_takes_too_long"


def test_a_file_larger_than_documents_are_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_guard, "MAX_BYTES", 1_000)
    assert refusal(SAMPLES / "measures.pdf") == "file_too_large"


# ---------------------------------------------------------------------------------------------------------- hostile


def forms(depth: int, calls: bytes, made: Pdf) -> bytes:
    """Forms that draw the next one as often as `calls` says."""
    first = len(made.objects) + 1
    for at in range(depth):
        inner = b"/XObject<</F %d 0 R>>" % (first + at + 1) if at < depth - 1 else b""
        body = calls if at < depth - 1 else b"0 0 m 1 1 l S"
        made.add(stream(body, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<<%s>>" % inner))
    made.page().draw(b"/F Do").text(90, 700, "岗位职责")
    return made.bytes(b"/XObject<</F %d 0 R>>" % first)


@pytest.mark.parametrize("call", [b"/F Do ", b"/#46 Do ", b"/F%\nDo "])
def test_forms_that_draw_forms_without_end_are_refused_before_they_are_opened(call: bytes, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, forms(8, call * 10, Pdf()))) == "file_expands"
    assert rows_of(write(tmp_path, forms(3, call * 2, Pdf()), "mild.pdf")) == [["岗位职责"]]


def test_a_form_that_draws_itself_is_refused(tmp_path: Path) -> None:
    made = Pdf()
    own = len(made.objects) + 1
    made.add(
        stream(b"/F Do /F Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % own)
    )
    made.page().draw(b"/F Do").text(90, 700, "岗位职责")
    assert refusal(write(tmp_path, made.bytes(b"/XObject<</F %d 0 R>>" % own))) == "file_expands"


def test_a_form_that_only_could_draw_itself_is_harmless(tmp_path: Path) -> None:
    made = Pdf()
    own = len(made.objects) + 1
    made.add(
        stream(
            b"(To Do list) pop", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F %d 0 R>>>>" % own
        )
    )
    made.page().draw(b"/F Do").text(90, 700, "岗位职责")
    assert rows_of(write(tmp_path, made.bytes(b"/XObject<</F %d 0 R>>" % own))) == [["岗位职责"]]


def test_content_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    made = Pdf().page().draw(b"BT /A 1 Tf " + b"(a) Tj " * 2_000_000 + b"ET")
    body = made.bytes(packed=True)
    assert len(body) < 100_000
    assert refusal(write(tmp_path, body)) == "file_expands"


def test_a_font_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_guard, "MAX_FONT", 1_000_000)
    made = Pdf()
    font = made.add(stream(bytes(1_000_001), packed=True))
    described = made.add(b"<</Type/FontDescriptor/FontName/Foo/Flags 4/FontFile2 %d 0 R>>" % font)
    made.fonts += b"/X %d 0 R" % made.add(
        b"<</Type/Font/Subtype/TrueType/BaseFont/Foo/FontDescriptor %d 0 R>>" % described
    )
    made.page().text(90, 700, "岗位职责")
    assert refusal(write(tmp_path, made)) == "file_expands"


def test_scripts_attachments_and_links_are_ignored(tmp_path: Path) -> None:
    from pypdf import PdfWriter
    from pypdf.actions import JavaScript
    from pypdf.annotations import Link

    writer = PdfWriter(clone_from=io.BytesIO(Pdf().page().text(90, 700, "岗位职责：盘点").bytes()))
    writer.add_open_action(JavaScript("app.alert('hello')"))
    writer.add_attachment("salaries.csv", b"name,salary\n")
    writer.add_annotation(0, Link(rect=(50, 50, 200, 100), url="http://192.0.2.1/track"))
    path = tmp_path / "rich.pdf"
    writer.write(path)
    assert rows_of(path) == [["岗位职责：盘点"]]


@pytest.mark.parametrize("numbers", [b"1e38 0 0 1e38 1e38 1e38", b"0 0 0 0 0 0", b"-1 0 0 -1 0 0"])
def test_strange_matrices_do_no_harm(numbers: bytes, tmp_path: Path) -> None:
    made = Pdf().page().draw(numbers + b" cm 0 0 m 1e38 1e38 l S").lines(90, 700, [LONG, LONG])
    assert outcome(write(tmp_path, made)) in ("read", "file_no_text")


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
    name=st.sampled_from(["profile.pdf", "measures.pdf"]),
)
def test_a_file_with_changed_bytes_is_read_or_refused(
    changes: list[tuple[float, int]], name: str, tmp_path: Path
) -> None:
    body = bytearray((SAMPLES / name).read_bytes())
    for place, byte in changes:
        body[int(place * (len(body) - 1))] = byte
    path = write(tmp_path, bytes(body))
    assert outcome(path)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text("岗位职责数据分析年月日abcXYZ0123456789%", min_size=2, max_size=24), min_size=1, max_size=30)
)
def test_lines_come_back_as_they_were_written(texts: list[str], tmp_path: Path) -> None:
    texts = [f"岗位{at}：{text}" for at, text in enumerate(texts)]
    made = Pdf().page(595, 1000).lines(90, 850, texts, 22)
    assert rows_of(write(tmp_path, made)) == [[text] for text in texts]


# ------------------------------------------------------------------------------------------------------- second way


def test_the_second_way_notices_a_wrong_number_and_a_missing_line(monkeypatch: pytest.MonkeyPatch) -> None:
    path = SAMPLES / "measures.pdf"
    tables = readers.read(path)
    texts = pdf.second_texts(path, pdf_guard.look_over(path, path.read_bytes()))
    wrong = [text.replace("22%", "32%").replace("KPI catalogue", "KPI catalogue for all regions") for text in texts]
    monkeypatch.setattr(pdf, "second_texts", lambda *_: wrong)
    result = verify(path, tables)
    assert [(found.row, found.column, found.first, found.second) for found in result.mismatches] == [
        (4, "D", ">= 22%", ">="),
        (11, "A", "", "forallregions 32%"),
    ]


def test_words_written_in_another_order_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    path = SAMPLES / "measures.pdf"
    tables = readers.read(path)
    texts = pdf.second_texts(path, pdf_guard.look_over(path, path.read_bytes()))
    monkeypatch.setattr(pdf, "second_texts", lambda *_: [" ".join(reversed(text.split())) for text in texts])
    assert verify(path, tables).rate == 1.0


def test_several_threads_may_read_at_once() -> None:
    expected = readers.read(SAMPLES / "profile.pdf")
    found: list[list[RawTable]] = []
    threads = [threading.Thread(target=lambda: found.append(readers.read(SAMPLES / "profile.pdf"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
