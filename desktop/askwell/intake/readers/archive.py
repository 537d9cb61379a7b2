# SPDX-License-Identifier: Apache-2.0
"""Zip archives of other exports: the whole package as a system hands it out.

Members are never unpacked under their own names: each is written under a number into a private temporary folder, read
by the reader for its content, and removed. Left out are read-mes and what by its ending cannot be imported.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from askwell.domain.errors import InputRefused
from askwell.domain.messages import Message
from askwell.intake.model import RawTable
from askwell.intake.readers.base import (
    MAX_PARTS,
    MAX_UNPACKED,
    Reader,
    check_shape,
    check_zip,
    head,
    refuse,
    zip_members,
)
from askwell.intake.readers.encoding import detect

MARK = " › "  # between the names of a member and of its sheet
MAX_TABLES = 1000
MAX_NESTED = 1  # how deep archives may lie within the archive
_LOCAL, _EMPTY = b"PK\x03\x04", b"PK\x05\x06"
_OFFICE = {"[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF", "META-INF/manifest.xml", "word/document.xml"}
_EAST_ASIAN = ("utf-8", "gb18030", "big5", "shift_jis")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])\s*(?:\..*)?", re.I)
_HAN = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ASIDE = re.compile(r"(?:\.|~\$|(?:readme|licen[cs]e|changelog|manifest|metadata|checksums?)\b)", re.I)
# Of a member these say that there is nothing in it to import; a scan without text is a picture.
_NOTHING = ("error.file_unknown", "error.file_empty", "error.file_no_records", "error.file_no_text")
_CHUNK = 1024 * 1024


class ArchiveReader:
    """The tables of every member that has any, named `member › sheet`. A member that is damaged, protected or beyond a
    limit refuses the whole archive and is named; so does an entry that points out of it."""

    EXTENSIONS: tuple[str, ...] = (".zip",)

    def __init__(self, reader_for: Callable[[Path], Reader], extensions: Callable[[], tuple[str, ...]]) -> None:
        """`reader_for` and `extensions` of all formats, asked when an archive is read."""
        self.reader_for = reader_for
        self.extensions = extensions

    def sniff(self, path: Path) -> bool:
        """A zip that is no office document; and what is left of a zip, lest one of its members be taken for it."""
        begin = head(path, 4)
        if begin != _LOCAL:
            return begin == _EMPTY
        names = zip_members(path)
        if names and not _is_whole(path):
            return True
        return bool(names) and not names & _OFFICE and not any(name.startswith("xl/workbook.") for name in names)

    def read(self, path: Path) -> list[RawTable]:
        """See Reader."""
        return _Package(path, self, again=False).tables

    def reread(self, path: Path) -> tuple[str, list[RawTable]]:
        """Members by zlib alone, from where their bytes lie; their content by the second way of its own reader."""
        package = _Package(path, self, again=True)
        return " · ".join(["zlib", *package.methods]), package.tables


class _Package:
    """One pass over an archive and those within it."""

    def __init__(self, path: Path, reader: ArchiveReader, *, again: bool) -> None:
        self.path = path
        self.reader = reader
        self.again = again
        self.methods: list[str] = []
        self.tables: list[RawTable] = []
        self._left = MAX_UNPACKED
        self._members = self._cells = 0
        self._endings = tuple(reader.extensions())
        with TemporaryDirectory(prefix="askwell-", ignore_cleanup_errors=True) as folder:
            self._folder = Path(folder)
            self._walk(path, "", 0)
        if not self.tables:
            raise refuse("file_archive_nothing", path, extensions=" ".join(self._endings))

    def _walk(self, archive: Path, prefix: str, depth: int) -> None:
        """Read the members of an archive; `prefix` is what it is called within the outer one."""
        try:
            check_zip(archive)
            if not _is_whole(archive):
                raise refuse("file_damaged", archive)
        except InputRefused as error:
            raise _renamed(error, self._shown(prefix)) from error
        with zipfile.ZipFile(archive) as opened:
            infos = opened.infolist()
            for name, info in zip(_names(infos), infos, strict=True):
                self._count(info)
                shown = f"{prefix}{MARK}{name}" if prefix else name
                if not _is_safe(name, info):
                    raise refuse("file_archive_unsafe", self.path, member=shown[:200])
                if self._wanted(name, info):
                    self._member(archive, opened, info, shown, depth)

    def _count(self, info: zipfile.ZipInfo) -> None:
        self._members += 1
        self._left -= info.file_size
        if self._left < 0 or self._members > MAX_PARTS:
            size = round((MAX_UNPACKED - self._left) / 1024**2)
            raise refuse("file_expands", self.path, size=size)

    def _wanted(self, name: str, info: zipfile.ZipInfo) -> bool:
        inner = PurePosixPath(name)
        aside = inner.parts[0] == "__MACOSX" if inner.parts else True
        return not (info.is_dir() or aside or _ASIDE.match(inner.name)) and inner.suffix.lower() in self._endings

    def _member(self, archive: Path, opened: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, depth: int) -> None:
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refuse("file_archive_method", self.path, member=shown[:200])
        # Only the ending of the member's name is used, and only one of ours.
        copy = self._folder / f"{self._members:06d}{PurePosixPath(shown).suffix.lower()}"
        try:
            self._unpack(archive, opened, info, copy)
            reader = self.reader.reader_for(copy)
            if reader is self.reader:
                self._nested(copy, shown, depth)
            else:
                self._take(reader, copy, shown)
        except InputRefused as error:
            if error.message.key not in _NOTHING:
                raise _renamed(error, self._shown(shown), copy.name) from error
        finally:
            copy.unlink(missing_ok=True)

    def _unpack(self, archive: Path, opened: zipfile.ZipFile, info: zipfile.ZipInfo, copy: Path) -> None:
        """The bytes of a member into `copy`; never more than its entry states, and with the right check sum."""
        try:
            with copy.open("xb") as target:
                if self.again:
                    for piece in _inflated(archive, info):
                        target.write(piece)
                    return
                with opened.open(info) as source:
                    while piece := source.read(_CHUNK):
                        target.write(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError) as error:
            raise refuse("file_damaged", copy) from error
        except OSError as error:
            raise refuse("file_unreadable", copy, reason=error.strerror or "") from error

    def _nested(self, copy: Path, shown: str, depth: int) -> None:
        if depth >= MAX_NESTED:
            raise refuse("file_archive_nested", self.path, member=shown[:200])
        self._walk(copy, shown, depth + 1)

    def _take(self, reader: Reader, copy: Path, shown: str) -> None:
        if self.again:
            method, tables = reader.reread(copy)
            self.methods.extend([method] if method not in self.methods else [])
        else:
            tables = reader.read(copy)
        for table in tables:
            self._cells = check_shape(self.path, len(table.cells), table.width, self._cells)
            sheet = f"{shown}{MARK}{table.sheet}" if table.sheet else shown
            self.tables.append(replace(table, file=self.path.name, sheet=sheet))
        if len(self.tables) > MAX_TABLES:
            raise refuse("file_too_many_tables", self.path, tables=len(self.tables), limit=MAX_TABLES)

    def _shown(self, member: str) -> str:
        return f"{self.path.name}{MARK}{member}" if member else self.path.name


def _renamed(error: InputRefused, name: str, copy: str = "") -> InputRefused:
    """The refusal of a member under the name that people know; one that names the archive itself is left as it is."""

    def named(message: Message) -> Message:
        return Message(message.key, {**message.params, "file": name})

    if copy and error.message.params.get("file") != copy:
        return error
    return InputRefused(named(error.message), named(error.hint) if error.hint else None)


def _is_whole(path: Path) -> bool:
    """False for a cut archive in which only a member, itself an archive, still has its directory."""
    with zipfile.ZipFile(path) as archive:
        infos = archive.infolist()
        return not infos or any(info.header_offset == 0 for info in infos)


def _inflated(path: Path, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """The bytes of a stored or deflated member, read past the standard library's archive module."""
    with path.open("rb") as stream:
        stream.seek(info.header_offset)
        local = stream.read(30)
        if len(local) < 30 or not local.startswith(_LOCAL):
            raise ValueError(info.filename)
        stream.seek(sum(struct.unpack_from("<HH", local, 26)), 1)
        inflate = zlib.decompressobj(-zlib.MAX_WBITS) if info.compress_type == zipfile.ZIP_DEFLATED else None
        packed, size, crc = info.compress_size, 0, 0
        while packed > 0 and (raw := stream.read(min(_CHUNK, packed))):
            packed -= len(raw)
            while True:
                piece = inflate.decompress(raw, _CHUNK) if inflate else raw
                size, crc = size + len(piece), zlib.crc32(piece, crc)
                if size > info.file_size:
                    raise ValueError(info.filename)
                yield piece
                raw = inflate.unconsumed_tail if inflate else b""
                if not raw:
                    break
    if size != info.file_size or crc != info.CRC:
        raise ValueError(info.filename)


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The members' names as their makers meant them. Without the flag for UTF-8 the standard says cp437, while programs
    write the encoding of their country; all names together tell which."""
    raw = {at: _raw(info) for at, info in enumerate(infos) if not info.flag_bits & 0x800}
    encoding = _encoding(b"\n".join(name for name in raw.values() if not name.isascii()))
    names = [
        raw[at].decode(encoding, errors="replace") if at in raw else info.orig_filename for at, info in enumerate(infos)
    ]
    return [name.replace("\\", "/") for name in names]


def _raw(info: zipfile.ZipInfo) -> bytes:
    return info.orig_filename.encode("cp437", errors="replace")


def _encoding(names: bytes) -> str:
    if not names:
        return "cp437"
    found = detect(names)
    if found in _EAST_ASIAN:
        return found
    # Names of people hold rare characters. Letters with accents stand alone, while a Chinese one takes two bytes.
    pairs = all(len(run) % 2 == 0 for run in re.findall(rb"[\x80-\xff]+", names))
    text = names.decode("gb18030", errors="replace")
    return "gb18030" if pairs and all(char.isascii() or _HAN.match(char) for char in text) else "cp437"


def _is_safe(name: str, info: zipfile.ZipInfo) -> bool:
    """False for what points out of the archive, is a link or a device, or is called like one."""
    parts = [part for part in name.split("/") if part]
    kind = stat.S_IFMT(info.external_attr >> 16)
    return not (
        name.startswith("/")
        or re.match(r"[A-Za-z]:", name)
        or ".." in parts
        or _CONTROL.search(name)
        or any(_DEVICE.fullmatch(part) for part in parts)
        or kind not in (0, stat.S_IFREG, stat.S_IFDIR)
    )
