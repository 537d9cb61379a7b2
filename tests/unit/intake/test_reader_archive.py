# SPDX-License-Identifier: Apache-2.0

from __future__ import annotations

import io
import json
import stat
import tempfile
import warnings
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from askwell.domain.errors import InputRefused
from askwell.domain.records import Candidate, Kpi, Position
from askwell.intake import readers, service
from askwell.intake.model import RawTable
from askwell.intake.readers import archive, base
from askwell.intake.readers.archive import ArchiveReader
from askwell.intake.verification import verify

SAMPLES = Path(__file__).parents[2] / "data" / "readers"
CSV = "岗位名称,部门\n成本会计,财务部\n".encode()


class RawName(zipfile.ZipInfo):
    """An entry named by the given bytes, without the flag for UTF-8."""

    raw = b""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.raw, self.flag_bits & ~0x800


def raw_entry(raw: bytes) -> RawName:
    entry = RawName("x")
    entry.raw = raw
    return entry


def workbook(rows: list[list[object]], *sheets: str) -> bytes:
    book = Workbook()
    for at, title in enumerate(sheets or ("Sheet",)):
        sheet = book.active if at == 0 else book.create_sheet()
        sheet.title = title
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def pack(members: dict[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(stream, "w", method) as opened:
        warnings.simplefilter("ignore")  # entries named by bytes all look alike to it
        for name, body in members.items():
            opened.writestr(name, body, compress_type=method)
    return stream.getvalue()


def write(folder: Path, body: bytes, name: str = "export.zip") -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def tables(path: Path) -> list[RawTable]:
    found = readers.read(path)
    result = verify(path, found)
    assert (result.mismatches, result.rate) == ((), 1.0)
    return found


def refusal(path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(InputRefused) as refused:
        readers.read(path)
    assert refused.value.hint is not None
    assert refused.value.hint.key == refused.value.message.key + ".hint"
    return refused.value.message.key.removeprefix("error."), dict(refused.value.message.params)


# --- content ---------------------------------------------------------------------------------------------------------


def test_the_members_of_an_export_package_are_read_by_their_own_readers() -> None:
    path = SAMPLES / "export_package.zip"
    found = tables(path)
    assert [table.sheet for table in found] == [
        "绩效导出/门店考核.xlsx › 产品工程师",
        "绩效导出/门店考核.xlsx › 门店店长",
        "绩效导出/人才库.csv",
        "绩效导出/岗位.json",
        "绩效导出/岗位.json › 考核指标",
    ]
    assert {table.file for table in found} == {"export_package.zip"}
    assert found[0].merged
    assert found[2].encoding == "gb18030"
    assert verify(path, found).method == "zlib · openpyxl · tokeniser · scanner"


def test_a_package_comes_in_as_its_files_would_one_by_one() -> None:
    path = SAMPLES / "export_package.zip"
    records = service.build(path, service.plan(path), b"salt").records
    alone: list[object] = []
    for name in ("kpi_sheet.xlsx", "talent_gb18030.csv", "positions_gb18030.json"):
        alone.extend(service.build(SAMPLES / name, service.plan(SAMPLES / name), b"salt").records)
    assert len(records) == len(alone) == 12
    assert [type(record) for record in records] == [type(record) for record in alone]
    assert {kind: sum(isinstance(one, kind) for one in records) for kind in (Kpi, Candidate, Position)} == {
        Kpi: 8,
        Candidate: 2,
        Position: 2,
    }


def test_content_decides_the_reader_of_a_member_and_not_its_name(tmp_path: Path) -> None:
    body = workbook([["岗位名称", "部门"], ["成本会计", "财务部"]], "岗位")
    (table,) = readers.read(write(tmp_path, pack({"a/jobs.csv": body})))
    assert (table.sheet, table.cells[1]) == ("a/jobs.csv › 岗位", ["成本会计", "财务部"])


def test_what_cannot_be_imported_is_left_out(tmp_path: Path) -> None:
    members: dict[str | zipfile.ZipInfo, bytes] = {
        "目录/": b"",
        "图.png": b"\x89PNG\r\n\x1a\n" + bytes(40),
        "style.css": b"a, b { color: red }",
        "README.txt": b"one, two",
        "manifest.json": b'{"files": 3, "by": "x"}',
        "空.csv": b"",
        "none.json": b'{"items": []}',
        "report.html": b"<html><p>no table</p></html>",
        "~$岗位.xlsx": bytes(165),
        "__MACOSX/._岗位.csv": b"\x00\x05\x16\x07" + bytes(40),
        ".hidden.csv": CSV,
        "岗位.csv": CSV,
    }
    (table,) = tables(write(tmp_path, pack(members)))
    assert table.sheet == "岗位.csv"


@pytest.mark.parametrize("members", [{}, {"a.png": b"\x89PNG"}, {"none.json": b"[]"}, {"a/": b""}])
def test_an_archive_without_any_table_is_refused(members: dict[str | zipfile.ZipInfo, bytes], tmp_path: Path) -> None:
    key, facts = refusal(write(tmp_path, pack(members)))
    assert (key, facts["file"]) == ("file_archive_nothing", "export.zip")
    assert ".xlsx" in str(facts["extensions"])


def test_an_archive_is_known_whatever_its_name_and_office_files_are_none(tmp_path: Path) -> None:
    sniff = ArchiveReader(readers.reader_for, readers.extensions).sniff
    assert sniff(write(tmp_path, pack({"a.csv": CSV}), "export.xlsx"))
    for name in ("kpi_sheet.xlsx", "profile.docx", "talent.html", "talents.json"):
        assert not sniff(SAMPLES / name)
    ods = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
    assert not sniff(write(tmp_path, pack({**ods, "META-INF/manifest.xml": b"<x/>"}), "a.zip"))
    assert not sniff(write(tmp_path, pack({"[Content_Types].xml": b"", "ppt/presentation.xml": b""}), "b.zip"))
    assert not sniff(write(tmp_path, b"PK\x03\x04" + bytes(100), "c.zip"))


# --- names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        (["绩效/门店考核表.csv", "绩效/人才库.csv"], "gbk"),
        (["喆.csv", "龚煜翀.csv"], "gbk"),
        (["面试评价.csv"], "utf-8"),
        (["職務記述書/倉庫リーダー.csv", "評価シート.csv"], "shift_jis"),
        (["職位說明/資料分析師.csv", "評估標準與職責.csv"], "big5"),
        (["Fähigkeiten.csv", "año.csv"], "cp437"),
    ],
)
def test_names_without_the_flag_for_utf8_are_read_in_the_encoding_of_their_country(
    names: list[str], encoding: str, tmp_path: Path
) -> None:
    path = write(tmp_path, pack({raw_entry(name.encode(encoding)): CSV for name in names}))
    assert [table.sheet for table in tables(path)] == names


def test_names_with_the_flag_and_with_backslashes_are_read(tmp_path: Path) -> None:
    members = {"绩效/岗位.csv": CSV, raw_entry("绩效\\人才.csv".encode("gbk")): CSV}
    assert [table.sheet for table in tables(write(tmp_path, pack(members)))] == ["绩效/岗位.csv", "绩效/人才.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../jobs.csv", "a/../../jobs.csv", "..\\jobs.csv", "/etc/jobs.csv", "\\\\host\\jobs.csv", "C:\\jobs.csv",
        "c:jobs.csv", "con.csv", "a/NUL", "aux .csv", "COM1.csv", "lpt9/jobs.csv", "a\x07b.csv", "a.csv\x00.exe",
    ],
)  # fmt: skip
def test_an_entry_that_points_out_of_the_archive_or_is_called_like_a_device_refuses_it(
    name: str, tmp_path: Path
) -> None:
    path = write(tmp_path, pack({"good.csv": CSV, raw_entry(name.encode()): CSV}))
    key, facts = refusal(path)
    assert (key, facts["file"]) == ("file_archive_unsafe", "export.zip")
    assert sorted(child.name for child in tmp_path.iterdir()) == ["export.zip"]


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_refuse_the_archive(kind: int, tmp_path: Path) -> None:
    entry = zipfile.ZipInfo("jobs.csv")
    entry.create_system = 3
    entry.external_attr = (kind | 0o777) << 16
    assert refusal(write(tmp_path, pack({"good.csv": CSV, entry: b"/etc/passwd"})))[0] == "file_archive_unsafe"


