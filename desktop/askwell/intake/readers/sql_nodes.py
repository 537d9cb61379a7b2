# SPDX-License-Identifier: Apache-2.0
"""What sqlglot's tokens and syntax trees mean as cells and columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from askwell.intake.model import Cell
from askwell.intake.readers.base import MAX_DEPTH
from askwell.intake.readers.sql_columns import Column, kind_of
from askwell.intake.readers.sql_values import (
    NotConstant,
    binary_text,
    bits_cell,
    call,
    hex_cell,
    joined,
    number_cell,
    old_date,
    text_cell,
    unistr,
)

if TYPE_CHECKING:
    from sqlglot import Token

# What sqlglot raises on text that is no SQL, besides its own errors.
_ODD = (RecursionError, ValueError, TypeError, AttributeError, IndexError, KeyError)
MAX_TOKENS = 2_000  # of one value
_PLAIN: dict[str, Callable[[str], Cell]] = {
    "STRING": text_cell,
    "NATIONAL_STRING": text_cell,
    "BYTE_STRING": text_cell,
    "HEREDOC_STRING": text_cell,
    "RAW_STRING": text_cell,
    "NUMBER": number_cell,
    "NULL": lambda _: None,
    "DEFAULT": lambda _: None,
    "TRUE": lambda _: True,
    "FALSE": lambda _: False,
    "HEX_STRING": hex_cell,
    "BIT_STRING": bits_cell,
    "UNICODE_STRING": lambda text: text_cell(unistr(text)),
    "IDENTIFIER": lambda text: None if text.lower() == "0x" else text_cell(text),  # "…"
}
_FIRST = {"TsOrDsToDate", "TsOrDsToTimestamp", "StrToDate", "StrToTime", "ToDate", "Date", "Timestamp", "Datetime"}
_FIRST |= {"Time", "ParseJSON", "JSON", "ToChar", "Cast", "TryCast", "CastToStrType", "Paren"}


@dataclass(frozen=True, slots=True)
class Grammar:
    """sqlglot's tokenizer and parser of a dialect; `plain` has what a token means by its type, `ends` the types of the
    signs that end a value."""

    name: str
    plain: dict[Any, Callable[[str], Cell]]
    ends: frozenset[Any]
    tokenize: Callable[[str], list[Token]]
    parse: Callable[[list[Token]], list[Any]]


def grammar_of(dialect: str) -> Grammar:
    """The grammar of a dialect by sqlglot's name."""
    from sqlglot import TokenType
    from sqlglot.dialects.dialect import Dialect

    found = Dialect.get_or_raise(dialect)
    parser = found.parser()
    plain = {TokenType[name]: meant for name, meant in _PLAIN.items()}
    ends = frozenset((TokenType.COMMA, TokenType.R_PAREN))
    return Grammar(dialect, plain, ends, found.tokenize, lambda tokens: list(parser.parse(tokens, "")))


def value_of(grammar: Grammar, tokens: list[Token]) -> Cell:
    """The cell that the tokens of one value make; None where they are no constant."""
    if len(tokens) == 1:
        plain = grammar.plain.get(tokens[0].token_type)
        return plain(tokens[0].text) if plain else None
    if len(tokens) == 2 and tokens[1].token_type.name == "NUMBER" and tokens[0].text in "+-":
        return number_cell(tokens[0].text + tokens[1].text)
    if _is_cast(tokens):  # each date of SQL Server is one, and parsing takes its time
        if tokens[2].token_type.name == "HEX_STRING":
            return old_date(tokens[2].text, tokens[4].text)
        return value_of(grammar, tokens[2:3])
    if not tokens or len(tokens) > MAX_TOKENS:
        return None
    try:
        # Alone, some functions would be taken for statements.
        (node,) = grammar.parse(grammar.tokenize("SELECT") + tokens)
        value = _selected(node)
    except (NotConstant, *_ODD, _errors()):
        return None
    return text_cell(value) if isinstance(value, str) else value


def _is_cast(tokens: list[Token]) -> bool:
    """`CAST(x AS t)`, `CAST(x AS t(9))` or `CAST(x AS t(9, 2))` and nothing more."""
    width = len(tokens)
    if width not in (6, 9, 11) or tokens[0].text.upper() != "CAST" or tokens[3].text.upper() != "AS":
        return False
    return tokens[-1].text == ")" and (width == 6 or tokens[-2].text == ")")


def _errors() -> type[Exception]:
    from sqlglot.errors import SqlglotError

    return SqlglotError


def _selected(node: Any) -> Cell:
    """The value of `SELECT value`."""
    if type(node).__name__ != "Select" or len(node.expressions) != 1:
        raise NotConstant
    return _value(node.expressions[0], 0)


def _value(node: Any, depth: int) -> Cell:
    """Value of a syntax tree. Raises NotConstant."""
    if depth > MAX_DEPTH:
        raise NotConstant

    def inner(part: Any) -> Cell:
        return _value(part, depth + 1)

    kind = type(node).__name__
    if kind in _LEAVES:
        return _LEAVES[kind](node)
    if kind in _FIRST:
        return inner(node.this)
    return _BRANCHES.get(kind, _call)(node, inner)


