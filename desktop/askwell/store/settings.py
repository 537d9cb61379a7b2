# SPDX-License-Identifier: Apache-2.0
"""Settings of the workspace: one JSON value a key."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, insert, select, update

from askwell.store.connection import reading, writing
from askwell.store.tables import setting as table


def setting(engine: Engine, key: str, default: Any = None) -> Any:
    """The value of a setting, or `default` where it was never set."""
    with reading(engine) as connection:
        row = connection.execute(select(table.c.value).where(table.c.key == key)).first()
    return default if row is None else row.value


def set_setting(engine: Engine, key: str, value: Any) -> None:
    """Set a setting to anything JSON can hold."""
    with writing(engine) as connection:
        if connection.execute(update(table).where(table.c.key == key).values(value=value)).rowcount == 0:
            connection.execute(insert(table), {"key": key, "value": value})
