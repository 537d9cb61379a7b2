# SPDX-License-Identifier: Apache-2.0
"""The kit as PDF (A4), set by Qt's own text engine and PDF writer, which embed the fonts they use.

A kit is a row of blocks. Each is laid out by itself and measured; a block that does not fit on the rest of a page goes
to the next one, so that a question is never torn from its probes, nor an anchor from its score.
"""

from __future__ import annotations

import errno
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from askwell.domain.questions import Kit
from askwell.kits.exporters.base import KitSheet, atomic, clean
from askwell.kits.exporters.page import render
from askwell.kits.exporters.pdf_page import PAGE, STYLE

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter, QPdfWriter, QTextDocument

_RESOLUTION = 144  # layout units per inch; text is vectors, so this only sets how finely things are placed
_MARGIN_MM, _BAND_MM, _GAP_MM, _CLOSE_MM = 18, 8, 4, 1.5
_MM = _RESOLUTION / 25.4
# Latin first: the digits of some Chinese fonts have no character of their own in a PDF, and could not be copied.
_LATIN = ("Segoe UI", "Helvetica Neue", "Noto Sans", "DejaVu Sans")
_CJK = {
    "zh": ("Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC"),
    "ja": ("Yu Gothic", "Hiragino Sans", "Noto Sans CJK JP", "Meiryo"),
}
_RADICAL = re.compile(rb"<(2[EeFf][0-9A-Fa-f]{2})>")
_RADICALS = range(0x2E80, 0x2FE0)
_ONE_AT_A_TIME = threading.Lock()  # Qt's Python names are made on first use, which two threads must not do at once


@dataclass(frozen=True, slots=True)
class _Block:
    """A piece of HTML. `starts` a page, or stays `with` the block before it where both fit on one page."""

    html: str
    starts: bool = False
    attached: bool = False


class PdfExporter:
    """Writes `*.pdf`."""

    FORMAT = "pdf"
    extension = "pdf"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """See `Exporter.write`."""
        sheet = KitSheet(labels)
        blocks = _blocks(kit, sheet)

        def fill(target: Path) -> None:
            with _application():
                press = _Press(kit, sheet, target)
                press.print(blocks)
                meant = press.radicals("".join(block.html for block in blocks))
                del press
            _name_characters(target, meant)

        with _ONE_AT_A_TIME:
            atomic(path, fill)


def _blocks(kit: Kit, sheet: KitSheet) -> list[_Block]:
    text = render(PAGE, kit, sheet)
    found: list[_Block] = []
    # Texts are escaped, so a mark can only be one of ours.
    for part in text.replace("<!--page-->", "<!--block-->\f").split("<!--block-->"):
        first, *rest = part.lstrip("\f").split("<!--with-->")
        found += [_Block(first, starts=part.startswith("\f")), *(_Block(one, attached=True) for one in rest)]
    return found


@contextmanager
def _application() -> Iterator[None]:
    """A text engine needs fonts, and fonts an application: the window's, or one that lives for this export only, so
    that it never stands in the way of a window opened later. Without a window no display is asked for on Linux."""
    from PySide6.QtGui import QGuiApplication

    running = QGuiApplication.instance()
    if running is not None:
        if not isinstance(running, QGuiApplication):
            raise OSError(errno.ENOSYS, "no graphics")
        yield
        return
    headless = ("-platform", "offscreen") if sys.platform.startswith("linux") else ()
    own = QGuiApplication(["askwell", *headless])
    try:
        yield
    finally:
        own.shutdown()


def _name_characters(path: Path, meant: Mapping[int, int]) -> None:
    """Put `meant` into the tables by which a viewer turns glyphs into characters."""
    from pypdf import PdfWriter
    from pypdf.generic import StreamObject

    def unify(found: re.Match[bytes]) -> bytes:
        code = int(found[1], 16)
        return b"<%04X>" % meant.get(code, code)

    document = PdfWriter(clone_from=path)
    fonts = {id(font): font for page in document.pages for font in _fonts(page)}
    for font in fonts.values():
        table = font["/ToUnicode"].get_object() if "/ToUnicode" in font else None
        if isinstance(table, StreamObject):
            table.set_data(_RADICAL.sub(unify, table.get_data()))
    document.write(path)


def _fonts(page: Any) -> list[Any]:
    held = page["/Resources"].get_object().get("/Font", {}).get_object()
    return [font.get_object() for font in held.values()]


