# SPDX-License-Identifier: Apache-2.0

"""What header words mean, loaded once from resources/mapping/synonyms.yaml."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from askwell.domain.records import RecordKind
from askwell.domain.shipped import resource
from askwell.intake.model import DropReason

_BRACKETS = re.compile(r"[（(\[【〔<＜][^（()）\[\]【】〕>＞]*[）)\]】〕>＞]")
_INSTRUCTION = re.compile(r"(?:请以|请用|请填写|必填|选填|单选|多选|如：|例如|格式).*$")
_FUZZY = 90
_LEVEL = re.compile(
    r"^(?:l|level|nivel|レベル|等级|级别)?\s*[1-5一二三四五](?:\s*[级分点]|级水平)?(?:[（(].*[)）])?$|^(?:初级|中级|高级|资深|专家级?|入门|基础|熟练|精通|卓越|"
    r"优秀|良好|合格|待改进|不合格|不足|basic|intermediate|advanced|expert|novice|foundation|proficient|excellent|good|fair|poor|"
    r"初級|中級|上級|básico|intermedio|avanzado|experto)(?:水平|[（(].*[)）])?$",
    re.I,
)  # fmt: skip
_Drops = tuple[tuple[DropReason, frozenset[str], tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a kind: the keys of its names with their rank (the usual name first), its weight in telling the kind,
    whether several columns may feed it, whether it holds a person's name."""

    name: str
    keys: dict[str, int]
    weight: float
    many: bool
    person: bool


