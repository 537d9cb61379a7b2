# SPDX-License-Identifier: Apache-2.0
"""Names in place of numbers: a table that points to another by `job_id` gets a column with the names of the jobs.

Dumps are normalised, and a measure of "job 17" says nothing to a reader. A column is added only where exactly one table
answers to the name of the key, each key is there once, and none points nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from askwell.intake.model import Cell
from askwell.intake.readers.sql_columns import Column, Table

_KEY = re.compile(r"(?:(?P<snake>\w+?)_id|(?:F|f_)?(?P<camel>[A-Za-z]\w*?)(?:Id|ID))$")
_VAGUE = {"", "名称", "姓名", "标题", "名字", "name", "title"}


def add_names(tables: Sequence[Table]) -> None:
    """Add the columns, at the end of each table."""
    by_name = _by_name(tables)
    known: dict[tuple[int, str, str], dict[str, Cell]] = {}
    for table in tables:
        here = {column.name.casefold() for column in table.columns}
        for place, column in enumerate(list(table.columns)):
            stem = _stem(column.name)
            target = _target(by_name, table, stem) if stem else None
            naming = _naming(target, stem) if target else -1
            if target is None or naming < 0:
                continue
            key = (id(target), stem, column.name.casefold())
            if key not in known:
                known[key] = _names(target, column.name, naming)
            added = _added(target.columns[naming], stem)
            if added.name.casefold() not in here and _all_known(table, place, known[key]):
                here.add(added.name.casefold())
                _append(table, added, place, known[key])


def _by_name(tables: Sequence[Table]) -> dict[str, list[Table]]:
    """Tables by their names and by what follows a prefix: hr_job is also job."""
    found: dict[str, list[Table]] = {}
    for table in tables:
        parts = table.name.casefold().split("_")
        for at in range(min(len(parts), 4)):
            found.setdefault("_".join(parts[at:]), []).append(table)
    return found


def _stem(name: str) -> str:
    """`job_id`, `jobId` → job."""
    found = _KEY.match(name)
    if found is None:
        return ""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", found["snake"] or found["camel"]).casefold()


def _target(by_name: dict[str, list[Table]], table: Table, stem: str) -> Table | None:
    """The one other table called `job`, `jobs` or `hr_job`."""
    forms = {stem, f"{stem}s", f"{stem}es", re.sub("y$", "ies", stem)}
    found = [other for form in forms for other in by_name.get(form, []) if other is not table]
    return found[0] if len(found) == 1 else None


def _naming(target: Table, stem: str) -> int:
    """Index of the column that names the rows, -1 where there is none."""
    places = {column.name.casefold().replace("_", ""): at for at, column in enumerate(target.columns)}
    bare = stem.replace("_", "")
    usual = (f"{bare}name", f"{bare}title", "name", "title", "fname", "ftitle")
    return next((places[name] for name in usual if name in places), -1)


def _names(target: Table, key: str, naming: int) -> dict[str, Cell]:
    """Names by keys; nothing where a key is missing or there twice."""
    keys = [at for at, column in enumerate(target.columns) if column.name.casefold() in ("id", "fid", key.casefold())]
    found: dict[str, Cell] = {}
    for row in target.rows if keys else ():
        number = row[keys[0]] if keys[0] < len(row) else None
        if number is None or str(number) in found:
            return {}
        found[str(number)] = row[naming] if naming < len(row) else None
    return found


def _all_known(table: Table, place: int, names: dict[str, Cell]) -> bool:
    keys = {str(row[place]) for row in table.rows if place < len(row) and row[place] is not None}
    return bool(keys) and keys <= names.keys()


def _added(label: Column, stem: str) -> Column:
    """`job_name`, with the comment of the column that it comes from unless that says no more than "name"."""
    name = label.name.casefold()
    own = f"{stem}_{'title' if name.endswith('title') else 'name'}"
    return Column(label.name if stem in name else own, "" if label.comment.strip() in _VAGUE else label.comment)


def _append(table: Table, column: Column, place: int, names: dict[str, Cell]) -> None:
    width = len(table.columns)
    table.columns.append(column)
    for row in table.rows:
        key = row[place] if place < len(row) else None
        row.extend([None] * (width - len(row)))
        row.append(names.get(str(key)) if key is not None else None)
