# SPDX-License-Identifier: Apache-2.0
"""Looks a PDF over with pypdf before pdfium may open it, and reads its text a second time.

pdfium expands whatever a page asks for: a file of two kilobytes, whose forms draw forms that draw forms, takes
gigabytes. So the drawing operators are weighed first. JavaScript, attachments, links and actions are never looked at.
"""

from __future__ import annotations

import contextlib
import io
import logging
import re
import struct
import time
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askwell.intake.readers.base import MAX_DEPTH, refuse

if TYPE_CHECKING:
    from pypdf import PdfReader

MAX_BYTES = 64 * 1024 * 1024  # pypdf looks for lost objects through the whole file, one by one
MAX_SECONDS = 300
MAX_PAGES = 500
MAX_PAGE_WEIGHT = 8 * 1024 * 1024  # bytes of drawing operators; a dense page has 0.2 MB
MAX_WEIGHT = 64 * 1024 * 1024
MAX_FONT = 64 * 1024 * 1024
_CALL = 300  # what drawing a form costs beside its content
_DRAWS = re.compile(rb"(?<![^\s\x00\])>}])Do(?![^\s\x00/<\[({%])")
_NAMED = re.compile(rb"(?<![^\s\x00\])>}])/([A-Za-z0-9_.+-]+)[\s\x00]+Do(?![^\s\x00/<\[({%])")
_TAIL = 4096
# Whatever a parser written in Python does with a broken file.
_BROKEN = (
    ArithmeticError, AssertionError, AttributeError, LookupError, NotImplementedError, OSError, RecursionError,
    TypeError, ValueError, struct.error, zlib.error,
)  # fmt: skip


