# SPDX-License-Identifier: Apache-2.0
"""What the columns of JSON are called, so that a person and the recognition of columns know them again.

A column is called by its path, `job.department`. Shorter where the rest says nothing: an object that stands for a thing
by its name is called as the thing (`department.name` → `department`), and what only groups is left out
(`basic_info.gender` → `gender`). A name is never shortened where that would hide what must not get in
(`expected_salary.name` stays whole).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from askwell.domain.records import RecordKind
from askwell.intake.model import Cell, DropReason
from askwell.intake.vocabulary import drop_reason, header_key, vocabulary

Path = tuple[str, ...]

_LONG = 30  # a header row of longer words is not seen as one
_SENTENCE = 20  # characters
_NAMES = (
    "name", "zhname", "zhcn", "cnname", "displayname", "label", "text", "title", "value", "content", "名称",
    "中文名称", "值", "内容",
)  # fmt: skip
_GROUPS = {
    "basicinfo", "baseinfo", "basic", "personalinfo", "personal", "profile", "data", "attributes", "fields",
    "properties", "record", "node", "info", "detail", "details", "values", "custom", "customfields",
    "customfield", "extra", "基本信息", "基础信息", "个人信息", "自定义字段", "扩展字段", "详情",
}  # fmt: skip
_PERSONS = {
    "candidate", "applicant", "talent", "person", "候选人", "应聘者", "候補者", "応募者", "candidato",
}  # fmt: skip
_ENVELOPE = {
    "data",
    "items", "item", "results", "result", "rows", "records", "list", "content", "payload", "response", "objects",
    "entries", "edges", "nodes", "collection", "body", "output", "列表", "数据", "结果",
}  # fmt: skip
_META = {
    "code", "msg", "message", "success", "status", "ok", "error", "errors", "errno", "errcode", "errmsg",
    "requestid", "traceid", "logid", "timestamp", "hasmore", "hasnext", "next", "prev", "previous", "page",
    "pages", "pageno", "pagenum", "pagesize", "pagetoken", "nextpagetoken", "total", "totalcount", "totalpages",
    "totalelements", "count", "size", "limit", "offset", "cursor", "nextcursor", "perpage", "version",
}  # fmt: skip
_GENERIC = {
    "name", "title", "id", "code", "status", "type", "description", "date", "year", "period", "version", "level",
    "notes", "summary", "comments", "名称",
}  # fmt: skip
_EMPLOYERS = {"company", "companyname", "employer", "employername", "empresa"}
_ID = re.compile(r"(?:^|[_\W])(?i:id|uuid|guid)$|[a-z](?:Id|ID|UUID)$|编号$|编码$")
_CUSTOM = re.compile(r"custom|field|attribute|propert|extra|extension|additional|自定义|字段|扩展|附加", re.I)
_PERSONAL = re.compile(r"gender|birth|marital|ethnic|性别|出生|婚|民族|身份证|^(?:sex|age)$")
_REACHED = re.compile(r"mobile|phone|手机|电话"), re.compile(r"email|邮箱")
_MANY = re.compile(r"(?:[_-]?(?:list|items|infos?|records)|列表|清单|明细|信息|记录)$", re.I)


def headers(paths: Sequence[Path], noun: str = "", taken: Iterable[str] = ()) -> list[str]:
    """A name for each column, no two the same and none of `taken`. `noun`: what one row is where that is no matter of
    course, so that the `name` of a question is called `question`."""
    used = set(taken)
    counts: Counter[str] = Counter()
    found: dict[int, str] = {}
    for at in sorted(range(len(paths)), key=lambda at: (*_claim(paths[at], noun), at)):
        choices = _choices(paths[at], noun)
        name = next((choice for choice in choices if choice not in used), choices[-1])
        while name in used:
            counts[choices[-1]] += 1
            name = f"{choices[-1]} {counts[choices[-1]] + 1}"
        used.add(name)
        found[at] = name
    return _of_persons([found[at] for at in range(len(paths))])


def _of_persons(names: list[str]) -> list[str]:
    """Beside somebody's sex or birthday, `name` is that of a person and not of a position."""
    keys = list(map(header_key, names))
    told = any(_PERSONAL.search(key) for key in keys) or all(any(way.search(key) for key in keys) for way in _REACHED)
    return ["full_name" if told and name == "name" and "full_name" not in names else name for name in names]


def _claim(path: Path, noun: str) -> tuple[bool, int]:
    """Who may choose first where two want one name: short paths, then `name` before `value`."""
    leaf = header_key(path[-1])
    named = leaf in _NAMES
    return (len(path) > 1 or (named and bool(noun)), _NAMES.index(leaf) if named else 0)


def _choices(path: Path, noun: str) -> list[str]:
    """Names for a column, the best one first, the last one sure to be right."""
    full = ".".join(path)
    wanted = [_cut(parts) for parts in (*_shorter(path, noun), path)]
    return [name for name in wanted if _kept_out(name)] or ([full] if _kept_out(full) else wanted)


def _kept_out(text: str) -> bool:
    return drop_reason(text) in (DropReason.PROTECTED, DropReason.DECISION)


def _cut(parts: Path) -> str:
    while len(parts) > 1 and len(".".join(parts)) > _LONG:
        parts = parts[1:]
    return ".".join(parts)


