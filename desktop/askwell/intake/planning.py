# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern of words stays on one line)
"""From a RawTable to the plans of what is in it: grids, forms, and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from askwell.domain.messages import msg
from askwell.domain.records import RecordKind
from askwell.intake.builders.rows import split_names
from askwell.intake.cleaning import line_of
from askwell.intake.dates import date_of, period_of
from askwell.intake.forms import FormItem, best_field, form_items, title_in
from askwell.intake.mapping import choose
from askwell.intake.model import Cell, ColumnPlan, DropReason, Layout, Problem, RawTable, Severity, TablePlan
from askwell.intake.structure import Header, Region, Shape, fallback_grid, find_regions
from askwell.intake.vocabulary import drop_reason, header_key, vocabulary

_SAMPLE = 40
_GENERIC_SHEET = re.compile(
    r"^(?:sheet\s*\d*|工作表\s*\d*|表\s*\d*|table \d+|シート\s*\d*|hoja\s*\d*|\d+|.*(?:考核表|考核|绩效|指标|kpi|汇总|模板|明细|清单|列表|信息表|数据|导出|说明|记录|目标|标准|template|summary|data|list|export|appraisal|performance)s?)$",
    re.I,
)  # fmt: skip
_DOTTED = re.compile(r"\.(?:csv|tsv|txt|jsonl?|ndjson|html?|docx|pdf|sql|db|sqlite3?)$|^[a-z_]\w*(?:\.[a-z_]\w*)+$")
_CONTEXT: dict[str, tuple[str, ...]] = {
    "position_title": ("被考核岗位", "考核岗位", "岗位名称", "岗位", "职位名称", "职位", "应聘职位", "应聘岗位", "面试岗位", "position", "job title", "role", "job position", "職種", "職位", "puesto"),
    "department": ("单位/部门", "部门", "所属部门", "单位部门", "department", "部署", "部門", "departamento"),
    "period": ("考核周期", "周期", "季度", "考核期间", "period", "appraisal cycle", "評価期間", "periodo"),
    "candidate": ("姓名", "候选人", "候选人姓名", "应聘者", "candidate", "candidate name", "name", "氏名", "候補者", "candidato"),
    "date": ("面试日期", "面试时间", "日期", "interview date", "date", "面接日", "fecha"),
    "round": ("面试轮次", "轮次", "round", "interview round", "ronda"),
    "year": ("年度", "年份", "year", "fiscal year", "año"),
}  # fmt: skip
_CONTEXT_KEYS = {header_key(word): name for name, words in _CONTEXT.items() for word in words}
_PERSON_LABEL = re.compile(
    r"被考核人|拟表人|填表人|负责人|主管|考核人|面试官|姓名|候选人|应聘者|interviewer|employee|candidate|manager|氏名"
)


def plan_table(table: RawTable, index: int) -> list[TablePlan]:
    """One plan for every grid and form on a sheet, top to bottom."""
    regions = find_regions(table)
    if not any(region.shape is Shape.GRID for region in regions):
        form = _form_plan(table, index, regions, whole=True)
        if form is not None:
            return [form]
        fallback = fallback_grid(table)
        return [_grid_plan(table, index, fallback, {}, ())] if fallback else [_unknown(table, index)]
    plans: list[TablePlan] = []
    form = _form_plan(table, index, [region for region in regions if region.shape is Shape.LOOSE], whole=False)
    context, people = _surroundings(table, regions)
    if form is not None:
        plans.append(form)
        context = {"position_title": form.context.get("position_title", ""), **context}
    for region in regions:
        if region.shape is Shape.GRID:
            plans.append(_grid_plan(table, index, region, context, people))
    return plans


def _hint(table: RawTable) -> str:
    title = " ".join(
        line_of(cell) for row in table.cells[:2] for cell in row[:2] if isinstance(cell, str) and len(cell) < 60
    )
    return f"{table.file} {table.sheet} {title}"


def _grid_plan(
    table: RawTable, index: int, region: Region, context: Mapping[str, str], people: tuple[str, ...]
) -> TablePlan:
    rows = [
        row for at, row in enumerate(table.filled[region.first : region.last], region.first) if at not in region.skipped
    ]
    step = max(1, len(rows) // _SAMPLE)
    choice = choose(region.headers, rows[::step][:_SAMPLE], _hint(table))
    kind, columns = choice.kind, choice.columns
    problems = _grid_problems(table, region, columns)
    if region.penalties:
        kind = None
        columns = tuple(ColumnPlan(column.header, index=column.index, samples=column.samples) for column in columns)
        problems = [_problem(table, region.header_rows[0], "penalties_skipped", Severity.NOTE)]
    elif kind is None:
        problems.insert(0, _problem(table, region.header_rows[0], "table_unknown", Severity.ERROR))
    elif not rows:
        problems.insert(0, _problem(table, region.header_rows[0], "table_no_rows", Severity.NOTE))
    facts = dict(context)
    layout = Layout.GRID
    if kind is RecordKind.KPI:
        layout, facts = _kpi_context(table, columns, facts)
    return TablePlan(
        sheet=table.sheet, table=index, kind=kind, confidence=choice.confidence if kind else 0.0, reason=choice.reason,
        layout=layout, header_rows=tuple(row + 1 for row in region.header_rows), first=region.first, last=region.last,
        columns=columns, skipped=tuple(sorted(region.skipped)), context=facts, people=people, problems=tuple(problems),
    )  # fmt: skip


def _kpi_context(
    table: RawTable, columns: tuple[ColumnPlan, ...], facts: dict[str, str]
) -> tuple[Layout, dict[str, str]]:
    """A KPI table without a column for the position belongs to the one above it or to the sheet of that name."""
    if any(column.field == "position_title" for column in columns):
        return Layout.GRID, facts
    if not facts.get("position_title") and _sheet_title(table):
        facts["position_title"] = _sheet_title(table)
    return Layout.KPI_SHEET, facts


def _grid_problems(table: RawTable, region: Region, columns: tuple[ColumnPlan, ...]) -> list[Problem]:
    problems: list[Problem] = []
    at = region.header_rows[-1] if region.header_rows else 0
    unknown = [column.header for column in columns if column.field is None and not column.dropped]
    if unknown:
        problems.append(_problem(table, at, "columns_unknown", Severity.NOTE, columns="、".join(unknown)))
    for row, why in region.skipped.items():
        if why in ("total", "note", "repeat"):
            problems.append(_problem(table, row, f"row_{why}", Severity.NOTE))
    return problems


def _sheet_title(table: RawTable) -> str:
    """The sheet's own name, which may be that of a position; "" for `Sheet1`, for a member of an archive that has no
    sheets, and for a path in JSON."""
    title = table.sheet.rpartition(" › ")[2].strip()
    return "" if _GENERIC_SHEET.match(title) or _DOTTED.search(title) else title


def _file_name(table: RawTable) -> str:
    """The name of the file, or of the archive's member, that the table is in."""
    members = [part for part in table.sheet.split(" › ") if re.search(r"\.\w{2,7}$", part)]
    return members[-1].rpartition("/")[2] if members and table.file.lower().endswith(".zip") else table.file