@dataclass(frozen=True, slots=True)
class KindWords:
    """A kind of table. `need`: of each inner tuple one field must be there."""

    kind: RecordKind
    hints: tuple[str, ...]
    need: tuple[tuple[str, ...], ...]
    fields: dict[str, FieldWords]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the yaml says, with names as comparison keys."""

    kinds: dict[RecordKind, KindWords]
    drops: _Drops
    known: frozenset[str]
    penalties: frozenset[str]

    labels: frozenset[str]


@lru_cache(maxsize=50_000)
def header_key(text: str) -> str:
    """Comparison key of a header: no brackets, instructions, punctuation, spaces, case, width; Odoo's `/id` cut."""
    text = unicodedata.normalize("NFKC", text).casefold().strip()
    bare = _BRACKETS.sub("", text)
    text = bare if re.search(r"\w", bare) else text
    text = _INSTRUCTION.sub("", text) or text
    if re.fullmatch(r"[a-z_]+/(?:id|\.id|name|display_name)", text):
        text = text.split("/")[0]
    return "".join(char for char in text if char.isalnum())


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of this installation."""
    import yaml

    with resource("mapping/synonyms.yaml").open(encoding="utf-8") as stream:
        data = yaml.safe_load(stream)
    kinds = {RecordKind(name): _kind(RecordKind(name), entry) for name, entry in data["kinds"].items()}
    drops = tuple(
        (reason, frozenset(map(header_key, data[name]["exact"])), tuple(map(header_key, data[name]["contains"])))
        for name, reason in (
            ("protected", DropReason.PROTECTED),
            ("salary", DropReason.PROTECTED),
            ("decision", DropReason.DECISION),
            ("people", DropReason.PERSON),
        )
    )
    return Vocabulary(
        kinds=kinds,
        drops=drops,
        known=frozenset(map(header_key, data["known"])),
        penalties=frozenset(map(header_key, data["penalties"])),
        labels=_labels(kinds, drops, [*data["known"], *data["penalties"]]),
    )


def fields_of(kind: RecordKind) -> tuple[str, ...]:
    """Names of the fields that columns of a kind may be bound to."""
    return tuple(vocabulary().kinds[kind].fields)


def _kind(kind: RecordKind, entry: dict[str, object]) -> KindWords:
    fields: dict[str, FieldWords] = {}
    for name, spec in entry["fields"].items():  # type: ignore[attr-defined]
        keys = {key: rank for rank, key in enumerate(dict.fromkeys(filter(None, map(header_key, spec["names"]))))}
        fields[name] = FieldWords(
            name, keys, float(spec.get("weight", 1)), bool(spec.get("many")), bool(spec.get("person"))
        )
    hints = tuple(map(header_key, entry["hints"]))  # type: ignore[call-overload]
    need = tuple(tuple(group) for group in entry["need"])  # type: ignore[attr-defined]
    return KindWords(kind, hints, need, fields)


def _labels(kinds: dict[RecordKind, KindWords], drops: _Drops, others: list[str]) -> frozenset[str]:
    """Every key that may stand in a header or as the label of a form."""
    labels = set(map(header_key, others))
    for kind in kinds.values():
        for field in kind.fields.values():
            labels |= set(field.keys)
    for _reason, exact, _contains in drops:
        labels |= exact
    return frozenset(labels)


@lru_cache(maxsize=20_000)
def drop_reason(header: str) -> DropReason:
    """Why a column of that header may never get in, or NONE. Names of candidates are not decided here."""
    key = header_key(header)
    if not key:
        return DropReason.NONE
    for reason, exact, contains in vocabulary().drops:
        if key in exact or (len(key) <= 30 and any(part in key for part in contains)):
            return reason
    # Brackets may hold the telling word: "日期（出生）".
    inner = header_key(re.sub(r"[（()）]", " ", header))
    if inner != key and any(part in inner for part in vocabulary().drops[0][2]):
        return DropReason.PROTECTED
    return DropReason.NONE


@lru_cache(maxsize=20_000)
def is_label(text: str) -> bool:
    """True where the text is a header or label word that we know, exactly or nearly."""
    if not text or len(text) > 60 or re.search(r"[：:]\s*\S", text):
        return False
    key = header_key(text)
    if not key or len(key) > 40:
        return False
    if key in vocabulary().labels or _names_a_drop(key):
        return True
    return len(key) >= 4 and _nearest(key) is not None


def is_level(text: str) -> bool:
    """True for the name of a level of proficiency or a score: 初级, 5分, Level 3, Expert."""
    return _LEVEL.match(text.strip()) is not None


def _names_a_drop(key: str) -> bool:
    """Little more than a telling word: "联系电话号码" yes, "电话销售专员" no."""
    parts = (part for _, _, contains in vocabulary().drops for part in contains)
    return any(len(part) >= 3 and part in key and len(key) <= len(part) + 3 for part in parts)


def _nearest(key: str) -> str | None:
    from rapidfuzz import fuzz, process

    found = process.extractOne(key, vocabulary().labels, scorer=fuzz.ratio, score_cutoff=_FUZZY)
    return found[0] if found else None


@lru_cache(maxsize=50_000)
def field_score(kind: RecordKind, field: str, header: str) -> float:
    """0–1: how well a header names a field. Exact 1, less a trifle for rarer names, so that of two exact columns the
    usual one wins; nearly the same below; a longer header that holds a name about 0.8. Names of people: exact only."""
    key = header_key(header)
    words = vocabulary().kinds[kind].fields[field]
    if not key:
        return 0.0
    if key in words.keys:
        return 1.0 - 0.0005 * words.keys[key]
    if words.person or field == "unit":
        return 0.0
    return round(max((_likeness(key, name) for name in words.keys), default=0.0), 3)


def _likeness(key: str, name: str) -> float:
    from rapidfuzz import fuzz

    best = 0.0
    # A short Latin word ("name", "level") inside a header says nothing; two Han characters do.
    if len(name) >= (7 if name.isascii() else 2) and name in key:
        # The end of a header says what it is: "考核指标名称" is a name, "名称说明" is not.
        best = 0.62 + 0.25 * len(name) / len(key) + (0.06 if key.endswith(name) else 0.0)
    if len(key) >= 3 and len(name) >= 3:
        ratio = fuzz.ratio(key, name) / 100
        if ratio >= 0.85:
            best = max(best, ratio * 0.95)
    return best
