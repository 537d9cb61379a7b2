# SPDX-License-Identifier: Apache-2.0
"""Single values made clean: text, numbers, shares, lists. Nothing here raises on any input."""

from __future__ import annotations

import html
import math
import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from itertools import pairwise

from askwell.intake.model import Cell

_EMPTY = {
    "", "无", "無", "-", "--", "---", "—", "——", "－", "/", "\\", "n/a", "na", "n.a.", "#n/a", "null", "none", "nil",
    "暂无", "待定", "待补充", "空", "なし", "該当なし", "ninguno", "ninguna", "s/d", "#ref!", "#value!", "#div/0!",
    "#name?", "nan", "false?", "（无）", "(无)", "(空白)", "(blank)",
}  # fmt: skip
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_BLOCK_END = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6]|/ul|/ol)\b[^<>]*>", re.I)
_LIST_ITEM = re.compile(r"<li\b[^<>]*>", re.I)
_SCRIPT = re.compile(r"<(script|style)\b.*?(?:</\1>|\Z)", re.I | re.S)
_INVISIBLE = re.compile("[\u200b-\u200f\u2028\u2029\u202a-\u202e\u2060\ufeff\u00ad\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")
_SCALE = {"%": 0.01, "％": 0.01, "‰": 0.001, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "千": 1e3, "k": 1e3, "K": 1e3}
_MARK = re.compile(
    r"^\s*(?:[（(]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,3})\s*[)）]|\d{1,2}\s*[.、．)）](?!\d)|[①-⑳❶-❿]"
    r"|[•●○■◆◇▪▶·‣⁃∙➢✓✔※*–—-](?!\d)|[一二三四五六七八九十]{1,3}、|[a-zA-Z][.)]\s|第[一二三四五六七八九十]+[，,、：:])\s*"
)
_INLINE = re.compile(r"(?:(?<=^)|(?<=[\s；;。.，,：:、]))(\d{1,2})\s*[.、．)）](?!\d)|([①-⑳])")
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


_HALF = {
    code: code - 0xFEE0
    for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), *map(ord, "％－＋．＠＿＃"))
} | {0x3000: 32, 0xA0: 32}


def half_width(text: str) -> str:
    """Full-width digits, letters and space as ASCII; Chinese punctuation stays."""
    return text if text.isascii() else text.translate(_HALF)


def strip_html(text: str) -> str:
    """Plain text of markup, a line a block or list item; text without tags is only unescaped."""
    if "<" in text and _TAG.search(text):
        text = _SCRIPT.sub("", text)
        text = _LIST_ITEM.sub("\n• ", text)
        text = _TAG.sub("", _BLOCK_END.sub("\n", text))
    return html.unescape(text) if "&" in text else text


def text_of(cell: Cell) -> str:
    """A cell as clean text: no markup, half-width digits, single spaces, no blank lines; placeholders become ""."""
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else ("是" if cell else "否")
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d") if cell.hour == cell.minute == 0 else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, int | float):
        return number_text(cell)
    return _clean_text(cell)


@lru_cache(maxsize=16_384)
def _clean_text(cell: str) -> str:
    """Builders ask for the same cell several times, hence the cache."""
    text = half_width(_INVISIBLE.sub("", strip_html(cell.replace("\r\n", "\n").replace("\r", "\n"))))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    text = "\n".join(line for line in lines if line)
    return "" if is_empty(text) else text


def line_of(cell: Cell) -> str:
    """Clean text on one line."""
    return " ".join(text_of(cell).split("\n"))


def is_empty(text: str) -> bool:
    """True for blanks and for the ways of writing "nothing" in a form."""
    return text.strip().casefold() in _EMPTY


def number_text(value: float) -> str:
    """3.0 → "3", 0.1+0.2 → "0.3"; infinities and NaN → ""."""
    if isinstance(value, int):
        return str(value)
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:.10g}"