def test_nothing_stays_in_the_temporary_folder_and_no_name_of_a_member_is_used_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[str, int]] = []
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))

    def watching(path: Path) -> base.Reader:
        seen.append((path.name, stat.S_IMODE(path.parent.stat().st_mode)))
        return readers.reader_for(path)

    path = write(tmp_path, pack({"危险 name.CSV": CSV, "b/岗位.json": b'[{"a": 1}]', "bad.xlsx": b"PK\x03\x04no"}))
    with pytest.raises(InputRefused):
        ArchiveReader(watching, readers.extensions).read(path)
    assert [name for name, _ in seen] == ["000001.csv", "000002.json", "000003.xlsx"]
    if not hasattr(stat, "FILE_ATTRIBUTE_HIDDEN") or Path("/proc").exists():
        assert {mode for _, mode in seen} == {0o700}
    assert list(temporary.iterdir()) == []


# --- archives in archives --------------------------------------------------------------------------------------------


def test_an_archive_within_the_archive_is_read_and_a_further_one_refused(tmp_path: Path) -> None:
    inner = pack({"岗位.csv": CSV, "a.png": b"x"})
    (table,) = tables(write(tmp_path, pack({"二季度.zip": inner})))
    assert table.sheet == "二季度.zip › 岗位.csv"
    key, facts = refusal(write(tmp_path, pack({"a.zip": pack({"b.zip": inner})}), "deep.zip"))
    assert (key, facts) == ("file_archive_nested", {"file": "deep.zip", "member": "a.zip › b.zip"})


