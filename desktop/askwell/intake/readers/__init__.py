# SPDX-License-Identifier: Apache-2.0
"""Reads any supported file into RawTables, by content first and by name second."""

from __future__ import annotations

from pathlib import Path

from askwell.intake.model import RawTable
from askwell.intake.readers.archive import ArchiveReader
from askwell.intake.readers.base import MAX_BYTES, Reader, head, refuse
from askwell.intake.readers.csv import CsvReader
from askwell.intake.readers.docx import DocxReader
from askwell.intake.readers.html import HtmlReader
from askwell.intake.readers.json import JsonReader
from askwell.intake.readers.pdf import PdfReader
from askwell.intake.readers.sql import SqlReader
from askwell.intake.readers.sqlite import SqliteReader
from askwell.intake.readers.xlsx import WorkbookReader

READERS: tuple[Reader, ...] = (
    ArchiveReader(lambda path: reader_for(path), lambda: extensions()),  # first: knows a cut archive from its member
    WorkbookReader(),
    DocxReader(),
    PdfReader(),
    HtmlReader(),
    JsonReader(),
    SqliteReader(),
    SqlReader(),
    CsvReader(),  # last: any text passes its sniff
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def extensions() -> tuple[str, ...]:
    """Every file name ending that can be offered in a file dialogue."""
    return tuple(ending for reader in READERS for ending in reader.EXTENSIONS)


def reader_for(path: Path) -> Reader:
    """The reader for a file, chosen by content. Raises InputRefused for a missing, empty, too large, encrypted or
    unknown file."""
    if not path.is_file():
        raise refuse("file_missing", path)
    size = path.stat().st_size
    if size == 0:
        raise refuse("file_empty", path)
    if size > MAX_BYTES:
        raise refuse("file_too_large", path, size=round(size / 1024**2), limit=MAX_BYTES // 1024**2)
    begin = head(path)
    if begin.startswith(_OLE):
        _refuse_ole(path)
    for reader in READERS:
        if reader.sniff(path):
            return reader
    if begin.startswith(b"PK") or path.suffix.lower() in (".xlsx", ".xlsm", ".docx", ".ods", ".xlsb", ".xls", ".pdf"):
        raise refuse("file_damaged", path)
    raise refuse("file_unknown", path, extensions=" ".join(extensions()))


def read(path: Path) -> list[RawTable]:
    """All tables of a file. Raises InputRefused."""
    return reader_for(path).read(path)


def _refuse_ole(path: Path) -> None:
    """An OLE container is an old .xls, an old .doc, or a modern file behind a password."""
    body = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in body:
        raise refuse("file_encrypted", path)
    if "WordDocument".encode("utf-16-le") in body:
        raise refuse("file_old_word", path)