class _Press:
    """One document on its way to paper."""

    def __init__(self, kit: Kit, sheet: KitSheet, target: Path) -> None:
        from PySide6.QtCore import QMarginsF
        from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter

        self.kit, self.sheet = kit, sheet
        self.writer: QPdfWriter = QPdfWriter(str(target))
        self.writer.setResolution(_RESOLUTION)
        self.writer.setTitle(clean(kit.title))
        self.writer.setCreator("Askwell")
        margin = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
        self.writer.setPageLayout(
            QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margin)
        )
        self.font = QFont()
        self.font.setFamilies([*_LATIN, *_CJK.get(kit.lang, _CJK["zh"])])
        self.font.setPointSizeF(10)
        self.width, self.height = self.writer.width(), self.writer.height() - 2 * _BAND_MM * _MM

    def print(self, blocks: list[_Block]) -> None:
        """Lay out, then draw. Raises OSError where the file cannot be written."""
        from PySide6.QtCore import QRectF
        from PySide6.QtGui import QPainter

        pages = self._pages([(block, self._document(block.html)) for block in blocks])
        painter = QPainter()
        if not painter.begin(self.writer):
            raise OSError(errno.EIO, "PDF")
        try:
            for number, page in enumerate(pages, 1):
                if number > 1:
                    self.writer.newPage()
                self._band(painter, number, len(pages))
                for top, document in page:
                    painter.save()
                    painter.translate(0, _BAND_MM * _MM + top)
                    document.drawContents(painter, QRectF(0, -min(top, 0), self.width, self.height))
                    painter.restore()
        finally:
            painter.end()

    def radicals(self, text: str) -> dict[int, int]:
        """Radicals (⼯) that look like a character (工) of `text`. Qt names a glyph after the first character that has
        it, which is the radical, and then the text can neither be searched nor copied rightly."""
        from PySide6.QtGui import QFontDatabase, QRawFont

        systems = QFontDatabase.WritingSystem
        raw = QRawFont.fromFont(self.font, systems.Japanese if self.kit.lang == "ja" else systems.SimplifiedChinese)
        used = "".join(sorted({one for one in text + "".join(self.sheet.labels.values()) if one >= "\u3400"}))
        shapes = dict(zip(raw.glyphIndexesForString(used), used, strict=False))
        found = {code: raw.glyphIndexesForString(chr(code))[:1] for code in _RADICALS}
        return {code: ord(shapes[one[0]]) for code, one in found.items() if one and one[0] in shapes}

    def _document(self, html: str) -> QTextDocument:
        from PySide6.QtGui import QTextDocument

        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.documentLayout().setPaintDevice(self.writer)
        document.setDocumentMargin(0)
        document.setDefaultFont(self.font)
        document.setDefaultStyleSheet(STYLE)
        document.setHtml(f"<body>{html}</body>")
        document.setTextWidth(self.width)
        return document

    def _pages(self, laid: list[tuple[_Block, QTextDocument]]) -> list[list[tuple[float, QTextDocument]]]:
        """Tops of the blocks, page by page; below 0 where a block began on a page before."""
        from PySide6.QtCore import QSizeF

        pages: list[list[tuple[float, QTextDocument]]] = [[]]
        top = 0.0
        for index, (block, document) in enumerate(laid):
            tall = document.size().height()
            following = laid[index + 1] if index + 1 < len(laid) else None
            bound = following[1].size().height() if following is not None and following[0].attached else 0.0
            needed = tall + bound if tall + bound <= self.height else tall
            if pages[-1] and (block.starts or top + needed > self.height):
                pages.append([])
                top = 0.0
            if tall > self.height:
                # Only a text beyond all measure comes here: it runs over as many pages as it needs.
                document.setPageSize(QSizeF(self.width, self.height))
                pages += [[(-self.height * part, document)] for part in range(1, document.pageCount())]
                pages[-document.pageCount()].append((0.0, document))
                top = self.height
                continue
            pages[-1].append((top, document))
            top += tall + (_CLOSE_MM if bound else _GAP_MM) * _MM
        return pages

    def _band(self, painter: QPainter, number: int, count: int) -> None:
        """Title and candidate above, footer and page number below."""
        from PySide6.QtCore import QRectF, Qt
        from PySide6.QtGui import QColor, QFont

        small = QFont(self.font)
        small.setPointSizeF(8)
        painter.setFont(small)
        painter.setPen(QColor("#64707d"))
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        tall = _BAND_MM * _MM
        bottom = self.writer.height() - tall
        code = f"{self.sheet.label('candidate')} {clean(self.kit.candidate_code) or '________'}"
        painter.drawText(QRectF(0, 0, self.width * 0.7, tall), left, clean(self.kit.title))
        painter.drawText(QRectF(0, 0, self.width, tall), right, code)
        low = Qt.AlignmentFlag.AlignBottom
        painter.drawText(QRectF(0, bottom, self.width * 0.8, tall), left | low, self.sheet.label("footer"))
        page = self.sheet.label("page", page=number, pages=count)
        painter.drawText(QRectF(0, bottom, self.width, tall), right | low, page)
