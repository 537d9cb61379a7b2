# SPDX-License-Identifier: Apache-2.0
"""What is different between two states of the KPIs: the reason why questions become stale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from askwell.domain.records import Kpi
from askwell.goals.similarity import name_key

_FIELDS = (
    "name",
    "position_title",
    "direction",
    "baseline",
    "target",
    "unit",
    "period",
    "weight",
    "definition",
    "scoring",
)
_NAMES = frozenset({"name", "position_title"})


class ChangeKind(StrEnum):
    """What happened to a KPI."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class KpiChange:
    """One difference; `field`, `before` and `after` are filled for a changed KPI only."""

    kind: ChangeKind
    kpi_id: str
    name: str
    position_title: str
    field: str = ""
    before: str = ""
    after: str = ""


def changed_kpis(old: Sequence[Kpi], new: Sequence[Kpi]) -> list[KpiChange]:
    """Differences from `old` to `new`: changed and added in the order of `new`, then removed."""
    known = {_key(kpi): kpi for kpi in old}
    named = {_name(kpi): _key(kpi) for kpi in old}
    changes: list[KpiChange] = []
    for kpi in new:
        # Without identifiers on one side the names must do.
        key = _key(kpi) if _key(kpi) in known else named.get(_name(kpi), "")
        before = known.pop(key, None)
        changes += [_change(ChangeKind.ADDED, kpi)] if before is None else _differences(before, kpi)
    return changes + [_change(ChangeKind.REMOVED, kpi) for kpi in known.values()]


def _key(kpi: Kpi) -> str:
    return kpi.id or _name(kpi)


def _name(kpi: Kpi) -> str:
    return "\t".join(name_key(part) for part in (kpi.position_title, kpi.name, kpi.period))


def _change(kind: ChangeKind, kpi: Kpi) -> KpiChange:
    return KpiChange(kind, kpi.id, kpi.name, kpi.position_title)


def _differences(before: Kpi, after: Kpi) -> Iterator[KpiChange]:
    for name in _FIELDS:
        old, new = getattr(before, name), getattr(after, name)
        # White space and width make no other position; elsewhere the words are shown as they are.
        same = name_key(old) == name_key(new) if name in _NAMES else old == new
        if not same:
            identity = (ChangeKind.CHANGED, after.id or before.id, after.name, after.position_title)
            yield KpiChange(*identity, field=name, before=str(old), after=str(new))
