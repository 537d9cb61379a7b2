# SPDX-License-Identifier: Apache-2.0
"""A copy of the whole workspace, taken while others work on it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from sqlalchemy import Engine

from askwell.domain.errors import StoreError
from askwell.store.connection import driver_of, file_of, store_error, translated


def copy_database(engine: Engine, target: Path) -> Path:
    """Copy the database to the file `target` by SQLite's online backup; an existing file is replaced at the end."""
    if target.resolve() == file_of(engine).resolve():
        raise StoreError.of("backup_onto_itself", file=target.name)
    half = target.with_name(f"{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        half.unlink(missing_ok=True)
        _copy(engine, half)
        os.replace(half, target)
    except OSError as error:
        raise StoreError.of("store_unwritable", file=target.name, detail=str(error)) from error
    except sqlite3.Error as error:
        raise store_error(target.name, error) or error from error
    finally:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
    return target


def _copy(engine: Engine, half: Path) -> None:
    with translated(engine), engine.connect() as connection:
        # The driver below is used directly: a transaction of ours would hold the copy at its snapshot for ever.
        source = driver_of(connection)
        with contextlib.closing(sqlite3.connect(half)) as copy:
            source.backup(copy)
            # A backup must be one file: leave WAL mode, which would put part of it beside.
            copy.execute("PRAGMA journal_mode = DELETE")
