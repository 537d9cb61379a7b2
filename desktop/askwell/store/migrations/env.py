# SPDX-License-Identifier: Apache-2.0
"""Run by Alembic only. The connection comes from `askwell.store.migrate`; there is no alembic.ini."""

from __future__ import annotations

from alembic import context

from askwell.store.tables import metadata


def _run() -> None:
    attributes = context.config.attributes
    if context.is_offline_mode():
        context.configure(dialect_name=attributes["dialect"], target_metadata=metadata, literal_binds=True)
    else:
        context.configure(connection=attributes["connection"], target_metadata=metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


_run()
