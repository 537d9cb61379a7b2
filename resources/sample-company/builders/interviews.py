# SPDX-License-Identifier: Apache-2.0
"""面试记录: one row per question asked, under a two-row merged header."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import mean
from typing import Any

from openpyxl.worksheet.worksheet import Worksheet

from builders.common import (
    CellValue,
    chinese_date,
    dotted_date,
    iso,
    load,
    new_book,
    put,
    rows_of,
    save_book,
    widths,
)

SEED = 2026
GROUPS = [("A1:E1", "基础信息"), ("F1:F2", "面试题目"), ("G1:K1", "评价")]
FIELDS = {
    "A": "候选人",
    "B": "应聘职位",
    "C": "面试轮次",
    "D": "面试日期",
    "E": "面试官",
    "G": "考察能力",
    "H": "评分(1-5)",
    "I": "回答要点记录",
    "J": "是否可判断(是/否)",
    "K": "结论",
}
ODD_SCORES: dict[int, CellValue] = {37: "４", 88: "4分", 120: None}


@dataclass(frozen=True)
class Asked:
    """One question put to one candidate."""

    question: str
    competency: str
    score: int
    judged: bool
    note: str


@dataclass(frozen=True)
class Interview:
    """One conversation."""

    candidate: str
    position: str
    stage: str
    day: date
    interviewers: str
    asked: tuple[Asked, ...]
    outcome: str = ""


def _asked(item: dict[str, Any], which: int) -> Asked:
    """The note number ``which`` of a question."""
    score, judged, note = item["n"][which].split("|")
    return Asked(item["q"], item["c"], int(score), judged == "是", note)


def _average(asked: tuple[Asked, ...]) -> float:
    """Mean score over the answers that could be judged."""
    return mean(item.score for item in asked if item.judged)


def _first_rounds(plan: dict[str, str], items: list[dict[str, Any]]) -> list[Interview]:
    """Three first interviews; each leaves out one of the first three questions."""
    start, result = iso(plan["首次面试日期"]), []
    for number, letter in enumerate("甲乙丙"):
        chosen = [index for index in range(4) if index != number]
        asked = tuple(_asked(items[index], number - (index < number)) for index in chosen)
        result.append(
            Interview(
                plan[f"候选人{letter}"],
                plan["岗位"],
                "初试",
                start + timedelta(days=number * 2),
                f"{plan['面试官']}、{plan['第二面试官']}",
                asked,
            )
        )
    return result


def _position_interviews(plan: dict[str, str], items: list[dict[str, Any]]) -> list[Interview]:
    """Three first interviews and a second one with the strongest candidate."""
    firsts = _first_rounds(plan, items)
    best = max(firsts, key=lambda one: _average(one.asked))
    rated = [replace(one, outcome="进入复试" if one is best else _verdict(one)) for one in firsts]
    asked = tuple(_asked(items[index], 2) for index in range(3))
    second = Interview(best.candidate, best.position, "复试", firsts[-1].day + timedelta(days=9), plan["面试官"], asked)
    return [*rated, replace(second, outcome=_verdict(second))]


def _verdict(interview: Interview) -> str:
    """What the interviewers wrote down at the end."""
    average = _average(interview.asked)
    if average >= 3.7:
        return "通过" if interview.stage == "复试" else "备选"
    return "待定" if average >= 3 else "不通过"


def _with_generic(interviews: list[Interview]) -> list[Interview]:
    """Spread the general questions over the interviews, each note used once."""
    pool = [_asked(item, n) for item in load("interviews/generic.yaml") for n in range(len(item["n"]))]
    random.Random(SEED).shuffle(pool)
    result = list(interviews)
    for turn in range(len(pool)):
        at = turn % len(result)
        used = {item.question for item in result[at].asked}
        index = next(i for i, item in enumerate(pool) if not _clashes(item, used))
        one = pool.pop(index)
        opening = "自我介绍" in one.question
        asked = (one, *result[at].asked) if opening else (*result[at].asked, one)
        result[at] = replace(result[at], asked=asked)
    return result


def _clashes(one: Asked, used: set[str]) -> bool:
    """Whether the same question, or another self-introduction, was already asked."""
    opening = "自我介绍" in one.question and any("自我介绍" in text for text in used)
    return opening or one.question in used


def _english() -> list[Interview]:
    """The subsidiary's two interviews, kept in the same workbook."""
    people = {"Store Manager": "Priyamvada Narayanasamy", "Customer Support Specialist": "Rosalind Whitlock"}
    result = []
    for number, block in enumerate(load("interviews/questions_3.yaml")["english"]):
        asked = tuple(Asked(q, c, score, judged in ("是", True), note) for q, c, score, judged, note in block["rows"])
        result.append(
            Interview(
                people[block["position"]],
                block["position"],
                "初试",
                date(2026, 5, 12) + timedelta(days=number),
                "Marcus Ellery",
                asked,
                "进入复试",
            )
        )
    return result


def all_interviews() -> list[Interview]:
    """Every past interview, oldest first within a position."""
    items: dict[str, list[dict[str, Any]]] = {}
    for number in (1, 2, 3):
        items |= load(f"interviews/questions_{number}.yaml")
    found: list[Interview] = []
    for plan in rows_of("interviews/plan.csv"):
        found += _position_interviews(plan, items[plan["岗位"]])
    return _with_generic(found) + _english()


def _written(day: date, number: int) -> CellValue:
    """A date in one of the forms that people use."""
    forms: list[CellValue] = [day, dotted_date(day), day.isoformat(), chinese_date(day), day]
    return forms[number % len(forms)]


def _fill(sheet: Worksheet, interviews: list[Interview]) -> None:
    """The data rows, from row 3."""
    row = 3
    for number, one in enumerate(interviews):
        when = _written(one.day, number)
        for item in one.asked:
            score = ODD_SCORES.get(row, item.score)
            values = [
                one.candidate,
                one.position,
                one.stage,
                when,
                one.interviewers,
                item.question,
                item.competency,
                score,
                item.note,
                "是" if item.judged else "否",
                one.outcome,
            ]
            for column, value in zip("ABCDEFGHIJK", values, strict=True):
                cell = put(sheet, f"{column}{row}", value)
                if isinstance(value, date):
                    cell.number_format = "yyyy/m/d"
            row += 1


def build_interviews() -> Path:
    """Write the workbook: the records and a sheet of remarks."""
    book = new_book("面试记录")
    sheet = book.worksheets[0]
    for where, label in GROUPS:
        put(sheet, where, label, bold=True, fill=True, centre=True)
    for column, label in FIELDS.items():
        put(sheet, f"{column}2", label, bold=True, fill=True, centre=True)
    _fill(sheet, all_interviews())
    widths(sheet, [12, 16, 9, 14, 26, 50, 18, 10, 60, 12, 10])
    sheet.freeze_panes = "A3"
    remarks = book.create_sheet("说明")
    put(remarks, "A1", "面试记录填写说明", bold=True, size=14)
    for row, text in enumerate(load("interviews/remarks.yaml"), 2):
        put(remarks, f"A{row}", text)
    widths(remarks, [110])
    return save_book(book, "面试记录_2025-2026.xlsx")
