# SPDX-License-Identifier: Apache-2.0
"""What a value written in SQL means: literals, and the few functions of constants that dumps are full of.

Nothing is ever run. A value that is no constant (NOW(), a sub-query, DEFAULT) is None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from askwell.intake.model import Cell
from askwell.intake.readers.base import MAX_DEPTH, tidy

Token = tuple[str, str]  # kind (literal, text, name, number, word, op) and what stands in the file

MAX_TEXT = 1_000_000  # characters a function may make of its arguments
_MYSQL = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a", "%": "\\%", "_": "\\_"}
_ESCAPE = re.compile(r"\\([\s\S])|(['\"])\2")
_E_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([\s\S]))|''")
_E_CONTROL = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_COPY_CONTROL = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_COPY_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|([\s\S]))")
_UNISTR = re.compile(r"\\(?:(\\)|u?([0-9A-Fa-f]{4})|\+([0-9A-Fa-f]{6})|U([0-9A-Fa-f]{8}))")
_LITERAL = re.compile(r"(?:(_\w+)\s*|([A-Za-z]&?))?(['\"])", re.A)
_TYPED = {"date", "time", "timestamp", "timestamptz", "datetime"}
_FIRST = _TYPED | {"to_date", "to_timestamp", "str_to_date", "parse_json", "json", "to_nchar", "to_char", "to_clob"}
_CHAR = {"char", "chr", "nchar", "unichr"}


class NotConstant(Exception):
    """The expression is more than a value."""


def text_cell(text: str) -> Cell:
    """A string as cell: line ends unified, blanks only → None."""
    return tidy(text) if text.strip() else None


def number_cell(text: str) -> Cell:
    """A number as cell; one of more than 20 digits stays text, one beyond all bounds is None."""
    digits = text.lstrip("+-").isdigit()
    if digits and len(text) > 20:
        return text
    try:
        value = int(text) if digits else float(text)
    except ValueError:
        return text
    return None if value in (float("inf"), float("-inf")) else tidy(value)


def bytes_cell(data: bytes) -> Cell:
    """Binary data: text that was written in hex is text, a single bit or small number is a number, a BLOB is None."""
    if len(data) == 1 and data[0] < 32:
        return data[0]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text_cell(text) if not any(ord(char) < 32 and char not in "\t\r\n" for char in text) else None


def hex_cell(digits: str) -> Cell:
    """See bytes_cell. None for digits that are none."""
    try:
        return bytes_cell(bytes.fromhex(digits if len(digits) % 2 == 0 else "0" + digits))
    except ValueError:
        return None


def bits_cell(digits: str) -> Cell:
    """b'101' → 5."""
    return int(digits, 2) if re.fullmatch(r"[01]{1,64}", digits) else None


def old_date(digits: str, kind: str) -> Cell:
    """A date that SQL Server wrote as bytes, `CAST(0x0000A1B200000000 AS DateTime)`: days since 1900 and 1/300 s, or
    for `Date` days since the year 1 from the lowest byte up."""
    try:
        data = bytes.fromhex(digits)
        if kind.lower().startswith("datetime") and len(data) == 8:
            days, ticks = int.from_bytes(data[:4], "big", signed=True), int.from_bytes(data[4:], "big")
            return datetime(1900, 1, 1) + timedelta(days=days, seconds=ticks // 300)
        if kind.lower() == "date" and len(data) in (3, 4):
            return datetime(1, 1, 1) + timedelta(days=int.from_bytes(data[:3], "little"))
    except (ValueError, OverflowError):
        pass
    return None


def unquote(body: str, escapes: bool) -> str:
    """The inside of a quoted string: doubled quotes, and backslashes where the dialect knows them."""
    if escapes and "\\" in body:
        return _ESCAPE.sub(lambda found: found[2] or _MYSQL.get(found[1], found[1]), body)
    return body.replace("''", "'")


def unescape_e(body: str) -> str:
    """The inside of PostgreSQL's E'…'."""

    def plain(found: re.Match[str]) -> str:
        octal, two, four, eight, other = found.groups()
        if octal:
            return chr(int(octal, 8) & 0xFF)
        if two or four or eight:
            return _char(int(two or four or eight, 16))
        return _E_CONTROL.get(other, other) if other else "'"

    return _E_ESCAPE.sub(plain, body)


