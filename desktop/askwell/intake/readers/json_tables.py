# SPDX-License-Identifier: Apache-2.0
"""What the lists in a tree of JSON become: one table a list of objects.

Objects inside a row become columns, lists of plain values a line each. A list of objects inside a row becomes a table
of its own where it holds questions, ratings, measures or standards, with the columns that say whose they are repeated;
any other one (employments, skills, interviewers) becomes text in its row, without numbers of systems and without what
must not get in (birthdays, phones, salaries), since in a text nobody could leave a column out any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from askwell.intake.model import Cell, RawTable
from askwell.intake.readers.base import MAX_DEPTH, check_shape, refuse, square, tidy
from askwell.intake.readers.json_names import (
    headers,
    is_content,
    is_custom,
    is_envelope,
    is_id,
    is_identity,
    is_of_interview,
    is_record,
    is_telling,
    names_its_subject,
    noun_of,
    says_nothing,
    text_name,
)
from askwell.intake.readers.json_scan import Node
from askwell.intake.vocabulary import drop_reason, header_key

MAX_TABLES = 1000
_SMALL = 60  # entries of a list that may become text
_SHORT = 60  # characters of a value that shares its line with others
_LONE = re.compile("[\ud800-\udfff]")
_MIDNIGHT = re.compile(r"^(\d{4}-\d\d-\d\d)T00:00:00(?:\.0+)?(?:Z|[+-]\d\d:?\d\d)?$")
_LABELS = ("name", "label", "title", "fieldname", "key", "名称", "字段名")
_VALUES = ("value", "values", "fieldvalue", "值", "字段值")
_HEADINGS = ("columns", "headers", "header", "cols", "fields")

Keys = tuple[str, ...]
Object = dict[str, Node]


def tables(path: Path, roots: list[Node], encoding: str = "") -> list[RawTable]:
    """The tables of a file, each called by the path of its list; a single `data.items` goes without a name, which might
    be taken for that of a position. Raises InputRefused where there is none, or where they are beyond a limit."""
    layout = _Layout(path, encoding)
    layout.find(roots[0] if len(roots) == 1 else roots, (), 0)
    if not layout.lists and not layout.done:
        single = [root for root in roots if isinstance(root, dict) and len(root) > 1]
        layout.lists = {(): single} if single else {}
    for keys, rows in layout.lists.items():
        layout.lay(keys, rows, [{} for _ in rows], noun_of(keys, path.stem))
    if len(layout.done) == 1 and says_nothing(tuple(layout.done[0].sheet.split("."))):
        layout.done = [replace(layout.done[0], sheet="")]
    if not layout.done:
        raise refuse("file_no_records", path)
    return layout.done


class _Layout:
    """Finds the lists of a tree and lays them out."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.path = path
        self.encoding = encoding
        self.lists: dict[Keys, list[Object]] = {}
        self.done: list[RawTable] = []
        self.cells = 0

    def find(self, node: Node, keys: Keys, depth: int) -> None:
        """Collect the lists of objects outside of any row; lists of one path on several pages are one."""
        self._check_depth(depth)
        if isinstance(node, list):
            self._find_in_list(node, keys, depth)
        elif isinstance(node, dict):
            if is_record(key for key, value in node.items() if not isinstance(value, dict | list)):
                self._add(keys, [node])
                return
            self._find_in_object(node, keys, depth)

    def _find_in_object(self, node: Object, keys: Keys, depth: int) -> None:
        grids = {key: value for key, value in node.items() if isinstance(value, list) and _is_grid(value)}
        heads: set[str] = set()
        for key, grid in grids.items():
            heads.add(self._grid((*keys, key), grid, node))
        for key, value in node.items():
            if key not in grids and key not in heads:
                self.find(value, (*keys, key), depth + 1)

    def _find_in_list(self, node: list[Node], keys: Keys, depth: int) -> None:
        objects = [item for item in node if isinstance(item, dict)]
        if objects and all(map(_is_page, objects)):
            for page in objects:
                self.find(page, keys, depth + 1)
        elif objects:
            self._add(keys, _rows(node))
        elif _is_grid(node):
            self._grid(keys, node, {})

    def _add(self, keys: Keys, rows: list[Object]) -> None:
        self.lists.setdefault(keys, []).extend(rows)
        self._check_count(len(self.lists) + len(self.done))

    def _grid(self, keys: Keys, rows: list[Node], beside: Object) -> str:
        """A list of lists is a table as it stands, under the headings that stand beside it; returns their key."""
        cells = [[_cell(value) for value in row] for row in rows if isinstance(row, list)]
        width = max(map(len, cells))
        self.cells = check_shape(self.path, len(cells) + 1, width, self.cells)
        heads = {key: named for key, value in beside.items() if (named := _headings(key, value, width))}
        used = next(iter(heads), "")
        self._emit(keys, [heads[used], *cells] if used else cells, headed=bool(used))
        return used

    def lay(self, keys: Keys, rows: list[Object], whose: list[dict[str, Cell]], noun: str) -> None:
        """Make the table of a list, then those of the lists inside it. `whose` are the cells carried down from the row
        around each row; `noun` is what one row is."""
        flat = [self._flat(row, (), len(keys)) for row in rows]
        inner = self._inner(flat)
        columns = [path for path in _in_order(flat) if _is_filled(flat, path, path in inner)]
        carried = list(dict.fromkeys(name for row in whose for name in row))
        names = headers([_named(flat, path) for path in columns], noun if carried else "", carried)
        self.cells = check_shape(self.path, len(rows) + 1, len(carried) + len(columns), self.cells)
        cells = [[self._value(row.get(path), path in inner) for path in columns] for row in flat]
        if not (inner and _says_only_whose(names, cells)):
            left = [[row.get(name) for name in carried] for row in whose]
            body = [[*one, *two] for one, two in zip(left, cells, strict=True)]
            self._emit(keys, [[_cell(name) for name in (*carried, *names)], *body])
        down = _carried_down(columns, names, noun, carried)
        below = [
            {**above, **{name: row[at] for at, name in down.items()}} for above, row in zip(whose, cells, strict=True)
        ]
        for path in inner:
            pairs = [(item, own) for row, own in zip(flat, below, strict=True) for item in _rows(row.get(path))]
            self.lay((*keys, *path), [item for item, _ in pairs], [own for _, own in pairs], noun_of(path))

    def _emit(self, keys: Keys, cells: list[list[Cell]], *, headed: bool = True) -> None:
        cells = square(cells)
        if not cells or not cells[0]:
            return
        self.done.append(RawTable(self.path.name, ".".join(keys), cells, encoding=self.encoding, headed=headed))
        self._check_count(len(self.done))

    def _flat(self, node: Object, at: Keys, depth: int) -> dict[Keys, Node]:
        """An object as columns; what stays a list holds objects that are no fields of the firm's own."""
        self._check_depth(depth)
        found: dict[Keys, Node] = {}
        for key, value in node.items():
            path = (*at, key)
            value = _own_fields(key, value) if isinstance(value, list) else value
            if isinstance(value, dict):
                found.update(self._flat(value, path, depth + 1))
            else:
                found[path] = value if _holds_objects(value) else self._value(value)
        return found

    def _inner(self, flat: list[dict[Keys, Node]]) -> list[Keys]:
        """The columns whose lists become tables of their own."""
        found: dict[Keys, bool] = {}
        for row in flat:
            for path, value in row.items():
                if isinstance(value, list) and not found.get(path):
                    found[path] = len(value) > _SMALL or _tells(value, 0)
        return [path for path, tells in found.items() if tells]

    def _value(self, node: Node, is_table: bool = False) -> Cell:
        """A cell: a plain value as it is, a list as lines."""
        if not isinstance(node, list | dict):
            return _cell(node)
        if is_table:
            return None
        if isinstance(node, list) and len(node) == 1 and not isinstance(node[0], list | dict):
            return _cell(node[0])
        return _cell(self._text(node, 0))

    def _text(self, node: Node, depth: int) -> str:
        self._check_depth(depth)
        if isinstance(node, list):
            if node and all(isinstance(item, dict) and {"text", "type"} <= item.keys() for item in node):
                return "".join(str(item["text"]) for item in node if isinstance(item, dict) and item["text"])
            parts = [self._text(item, depth + 1) for item in node]
            return "\n".join(part for part in parts if part)
        if isinstance(node, dict):
            return self._entry(node, depth + 1)
        cell = _cell(node)
        return "" if cell is None else str(cell).lower() if isinstance(cell, bool) else str(cell)

    def _entry(self, node: Object, depth: int) -> str:
        """An object as text: short values on one line, long ones on lines of their own."""
        short: list[str] = []
        long: list[str] = []
        for path, value in self._flat(node, (), depth).items():
            text = _MIDNIGHT.sub(r"\1", self._text(value, depth))
            if not text or is_id(path[-1]) or any(drop_reason(key) for key in (*path, ".".join(path))):
                continue
            if isinstance(value, int | float):  # a bare number or truth says nothing
                text = f"{path[-1]}: {text}"
            (short if len(text) <= _SHORT and "\n" not in text else long).append(text)
        comma = ", " if "".join(short).isascii() else "，"
        return "\n".join(filter(None, [comma.join(short), *long]))

    def _check_depth(self, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise refuse("file_too_deep", self.path, limit=MAX_DEPTH)

    def _check_count(self, count: int) -> None:
        if count > MAX_TABLES:
            raise refuse("file_too_many_tables", self.path, tables=count, limit=MAX_TABLES)


def _cell(node: Node) -> Cell:
    """A plain value as cell. Half a surrogate pair, which no encoding takes, becomes the replacement character."""
    if isinstance(node, dict | list):
        return None
    cell = tidy(node)
    if not isinstance(cell, str):
        return cell
    return _LONE.sub("\ufffd", cell) if cell.strip() else None


def _rows(node: Node) -> list[Object]:
    """The items of a list as rows; a plain value among objects is a row of one column."""
    items = node if isinstance(node, list) else []
    return [item if isinstance(item, dict) else {"value": item} for item in items if item is not None]


def _in_order(flat: Iterable[dict[Keys, Node]]) -> list[Keys]:
    return list(dict.fromkeys(path for row in flat for path in row))


def _holds_objects(node: Node) -> bool:
    return isinstance(node, list) and any(isinstance(item, dict) for item in node)


def _is_filled(flat: list[dict[Keys, Node]], path: Keys, is_table: bool) -> bool:
    """True where a column holds anything, what becomes a table of its own aside."""
    return any(row.get(path) is not None and not (is_table and isinstance(row[path], list)) for row in flat)


def _named(flat: list[dict[Keys, Node]], path: Keys) -> Keys:
    """The path by which a column is called: a list that became text goes by what it lists."""
    lists = [value for row in flat if isinstance(value := row.get(path), list)]
    inside = (key for items in lists for item in items if isinstance(item, dict) for key in item)
    return (*path[:-1], text_name(path[-1], inside)) if lists else path


def _is_grid(node: list[Node]) -> bool:
    rows = [row for row in node if isinstance(row, list) and not any(isinstance(cell, dict | list) for cell in row)]
    return len(rows) == len(node) > 1 and any(rows)


def _is_page(node: Object) -> bool:
    """True for one page of an answer: lists of objects, and beside them nothing about any of them."""
    plain = [key for key, value in node.items() if not isinstance(value, dict | list)]
    return is_envelope(plain) and any(_leads_to_objects(value, 0) for value in node.values())


def _leads_to_objects(node: Node, depth: int) -> bool:
    if isinstance(node, dict):
        return depth <= MAX_DEPTH and any(_leads_to_objects(value, depth + 1) for value in node.values())
    return _holds_objects(node)


def _headings(key: str, node: Node, width: int) -> list[Cell]:
    """The headings of a grid, as texts or as objects with a name; [] where this is something else."""
    if header_key(key) not in _HEADINGS or not isinstance(node, list) or len(node) != width:
        return []
    return [_cell(_first(item, _LABELS) if isinstance(item, dict) else item) for item in node]


def _first(node: Object, wanted: tuple[str, ...]) -> Node:
    """The value under the first of some keys; of a name in several languages the first one."""
    keys = {header_key(key): key for key in reversed(node)}
    value = next((node[keys[key]] for key in wanted if key in keys), None)
    return next(iter(value.values()), None) if isinstance(value, dict) else value


def _own_fields(key: str, items: list[Node]) -> Node:
    """A list of fields that a firm made itself as an object: [{name: 工龄, value: 3}] → {工龄: 3}."""
    if not items or not is_custom(key):
        return items
    found: Object = {}
    for item in items:
        label = _cell(_first(item, _LABELS)) if isinstance(item, dict) else None
        if not isinstance(item, dict) or label is None or not {header_key(k) for k in item} & set(_VALUES):
            return items
        at = next(k for k in item if header_key(k) in _VALUES)
        name = str(label)
        found[name if name not in found else f"{name} {len(found) + 1}"] = item[at]
    return found


def _tells(node: Node, depth: int) -> bool:
    if depth > MAX_DEPTH:
        return False
    if isinstance(node, dict):
        return any(is_telling(key) or _tells(value, depth + 1) for key, value in node.items())
    return isinstance(node, list) and any(_tells(item, depth + 1) for item in node)


def _says_only_whose(names: list[str], cells: list[list[Cell]]) -> bool:
    """True where all content is in the lists inside: interviews without their questions, numbers of systems. A table
    of these would only be reported as incomplete or unknown."""
    if any(is_content(name, (row[at] for row in cells)) for at, name in enumerate(names)):
        return False
    return any(map(is_of_interview, names)) or not any(map(names_its_subject, names))


def _carried_down(columns: list[Keys], names: list[str], noun: str, taken: list[str]) -> dict[int, str]:
    """The columns to be repeated beside the rows of inner lists, with the names they have there."""
    found: dict[int, str] = {}
    for at, (path, name) in enumerate(zip(columns, names, strict=True)):
        if not is_identity(name):
            continue
        if noun and len(path) == 1:
            key = header_key(name)
            called = noun if key in ("name", "title", "名称") and noun not in found.values() else name
            name = f"{noun}.{name}" if key == "id" else called
        found[at] = name if name not in taken and name not in found.values() else f"{noun or 'parent'}.{name}"
    return found
