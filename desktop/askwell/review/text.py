# SPDX-License-Identifier: Apache-2.0
"""Text as the rules see it: one width, one case, no hidden characters, and a way back to the original offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

MAX_CHARS = 8000
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30ff]")
_LATIN_WORD = re.compile(r"[a-z\u00c0-\u024f]{2,}", re.IGNORECASE)
_SPANISH = re.compile(r"[¿¡ñáíóú]|\b(?:usted|cómo|qué|está|tiene|para|una)\b", re.IGNORECASE)
_END = frozenset("。？！?!；;\n")
# Traditional characters that occur in questions about people; enough for the rules, not a converter.
_TRADITIONAL = dict(
    zip(
        "結嗎齡歲產戶黨軍醫體檢殘礙婦懷顧經歷準備嚴條個們對請問嘗試這裡還沒過業務學員會開關係後現實際與從當應該說話點時間內兩幾貸薪資誰帶孫離異單",
        "结吗龄岁产户党军医体检残碍妇怀顾经历准备严条个们对请问尝试这里还没过业务学员会开关系后现实际与从当应该说话点时间内两几贷薪资谁带孙离异单",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Plain:
    """Normalised `text`; `offsets[i]` is where character i came from; `source` is the length of the original."""

    text: str
    offsets: tuple[int, ...]
    source: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original for a half-open range of the normalised text."""
        if not self.offsets or start >= len(self.offsets):
            return (self.source, self.source)
        return (self.offsets[start], self.offsets[max(start, end - 1)] + 1)


def plain(text: str, lang: str = "") -> Plain:
    """Fold width and case, drop invisible characters and blanks between Chinese or Japanese characters."""
    chars: list[str] = []
    offsets: list[int] = []
    for index, char in enumerate(text[:MAX_CHARS]):
        for folded in _fold(char, lang):
            chars.append(folded)
            offsets.append(index)
    keep = [i for i, char in enumerate(chars) if not _blank_between(chars, i, char)]
    return Plain("".join(chars[i] for i in keep), tuple(offsets[i] for i in keep), len(text))


def _fold(char: str, lang: str) -> str:
    if unicodedata.category(char) == "Cf":
        return ""
    if char in "’‘ʼ´":
        return "'"
    folded = unicodedata.normalize("NFKC", char).lower()
    if lang == "zh":
        folded = "".join(_TRADITIONAL.get(part, part) for part in folded)
    return {"?": "？", "!": "！", ",": "，", ";": "；"}.get(folded, folded) if lang in ("zh", "ja") else folded


def _blank_between(chars: list[str], index: int, char: str) -> bool:
    if not char.isspace() or char == "\n" or not 0 < index < len(chars) - 1:
        return False
    return is_wide(chars[index - 1]) and is_wide(chars[index + 1])


def is_wide(char: str) -> bool:
    """True for Han and kana."""
    return bool(_HAN.match(char) or _KANA.match(char))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """(offset, sentence) with its end mark. A full stop ends a sentence where a blank or the end follows."""
    start = 0
    for index, char in enumerate(text):
        stop = char == "." and (index + 1 == len(text) or text[index + 1].isspace())
        if char in _END or stop:
            if text[start : index + 1].strip():
                yield start, text[start : index + 1]
            start = index + 1
    if text[start:].strip():
        yield start, text[start:]


def languages(text: str, lang: str) -> tuple[str, ...]:
    """The languages whose rules apply: the one stated and those whose script is seen."""
    found: list[str] = [lang] if lang in ("zh", "en", "ja", "es") else []
    if _KANA.search(text) and len(_KANA.findall(text)) > 2:
        found.append("ja")
    elif _HAN.search(text) and "ja" not in found:
        found.append("zh")
    if len(_LATIN_WORD.findall(text)) >= 3 and "es" not in found:
        found.append("es" if _SPANISH.search(text) else "en")
    return tuple(dict.fromkeys(found)) or ("en",)