def unistr(text: str) -> str:
    r"""`\4e2d`, `\u4e2d`, `\+01f600` and `\U0001f600` as characters (SQLite's unistr, U&'…')."""
    return _UNISTR.sub(lambda found: found[1] or _char(int(found[2] or found[3] or found[4], 16)), text)


def literal(raw: str, escapes: bool) -> Cell:
    """The value of a quoted literal with its prefix: N'…', E'…', U&'…', X'…', b'…', _utf8mb4'…', "…". Text is not
    tidied, for it may be a part of more. Raises NotConstant where it is no literal."""
    found = _LITERAL.match(raw)
    if found is None:
        raise NotConstant
    charset, prefix, quote = found.groups()
    body = raw[found.end() : -1]
    kind = (prefix or "").lower()
    if kind == "x":
        return hex_cell(body)
    if kind == "b":
        return bits_cell(body)
    if kind == "e":
        return unescape_e(body)
    if quote == '"' and not escapes:
        return body.replace('""', '"')
    text = unquote(body, escapes)
    if charset == "_binary":
        return binary_text(text)
    return unistr(text) if kind == "u&" else text


def binary_text(text: str) -> Cell:
    """MySQL's `_binary '…'`: a bit, text, or a BLOB."""
    if len(text) == 1 and ord(text) < 32:
        return ord(text)
    return None if any(ord(char) < 32 and char not in "\t\r\n" for char in text) else text_cell(text)


def copy_cell(field: str) -> Cell:
    r"""A field of COPY's text format: \N is nothing, \t a tab."""
    if "\\" not in field:
        return text_cell(field)
    return None if field == "\\N" else text_cell(_COPY_ESCAPE.sub(_copied, field))


def _copied(found: re.Match[str]) -> str:
    octal, two, other = found.groups()
    if octal or two:
        return chr(int(octal, 8) & 0xFF if octal else int(two, 16))
    return _COPY_CONTROL.get(other, other)


def constant(tokens: list[Token], escapes: bool) -> Cell:
    """The value of an expression, None where it is no constant."""
    try:
        return _Expression(tokens, escapes).whole()
    except (NotConstant, IndexError):
        return None


def call(name: str, values: list[Callable[[], Cell]]) -> Cell:
    """The value of a function of constants; arguments are worked out on demand. Raises NotConstant for any other."""
    name = name.lower()
    if name in _CHAR:
        return "".join(_char(value) for value in (part() for part in values) if isinstance(value, int))
    if name == "replace" and len(values) == 3:
        text, old, new = (_text(part()) for part in values)
        return _limited(text.replace(old, new), len(text) + text.count(old) * len(new)) if old else text
    if name == "concat":
        return joined([part() for part in values])
    if name == "unistr" and len(values) == 1:
        return unistr(_text(values[0]()))
    if name in _FIRST and values:
        return values[0]()
    if name == "convert":
        return _first_constant(values)
    raise NotConstant


def joined(parts: list[Cell]) -> Cell:
    """Strings set one behind the other; None (NULL) makes all of it None, as SQL has it."""
    if any(part is None for part in parts):
        return None
    texts = [str(part) for part in parts]
    return _limited("".join(texts), 0)


def _limited(text: str, size: int) -> str:
    if max(size, len(text)) > MAX_TEXT:
        raise NotConstant
    return text


def _text(value: Cell) -> str:
    if isinstance(value, str):
        return value
    raise NotConstant


def _char(code: int) -> str:
    return chr(code) if 0 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _first_constant(values: list[Callable[[], Cell]]) -> Cell:
    """CONVERT(datetime, '2024-05-01', 120) and CONVERT('x' USING utf8mb4)."""
    for part in values:
        try:
            return part()
        except NotConstant:
            continue
    raise NotConstant


