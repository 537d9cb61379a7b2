# SPDX-License-Identifier: Apache-2.0
"""Evidence as it may stand in a prompt: one short line of the job's own words in the language of the question.

Job profiles and résumés come from outside. A line that addresses the program (“ignore the above …”) is taken out,
markup that a model could read as control tokens too; a duty of ten pages is reduced to the sentence that says most;
what is empty or in another language than the question is given back to a person, with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from askwell.writing import content
from askwell.writing.experience import sentences

EMPTY, OTHER_LANGUAGE = "need.empty", "need.other_language"
SHORTENED, INSTRUCTION = "need.shortened", "need.instruction"
_LONGEST = {"zh": 90, "ja": 110, "en": 260, "es": 280}  # characters
_CONTROL = re.compile(
    r"<\|?/?[A-Za-z_]{2,24}\d{0,4}\|?>|\[/?INST\]|<<?/?SYS>>?|[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e]"
)
_ORDERS = re.compile(
    r"(忽略|无视|不要理会|忘记|跳过).{0,12}(以上|前面|上面|之前|上述|所有).{0,8}(要求|指令|内容|提示|规则|说明)?"
    r"|系统提示|提示词|system\s*prompt|prompt injection"
    r"|(作为(一个)?|你(现在)?是(一个)?)\s*(AI|人工智能|语言模型)"
    r"|(ignore|disregard|forget|override)\b.{0,30}\b(above|previous|prior|all|earlier|instruction|prompt|rule)"
    r"|you are (now )?(an? )?(AI|assistant|language model|chatbot)|as an? (AI|language model)"
    r"|(上記|以上|前|これまで)の?.{0,8}(指示|命令|プロンプト|ルール).{0,6}(無視|忘れ)|(指示|命令)を(すべて)?(無視|忘れ)"
    r"|(ignora|olvida|omite|haz caso omiso)\w*\b.{0,30}\b(anterior|previ|instruccion|todo|reglas?)",
    re.IGNORECASE,
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_KANA = re.compile(r"[\u3041-\u30fa]")
_SIMPLIFIED = re.compile("[们这说时开关发对产务报经处质检设订单责样际营销为与进货统负协调标门间组织导执]")
_LATIN = re.compile(r"[A-Za-zÀ-ÿ]")
_SPANISH = re.compile(r"[ñ¿¡áéíóú]|\b(de|la|el|los|las|del|con|para|por|una?|en|y)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(the|of|and|to|for|with|in|by|on|a|an|is|are|at|from)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Prepared:
    """`text` is empty where nothing can be asked; `needs` are catalogue keys of what was done or is needed."""

    text: str
    needs: tuple[str, ...] = ()

    @property
    def usable(self) -> bool:
        """Whether a question can be written from it."""
        return bool(self.text)


def prepare(text: str, lang: str, competency: str = "") -> Prepared:
    """The line that goes into the prompt."""
    plain = " ".join(_CONTROL.sub(" ", text).split())
    needs: list[str] = []
    if _ORDERS.search(plain):
        kept = [part for part in _parts(text, lang) if not _ORDERS.search(part)]
        plain = "；".join(kept) if lang in ("zh", "ja") else ". ".join(kept)
        needs.append(INSTRUCTION)
    if len(content.units(plain)) == 0 and not content.numbers(plain):
        return Prepared("", (*needs, EMPTY))
    if other_language(plain, lang):
        return Prepared("", (*needs, OTHER_LANGUAGE))
    if len(plain) > _LONGEST.get(lang, 260):
        plain = _shortened(plain, lang, competency)
        needs.append(SHORTENED)
    return Prepared(plain, tuple(needs))


def other_language(text: str, lang: str) -> bool:
    """Whether a line is plainly not in `lang`: by script, and between English and Spanish by their small words."""
    han, kana, latin = (len(pattern.findall(text)) for pattern in (_HAN, _KANA, _LATIN))
    if lang in ("en", "es"):
        if han + kana > latin:
            return True
        spanish, english = len(_SPANISH.findall(text)), len(_ENGLISH.findall(text))
        return spanish >= 3 and english == 0 if lang == "en" else english >= 3 and spanish == 0
    if latin > 4 * (han + kana) and latin >= 12:
        return True
    if lang == "zh":
        return kana >= 2 and kana > 0.15 * (han + kana)
    return lang == "ja" and _plainly_chinese(text, kana)


def _plainly_chinese(text: str, kana: int) -> bool:
    """Japanese job profiles may do without kana; several characters that only simplified Chinese has give it away."""
    return kana == 0 and len(_SIMPLIFIED.findall(text)) >= 3


def _parts(text: str, lang: str) -> list[str]:
    plain = _CONTROL.sub(" ", text)
    found = [" ".join(part.split()) for line in plain.splitlines() for part in sentences(line, lang)]
    return [part for part in found if part]


def _shortened(text: str, lang: str, competency: str) -> str:
    """The part that has most to do with the competency, the earliest of equals; cut at the limit if it must be."""
    limit = _LONGEST.get(lang, 260)
    wanted = content.units(competency)
    parts = [part for part in _parts(text, lang) if len(content.units(part)) >= 2] or [text]
    fitting = [part for part in parts if len(part) <= limit] or [parts[0]]
    best = max(fitting, key=lambda part: (len(content.units(part) & wanted), -fitting.index(part)))
    return (
        best if len(best) <= limit else re.sub(r"[^，,；;、\s]*$", "", best[:limit]).rstrip("，,；;、 ") or best[:limit]
    )
