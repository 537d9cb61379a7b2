# SPDX-License-Identifier: Apache-2.0
"""One builder a kind of record: rows with their fields in, clean records and problems out.

TO ADD A KIND: write a `build(rows, notebook)` and put it into BUILDERS; describe its headers in
resources/mapping/synonyms.yaml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from askwell.domain.records import Record, RecordKind
from askwell.intake.builders import goals, kpis, people, positions, standards
from askwell.intake.builders.rows import Notebook, RowData

Builder = Callable[[Iterable[RowData], Notebook], list[Record]]

BUILDERS: dict[RecordKind, Builder] = {
    RecordKind.POSITION: positions.build,
    RecordKind.KPI: kpis.build,
    RecordKind.GOAL: goals.build,
    RecordKind.STANDARD: standards.build,
    RecordKind.CANDIDATE: people.build_candidates,
    RecordKind.INTERVIEW: people.build_interviews,
}