def _negative(node: Any, inner: Callable[[Any], Cell]) -> Cell:
    value = inner(node.this)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise NotConstant
    return -value


def _introduced(node: Any, inner: Callable[[Any], Cell]) -> Cell:
    value = inner(node.expression)
    return binary_text(str(value)) if str(node.this).lower() == "_binary" else value


def _joined(node: Any, inner: Callable[[Any], Cell]) -> Cell:
    parts = [inner(part) for part in (node.expressions or (node.left, node.right))]
    if any(isinstance(part, int | float) for part in parts):
        raise NotConstant  # arithmetic
    return joined(parts)


def _call(node: Any, inner: Callable[[Any], Cell]) -> Cell:
    """A function, by its name. Anything else is no constant."""
    from sqlglot import exp

    if not isinstance(node, exp.Func):
        raise NotConstant
    kind = type(node).__name__
    if kind == "Replace":
        parts = [node.this, node.expression, node.args.get("replacement")]
        return call("replace", [lambda part=part: inner(part) for part in parts])  # type: ignore[misc]
    name = node.name if kind == "Anonymous" else kind.lower()
    parts = node.expressions or ([node.this] if node.this is not None else [])
    return call(name, [lambda part=part: inner(part) for part in parts])  # type: ignore[misc]


def _literal(node: Any) -> Cell:
    text = str(node.this)
    return text if node.is_string else number_cell(text)


def _column(node: Any) -> Cell:
    """A name in double quotes stands for a string."""
    if node.this.args.get("quoted"):
        return str(node.name)
    raise NotConstant


_LEAVES: dict[str, Callable[[Any], Cell]] = {
    "Literal": _literal,
    "Null": lambda _: None,
    "Boolean": lambda node: bool(node.this),
    "National": lambda node: str(node.this),
    "ByteString": lambda node: str(node.this),
    "RawString": lambda node: str(node.this),
    "Heredoc": lambda node: str(node.this),
    "UnicodeString": lambda node: unistr(str(node.this)),
    "HexString": lambda node: hex_cell(str(node.this)),
    "BitString": lambda node: bits_cell(str(node.this)),
    "Column": _column,
}
_BRANCHES: dict[str, Callable[[Any, Callable[[Any], Cell]], Cell]] = {
    "Neg": _negative,
    "Introducer": _introduced,
    "DPipe": _joined,
    "Add": _joined,
    "Concat": _joined,
    "Convert": lambda node, inner: inner(node.expression),
}


def columns_of(grammar: Grammar, tokens: list[Token], begin: int) -> list[Column]:
    """Columns of `CREATE TABLE t (…)`; `begin` is the index of the bracket. sqlglot's parser does not know every clause
    of every dialect; then the names and comments are taken from its tokens."""
    try:
        (node,) = grammar.parse(list(tokens))
    except (*_ODD, _errors()):
        node = None
    parts = node.this.expressions if _is_create(node) else []
    found = [_declared(part, grammar.name) for part in parts if _is_column(part)]
    return found or _columns_of_tokens(tokens[begin + 1 : -1])


def _is_create(node: Any) -> bool:
    return type(node).__name__ == "Create" and type(node.this).__name__ == "Schema"


def _is_column(node: Any) -> bool:
    return type(node).__name__ in ("ColumnDef", "Identifier")


def _declared(node: Any, dialect: str) -> Column:
    column = Column(node.name)
    if node.args.get("kind") is not None:
        column.kind = kind_of(node.args["kind"].sql(dialect))
    for constraint in node.args.get("constraints") or ():
        if type(constraint.args.get("kind")).__name__ == "CommentColumnConstraint":
            column.comment = str(constraint.args["kind"].this.name)
    return column


_KEYS = {"PRIMARY", "PRIMARY KEY", "KEY", "UNIQUE", "INDEX", "CONSTRAINT", "FOREIGN", "FOREIGN KEY", "CHECK"}
_KEYS |= {"FULLTEXT", "SPATIAL", "EXCLUDE", "LIKE", "PERIOD"}


def _columns_of_tokens(tokens: list[Token]) -> list[Column]:
    columns: list[Column] = []
    depth, first = 0, True
    for at, token in enumerate(tokens):
        sign = token.token_type.name
        if first and depth == 0:
            quoted = sign == "IDENTIFIER"
            columns.append(Column(token.text if quoted or token.text.upper() not in _KEYS else ""))
        following = tokens[at + 1 : at + 2]
        if depth == 0 and token.text.upper() == "COMMENT" and following and following[0].token_type.name == "STRING":
            columns[-1].comment = following[0].text
        depth += (sign == "L_PAREN") - (sign == "R_PAREN")
        first = sign == "COMMA" and depth == 0
    return [column for column in columns if column.name]