def look_over(path: Path, data: bytes) -> PdfReader:
    """The document for pypdf, after its size, ending, protection, fields, number of pages and weight were checked.
    Raises InputRefused."""
    if len(data) > MAX_BYTES:
        raise refuse("file_too_large", path, size=len(data) // 1024**2, limit=MAX_BYTES // 1024**2)
    if b"%%EOF" not in data.rstrip(b"\0\r\n\t ")[-_TAIL:]:
        raise refuse("file_damaged", path)  # cut off: pdfium would read what is left of it without a word
    with reading(path):
        from pypdf import PdfReader
        from pypdf.errors import DependencyError

        try:
            reader = PdfReader(io.BytesIO(data))
        except DependencyError as error:
            raise refuse("file_encrypted", path) from error
        if reader.is_encrypted:
            raise refuse("file_encrypted", path)
        if _has_answers(reader):
            raise refuse("file_form_fields", path)
        count = len(reader.pages)
        if count > MAX_PAGES:
            raise refuse("file_too_many_pages", path, pages=count, limit=MAX_PAGES)
        if count == 0:
            raise refuse("file_damaged", path)
        scale = _Scale(path, reader)
        for page in _in_time(path, reader.pages):
            scale.add(page)
        return reader


def _in_time(path: Path, pages: Iterable[Any]) -> Iterator[Any]:
    begun = time.monotonic()
    for page in pages:
        if time.monotonic() - begun > MAX_SECONDS:
            raise refuse("file_takes_too_long", path, seconds=MAX_SECONDS)
        yield page


def _has_answers(reader: PdfReader) -> bool:
    """True where somebody has written into fields of a form: they are no part of the pages' text."""
    fields = (reader.get_fields() or {}).values()
    return any(field.get("/FT") in ("/Tx", "/Ch") and str(field.get("/V") or "").strip() for field in fields)


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turns what pypdf raises into refusals, and keeps its complaints about odd files out of the log."""
    from pypdf.errors import LimitReachedError, PyPdfError

    log = logging.getLogger("pypdf")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    except LimitReachedError as error:
        raise refuse("file_expands", path, size=MAX_WEIGHT // 1024**2) from error
    except (PyPdfError, *_BROKEN) as error:
        raise refuse("file_damaged", path) from error
    finally:
        log.setLevel(before)


def second_texts(path: Path, reader: PdfReader) -> list[str]:
    """Text of every page by pypdf. Raises InputRefused."""
    with reading(path):
        return [page.extract_text() for page in _in_time(path, reader.pages)]


@dataclass(slots=True)
class _Scale:
    """Adds up the bytes of operators that pages make a reader work through, forms as often as they are drawn."""

    path: Path
    reader: PdfReader
    total: int = 0
    forms: dict[int, int] = field(default_factory=dict)
    fonts: set[int] = field(default_factory=set)

    def add(self, page: Any) -> None:
        """Weigh a page. Raises InputRefused."""
        for part in _streams(page.get("/Contents")):
            self._refuse_torn(part)
        content = page.get_contents()
        weight = self._weigh(content, _dictionary(page.get("/Resources")), 0) if content is not None else 0
        self.total += weight
        if weight > MAX_PAGE_WEIGHT or self.total > MAX_WEIGHT:
            raise refuse("file_expands", self.path, size=max(1, round(max(weight, self.total) / 1024**2)))

    def _weigh(self, stream: Any, resources: dict[Any, Any], depth: int) -> int:
        if depth > MAX_DEPTH:
            raise refuse("file_too_deep", self.path, limit=MAX_DEPTH)
        operators: bytes = stream.get_data()
        if len(operators) > MAX_PAGE_WEIGHT:
            return len(operators)
        weight = len(operators) + self._weigh_fonts(resources, depth)
        offered = _dictionary(resources.get("/XObject"))
        for name in self._drawn(stream, operators) if offered else ():
            if name in offered:
                weight += self._form(offered[name], resources, depth)
        return weight

    def _refuse_torn(self, stream: Any) -> None:
        """Readers show what they can unpack of a damaged stream, and say nothing of the rest."""
        packed = getattr(stream, "_data", None)
        if stream.get("/Filter") not in ("/FlateDecode", ["/FlateDecode"]) or not isinstance(packed, bytes):
            return
        unpacker = zlib.decompressobj()
        unpacker.decompress(packed, MAX_PAGE_WEIGHT + 1)
        if unpacker.eof or unpacker.unconsumed_tail:
            return
        bare = zlib.decompressobj(-zlib.MAX_WBITS)  # only the checksum at the end may be missing
        bare.decompress(packed[2:], MAX_PAGE_WEIGHT + 1)
        if not bare.eof:
            raise refuse("file_damaged", self.path)

    def _drawn(self, stream: Any, operators: bytes) -> list[str]:
        """Names of the forms and pictures that a stream draws, as often as it does."""
        named = [f"/{name.decode('ascii')}" for name in _NAMED.findall(operators)]
        if len(named) == len(_DRAWS.findall(operators)):
            return named
        # Some "Do" is not as everybody writes it, or is a word of a text: read the stream properly.
        from pypdf.generic import ContentStream

        parsed = stream if isinstance(stream, ContentStream) else ContentStream(stream, self.reader)
        return [str(operands[0]) for operands, operator in parsed.operations if operator == b"Do" and operands]

    def _form(self, entry: Any, outer: dict[Any, Any], depth: int) -> int:
        form = entry.get_object()
        key = id(form)  # pypdf keeps the objects it has read
        if key not in self.forms:
            self.forms[key] = MAX_PAGE_WEIGHT  # should it draw itself
            dictionary = _dictionary(form)
            drawn = dictionary.get("/Subtype") != "/Image" and hasattr(form, "get_data")
            own = _dictionary(dictionary.get("/Resources")) or outer
            if drawn:
                self._refuse_torn(form)
            weight = self._weigh(form, own, depth + 1) if drawn else 0
            self.forms[key] = _CALL + weight
        return self.forms[key]

    def _weigh_fonts(self, resources: dict[Any, Any], depth: int) -> int:
        """Unpack what the fonts hold, so that pypdf's limits are kept by it; glyphs that are drawings weigh."""
        weight = 0
        for entry in _dictionary(resources.get("/Font")).values():
            font = _dictionary(entry)
            if id(font) in self.fonts:
                continue
            self.fonts.add(id(font))
            below = font.get("/DescendantFonts")
            for member in (font, *(_dictionary(one) for one in (below.get_object() if below is not None else ()))):
                self._unpack(member)
            for drawing in _dictionary(font.get("/CharProcs")).values():
                own = _dictionary(font.get("/Resources")) or resources
                weight += self._weigh(drawing.get_object(), own, depth + 1)
        return weight

    def _unpack(self, font: dict[Any, Any]) -> None:
        descriptor = _dictionary(font.get("/FontDescriptor"))
        held = [font.get(name) for name in ("/ToUnicode", "/Encoding", "/CIDToGIDMap")]
        held += [descriptor.get(name) for name in ("/FontFile", "/FontFile2", "/FontFile3")]
        for one in held:
            stream: Any = one.get_object() if one is not None else None
            if hasattr(stream, "get_data") and len(stream.get_data()) > MAX_FONT:
                raise refuse("file_expands", self.path, size=round(len(stream.get_data()) / 1024**2))


def _streams(entry: Any) -> list[Any]:
    found = entry.get_object() if hasattr(entry, "get_object") else entry
    parts = [part.get_object() for part in found] if isinstance(found, list) else [found]
    return [part for part in parts if hasattr(part, "get_data")]


def _dictionary(entry: Any) -> dict[Any, Any]:
    found = entry.get_object() if hasattr(entry, "get_object") else entry
    return found if isinstance(found, dict) else {}
