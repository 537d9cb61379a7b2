# SPDX-License-Identifier: Apache-2.0
"""Columns of a database table: their declarations, and the headers a person reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from askwell.intake.model import Cell, DropReason
from askwell.intake.readers.sql_values import Token, literal
from askwell.intake.vocabulary import drop_reason, is_label

LONGEST_HEADER = 30  # characters; a longer comment is an explanation
_EXPLAINS = re.compile(r"[:：,，;；。\n=]|\d\s*[-、.]\s*\S|\s\d+\s*[^\s\d.%]")
_CUT = re.compile(r"[（(\[【{:：,，;；。=\n]|\s+-?\d|\d+\s*[-、.]")
_NUMBER = re.compile(
    r"(?:tiny|small|medium|big)?int(?:eger)?\b|int[248]\b|(?:small|big)?serial|(?:numeric|decimal|dec|real|double|float|number)\b"
)
_CONSTRAINT = re.compile(
    r"(?:PRIMARY|KEY|UNIQUE|INDEX|CONSTRAINT|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|LIKE|PERIOD)$", re.I
)
_TYPE = re.compile(
    r"(?:n?(?:var)?char2?|character|text|int|integer|bigint|date|time|timestamp|datetime|numeric)$", re.I
)


@dataclass(slots=True)
class Column:
    """A column: `comment` is what its table says of it; `kind` is bool, number, list, blob or "" (text)."""

    name: str
    comment: str = ""
    kind: str = ""
    generated: bool = False


def kind_of(declared: str) -> str:
    """Kind of a declared type: `numeric(5,2)` → number, `text[]` → list."""
    low = declared.lower().strip()
    if low.endswith("]"):
        return "list"
    if low.startswith("bool"):
        return "bool"
    if low.startswith("bytea"):
        return "blob"
    return "number" if _NUMBER.match(low) else ""


@dataclass(slots=True)
class Table:
    """A table while it is collected. Rows may be shorter than the columns."""

    name: str
    schema: str
    comment: str = ""
    columns: list[Column] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)

    def place(self, name: str) -> int:
        """Index of a column, added where it is new."""
        key = name.casefold()
        if key not in self.places:
            self.places[key] = len(self.columns)
            self.columns.append(Column(name))
        return self.places[key]


def bare(name: str) -> str:
    """An identifier without its quotes."""
    if name[:1] == "[":
        return name[1:-1].replace("]]", "]")
    return name[1:-1].replace(name[0] * 2, name[0]) if name[:1] in ("`", '"') else name


def column_of(tokens: list[Token], escapes: bool) -> Column | None:
    """A column from its declaration; None for a key or constraint."""
    if not tokens or (tokens[0][0] == "word" and _CONSTRAINT.match(tokens[0][1]) and not _is_type(tokens[1:2])):
        return None
    column = Column(bare(tokens[0][1]))
    words = [text.lower() for _, text in tokens]
    declared = bare(words[1]) if len(words) > 1 else ""
    column.kind = kind_of(declared + "[]" if "[" in words else declared)
    depth = 0
    for at, (kind, text) in enumerate(tokens):
        depth += (text == "(") - (text == ")") if kind == "op" else 0
        if kind == "word" and depth == 0 and at > 0 and words[at] == "comment" and tokens[at + 1 : at + 2]:
            following = tokens[at + 1]
            column.comment = str(literal(following[1], escapes)) if following[0] == "literal" else ""
        column.generated |= kind == "word" and words[at] == "as" and depth == 0 and words[at + 1 : at + 2] == ["("]
    return column


def _is_type(tokens: list[Token]) -> bool:
    """A column may be called `key` or `period`: then its type follows."""
    return bool(tokens) and tokens[0][0] == "word" and _TYPE.match(tokens[0][1]) is not None


def title(name: str, comment: str) -> str:
    """Name of a table with what its comment calls it: `hr_job 招聘职位`."""
    short = _short(comment)
    if len(short) > 2 and short.endswith("表"):
        short = short[:-1]
    return f"{name} {short}" if short and short.casefold() != name.casefold() else name


def header_of(column: Column) -> str:
    """The comment of a column where it names it, else its own name. A comment must not hide a protected column, and
    an unknown word not a known one."""
    comment = _short(column.comment)
    if not comment:
        return column.name
    if drop_reason(column.name) is DropReason.PROTECTED and drop_reason(comment) is DropReason.NONE:
        return column.name
    return column.name if is_label(column.name) and not is_label(comment) else comment


def _short(comment: str) -> str:
    """The name in a comment: `状态（0正常 1停用）` → 状态; "" where there is none."""
    text = comment.strip()
    if len(text) <= 20 and not _EXPLAINS.search(text):
        return " ".join(text.split())
    first = " ".join(_CUT.split(text, maxsplit=1)[0].split())
    return first if len(first) <= LONGEST_HEADER else ""