def _shorter(path: Path, noun: str) -> list[Path]:
    leaf = header_key(path[-1])
    person = max((at for at, key in enumerate(path[:-1]) if header_key(key) in _PERSONS), default=-1)
    if person >= 0:
        if leaf in _NAMES and person == len(path) - 2:
            return [path[person : person + 1], path[person:]]
        return [path[person:] if _ID.search(path[-1]) else path[person + 1 :], path[person:]]
    kept = (*(key for key in path[:-1] if header_key(key) not in _GROUPS), path[-1])
    if len(kept) > 1:
        return [kept[-2:-1], kept[:-1], kept] if leaf in _NAMES else [kept]
    if noun and leaf in _NAMES:
        return [kept if _rates(noun) else (noun,), (noun, *kept)]
    return [(noun, *kept)] if noun and leaf in _GENERIC else [kept]


def noun_of(path: Path, stem: str = "") -> str:
    """What one row of a list is called, by the list's name or by the file's where we know the word: `kpis` → `kpi`."""
    named = [key for key in path if header_key(key) not in _ENVELOPE]
    word = _singular(named[-1] if named else stem)
    return word if named or header_key(word) in _identity() else ""


def _singular(word: str) -> str:
    word = list_name(word)
    if re.search(r"[a-z]ies$", word):
        return word[:-3] + "y"
    return word[:-1] if re.search(r"[a-rt-z]s$", word) else word


def text_name(key: str, inside: Iterable[str]) -> str:
    """The name of a list that became text: `education_list` → `education`. One of employers, whatever its name, is said
    to be experience: `employments` → `employments experience`."""
    name = list_name(key)
    held = name.isascii() and header_key(name) not in _known() and not _EMPLOYERS.isdisjoint(map(header_key, inside))
    return f"{name} experience" if held else name


def list_name(key: str) -> str:
    """The name of a list without the word for a list."""
    return _MANY.sub("", key) or key


def is_id(key: str) -> bool:
    """A number or code of a system."""
    return _ID.search(key) is not None


def is_custom(key: str) -> bool:
    """A list under this key may hold fields that a firm made itself, each with its name and value."""
    return _CUSTOM.search(key) is not None


def says_nothing(path: Path) -> bool:
    """True where a path only leads through wrappings: `data.items`."""
    return all(header_key(key) in _ENVELOPE for key in path)


def is_envelope(keys: Iterable[str]) -> bool:
    """True where the keys say only how a request went and which page of the answer this is."""
    return all(header_key(key) in _META for key in keys)


def is_record(keys: Iterable[str]) -> bool:
    """True where the keys are those of one position, candidate, interview …, and not of a wrapping around lists."""
    known = {key for key in map(header_key, keys) if key in _known() and key not in _META}
    return len(known) >= 2 and not known <= _GENERIC


def is_identity(header: str) -> bool:
    """A column that says whose and of when a row is: it is repeated beside the rows of the lists inside."""
    return header_key(header) in _identity() or drop_reason(header) is DropReason.PERSON


def is_content(header: str, cells: Iterable[Cell]) -> bool:
    """A column that says more than whose a row is: one of a field that is imported, or any with sentences in it."""
    key = header_key(header)
    if is_identity(header) or key in vocabulary().known or drop_reason(header) is not DropReason.NONE:
        return False
    texts = [cell for cell in cells if isinstance(cell, str) and re.search(r"[ \n]|[\u3040-\u9fff]", cell)]
    return key in _known() or sum(map(len, texts)) > _SENTENCE * len(texts)


def names_its_subject(header: str) -> bool:
    """A column with the candidate or the position of a row."""
    kind = RecordKind
    return header_key(header) in _keys(
        (kind.CANDIDATE, "name"), (kind.CANDIDATE, "position_title"), (kind.POSITION, "title")
    )


def is_telling(key: str) -> bool:
    """A key by which a list is one of questions, ratings, measures or standards and wants a table of its own."""
    return header_key(key) in _telling()


def is_of_interview(header: str) -> bool:
    """A column of the round or the date of an interview."""
    return header_key(header) in _keys((RecordKind.INTERVIEW, "round"), (RecordKind.INTERVIEW, "date"))


def _rates(noun: str) -> bool:
    return header_key(noun) in _keys((RecordKind.INTERVIEW, "rating"))


def _keys(*fields: tuple[RecordKind, str]) -> frozenset[str]:
    kinds = vocabulary().kinds
    return frozenset(key for kind, field in fields for key in kinds[kind].fields[field].keys)


@cache
def _identity() -> frozenset[str]:
    kind = RecordKind
    candidate, interview = kind.CANDIDATE, kind.INTERVIEW
    return _keys(
        *((candidate, field) for field in ("name", "position_title")),
        *((interview, field) for field in ("candidate", "position_title", "round", "date")),
        *((kind.KPI, field) for field in ("position_title", "period")),
        *((kind.POSITION, field) for field in ("title", "code", "department")),
    )


@cache
def _telling() -> frozenset[str]:
    kind = RecordKind
    told = _keys(
        *((kind.INTERVIEW, field) for field in ("question", "rating", "qa")),
        *((kind.KPI, field) for field in ("target", "baseline", "weight", "scoring")),
        (kind.STANDARD, "text"),
    )
    plain = _keys(
        *((one, field) for one in (kind.CANDIDATE, kind.POSITION) for field in vocabulary().kinds[one].fields)
    )
    return told - plain - {"meta"}  # a goal in Spanish, and in every other interface what is about the data


@cache
def _known() -> frozenset[str]:
    exact = frozenset(key for _, keys, _ in vocabulary().drops for key in keys)
    return exact | _keys(*((kind, field) for kind, words in vocabulary().kinds.items() for field in words.fields))
