# SPDX-License-Identifier: Apache-2.0

"""Which kind a table is and which field each column feeds: header words in four languages, then content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from askwell.domain.messages import Message, msg
from askwell.domain.records import RecordKind
from askwell.intake.cleaning import is_number, line_of
from askwell.intake.deid_rules import NUMBERS, PEOPLES
from askwell.intake.deidentify import scrub_numbers
from askwell.intake.model import Cell, ColumnPlan, DropReason
from askwell.intake.structure import Header
from askwell.intake.vocabulary import KindWords, drop_reason, field_score, header_key, is_level, vocabulary

_ACCEPT = 0.74
_SHOWN = {"position_title", "round", "date", "competency", "rating", "assessable"}
_SEXES = {"男", "女", "m", "f", "male", "female", "男性", "女性", "h", "hombre", "mujer"}
_MARRIED = {
    "已婚",
    "未婚",
    "离异",
    "丧偶",
    "married",
    "single",
    "divorced",
    "widowed",
    "既婚",
    "casado",
    "casada",
    "soltero",
    "soltera",
}
_PEOPLES = re.compile(rf"^(?:{PEOPLES})族$")


@dataclass(frozen=True, slots=True)
class Choice:
    """The suggested kind with its columns; confidence 0–1; the reason names what decided."""

    kind: RecordKind | None
    confidence: float
    reason: Message
    columns: tuple[ColumnPlan, ...]


def choose(headers: Sequence[Header], samples: Sequence[Sequence[Cell]], hint: str = "") -> Choice:
    """Suggest a kind for a table. `samples` are a few data rows; `hint` is the text of file name, sheet and title."""
    columns = [[row[header.index] for row in samples if header.index < len(row)] for header in headers]
    plans = {kind: _plan(kind, headers, columns) for kind in RecordKind}
    scores = {kind: _score(vocabulary().kinds[kind], plan, hint) for kind, plan in plans.items()}
    ranked = sorted(scores, key=lambda kind: scores[kind], reverse=True)
    best, second = ranked[0], ranked[1]
    if scores[best] < 1.0:
        return Choice(None, 0.0, msg("reason.unknown_kind"), _plan(None, headers, columns))
    margin = (scores[best] - scores[second]) / scores[best]
    confidence = min(1.0, scores[best] / 4) * (0.6 + 0.4 * min(1.0, margin * 2))
    found = [column.header for column in plans[best] if column.field][:6]
    reason = msg("reason.headers", kind=best.value, headers="、".join(found))
    return Choice(best, round(confidence, 2), reason, plans[best])


def columns_for(
    kind: RecordKind | None, headers: Sequence[Header], samples: Sequence[Sequence[Cell]]
) -> tuple[ColumnPlan, ...]:
    """The columns of a table whose kind is known."""
    columns = [[row[header.index] for row in samples if header.index < len(row)] for header in headers]
    return _plan(kind, headers, columns)


def _score(words: KindWords, plan: tuple[ColumnPlan, ...], hint: str) -> float:
    best: dict[str, float] = {}
    for column in plan:
        if column.field:
            best[column.field] = max(best.get(column.field, 0.0), column.score)
    total = sum(words.fields[name].weight * score for name, score in best.items() if name in words.fields)
    total += 2.0 if "level_text" in best else 0.0
    for group in words.need:
        if not any(name in best for name in group):
            total *= 0.3
    told = sum(1 for column in plan if column.reason is DropReason.PROTECTED)
    if told >= 3 and words.kind not in (RecordKind.CANDIDATE, RecordKind.INTERVIEW):
        total *= 0.3  # rows with a sex, a birthday and a phone are people, whatever else their headers could mean
    key = header_key(hint)
    hinted = max((len(word) for word in words.hints if word and word in key), default=0)
    return total + (min(2.0, 0.6 + 0.25 * hinted) if hinted and total > 0.5 else 0.0)


def _plan(kind: RecordKind | None, headers: Sequence[Header], columns: list[list[Cell]]) -> tuple[ColumnPlan, ...]:
    drops = [_drop(kind, header, column) for header, column in zip(headers, columns, strict=True)]
    fields = _assign(kind, headers, columns, drops)
    return tuple(
        ColumnPlan(
            header=header.text,
            field=fields.get(at, (None, 0.0))[0],
            dropped=drop is not DropReason.NONE,
            reason=drop,
            samples=_samples(column) if drop is DropReason.NONE and _may_be_shown(kind, fields, at) else (),
            score=fields.get(at, (None, 0.0))[1],
            index=header.index,
        )
        for at, (header, column, drop) in enumerate(zip(headers, columns, drops, strict=True))
    )


def _may_be_shown(kind: RecordKind | None, fields: dict[int, tuple[str, float]], at: int) -> bool:
    """Of tables about people only columns that cannot hold a personal fact give samples."""
    if kind not in (RecordKind.CANDIDATE, RecordKind.INTERVIEW):
        return True
    return at in fields and fields[at][0] in _SHOWN


def _samples(column: list[Cell]) -> tuple[str, ...]:
    texts = (scrub_numbers(line_of(cell)[:60]) for cell in column)
    return tuple(dict.fromkeys(text for text in texts if text))[:3]


def _drop(kind: RecordKind | None, header: Header, column: list[Cell]) -> DropReason:
    if kind is not None and _names_a_candidate(kind, header):
        return DropReason.NONE
    for part in header.parts:
        reason = drop_reason(part)
        if reason is not DropReason.NONE:
            return reason
    if _personal_names(kind, header):
        return DropReason.PERSON
    return DropReason.PROTECTED if _protected_content(column) else DropReason.NONE


def _names_a_candidate(kind: RecordKind, header: Header) -> bool:
    people = [field for field in vocabulary().kinds[kind].fields.values() if field.person]
    return any(header_key(part) in field.keys for field in people for part in header.parts)


def _personal_names(kind: RecordKind | None, header: Header) -> bool:
    """A column of names in a table that is not about people, e.g. 姓名 in a sheet of goals."""
    if kind in (RecordKind.CANDIDATE, RecordKind.INTERVIEW):
        return False
    return any(
        part_key.endswith(("姓名", "氏名", "fullname", "firstname", "lastname"))
        for part_key in map(header_key, header.parts)
    )


def _protected_content(column: list[Cell]) -> bool:
    """The header says nothing, yet most values are numbers of documents, phones, e-mails, sexes, marital states."""
    values = [line_of(cell).casefold() for cell in column if cell is not None and line_of(cell)]
    if len(values) < 2:
        return False
    for test in (_is_token, lambda v: v in _SEXES, lambda v: v in _MARRIED, lambda v: bool(_PEOPLES.match(v))):
        if sum(1 for value in values if test(value)) >= 0.6 * len(values):
            return True
    return False


def _is_token(value: str) -> bool:
    if len(value) > 60:
        return False
    return any((found := pattern.search(value)) and len(found.group()) >= 0.7 * len(value) for pattern in NUMBERS)


def _assign(
    kind: RecordKind | None, headers: Sequence[Header], columns: list[list[Cell]], drops: list[DropReason]
) -> dict[int, tuple[str, float]]:
    """Best field for each column, the best match first; a field that is not `many` is given once."""
    if kind is None:
        return {}
    words = vocabulary().kinds[kind]
    offers: list[tuple[float, int, str]] = []
    for at, header in enumerate(headers):
        if drops[at] is not DropReason.NONE:
            continue
        for name in words.fields:
            score = max(field_score(kind, name, part) - 0.05 * (rank > 0) for rank, part in enumerate(header.parts))
            score = _by_content(name, score, columns[at])
            if score >= _ACCEPT:
                offers.append((score, at, name))
    taken: dict[int, tuple[str, float]] = {}
    used: set[str] = set()
    for score, at, name in sorted(offers, key=lambda offer: (-offer[0], -words.fields[offer[2]].weight, offer[1])):
        if at in taken or (name in used and not (words.fields[name].many or words.fields[name].person)):
            continue
        taken[at] = (name, round(max(0.0, min(score, 1.0)), 2))
        used.add(name)
    if kind is RecordKind.STANDARD:
        _level_columns(headers, taken, used)
    return taken


def _level_columns(headers: Sequence[Header], taken: dict[int, tuple[str, float]], used: set[str]) -> None:
    """A standard may have a column for each level instead of a row."""
    levels = [at for at, header in enumerate(headers) if at not in taken and is_level(header.parts[0])]
    if len(levels) >= 2 and "text" not in used:
        for at in levels:
            taken[at] = ("level_text", 0.9)


def _by_content(name: str, score: float, column: list[Cell]) -> float:
    """Content speaks for or against: weights and ratings are numbers, long fields are not."""
    values = [cell for cell in column if cell is not None and line_of(cell)]
    if not values or score < _ACCEPT:
        return score
    numbers = sum(1 for cell in values if is_number(cell)) / len(values)
    if name in ("weight",) and numbers < 0.3:
        return score - 0.3
    if (
        name in ("duties", "qualifications", "question", "answer_note", "experience", "text", "definition")
        and numbers > 0.8
    ):
        return score - 0.3
    if name == "rating" and numbers < 0.2 and sum(len(line_of(cell)) for cell in values) / len(values) > 8:
        return score - 0.3
    return score
