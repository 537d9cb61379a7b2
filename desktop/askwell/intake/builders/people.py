# SPDX-License-Identifier: Apache-2.0

"""Rows → Candidate and PastInterview. Names become codes here; free text is de-identified here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from askwell.domain.records import Candidate, PastInterview, Record
from askwell.intake.builders.rows import Notebook, RowData, full_name
from askwell.intake.cleaning import items_of, line_of, text_of
from askwell.intake.dates import date_of, day_comes_first
from askwell.intake.deidentify import replace_names, scrub_numbers
from askwell.intake.model import Cell, Severity
from askwell.intake.vocabulary import header_key
from askwell.intake.wording import language_of, rating_of, scale_of, truth_of

_NAMED = re.compile(
    r"学历|专业|任职|职位|职务|年限|证书|技能|degree|major|title|position|skill|certific|education|学歴|専攻|資格|formación"
)
_QUESTION = re.compile(
    r"(?m)^\s*(?:q|问|问题|題|質問|p)\s*\d*\s*[:：.、]\s*(.+?)\s*$\n?((?:(?!^\s*(?:q|问|问题|質問|p)\s*\d*\s*[:：.、]).*\n?)*)",
    re.I,
)
_ANSWER = re.compile(r"^\s*(?:a|答|回答|r)\s*\d*\s*[:：.、]\s*", re.I)
_CARRIED = ("candidate", "position_title", "round", "date")


def build_candidates(rows: Iterable[RowData], book: Notebook) -> list[Record]:
    """A Candidate a person; several rows of one person are joined, a row without name continues the one above."""
    kept: dict[str, Candidate] = {}
    latest = ""
    for row in rows:
        name = full_name(row.values.get("name", []))
        if not name and not latest:
            book.note("missing_field", row.row, "name", Severity.ERROR, field="name")
            continue
        code = book.code(name, row.identity) if name else latest
        if name and code.count("-") > 1 and code not in kept:
            book.note("same_name", row.row, "name", code=code)
        latest = code
        _keep(kept, _candidate(code, row, book), row, book)
    return list(kept.values())


def _keep(kept: dict[str, Candidate], candidate: Candidate, row: RowData, book: Notebook) -> None:
    earlier = kept.get(candidate.code)
    if earlier is None:
        kept[candidate.code] = candidate
        return
    new = [point for point in candidate.experience if point not in earlier.experience]
    if not new and candidate.position_title in ("", earlier.position_title):
        book.note("duplicate_dropped", row.row, "name", Severity.NOTE, name=candidate.code)
        return
    titles = dict.fromkeys(filter(None, [earlier.position_title, candidate.position_title]))
    kept[candidate.code] = replace(
        earlier, experience=(*earlier.experience, *new), position_title=next(iter(titles), "")
    )


def _candidate(code: str, row: RowData, book: Notebook) -> Candidate:
    points: list[str] = []
    for column, cell in row.values.get("experience", ()):
        header = column.header.split(">")[-1].strip()
        for item in items_of(cell):
            clean = book.free(item, row.people)
            if clean:
                short = len(clean) <= 24 and _NAMED.search(header_key(header)) is not None
                points.append(f"{header}：{clean}" if short else clean)
    return Candidate(
        code=code,
        position_title=row.line("position_title") or book.context("position_title"),
        experience=tuple(dict.fromkeys(points)),
        lang=language_of(*points, row.line("position_title")),
        origin=book.origin(row.row),
    )


def build_interviews(rows: Iterable[RowData], book: Notebook) -> list[Record]:
    """A PastInterview a question. Rows without a person repeat candidate, position, round and date from above."""
    lines = _carried(list(rows))
    header = next((column.header for column in book.plan.columns if column.field == "rating"), "")
    scale = scale_of(header, [cell for row in lines for cell in row.cells("rating")])
    day_first = day_comes_first([cell for row in lines for cell in row.cells("date")])
    found: list[Record] = []
    seen: set[PastInterview] = set()
    for row in lines:
        for record in _interviews(row, scale, day_first, book):
            same = replace(record, origin=None)
            if same in seen:
                book.note(
                    "duplicate_dropped",
                    row.row,
                    "question",
                    Severity.NOTE,
                    name=record.question[:40] or record.competency,
                )
                continue
            seen.add(same)
            found.append(record)
    return found


def _carried(lines: list[RowData]) -> list[RowData]:
    above: RowData | None = None
    for row in lines:
        if (
            above is not None
            and not row.has("candidate")
            and row.has("question", "competency", "rating", "answer_note")
        ):
            for name in _CARRIED:
                if not row.has(name) and name in above.values:
                    row.values[name] = above.values[name]
            row.people = tuple(dict.fromkeys([*row.people, *above.people]))
        above = row
    return lines


def _interviews(row: RowData, scale: float, day_first: bool, book: Notebook) -> list[PastInterview]:
    name = full_name(row.values.get("candidate", [])) or book.context("candidate")
    note = book.free(row.text("answer_note"), row.people)
    base = PastInterview(
        question=_clean_question(row.text("question"), row, book),
        position_title=row.line("position_title") or book.context("position_title"),
        candidate_code=book.code(name) if name else "",
        round=row.line("round") or book.context("round"),
        date=_date(row, day_first, book),
        competency=row.line("competency"),
        rating=_rating(row.cell("rating"), scale, row, book),
        answer_note=note,
        assessable=truth_of(row.cell("assessable")),
        origin=book.origin(row.row),
    )
    pairs = [pair for cell in row.cells("qa") for pair in question_pairs(text_of(cell))]
    if pairs:
        return [
            replace(base, question=_clean_question(ask, row, book), answer_note=book.free(answer, row.people))
            for ask, answer in pairs
        ]
    if base.question or (base.competency and base.rating is not None):
        return [base]
    if note or base.rating is not None:
        book.note("interview_without_question", row.row, "question", Severity.WARNING)
        return [base]
    if row.has(*row.values):
        book.note("missing_field", row.row, "question", Severity.ERROR, field="question")
    return []


def _clean_question(text: str, row: RowData, book: Notebook) -> str:
    """The question as it was asked, without the names in it; an unlawful question stays readable for review."""
    points = " ".join(items_of(text)) if "\n" in text else text
    return scrub_numbers(replace_names(points, [*row.people, *book.plan.people], language_of(points)))


def question_pairs(text: str) -> list[tuple[str, str]]:
    """`问：…` / `答：…` blocks of one cell as pairs of question and answer."""
    return [
        (found.group(1).strip(), "\n".join(_ANSWER.sub("", line) for line in found.group(2).strip().split("\n")))
        for found in _QUESTION.finditer(text)
    ]


def _date(row: RowData, day_first: bool, book: Notebook) -> str:
    cell = row.cell("date")
    date = date_of(cell, day_first) or ("" if cell is not None else date_of(book.context("date")))
    if cell is not None and not date:
        book.note("date_unreadable", row.row, "date", value=line_of(cell)[:40])
    return date


def _rating(cell: Cell, scale: float, row: RowData, book: Notebook) -> float | None:
    try:
        return rating_of(cell, scale)
    except ValueError:
        book.note("rating_out_of_range", row.row, "rating", value=line_of(cell)[:20], scale=f"{scale:g}")
        return None
