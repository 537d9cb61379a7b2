# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern of words stays on one line)
"""Rows → Goal: the tree strategy → department → position."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from askwell.domain.records import Goal, GoalLevel, Record
from askwell.intake.builders.kpis import amount
from askwell.intake.builders.rows import Notebook, RowData
from askwell.intake.cleaning import half_width, is_empty, key_of, line_of, weight_of, weights_are_percent
from askwell.intake.dates import day_comes_first, period_of, year_of
from askwell.intake.deidentify import scrub_numbers
from askwell.intake.model import Severity

_LEVELS = (
    (GoalLevel.GROUP, re.compile(r"集团|公司|企业|战略|总部|一级|group|company|corporate|strateg|enterprise|全社|会社|経営|grupo|empresa|corporativ|^[1１]$", re.I)),
    (GoalLevel.POSITION, re.compile(r"岗位|个人|员工|职位|三级|position|individual|role|employee|personal|職種|個人|puesto|^[3３]$", re.I)),
    (GoalLevel.DEPARTMENT, re.compile(r"部门|部|中心|事业|条线|团队|二级|department|division|team|unit|部門|部署|departament|área|^[2２]$", re.I)),
)  # fmt: skip


def build(rows: Iterable[RowData], book: Notebook) -> list[Record]:
    """Goals in order; parents that are not in the file and circles are reported."""
    lines = [row for row in rows if _worth(row, book)]
    percent = weights_are_percent([cell for row in lines for cell in row.cells("weight")])
    day_first = day_comes_first([cell for row in lines for cell in row.cells("due")])
    found = [(_goal(row, percent, day_first, book), row.row) for row in lines]
    kept = _unique(found, book)
    _check_tree(kept, book)
    return [goal for goal, _ in kept]


def _worth(row: RowData, book: Notebook) -> bool:
    if row.has("text"):
        return True
    if row.has("measure", "target", "parent_code"):
        book.note("missing_field", row.row, "text", Severity.ERROR, field="text")
    return False


def _goal(row: RowData, percent: bool, day_first: bool, book: Notebook) -> Goal:
    unit = row.line("unit")
    measure = row.line("measure")
    due = period_of(row.cell("due"), day_first)[1]
    if row.cell("due") is not None and not due:
        book.note("date_unreadable", row.row, "due", value=row.line("due")[:40])
    weight = weight_of(row.cell("weight"), percent)
    if row.cell("weight") is not None and weight is None:
        book.note("weight_unreadable", row.row, "weight", value=row.line("weight")[:20])
    parent = half_width(row.line("parent_code"))
    goal = Goal(
        text=scrub_numbers(row.text("text").replace("\n", " ")),
        code=half_width(row.line("code")),
        parent_code="" if is_empty(parent) or parent == "0" else parent,
        department=row.line("department") or book.context("department"),
        position_title=row.line("position_title"),
        measure=measure,
        baseline=amount(row.cell("baseline"), unit, measure),
        target=amount(row.cell("target"), unit, measure),
        weight=weight or 0.0,
        year=year_of(row.cell("year")) or book.context("year") or due[:4],
        due=due,
        origin=book.origin(row.row),
    )
    return replace(goal, level=_level(row.line("level"), goal))


def _level(stated: str, goal: Goal) -> GoalLevel:
    for level, pattern in _LEVELS:
        if stated and pattern.search(stated):
            return level
    if goal.position_title and goal.parent_code:
        return GoalLevel.POSITION
    return GoalLevel.DEPARTMENT if goal.parent_code or goal.position_title else GoalLevel.GROUP


def _unique(found: list[tuple[Goal, int]], book: Notebook) -> list[tuple[Goal, int]]:
    kept: dict[str, tuple[Goal, int]] = {}
    for goal, row in found:
        key = (
            f"c:{key_of(goal.code)}:{goal.year}"
            if goal.code
            else f"t:{key_of(goal.text)}:{key_of(goal.department)}:{goal.parent_code}"
        )
        earlier = kept.get(key)
        if earlier and replace(earlier[0], origin=None) == replace(goal, origin=None):
            book.note("duplicate_dropped", row, "code", Severity.NOTE, name=goal.text[:40])
            continue
        if earlier:
            book.note("duplicate_updated", row, "code", Severity.WARNING, name=goal.text[:40], first=earlier[1] + 1)
        kept[key] = (goal, row)
    return list(kept.values())


def _check_tree(kept: list[tuple[Goal, int]], book: Notebook) -> None:
    # A parent may be named by its code or, as Frappe does, by its text.
    names = {key_of(goal.code): goal for goal, _ in kept if goal.code} | {key_of(goal.text): goal for goal, _ in kept}
    for goal, row in kept:
        if goal.parent_code and key_of(goal.parent_code) not in names:
            book.note("goal_parent_unknown", row, "parent_code", name=line_of(goal.text)[:40], parent=goal.parent_code)
            continue
        seen: set[int] = set()
        above: Goal | None = goal
        while above is not None and above.parent_code and id(above) not in seen:
            seen.add(id(above))
            above = names.get(key_of(above.parent_code))
        if above is goal and goal.parent_code:
            book.note("goal_cycle", row, "parent_code", Severity.ERROR, name=line_of(goal.text)[:40])
