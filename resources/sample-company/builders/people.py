# SPDX-License-Identifier: Apache-2.0
"""Candidates, with the protected facts that an intake must take out, and the list of them."""

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builders.common import (
    EXPORTS,
    SOURCE,
    CellValue,
    chinese_date,
    dotted_date,
    header,
    iso,
    load,
    new_book,
    put,
    rows_of,
    save_book,
    widths,
)

POOL_HEADER = [
    "序号",
    "姓名",
    "性别",
    "应聘职位",
    "身份证号码",
    "出生日期",
    "毕业院校",
    "学历",
    "专业",
    "居住地址",
    "开始工作时间",
    "现任职单位",
    "现任职岗位",
    "离职原因",
    "简历来源",
    "联系电话",
    "邮箱",
    "婚姻状况",
    "民族",
    "政治面貌",
    "工作经历",
    "项目经历",
]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_NUMERIC_PHONES = {"15400000103", "15400000116"}


@dataclass(frozen=True)
class Protected:
    """A literal value that must not be found outside the protected store."""

    kind: str
    value: str


def identity_number(region: str, birth: str, serial: str) -> str:
    """An 18-digit number in the right form; the region codes (xx99xx) do not exist."""
    body = region + birth.replace("-", "") + serial
    total = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def _born(row: dict[str, str]) -> tuple[CellValue, str]:
    """The birth date as the cell holds it, and as it reads."""
    day = iso(row["出生日期"])
    if row["出生写法"] == "chinese":
        return chinese_date(day), chinese_date(day)
    if row["出生写法"] == "dot":
        return dotted_date(day), dotted_date(day)
    return (day if row["出生写法"] == "date" else day.isoformat()), day.isoformat()


def _experience() -> dict[str, dict[str, Any]]:
    """Work and project texts by name."""
    return {**load("candidates/experience_1.yaml"), **load("candidates/experience_2.yaml")}


def _pool_record(number: int, row: dict[str, str], text: dict[str, Any]) -> dict[str, CellValue]:
    """One candidate, keyed by the export's headers."""
    cell, birth = _born(row)
    record: dict[str, CellValue] = {label: row.get(label) for label in POOL_HEADER}
    number_text = identity_number(row["区划码"], row["出生日期"], row["顺序码"])
    facts = {
        "id": number_text,
        "phone": row["联系电话"],
        "addr": row["居住地址"],
        "mail": row["邮箱"],
        "birth": birth,
    }
    record |= {
        "序号": number,
        "身份证号码": number_text,
        "出生日期": cell,
        "工作经历": text["work"].format(**facts),
        "项目经历": text["project"].format(**facts),
    }
    if row["联系电话"] in _NUMERIC_PHONES:
        record["联系电话"] = int(row["联系电话"])
    return record


def build_pool(title: str) -> Path:
    """候选人_人才库导出.xlsx: a title row, the header on row 2, one row a candidate."""
    rows, texts = rows_of("candidates/talent_pool.csv"), _experience()
    book = new_book("人才库列表")
    sheet = book.worksheets[0]
    put(sheet, "A1:V1", title.format(count=len(rows)), bold=True, centre=True, size=14)
    header(sheet, 2, POOL_HEADER)
    for number, row in enumerate(rows, 1):
        record = _pool_record(number, row, texts[row["姓名"]])
        for column, label in enumerate(POOL_HEADER, 1):
            where = sheet.cell(row=number + 2, column=column).coordinate
            cell = put(sheet, where, record[label])
            if label == "出生日期" and not isinstance(record[label], str):
                cell.number_format = "yyyy-mm-dd"
    widths(sheet, [6, 10, 6, 16, 21, 14, 20, 8, 16, 30, 13, 22, 14, 14, 10, 15, 26, 8, 8, 10, 70, 60])
    sheet.freeze_panes = "C3"
    return save_book(book, "候选人_人才库导出.xlsx")


def build_successfactors() -> Path:
    """candidates_successfactors.csv: keys on row 1, labels on row 2, data from row 3."""
    rows = rows_of("candidates/successfactors.csv")
    path = EXPORTS / "candidates_successfactors.csv"
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(list(rows[0]))
        writer.writerow(load("candidates/successfactors_meta.yaml")["labels"])
        writer.writerows([list(row.values()) for row in rows])
    return path


def _pool_values() -> list[Protected]:
    """Protected values of the Chinese candidates."""
    texts, found = _experience(), []
    for row in rows_of("candidates/talent_pool.csv"):
        number = identity_number(row["区划码"], row["出生日期"], row["顺序码"])
        found += [
            Protected("name", row["姓名"]),
            Protected("id_number", number),
            Protected("birth_date", _born(row)[1]),
            Protected("phone", row["联系电话"]),
            Protected("email", row["邮箱"]),
            Protected("address", row["居住地址"]),
        ]
        found += [Protected("phrase", text) for text in texts[row["姓名"]].get("protected", [])]
    return found


def _living_values() -> list[Protected]:
    """Protected values of the English candidates."""
    found = []
    for row in rows_of("candidates/successfactors.csv"):
        found += [Protected("name", row[key]) for key in ("FIRSTNAME", "LASTNAME", "USERNAME")]
        found += [
            Protected("birth_date", row["DATE_OF_BIRTH"]),
            Protected("phone", row["PHONE"]),
            Protected("email", row["EMAIL"]),
        ]
    phrases = load("candidates/successfactors_meta.yaml")["protected"]
    return found + [Protected("phrase", text) for text in phrases]


def build_protected(interviewed: list[str]) -> Path:
    """source/protected_values.txt, one literal a line, and the same with kinds as CSV."""
    values = _pool_values() + _living_values()
    values += [Protected("name", name) for name in interviewed]
    kinds = {item.value: item.kind for item in values}
    path = SOURCE / "protected_values.txt"
    path.write_text("".join(f"{value}\n" for value in kinds), encoding="utf-8")
    with (SOURCE / "protected_values.csv").open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(["kind", "value"])
        writer.writerows([kind, value] for value, kind in kinds.items())
    return path
