# SPDX-License-Identifier: Apache-2.0
"""Free text without facts about the person: who they are, where they live, what they are protected for.

Two ways of taking something out. A *token* (phone, e-mail, number of a document) or a *phrase* ("35岁的") is cut where
the clause around it says more; otherwise the clause goes, a clause being what stands between two punctuation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from askwell.intake.deid_rules import CLAUSES, NUMBERS, PHRASES

_STOPS = re.compile(r"(\n|[。！？!?；;|｜•·●]+|[，,](?!\d)|、|(?<=[A-Za-z0-9)%’'])\.(?=\s|$)|\s/\s)")
_STAND_IN = {"zh": "候选人", "ja": "候補者", "en": "the candidate", "es": "la persona candidata"}
_TITLES = "先生|女士|小姐|太太|同学|老师|经理|总监|总|工|哥|姐|さん|様|氏|君"
_ENGLISH_TITLE = r"(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Sr|Sra|Srta|Don|Doña)\.?\s+)?"
_COMMON_GIVEN = {
    "建设",
    "发展",
    "和平",
    "文化",
    "学习",
    "创新",
    "国际",
    "卓越",
    "建国",
    "思维",
    "自强",
    "文明",
    "光明",
    "海洋",
}
_SHE = (
    (re.compile(r"她(?!们)的?"), "其"),
    (re.compile(r"(?<!其)(?<!吉)他(?!们|人|国|乡|山|方)的?"), "其"),
    (re.compile(r"\b(?:she|he) (?:is|['’]s)\b", re.I), "they are"),
    (re.compile(r"\b(?:she|he) was\b", re.I), "they were"),
    (re.compile(r"\b(?:she|he) has\b", re.I), "they have"),
    (re.compile(r"\b(?:She|He)\b"), "They"),
    (re.compile(r"\b(?:she|he)\b"), "they"),
    (re.compile(r"\b(?:His|Her)\b"), "Their"),
    (re.compile(r"\b(?:his|her|hers)\b"), "their"),
    (re.compile(r"\b(?:himself|herself)\b"), "themselves"),
    (re.compile(r"\bhim\b"), "them"),
    (re.compile(r"彼女は|彼は"), "候補者は"),
    (re.compile(r"\b(?:Ella|Él)\b\s*"), ""),
)
_HAN = re.compile("[\u3041-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")
_MAYBE_NUMBER = re.compile(r"\d[\d ()-]{4,}|@|\*{3}|linkedin|微信|wechat|wx|qq", re.I)
_BY_SCRIPT = {
    True: tuple(pattern for pattern in CLAUSES if _HAN.search(pattern.pattern)),
    False: tuple(pattern for pattern in CLAUSES if re.search(r"(?<!\\)[a-z]{3}|\\d", pattern.pattern)),
}
_SHORT = 8  # a clause that says so little beside the fact goes with it


def deidentify(text: str, names: Iterable[str] = (), lang: str = "zh") -> str:
    """`text` without the given names and without personal facts. Never raises; returns "" where nothing is left."""
    if not text:
        return ""
    text = replace_names(text, names, lang)
    pieces = _STOPS.split(text)
    kept: list[str] = []
    for clause, stop in zip(pieces[::2], [*pieces[1::2], ""], strict=False):
        clean = _clause(clause)
        if clean.strip() or (clause == "" and stop == "\n"):
            kept.append(clean + stop)
        elif (kept and stop.strip() in {"。", "！", "？", ".", ";", "；"}) or "\n" in stop:
            _end_sentence(kept, stop)
    return _tidy("".join(kept))


def scrub_numbers(text: str) -> str:
    """`text` without e-mails, phones, document and account numbers; for records that describe no person."""
    if not _MAYBE_NUMBER.search(text):
        return text
    for pattern in NUMBERS:
        text = pattern.sub("", text)
    return _tidy(text)


def holds_personal_fact(text: str) -> bool:
    """True where `deidentify` would take something out."""
    return any(_fact_in(clause) for clause in _STOPS.split(text)[::2])


def replace_names(text: str, names: Iterable[str], lang: str = "zh") -> str:
    """Names, family names with a title, and given names as a neutral word."""
    stand_in = _STAND_IN.get(lang, _STAND_IN["en"])
    for name in sorted({name.strip() for name in names if name.strip()}, key=len, reverse=True):
        if _may_hold(text, name):
            for pattern in _name_patterns(name):
                text = pattern.sub(stand_in, text)
    return text


def _may_hold(text: str, name: str) -> bool:
    """Cheap test before patterns are made for a name: its first character, its last two, or a part of it."""
    if name[0] in text or name[-2:] in text:
        return True
    low = text.casefold()
    return any(len(part) >= 3 and part in low for part in name.casefold().split())


def _name_patterns(name: str) -> list[re.Pattern[str]]:
    if re.fullmatch(r"[\u4e00-\u9fff·]{2,6}(?:\s?[\u4e00-\u9fff]{1,4})?", name):
        return _han_patterns(name.replace(" ", ""), name)
    if len(name) < 2:
        return []
    found = [re.compile(rf"{_ENGLISH_TITLE}(?<!\w){re.escape(name)}(?!\w)", re.I)]
    for part in re.split(r"[\s,.]+", name):
        if len(part) >= 3 and part[0].isupper():
            found.append(re.compile(rf"{_ENGLISH_TITLE}(?<!\w){re.escape(part)}(?!\w)(?:['’]s(?!\w))?"))
    return found


def _han_patterns(name: str, spaced: str) -> list[re.Pattern[str]]:
    compound = len(name) >= 4 or name[:2] in {
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
    }
    family, given = (name[:2], name[2:]) if compound and len(name) >= 3 else (name[:1], name[1:])
    loose = r"\s*".join(map(re.escape, name))
    found = [re.compile(f"{loose}(?:{_TITLES})?"), re.compile(re.escape(spaced))]
    found.append(
        re.compile(
            f"(?<![\u4e00-\u9fff]){re.escape(family)}(?:某某?|{_TITLES})|{re.escape(family)}(?:先生|女士|小姐|同学|さん)"
        )
    )
    found.append(re.compile(f"[小老]{re.escape(family)}(?![\u4e00-\u9fff]?(?:学|年|龄))"))
    if len(given) >= 2 and given not in _COMMON_GIVEN:
        found.append(re.compile(re.escape(given)))
    return found


def _fact_in(clause: str) -> bool:
    bare = clause.strip()
    return any(pattern.search(bare) for group in (NUMBERS, PHRASES, CLAUSES) for pattern in group)


def _tells(bare: str) -> bool:
    """True where a clause states a personal fact. Patterns of a script that the clause does not use are left out."""
    patterns = CLAUSES if _HAN.search(bare) and _LATIN.search(bare) else _BY_SCRIPT[bool(_HAN.search(bare))]
    return any(pattern.search(bare) for pattern in patterns)


@lru_cache(maxsize=4096)
def _clause(clause: str) -> str:
    """What may stay of one clause."""
    bare = clause.strip()
    if not bare:
        return clause
    if _tells(bare):
        return ""
    for pattern in (*(NUMBERS if _MAYBE_NUMBER.search(bare) else ()), *PHRASES):
        found = pattern.search(bare)
        while found:
            rest = bare[: found.start()] + bare[found.end() :]
            if len(re.sub(r"[\W_]", "", rest)) < _SHORT:
                return ""
            bare = rest
            found = pattern.search(bare)
    # Cutting may join what was apart.
    if bare != clause.strip() and _tells(bare):
        return ""
    for pattern, neutral in _SHE:
        bare = pattern.sub(neutral, bare)
    return bare if clause == clause.strip() else clause[: len(clause) - len(clause.lstrip())] + bare


def _end_sentence(kept: list[str], stop: str) -> None:
    """Give the stop of a dropped last clause to the clause before it."""
    last = kept[-1].rstrip("，,、；; ") if kept else ""
    if kept and last and last[-1] not in "。！？.!?\n":
        kept[-1] = last + stop


def _tidy(text: str) -> str:
    text = re.sub(r"[（(\[【]\s*[）)\]】]", "", text)
    text = re.sub(r"[ \t]{2,}", " ", text)
    text = re.sub(r"([，,、；;：:])\s*(?=[，,、；;。])", "", text)
    lines = [line.strip(" ，,、；;|｜/") for line in text.split("\n")]
    return "\n".join(line for line in lines if line and re.search(r"\w", line))