def test_what_refuses_an_inner_archive_is_named_by_its_place(tmp_path: Path) -> None:
    inner = pack({"bad.xlsx": workbook([["a"]])[:300]})
    assert refusal(write(tmp_path, pack({"a.zip": inner}))) == (
        "file_damaged",
        {"file": "export.zip › a.zip › bad.xlsx"},
    )
    outside = pack({"../x.csv": CSV})
    assert refusal(write(tmp_path, pack({"a.zip": outside}), "two.zip")) == (
        "file_archive_unsafe",
        {"file": "two.zip", "member": "a.zip › ../x.csv"},
    )


def test_a_cut_archive_is_damaged_even_where_a_stored_member_in_it_is_still_whole(tmp_path: Path) -> None:
    body = pack(
        {"a.xlsx": (SAMPLES / "kpi_sheet.xlsx").read_bytes(), "b.xlsx": (SAMPLES / "two_rows.xlsx").read_bytes()},
        zipfile.ZIP_STORED,
    )
    for share in (0.3, 0.65, 0.7, 0.95):
        assert refusal(write(tmp_path, body[: int(len(body) * share)])) == ("file_damaged", {"file": "export.zip"})


def test_two_archives_in_one_file_are_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path, pack({"a.csv": CSV}) + pack({"b.csv": CSV})))[0] == "file_damaged"


# --- damage, passwords, bombs ----------------------------------------------------------------------------------------


def test_a_damaged_member_refuses_the_archive_under_its_own_name(tmp_path: Path) -> None:
    broken = {"a.csv": CSV, "b/岗位.json": b'[{"a": 1},\n{"a": }]'}
    assert refusal(write(tmp_path, pack(broken))) == (
        "file_json_broken",
        {"file": "export.zip › b/岗位.json", "line": 2},
    )
    assert refusal(write(tmp_path, pack({"noise.csv": bytes(range(256)) * 20}), "n.zip"))[0] == "file_undecodable"


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wrong_check_sum_is_damage_in_both_ways_of_reading(method: int, tmp_path: Path) -> None:
    body = bytearray(pack({"jobs.csv": CSV * 50}, method))
    at = body.index(b"jobs.csv") + 20
    body[at] ^= 0x01
    path = write(tmp_path, bytes(body))
    assert refusal(path)[0] == "file_damaged"
    with pytest.raises(InputRefused) as refused:
        readers.reader_for(path).reread(path)
    assert refused.value.message.key == "error.file_damaged"


