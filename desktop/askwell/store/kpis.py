# SPDX-License-Identifier: Apache-2.0
"""KPIs and their binding to positions.

The binding is worked out when KPIs are read, from the title (or code) that the KPI names. So a position that arrives
later binds the KPIs that wait for it, undoing its import unbinds them, and a renamed position keeps those that still
name it by a former title.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from sqlalchemy import Connection, Engine, select

from askwell.domain.records import Kpi
from askwell.store.connection import reading, writing
from askwell.store.kinds import KINDS
from askwell.store.positions import POSITION, all_positions
from askwell.store.records import current, revise
from askwell.store.text import normalise

KPI = KINDS[1]
Names = dict[str, list[str]]


def kpis(engine: Engine, position_id: str | None = None) -> list[Kpi]:
    """All present KPIs with their position, or those of one position."""
    with reading(engine) as connection:
        names = position_names(connection)
        conditions = []
        if position_id is not None:
            keys = [name for name, owners in names.items() if position_id in owners]
            conditions.append(KPI.table.c.position_key.in_(keys))
        found: list[Kpi] = current(connection, KPI, *conditions)
    return [_bound(kpi, names, position_id) for kpi in found]


def _bound(kpi: Kpi, names: Names, wanted: str | None = None) -> Kpi:
    owners = names.get(normalise(kpi.position_title), [])
    owner = wanted if wanted in owners else owners[0] if owners else ""
    return replace(kpi, position_id=owner or "")


def position_names(connection: Connection) -> Names:
    """Identifiers of positions by what others may call them: title, else code, else a former title."""
    present = all_positions(connection)
    names: Names = defaultdict(list)
    for position in present:
        names[normalise(position.title)].append(position.id)
    for position in present:
        if position.code:
            names.setdefault(normalise(position.code), [position.id])
    alive = {position.id for position in present}
    columns = POSITION.table.c
    former = select(columns.id, columns.title).where(columns.valid_to.is_not(None)).order_by(columns.row.desc())
    for row in connection.execute(former):
        if row.id in alive:
            names.setdefault(normalise(row.title), [row.id])
    names.pop("", None)
    return dict(names)


def update_kpi(engine: Engine, changed: Kpi) -> Kpi:
    """Save a changed KPI as its next version. Another `position_id` moves the KPI to that position."""
    with writing(engine) as connection:
        names = position_names(connection)
        owners = names.get(normalise(changed.position_title), [])
        if changed.position_id and changed.position_id not in owners:
            titles = {position.id: position.title for position in all_positions(connection)}
            changed = replace(changed, position_title=titles.get(changed.position_id, changed.position_title))
        saved: Kpi = revise(connection, changed)
        return _bound(saved, names, changed.position_id)
