# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook
from tests.unit.intake.support import refusal

from askwell.intake import readers
from askwell.intake.readers import base, csv, encoding

SAMPLES = Path(__file__).parents[2] / "data" / "readers"


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("talent_gb18030.csv", "gb18030"),
        ("talent_utf8_bom.csv", "utf-8-sig"),
        ("talent_utf16.txt", "utf-16"),
        ("jobs_big5.csv", "big5"),
        ("jobs_shift_jis.csv", "shift_jis"),
        ("jobs_latin1.csv", "cp1252"),
    ],
)
def test_the_encoding_of_a_text_file_is_found(name: str, expected: str) -> None:
    assert encoding.detect((SAMPLES / name).read_bytes()) == expected


def test_utf8_is_trusted_where_it_decodes_strictly() -> None:
    assert encoding.detect("岗位,职责\n招聘主管,面试".encode()) == "utf-8"


def test_a_short_gb18030_header_is_not_taken_for_another_encoding() -> None:
    assert encoding.detect("岗位名称,岗位职责\n成本会计,核算成本".encode("gb18030")) == "gb18030"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_separator_is_found(mark: str) -> None:
    text = "\n".join(mark.join(row) for row in [["name", "title", "x"], ["a, b; c", "d", "e"], ["f", "g", "h"]])
    assert csv.separator(text.replace("a, b; c", "abc")) == mark


def test_commas_in_free_text_do_not_beat_regular_semicolons() -> None:
    text = "Puesto;Funciones\nA;uno, dos, tres\nB;cuatro, cinco\nC;seis"
    assert csv.separator(text) == ";"


def test_codes_in_text_files_keep_their_leading_zeros() -> None:
    table = readers.read(SAMPLES / "talent_gb18030.csv")[0]
    assert table.cells[1][4] == "110101199003074578"


def test_an_html_table_named_xls_is_read_with_its_spans() -> None:
    table = readers.read(SAMPLES / "talent_html.xls")[0]
    assert table.cells[0][0] == "人才库列表"
    assert table.merged[0].right == 6
    assert table.cells[2][1] == "钟离安"


def test_a_csv_that_is_a_workbook_is_read_as_one(tmp_path: Path) -> None:
    path = workbook(tmp_path / "jobs.xlsx", [["岗位名称", "部门"], ["成本会计", "财务部"]])
    named = tmp_path / "jobs.csv"
    named.write_bytes(path.read_bytes())
    assert readers.read(named)[0].cells[1][0] == "成本会计"


def test_a_workbook_that_is_a_csv_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "jobs.xlsx"
    path.write_bytes("岗位名称,部门\n成本会计,财务部\n仓储主管,物流部\n".encode("gb18030"))
    assert readers.read(path)[0].cells[1] == ["成本会计", "财务部"]


def test_a_workbook_behind_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "locked.xlsx"
    path.write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    )
    assert refusal(path) == "file_encrypted"


def test_an_old_word_file_is_refused_with_its_own_remedy(tmp_path: Path) -> None:
    path = tmp_path / "old.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(512))
    assert refusal(path) == "file_old_word"


def test_a_damaged_old_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    assert refusal(path) == "file_damaged"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx") == "file_missing"
    assert refusal(tmp_path) == "file_missing"


@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\n" + bytes(64), b'{"a": 1, "b": 2}'])
def test_other_formats_are_refused_as_unknown(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "file.dat"
    path.write_bytes(body)
    assert refusal(path) == "file_unknown"


def test_bytes_that_are_no_text_are_refused_under_a_text_name(tmp_path: Path) -> None:
    path = tmp_path / "noise.csv"
    path.write_bytes(bytes(range(256)) * 20)
    assert refusal(path) == "file_undecodable"


def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (64 * 1024 * 1024))
    assert refusal(path) == "file_expands"


def test_too_many_cells_and_columns_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = workbook(tmp_path / "wide.xlsx", [[1, 2, 3, 4], [5, 6, 7, 8]])
    monkeypatch.setattr(base, "MAX_CELLS", 7)
    assert refusal(path) == "file_too_many_cells"
    monkeypatch.setattr(base, "MAX_COLUMNS", 3)
    assert refusal(path) == "file_too_wide"


def test_a_file_beyond_the_size_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "MAX_BYTES", 10)
    path = tmp_path / "big.csv"
    path.write_text("a,b\n1,2\n3,4\n")
    assert refusal(path) == "file_too_large"


def test_an_xml_entity_in_a_document_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "entity.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    assert refusal(path) == "file_damaged"


def test_html_nested_too_deep_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deep.html"
    path.write_text("<html>" + "<table><tr><td>" * 60 + "x" + "</td></tr></table>" * 60 + "</html>")
    assert refusal(path) == "file_too_deep"


def test_hidden_sheets_are_left_out_and_empty_ones_kept(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "空"
    hidden = book.create_sheet("字典")
    hidden.append(["男", "女"])
    hidden.sheet_state = "hidden"
    book.create_sheet("岗位").append(["岗位名称", "部门"])
    book.save(tmp_path / "book.xlsx")
    assert [table.sheet for table in readers.read(tmp_path / "book.xlsx")] == ["空", "岗位"]


def test_quotes_line_ends_and_doubled_quotes_survive_in_both_ways_of_splitting() -> None:
    text = 'a,"b ""x"", y",c\r\n"line 1\nline 2",,\r\n'
    assert csv.tokenise(text, ",") == [["a", 'b "x", y', "c"], ["line 1\nline 2", "", ""]]