def _problem(table: RawTable, row: int, key: str, severity: Severity, **facts: object) -> Problem:
    facts = {"file": table.file, "sheet": table.sheet, "row": row + 1, "column": "", **facts}
    return Problem(table.file, table.sheet, row + 1, "", msg(f"problem.{key}", **facts), severity)


def _unknown(table: RawTable, index: int) -> TablePlan:
    empty = not any(cell is not None for row in table.cells for cell in row)
    prose = not empty and all(sum(cell is not None for cell in row) <= 1 for row in table.cells)
    key = "sheet_empty" if empty else "sheet_notes" if prose else "table_unknown"
    problem = _problem(table, 0, key, Severity.ERROR if key == "table_unknown" else Severity.NOTE)
    return TablePlan(
        table.sheet,
        index,
        None,
        0.0,
        msg("reason.unknown_kind"),
        Layout.GRID,
        (),
        0,
        len(table.cells),
        (),
        problems=(problem,),
    )


def collect_items(table: RawTable, first: int, last: int) -> list[FormItem]:
    """Form items between two rows; grids in between must have been left out by the caller's bounds."""
    items: list[FormItem] = []
    for region in find_regions(table):
        if region.shape is Shape.LOOSE and region.first >= first and region.last <= last:
            items.extend(form_items(table, region))
    return items


def _form_plan(table: RawTable, index: int, regions: list[Region], whole: bool) -> TablePlan | None:
    items = [item for region in regions for item in form_items(table, region)]
    filled = [item for item in items if item.values]
    kind, score = _form_kind(filled, table)
    if kind is None or score < (3.0 if whole else 3.5):
        return None
    first, last = regions[0].first, regions[-1].last
    columns = _form_columns(kind, items)
    title = _form_title(table, regions, columns, items)
    unknown = [column.header for column in columns if column.field is None and not column.dropped]
    problems = [_problem(table, first, "columns_unknown", Severity.NOTE, columns="、".join(unknown))] if unknown else []
    if title is not None and not title:
        problems.append(_problem(table, first, "missing_field", Severity.ERROR, field="title"))
    reason = msg("reason.labels", kind=kind.value, headers="、".join(c.header for c in columns if c.field))
    return TablePlan(
        sheet=table.sheet, table=index, kind=kind, confidence=round(min(1.0, score / 6), 2), reason=reason,
        layout=Layout.DOCUMENT if table.flow else Layout.FORM, header_rows=(), first=first, last=last, columns=columns,
        context={"position_title": title} if title else {}, people=_people_in(items), problems=tuple(problems),
    )  # fmt: skip