def number_of(cell: Cell) -> float | None:
    """The first number in a cell, scaled by a unit that directly follows (%, ‰, 千, 万, 亿). None where there is
    none."""
    if isinstance(cell, bool) or cell is None or isinstance(cell, datetime):
        return None
    if isinstance(cell, int | float):
        return float(cell) if math.isfinite(cell) else None
    text = half_width(cell)
    found = _NUMBER.search(text)
    if found is None:
        return None
    value = float(found.group().replace(",", ""))
    return value * _SCALE.get(text[found.end() : found.end() + 2].strip()[:1], 1.0)


def is_number(cell: Cell) -> bool:
    """True where the cell is a number, perhaps with a unit or scale of at most two characters behind it."""
    if isinstance(cell, bool) or cell is None:
        return False
    if isinstance(cell, int | float):
        return True
    if isinstance(cell, datetime):
        return False
    return bool(re.fullmatch(_NUMBER.pattern + r"\s*\D{0,2}", half_width(cell).strip()))


def weight_of(cell: Cell, percent: bool = False) -> float | None:
    """A share as fraction of 1: 0.25, "25%", 25, "25分" → 0.25. `percent`: the column is written in hundredths, so
    that 1 means one percent. None where there is no number or it is beyond 0–100 %."""
    value = number_of(cell)
    if value is None:
        return None
    marked = isinstance(cell, str) and any(sign in half_width(cell) for sign in "%‰")
    if not marked and (percent or value > 1):
        value /= 100
    return round(value, 6) if 0 <= value <= 1 else None


def weights_are_percent(cells: list[Cell]) -> bool:
    """True where a column of weights is written in hundredths (any plain number above 1)."""
    plain = [cell for cell in cells if not (isinstance(cell, str) and "%" in half_width(cell))]
    return any((number_of(cell) or 0) > 1 for cell in plain)


def items_of(cell: Cell) -> tuple[str, ...]:
    """A cell of several points as a list: lines, bullets, `1. 2. 3.`, ①②, （1）, and points parted by `；`."""
    points: list[str] = []
    for line in text_of(cell).split("\n"):
        for part in _split_inline(line):
            points.extend(_split_semicolon(part))
    clean = [_bare(point) for point in points]
    return tuple(dict.fromkeys(point for point in clean if point and not is_empty(point)))


def _bare(point: str) -> str:
    previous = None
    while previous != point:
        previous, point = point, _MARK.sub("", point, count=1).strip()
    point = point.strip(" ；;，,、")
    # A final stop is dropped from a point, yet not from one that holds several sentences.
    if point.endswith("。") and point.count("。") == 1:
        point = point[:-1]
    if point.endswith(".") and point.count(". ") == 0 and not point.endswith(("..", "etc.")):
        point = point[:-1]
    return point.strip()


def _split_inline(line: str) -> list[str]:
    """Cut `1. a 2. b` where the numbers count up from the first."""
    cuts: list[int] = []
    expected = 1
    for found in _INLINE.finditer(line):
        number = int(found.group(1)) if found.group(1) else _CIRCLED.index(found.group(2)) + 1
        if not cuts and found.start() != 0 and number != 1:
            continue
        if not cuts:
            expected = number
        if number == expected:
            cuts.append(found.start())
            expected += 1
    if len(cuts) < 2:
        return [line]
    bounds = [0, *[cut for cut in cuts if cut > 0], len(line)]
    return [line[a:b] for a, b in pairwise(bounds)]


def _split_semicolon(text: str) -> list[str]:
    parts = [part.strip() for part in re.split(r"[；;]", text)]
    return parts if all(len(part) >= 2 for part in parts if part) else [text]


def names_of(cell: Cell) -> tuple[str, ...]:
    """A cell of several short names (positions, competencies) as a list: parted by lines, bullets and 、，；/|."""
    found: list[str] = []
    for item in items_of(cell):
        for part in re.split(r"[、，,/|]|\s{2,}", item) if len(item) <= 400 else [item]:
            name = part.strip(" 。.;；")
            if name and not is_empty(name):
                found.append(name)
    return tuple(dict.fromkeys(found))


def key_of(text: str) -> str:
    """Comparison key: NFKC, case folded, no spaces and punctuation."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in folded if char.isalnum())