def test_a_member_that_unpacks_to_more_than_it_states_is_damaged(tmp_path: Path) -> None:
    body = bytearray(pack({"jobs.csv": CSV * 1000}))
    central = body.rindex(b"PK\x01\x02")
    body[central + 24 : central + 28] = (40).to_bytes(4, "little")
    path = write(tmp_path, bytes(body))
    assert refusal(path)[0] == "file_damaged"
    with pytest.raises(InputRefused):
        readers.reader_for(path).reread(path)


def test_a_member_behind_a_password_refuses_the_archive(tmp_path: Path) -> None:
    body = bytearray(pack({"jobs.csv": CSV}))
    central = body.rindex(b"PK\x01\x02")
    body[central + 8] |= 1
    body[6] |= 1
    assert refusal(write(tmp_path, bytes(body))) == ("file_encrypted", {"file": "export.zip"})


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_an_unusual_method_of_packing_is_refused_with_its_own_remedy(method: int, tmp_path: Path) -> None:
    assert refusal(write(tmp_path, pack({"jobs.csv": CSV}, method)))[0] == "file_archive_method"
    assert tables(write(tmp_path, pack_mixed(method), "mixed.zip"))[0].sheet == "jobs.csv"


def pack_mixed(method: int) -> bytes:
    """What is left out anyway may be packed as it likes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as opened:
        opened.writestr("a.png", b"x" * 100, compress_type=method)
        opened.writestr("jobs.csv", CSV)
    return stream.getvalue()


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = pack({"jobs.csv": bytes(64 * 1024 * 1024)})
    assert refusal(write(tmp_path, bomb))[0] == "file_expands"
    assert refusal(write(tmp_path, pack({"inner.zip": bomb}), "outer.zip")) == (
        "file_expands",
        {"file": "outer.zip › inner.zip", "size": 64},
    )


def test_what_archives_within_unpack_to_is_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = pack({"a.csv": CSV * 300})
    path = write(tmp_path, pack({f"{number}.zip": inner for number in range(5)}))
    assert len(tables(path)) == 5
    monkeypatch.setattr(archive, "MAX_UNPACKED", 3 * len(CSV) * 300)
    assert refusal(path)[0] == "file_expands"
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MAX_PARTS", 7)
    assert refusal(path)[0] == "file_expands"


def test_cells_and_tables_of_all_members_are_counted_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, pack({f"{number}.csv": CSV for number in range(6)}))
    monkeypatch.setattr(base, "MAX_CELLS", 20)
    assert refusal(path) == ("file_too_many_cells", {"file": "export.zip", "cells": 24, "limit": 20})
    monkeypatch.undo()
    monkeypatch.setattr(archive, "MAX_TABLES", 5)
    assert refusal(path)[0] == "file_too_many_tables"


def test_entries_of_one_name_are_each_read(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with zipfile.ZipFile(stream, "w") as opened:
            opened.writestr("jobs.csv", CSV)
            opened.writestr("jobs.csv", CSV.replace("成本".encode(), "总账".encode()))
    found = tables(write(tmp_path, stream.getvalue()))
    assert [table.cells[1][0] for table in found] == ["成本会计", "总账会计"]


def test_random_damage_never_gets_past_the_refusals(tmp_path: Path) -> None:
    import random

    chance = random.Random(7)
    whole = pack({"a.csv": CSV * 20, "b.json": json.dumps([{"a": 1}] * 20).encode(), "c.zip": pack({"d.csv": CSV})})
    for number in range(300):
        body = bytearray(whole)
        for _ in range(chance.randint(1, 4)):
            body[chance.randrange(len(body))] = chance.randrange(256)
        path = write(tmp_path, bytes(body), f"{number % 3}.zip")
        try:
            readers.read(path)
        except InputRefused:
            continue
