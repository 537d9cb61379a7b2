# SPDX-License-Identifier: Apache-2.0
"""What pdfium sees on the pages of a PDF: characters with their places, ruled lines, pictures. Points, y upwards.

pdfium may be used by one thread at a time, hence LOCK around everything.
"""

from __future__ import annotations

import contextlib
import ctypes
import math
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from askwell.intake.readers.base import refuse

T = TypeVar("T")
LOCK = threading.Lock()
MAX_CHARACTERS = 2_000_000
MAX_ON_PAGE = 100_000  # a full page of small print has about 8,000
MAX_SECONDS = 300  # 500 pages take 15
MAX_PATHS = 20_000  # a page beyond it is a drawing, whose lines make no table
MAX_NESTING = 12
_THIN = 3.0
_SHORT = 4.0
# Simplified and Japanese radicals that fonts give the glyph of a character; NFKC knows only two of this block.
_RADICALS = dict(
    zip(
        "⺄⺊⺎⺒⺓⺝⺟⺠⺧⺩⺬⺮⺶⺽⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "乙卜兀巳幺月母民牛王示竹羊臼虎西见角贝车長长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_SOFT_HYPHEN = 2  # pdfium's mark for a hyphen at the end of a line


@dataclass(slots=True)
class Glyph:
    """A character, or the letters of a ligature; `y` is its baseline, `size` the height of an em; `apart` where pdfium
    takes the gap before it for a space."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A line along one axis: x0 == x1 or y0 == y1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Page:
    """A page turned so that most of its text reads from left to right. `dropped` are texts that were left out on
    purpose (aslant, outside the page); `unnamed` counts glyphs whose character is not known."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph]
    rules: list[Rule]
    dropped: str = ""
    unnamed: int = 0
    pictured: bool = False


def plain(char: str) -> str:
    """A character as people write it: radicals and ligatures resolved, symbols of private fonts as •, controls gone."""
    code = ord(char)
    if 0x2E80 <= code <= 0x2FDF:
        return _RADICALS.get(char) or unicodedata.normalize("NFKC", char)
    if 0xFB00 <= code <= 0xFB06:
        return unicodedata.normalize("NFKC", char)
    if 0xE000 <= code <= 0xF8FF:
        return "•"
    if code == 0xAD:
        return "-"  # what is drawn can be seen
    if unicodedata.category(char) in ("Cc", "Cs", "Cn") or char == "\ufffd":
        return " " if char in "\t\r\n" else ""
    return char


@contextlib.contextmanager
def opened(path: Path, data: bytes) -> Iterator[Any]:
    """The document for pdfium, closed before the lock is given back: nothing is left to the garbage collector, which
    runs in any thread. Hold LOCK. Raises InputRefused."""
    import pypdfium2 as pdfium  # type: ignore[import-untyped]
    import pypdfium2.raw as raw  # type: ignore[import-untyped]

    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        raise refuse("file_encrypted" if locked else "file_damaged", path) from error
    try:
        yield document
    finally:
        document.close()


def each_page(path: Path, data: bytes, count: int, use: Callable[[Page], T]) -> list[T]:
    """What `use` makes of every page, in order; pages are not kept. `count` is how many there must be. Raises
    InputRefused where the document is damaged, protected or beyond a limit."""
    with LOCK:
        import pypdfium2 as pdfium  # starts the library

        results: list[T] = []
        characters, begun = 0, time.monotonic()
        with opened(path, data) as document:
            if len(document) != count:
                raise refuse("file_damaged", path)
            try:
                for number in range(count):
                    page = document[number]
                    text = page.get_textpage()
                    here = max(0, text.count_chars())
                    characters += here
                    if here > MAX_ON_PAGE or characters > MAX_CHARACTERS:
                        limit = MAX_ON_PAGE if here > MAX_ON_PAGE else MAX_CHARACTERS
                        raise refuse("file_too_much_text", path, limit=limit)
                    if time.monotonic() - begun > MAX_SECONDS:
                        raise refuse("file_takes_too_long", path, seconds=MAX_SECONDS)
                    results.append(use(_Reading(page, text, here, number).page()))
                    text.close()
                    page.close()
            except pdfium.PdfiumError as error:
                raise refuse("file_damaged", path) from error
        return results


@dataclass(slots=True)
class _Mark:
    """A character as pdfium places it, before the page is turned."""

    text: str
    box: tuple[float, float, float, float]
    origin: tuple[float, float]
    size: float
    angle: float
    apart: bool


@dataclass(slots=True)
class _Reading:
    """Collects one page."""

    source: Any
    text: Any
    count: int
    number: int
    marks: list[_Mark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    unnamed: int = 0
    pictured: bool = False
    paths: int = 0

    def page(self) -> Page:
        self._characters()
        self._objects()
        left, bottom, right, top = self.source.get_bbox()
        quarter = self._quarter()
        turn = _Turn(quarter, left, bottom, right, top)
        glyphs: list[Glyph] = []
        dropped: list[str] = []
        for mark in self.marks:
            x0, y0, x1, y1 = turn.box(mark.box)
            slant = abs(math.remainder(mark.angle - quarter * math.pi / 2, 2 * math.pi))
            outside = x1 < 0 or y1 < 0 or x0 > turn.width or y0 > turn.height
            if slant > 0.1 or outside or mark.size <= 0:
                dropped.append(mark.text)
                continue
            glyphs.append(Glyph(mark.text, x0, x1, turn.point(*mark.origin)[1], mark.size, mark.apart))
        rules = [Rule(*turn.box((rule.x0, rule.y0, rule.x1, rule.y1))) for rule in self.rules]
        if self.paths > MAX_PATHS:
            rules = []
        return Page(self.number, turn.width, turn.height, glyphs, rules, "".join(dropped), self.unnamed, self.pictured)

    def _characters(self) -> None:
        import pypdfium2.raw as raw

        rect, x, y, matrix = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
        shapes: dict[int | None, tuple[float, float]] = {}  # size and angle of each text object
        high, owner, apart = 0, None, False
        for index in range(self.count):
            code = raw.FPDFText_GetUnicode(self.text, index)
            if raw.FPDFText_IsGenerated(self.text, index) == 1:
                apart = True
                continue
            if 0xD800 <= code < 0xDC00:  # on Windows, characters beyond the first plane come in halves
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
            high = 0
            hyphen = code == _SOFT_HYPHEN and raw.FPDFText_IsHyphen(self.text, index) == 1
            char = "-" if hyphen else plain(chr(code)) if 0 < code < 0x110000 else ""
            if not char or raw.FPDFText_HasUnicodeMapError(self.text, index) == 1:
                self.unnamed += 1  # what pdfium gives then is a guess
                continue
            if not raw.FPDFText_GetLooseCharBox(self.text, index, rect):
                continue
            raw.FPDFText_GetCharOrigin(self.text, index, x, y)
            key = ctypes.cast(raw.FPDFText_GetTextObject(self.text, index), ctypes.c_void_p).value
            if key not in shapes or key is None:
                raw.FPDFText_GetMatrix(self.text, index, matrix)
                em = raw.FPDFText_GetFontSize(self.text, index) * math.hypot(matrix.c, matrix.d)
                shapes[key] = (em, math.atan2(matrix.b, matrix.a))
            box = (rect.left, rect.bottom, rect.right, rect.top)
            if not math.isfinite(sum(box) + y.value + sum(shapes[key])):
                continue
            if self.marks and self.marks[-1].box == box and owner == key:
                self.marks[-1].text += char  # the letters of a ligature share its place
            else:
                self.marks.append(_Mark(char, box, (x.value, y.value), *shapes[key], apart))
            owner, apart = key, False

    def _quarter(self) -> int:
        """Quarter turns, counter-clockwise, of most of the text."""
        turns = Counter(round(mark.angle / (math.pi / 2)) % 4 for mark in self.marks)
        return turns.most_common(1)[0][0] if turns else 0

    def _objects(self) -> None:
        import pypdfium2.raw as raw

        self._walk(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, self.source, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)

    def _walk(self, count: Any, get: Any, parent: Any, base: tuple[float, ...], depth: int) -> None:
        import pypdfium2.raw as raw

        matrix = raw.FS_MATRIX()
        for index in range(max(0, count(parent))):
            item = get(parent, index)
            kind = raw.FPDFPageObj_GetType(item)
            self.paths += kind == raw.FPDF_PAGEOBJ_PATH
            if self.paths > MAX_PATHS:
                return
            if kind not in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
                continue
            raw.FPDFPageObj_GetMatrix(item, matrix)
            placed = _times((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f), base)
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                left, bottom, right, top = self.source.get_bbox()
                area = abs(placed[0] * placed[3] - placed[1] * placed[2])
                self.pictured |= area > 0.4 * (right - left) * (top - bottom)
            elif kind == raw.FPDF_PAGEOBJ_PATH:
                self._path(item, placed)
            elif depth < MAX_NESTING:
                self._walk(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, item, placed, depth + 1)

    def _path(self, item: Any, placed: tuple[float, ...]) -> None:
        """The straight lines of a path that is painted."""
        import pypdfium2.raw as raw

        fill, stroke = ctypes.c_int(), ctypes.c_int()
        segments = raw.FPDFPath_CountSegments(item)
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not (fill.value or stroke.value) or segments > MAX_PATHS:
            return
        x, y = ctypes.c_float(), ctypes.c_float()
        points: list[tuple[float, float]] = []
        for index in range(segments):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
                self.rules.extend(_straight(points, bool(stroke.value)))
                points = []
            points.append(_apply(placed, x.value, y.value))
            if not math.isfinite(sum(points[-1])):
                return
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        self.rules.extend(_straight(points, bool(stroke.value)))


def _straight(points: list[tuple[float, float]], stroked: bool) -> list[Rule]:
    """Lines of one subpath: a thin filled box is one line, a larger box has four, a stroked line is itself."""
    if len(points) < 2:
        return []
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, bottom, top = min(xs), max(xs), min(ys), max(ys)
    if top - bottom <= _THIN or right - left <= _THIN:
        if max(top - bottom, right - left) < _SHORT:
            return []
        if top - bottom <= right - left:
            return [Rule(left, (top + bottom) / 2, right, (top + bottom) / 2)]
        return [Rule((left + right) / 2, bottom, (left + right) / 2, top)]
    closed = points[0] == points[-1] or not stroked
    ring = points if points[0] == points[-1] or not closed else [*points, points[0]]
    found: list[Rule] = []
    for (x0, y0), (x1, y1) in pairwise(ring):
        if abs(y1 - y0) < 0.5 and abs(x1 - x0) >= _SHORT:
            found.append(Rule(min(x0, x1), (y0 + y1) / 2, max(x0, x1), (y0 + y1) / 2))
        elif abs(x1 - x0) < 0.5 and abs(y1 - y0) >= _SHORT:
            found.append(Rule((x0 + x1) / 2, min(y0, y1), (x0 + x1) / 2, max(y0, y1)))
    return found


@dataclass(frozen=True, slots=True)
class _Turn:
    """Moves the lower left corner of the page to 0, 0 and turns it by quarters."""

    quarter: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.top - self.bottom if self.quarter % 2 else self.right - self.left

    @property
    def height(self) -> float:
        return self.right - self.left if self.quarter % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.quarter == 0:
            return x - self.left, y - self.bottom
        if self.quarter == 1:
            return y - self.bottom, self.right - x
        if self.quarter == 2:
            return self.right - x, self.top - y
        return self.top - y, x - self.left

    def box(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        (x0, y0), (x1, y1) = self.point(box[0], box[1]), self.point(box[2], box[3])
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _times(inner: tuple[float, ...], outer: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _apply(matrix: tuple[float, ...], x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