class _Expression:
    """Recursive descent over `a || b`, `a + b`, calls, casts, signs and brackets."""

    def __init__(self, tokens: list[Token], escapes: bool) -> None:
        self.tokens = tokens
        self.escapes = escapes
        self.at = 0
        self.depth = 0

    def whole(self) -> Cell:
        value = self._sum()
        if self.at != len(self.tokens):
            raise NotConstant
        return text_cell(value) if isinstance(value, str) else value

    def _peek(self) -> Token:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("", "")

    def _take(self, text: str) -> bool:
        if self._peek()[1].lower() == text and self._peek()[0] in ("op", "word"):
            self.at += 1
            return True
        return False

    def _sum(self) -> Cell:
        parts = [self._term()]
        while self._take("||") or self._take("+") or self._peek()[0] == "literal":
            parts.append(self._term())
        if len(parts) == 1:
            return parts[0]
        if any(isinstance(part, int | float) for part in parts):
            raise NotConstant  # arithmetic
        return joined(parts)

    def _term(self) -> Cell:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise NotConstant
        kind, text = self.tokens[self.at]
        self.at += 1
        value = self._cast(self._value(kind, text))
        self.depth -= 1
        return value

    def _value(self, kind: str, text: str) -> Cell:
        if kind == "op" and text in "+-":
            value = self._term()
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise NotConstant
            return -value if text == "-" else value
        if kind == "op" and text == "(":
            value = self._sum()
            if not self._take(")"):
                raise NotConstant
            return value
        return self._word(text) if kind == "word" else self._plain(kind, text)

    def _plain(self, kind: str, text: str) -> Cell:
        if kind == "literal":
            return literal(text, self.escapes)
        if kind == "text":
            return text
        if kind == "number":
            return hex_cell(text[2:]) if text[:2] in ("0x", "0X") else number_cell(text)
        raise NotConstant

    def _word(self, word: str) -> Cell:
        low = word.lower()
        if low == "null":
            return None
        if low in ("true", "false"):
            return low == "true"
        if low in _TYPED and self._peek()[0] == "literal":
            return self._term()
        if not self._take("("):
            raise NotConstant
        if low in ("cast", "try_cast"):
            return self._as()
        return self._call(low)

    def _as(self) -> Cell:
        start = self.at
        value = self._sum()
        if not self._take("as"):
            raise NotConstant
        kind, text = self.tokens[start]
        if kind == "number" and text[:2].lower() == "0x" and self.at - start == 2:
            value = old_date(text[2:], self._peek()[1].strip("[]"))
        self._close()
        return value

    def _call(self, name: str) -> Cell:
        cuts = [self.at, *self._close(), self.at]
        parts = [self.tokens[a:b] for a, b in zip(cuts[:-1], [cut - 1 for cut in cuts[1:]], strict=True)]

        def value(tokens: list[Token]) -> Cell:
            inner = _Expression(tokens, self.escapes)
            inner.depth = self.depth
            result = inner._sum() if tokens else None
            if inner.at != len(tokens) and not (name == "convert" and inner._take("using")):
                raise NotConstant
            return result

        return call(name, [lambda part=part: value(part) for part in parts if part])  # type: ignore[misc]

    def _close(self) -> list[int]:
        """Go behind the bracket that closes; the places behind the commas on the way."""
        commas: list[int] = []
        depth = 1
        while depth:
            kind, text = self.tokens[self.at]
            self.at += 1
            if kind == "op":
                depth += (text == "(") - (text == ")")
                if text == "," and depth == 1:
                    commas.append(self.at)
        return commas

    def _cast(self, value: Cell) -> Cell:
        """Pass over PostgreSQL's `::character varying(20)[]`."""
        while self._take("::"):
            while self._peek()[0] in ("word", "name") or self._peek()[1] in ("[", "]"):
                self.at += 1
            if self._take("("):
                self._close()
        return value
