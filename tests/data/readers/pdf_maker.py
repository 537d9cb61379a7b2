# SPDX-License-Identifier: Apache-2.0
"""Writes small PDFs by hand, the same bytes every time: text where it is wanted, lines, and anything hostile.

Latin letters are Helvetica, all others a Chinese font that readers have to know (STSong, UniGB-UTF16-H); neither is
embedded.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from itertools import groupby

_FONTS = (
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding<</Type/Encoding/BaseEncoding/WinAnsiEncoding"
    b"/Differences[1/fi/ff]>>>>",
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[%d 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
    b"/Supplement 4>>/FontDescriptor %d 0 R/DW 1000/W[1[500] 814[500]]>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93>>",
)


class Pdf:
    """A document under construction. Coordinates are points from the lower left corner."""

    def __init__(self) -> None:
        self.objects: list[bytes] = [b"", b""]  # the catalogue and the page tree are written last
        self.pages: list[tuple[list[bytes], bytes]] = []
        self.catalogue = b""
        first = len(self.objects) + 1
        self.objects += [
            _FONTS[0], _FONTS[1] % (first + 2), _FONTS[2] % (first + 3), _FONTS[3],
        ]  # fmt: skip
        self.fonts = b"/A %d 0 R/C %d 0 R" % (first, first + 1)

    def page(self, width: float = 595, height: float = 842, extra: bytes = b"") -> Pdf:
        """Begin a page. `extra` goes into its dictionary; /Resources holds the fonts and what `resources` was given."""
        self.pages.append(([], b"/MediaBox[0 0 %g %g]%s" % (width, height, extra)))
        return self

    def text(self, x: float, y: float, text: str, size: float = 10.5, turn: Sequence[float] = (1, 0, 0, 1)) -> Pdf:
        """Text beginning at x, y."""
        shown = b""
        for latin, chars in groupby(text, key=lambda char: char < "\u0100"):
            run = "".join(chars)
            data = run.encode("cp1252", "replace") if latin else run.encode("utf-16-be")
            shown += b"/%s %g Tf <%s> Tj " % (b"A" if latin else b"C", size, data.hex().encode())
        return self.draw(b"BT %g %g %g %g %g %g Tm %sET" % (*turn, x, y, shown))

    def lines(self, x: float, y: float, texts: Sequence[str], leading: float = 16, size: float = 10.5) -> Pdf:
        """Texts under each other."""
        for at, text in enumerate(texts):
            self.text(x, y - at * leading, text, size)
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Pdf:
        """All the lines of a table."""
        for x in xs:
            self.rule(x, min(ys), x, max(ys))
        for y in ys:
            self.rule(min(xs), y, max(xs), y)
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Pdf:
        """A line."""
        return self.draw(b"0.5 w %g %g m %g %g l S" % (x0, y0, x1, y1))

    def draw(self, operators: bytes) -> Pdf:
        """Anything else."""
        self.pages[-1][0].append(operators)
        return self

    def add(self, body: bytes) -> int:
        """A further object; returns its number."""
        self.objects.append(body)
        return len(self.objects)

    def bytes(self, resources: bytes = b"", packed: bool = False) -> bytes:
        """The file."""
        kids: list[int] = []
        for operators, entries in self.pages:
            content = self.add(stream(b"\n".join(operators), packed=packed))
            held = b"/Resources<</Font<<%s>>%s>>" % (self.fonts, resources)
            kids.append(self.add(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R%s%s>>" % (content, held, entries)))
        listed = b" ".join(b"%d 0 R" % kid for kid in kids)
        self.objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalogue
        self.objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (listed, len(kids))
        return document(self.objects)


def stream(data: bytes, entries: bytes = b"", packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        data, entries = zlib.compress(data, 9), entries + b"/Filter/FlateDecode"
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def document(objects: Sequence[bytes]) -> bytes:
    """Objects, of which the first is the catalogue, as a file."""
    out = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)
