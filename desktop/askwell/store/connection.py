# SPDX-License-Identifier: Apache-2.0
"""Engine, transactions, and the translation of database errors into sentences.

Every call of the workspace takes its own connection from the pool, so several threads can work at once: readers see
a snapshot (WAL), writers queue for `busy_ms`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError

from askwell.domain.errors import StoreError
from askwell.store.codec import CodecError

_WRITE = "askwell_write"
_DAMAGE = ("malformed", "not a database", "file is encrypted", "corrupt")
_LOCKED = ("locked", "busy")
_UNWRITABLE = ("unable to open", "readonly", "read-only", "disk is full", "disk full", "disk i/o")


def make_engine(path: Path, busy_ms: int = 10_000) -> Engine:
    """An engine over the SQLite file `path`; nothing is opened yet."""
    engine = create_engine(
        URL.create("sqlite+pysqlite", database=str(path)),
        json_serializer=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")),
        connect_args={"check_same_thread": False, "timeout": busy_ms / 1000},
        pool_size=8,
        max_overflow=16,
    )

    def connected(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own transaction handling starts them late and never IMMEDIATE; `_begin` does it instead.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {int(busy_ms)}")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A reader that later turns writer cannot wait for the lock, it fails at once; so writers say so from the start.
    writes = connection.get_execution_options().get(_WRITE, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one consistent state."""
    with translated(engine), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection inside one transaction: all of it is committed, or nothing."""
    with (
        translated(engine),
        engine.connect().execution_options(**{_WRITE: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn what the user can act on into a StoreError; let bugs through."""
    file = file_of(engine).name
    try:
        yield
    except CodecError as error:
        raise StoreError.of("store_damaged", file=file, detail=str(error)) from error
    except sqlite3.Error as error:
        raise store_error(file, error) or error from error
    except DBAPIError as error:
        raise store_error(file, error.orig) or error from error


def store_error(file: str, error: object) -> Exception | None:
    """The sentence for a database error; None where it is a bug of ours."""
    text = str(error).lower()
    for key, marks in (("store_damaged", _DAMAGE), ("store_locked", _LOCKED), ("store_unwritable", _UNWRITABLE)):
        if any(mark in text for mark in marks):
            return StoreError.of(key, file=file, detail=str(error))
    return None


def file_of(engine: Engine) -> Path:
    """The database file behind an engine."""
    return Path(engine.url.database or "")


def driver_of(connection: Connection) -> sqlite3.Connection:
    """The SQLite connection below, for what only the driver can do (online backup)."""
    raw: Any = connection.connection.driver_connection
    if not isinstance(raw, sqlite3.Connection):
        raise TypeError(f"not an SQLite connection: {raw!r}")
    return raw
