# SPDX-License-Identifier: Apache-2.0
"""From any older schema to the present one, with a backup first.

Alembic is imported only when there is something to do: a start with an up-to-date database does not pay for it.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from askwell.domain.errors import StoreError
from askwell.store.backup import copy_database
from askwell.store.connection import file_of, reading, translated, writing
from askwell.store.tables import metadata
from askwell.store.text import utc_now

if TYPE_CHECKING:
    from alembic.config import Config

SCRIPTS = Path(__file__).resolve().parent / "migrations"
_CHECK_BELOW_BYTES = 64 * 2**20
_log = logging.getLogger(__name__)


def revisions() -> list[str]:
    """The schema numbers this program knows, oldest first."""
    return sorted(path.stem[1:5] for path in (SCRIPTS / "versions").glob("r[0-9][0-9][0-9][0-9]_*.py"))


def alembic_config() -> Config:
    """Alembic's configuration without a file, pointing at the scripts beside this module."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest revision in one transaction; harmless when it is there already."""
    from alembic import command

    with writing(engine) as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def prepare(engine: Engine) -> None:
    """Check the file, back it up, upgrade it if it is older. Raises StoreError."""
    file = file_of(engine)
    existed = file.exists() and file.stat().st_size > 0
    if existed:
        _quick_check(engine, file)
    found, known = _revision(engine), revisions()
    if found and found not in known:
        raise StoreError.of("store_newer", file=file.name, found=found, known=known[-1])
    if found != known[-1]:
        if existed:
            _backup_first(engine, found)
        _use_wal(engine)
        upgrade(engine)
    _expect_tables(engine, file)


def _quick_check(engine: Engine, file: Path) -> None:
    # A full pass over a large file would delay the first window; damage there still surfaces when a page is read.
    limit = "quick_check(1)" if file.stat().st_size < _CHECK_BELOW_BYTES else "schema_version"
    with reading(engine) as connection:
        answer = connection.exec_driver_sql(f"PRAGMA {limit}").scalar()
    if isinstance(answer, str) and answer != "ok":
        raise StoreError.of("store_damaged", file=file.name, detail=answer)


def _revision(engine: Engine) -> str:
    with reading(engine) as connection:
        if not inspect(connection).has_table("alembic_version"):
            return ""
        return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _backup_first(engine: Engine, found: str) -> None:
    file = file_of(engine)
    stamp = utc_now()[:19].replace(":", "").replace("-", "")
    target = file.parent / "backups" / f"{file.stem}-{found or 'none'}-{stamp}.db"
    copy_database(engine, target)
    _log.info("backup before the upgrade: %s", target)


def _use_wal(engine: Engine) -> None:
    # The mode is kept in the file, so once is enough. It cannot be changed inside a transaction.
    with translated(engine):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()


def _expect_tables(engine: Engine, file: Path) -> None:
    with reading(engine) as connection:
        missing = _missing_tables(connection)
    if missing:
        raise StoreError.of("store_damaged", file=file.name, detail=", ".join(missing))


def _missing_tables(connection: Connection) -> list[str]:
    return sorted(set(metadata.tables) - set(inspect(connection).get_table_names()))
