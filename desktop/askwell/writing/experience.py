# SPDX-License-Identifier: Apache-2.0
"""Which sentences of a candidate's experience are worth a question: finished work that has to do with the position."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from askwell.domain.questions import Requirements
from askwell.writing import content

_SENTENCE = re.compile(r"[^。！？；;!?\n]+(?:[。！？；;!?]|$)|[^\n]+$")
_ENGLISH_SENTENCE = re.compile(r"[^.;!?\n]+(?:\.\d+[^.;!?\n]*)*(?:[.;!?](?=\s|$)|$)")
_LABEL = re.compile(r"^[^：:]{1,12}[：:]\s*")
_DEED = re.compile(
    r"负责|主导|参与|带领|带|组织|推动|搭建|完成|建立|优化|改进|实施|管理|协调|设计|开发|处理|降|提升|缩短|"
    r"\b(led|ran|built|managed|cut|raised|reduced|introduced|designed|set up|organi[sz]ed|handled|launched|trained|"
    r"planned|negotiated|improved|increased|created|owned|moved|wrote)\b",
    re.IGNORECASE,
)
# Schooling and dates of employment are facts about a person's course of life, not work that can be asked about.
_NOT_WORK = re.compile(
    r"学历|毕业|本科|大专|硕士|专业：|在校|degree|graduated|university|diploma|bachelor|master", re.I
)
_SHORT = {"zh": 10, "ja": 10, "en": 24, "es": 24}
_LONG = {"zh": 70, "ja": 80, "en": 200, "es": 220}


def best_sentences(texts: Sequence[str], requirements: Requirements, count: int) -> tuple[str, ...]:
    """Up to `count` sentences, best first: what was done, near to the position's duties and KPIs, not too long."""
    wanted = frozenset().union(*(content.units(one.text) for one in requirements.evidence), content.units(""))
    lang = requirements.lang
    found = [sentence for text in texts for sentence in sentences(text, lang)]
    usable = [
        one
        for one in dict.fromkeys(found)
        if _SHORT.get(lang, 24) <= len(one) <= _LONG.get(lang, 200) and not _NOT_WORK.search(one)
    ]
    ranked = sorted(usable, key=lambda one: (-_worth(one, wanted), usable.index(one)))
    return tuple(ranked[:count])


def sentences(text: str, lang: str) -> list[str]:
    """The sentences of a text without the label of its column and without closing stops."""
    pattern = _SENTENCE if lang in ("zh", "ja") else _ENGLISH_SENTENCE
    parts = [_LABEL.sub("", part.strip()) for part in pattern.findall(text)]
    return [part.strip(" 。；;.") for part in parts if part.strip(" 。；;.")]


def _worth(sentence: str, wanted: frozenset[str]) -> float:
    shared = len(content.units(sentence) & wanted)
    return shared + 2.0 * math.sqrt(len(_DEED.findall(sentence))) + (1.0 if content.numbers(sentence) else 0.0)