def _form_kind(items: list[FormItem], table: RawTable) -> tuple[RecordKind | None, float]:
    best: tuple[float, RecordKind | None] = (0.0, None)
    for kind in (RecordKind.POSITION, RecordKind.CANDIDATE):
        fields = {name for name in (best_field(kind, item.label)[0] for item in items) if name}
        words = vocabulary().kinds[kind]
        score = sum(words.fields[name].weight for name in fields)
        score += 1.0 if any(word in header_key(_hint(table)) for word in words.hints) else 0.0
        best = max(best, (score, kind), key=lambda pair: pair[0])
    return best[1], best[0]


def _form_columns(kind: RecordKind, items: list[FormItem]) -> tuple[ColumnPlan, ...]:
    columns: dict[str, ColumnPlan] = {}
    for item in items:
        key = header_key(item.label)
        person = kind is RecordKind.CANDIDATE and best_field(kind, item.label)[0] == "name"
        reason = DropReason.NONE if person else drop_reason(item.label)
        dropped = reason is not DropReason.NONE
        name, score = (None, 0.0) if dropped else best_field(kind, item.label)
        samples = () if dropped or person else tuple(line_of(value)[:60] for value in item.values[:2])
        columns.setdefault(key, ColumnPlan(item.label, name, dropped, reason, samples, round(score, 2)))
    return tuple(columns.values())


def _form_title(table: RawTable, regions: list[Region], columns: tuple[ColumnPlan, ...], items: list[FormItem]) -> str:
    """Title from its label, else from the heading, the sheet's name or the file's name."""
    labels = {header_key(column.header) for column in columns if column.field == "title"}
    for item in items:
        if header_key(item.label) in labels and item.values and line_of(item.values[0]):
            return line_of(item.values[0])
    title = title_in(table, regions[0]) if regions else ""
    if title:
        return title
    if _sheet_title(table):
        return _sheet_title(table)
    stem = re.sub(r"\.[^.]+$", "", _file_name(table))
    stem = re.sub(
        r"岗位说明书|职位说明书|职位描述|岗位职责|job[ _-]?(?:description|profile)|[_\-（()）\s]+",
        " ",
        stem,
        flags=re.I,
    )
    return stem.strip() if len(stem.strip()) <= 30 else ""


def _people_in(items: list[FormItem]) -> tuple[str, ...]:
    found = [
        name
        for item in items
        if _PERSON_LABEL.search(item.label)
        for value in item.values
        for name in split_names(value)
    ]
    return tuple(dict.fromkeys(found))


def _surroundings(table: RawTable, regions: list[Region]) -> tuple[dict[str, str], tuple[str, ...]]:
    """What the lines around the grids say: position, department, period, and names of people."""
    context: dict[str, str] = {}
    items = [item for region in regions if region.shape is Shape.LOOSE for item in form_items(table, region)]
    pairs = [(item.label, item.values[0]) for item in items if item.values]
    pairs.extend(_plain_pairs(table, regions))
    for label, value in pairs:
        name = _CONTEXT_KEYS.get(header_key(label))
        if name and line_of(value):
            context.setdefault(name, _context_value(name, value))
    return context, _people_in(items)


def _plain_pairs(table: RawTable, regions: list[Region]) -> list[tuple[str, Cell]]:
    """`label：value` cells whose label is no header word, e.g. 被考核岗位."""
    found: list[tuple[str, Cell]] = []
    for region in regions:
        if region.shape is not Shape.LOOSE:
            continue
        for row in table.cells[region.first : region.last]:
            for cell in row:
                pair = (
                    re.match(r"^\s*([^：:\n]{1,16})[：:]\s*(\S.*)$", line_of(cell)) if isinstance(cell, str) else None
                )
                if pair:
                    found.append((pair.group(1), pair.group(2)))
    return found


def _context_value(name: str, value: Cell) -> str:
    if name == "date":
        return date_of(value)
    if name == "period":
        if re.search(r"Q[1-4]|季度|半年", line_of(value), re.I):
            return line_of(value)
        begin, end = period_of(value)
        if begin and end and begin != end:
            return begin[:7] if begin[:7] == end[:7] else f"{begin}/{end}"
        return begin or line_of(value)
    return date_of(value)[:4] if name == "year" else line_of(value)


def headers_of(columns: tuple[ColumnPlan, ...]) -> tuple[Header, ...]:
    """Headers back from a plan, for choosing fields again after the kind was changed."""
    return tuple(
        Header(column.index, column.header, (column.header.split(">")[-1], column.header)) for column in columns
    )
