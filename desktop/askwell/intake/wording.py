# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: E501 (a pattern of words stays on one line)
"""What words tell: the language of a text, which way a KPI should move, what a rating is worth."""

from __future__ import annotations

import re

from askwell.domain.records import Direction
from askwell.intake.cleaning import half_width, number_of, text_of
from askwell.intake.model import Cell

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_SPANISH_SIGN = re.compile("[áéíóúñ¿¡ü]", re.I)
_SPANISH_WORD = re.compile(r"\b(?:de|la|el|los|las|en|con|para|del|una|por|y|que|su)\b", re.I)
_ENGLISH_WORD = re.compile(r"\b(?:the|of|and|to|in|for|with|on|by|an|is|are|our)\b", re.I)

_SAYS_CUT = re.compile(
    r"降低|减少|下降|缩短|压降|压缩|cut|reduce|decrease|lower|down|削減|低減|短縮|reducir|disminuir|bajar|↓|逆向|负向",
    re.I,
)
_SAYS_KEEP = re.compile(r"保持|维持|稳定|不变|keep|maintain|stable|hold|維持|mantener|→|=", re.I)
_SAYS_RAISE = re.compile(
    r"提高|提升|增加|增长|上升|扩大|raise|increase|grow|improve|up|向上|増加|aumentar|mejorar|↑|正向", re.I
)
_AT_MOST = re.compile(
    r"≤|<=|＜|<|不超过|不高于|低于|少于|以内|以下|不多于|小于|至多|no more than|at most|below|under|within|less than|max|以内|未満|menos de|como máximo|máx",
    re.I,
)
_AT_LEAST = re.compile(
    r"≥|>=|＞|>|不低于|不少于|高于|超过|以上|大于|至少|at least|above|over|more than|min|al menos|más de", re.I
)
_COSTS = re.compile(
    r"成本|费用|投诉|差错|错误|退货|退款|退换|流失|缺陷|故障|事故|逾期|延期|延误|周转天数|库存天数|响应时间|响应时长|处理时长|时长|"
    r"耗时|损耗|缺勤|离职率|不良|报废|次品|返工|返修|停机|超期|呆滞|坏账|账龄|违规|客诉|漏|空置|周期|缺货|破损|不合格|"
    r"cost|expense|complaint|defect|error|churn|attrition|turnover rate|return rate|refund|downtime|delay|overdue|"
    r"time to|lead time|cycle time|response time|scrap|rework|incident|accident|bug|absent|"
    r"コスト|費用|クレーム|不良|離職|欠陥|事故|遅延|障害|リードタイム|残業|"
    r"coste|costo|queja|reclamaci|defecto|error|rotaci|devoluci|retraso|tiempo|accidente|merma|absentismo", re.I,
)  # fmt: skip
_NOT_COSTS = re.compile(
    r"(?:下降|降低|减少|缩短|节约|节省|控制|关闭|解决|处理|整改|修复|合格|达成|完成|及时|满意)率|节约额|节省额|saving|reduction|resolution rate",
    re.I,
)

_GRADES = {
    "优秀": 5, "卓越": 5, "优": 5, "非常好": 5, "excellent": 5, "outstanding": 5, "strong_yes": 5, "strong yes": 5,
    "a": 5, "s": 5, "very good": 4.5, "良好": 4, "良": 4, "较好": 4, "好": 4, "good": 4, "yes": 4, "b": 4,
    "中等": 3, "中": 3, "一般": 3, "合格": 3, "尚可": 3, "average": 3, "normal": 3, "mixed": 3, "fair": 3, "c": 3,
    "较差": 2, "待提高": 2, "不足": 2, "below average": 2, "no": 2, "d": 2, "差": 1, "不合格": 1, "很差": 1, "poor": 1,
    "definitely_not": 1, "definitely not": 1, "e": 1, "優秀": 5, "普通": 3, "可": 3, "不可": 1, "秀": 5,
    "excelente": 5, "bueno": 4, "buena": 4, "regular": 3, "malo": 1, "mala": 1, "deficiente": 2,
}  # fmt: skip
_YES = frozenset(
    [
        "是",
        "y",
        "yes",
        "true",
        "1",
        "√",
        "✓",
        "✔",
        "能",
        "可",
        "可以",
        "可评估",
        "可判断",
        "有效",
        "命中",
        "はい",
        "○",
        "sí",
        "si",
        "对",
        "能够判断",
        "能判断",
        "可判定",
    ]
)
_NO = frozenset(
    [
        "否",
        "n",
        "no",
        "false",
        "0",
        "×",
        "✗",
        "x",
        "不能",
        "不可",
        "不可评估",
        "不可判断",
        "无效",
        "未命中",
        "いいえ",
        "错",
        "不能判断",
        "无法判断",
        "无法评估",
        "不可判定",
    ]
)


def language_of(*texts: str) -> str:
    """`ja` where there is kana, else `zh` where there is Han, else `es` by its signs and small words, else `en`."""
    text = " ".join(texts)
    han = len(_HAN.findall(text))
    kana = len(_KANA.findall(text))
    if kana > 2 and kana * 10 > han:
        return "ja"
    if han * 4 > len(text) or han >= 4:
        return "zh"
    if han:
        return "zh" if han * 6 > len(text) else "en"
    spanish = len(_SPANISH_SIGN.findall(text)) + len(_SPANISH_WORD.findall(text))
    return "es" if spanish > 1 and spanish > len(_ENGLISH_WORD.findall(text)) else "en" if text.strip() else "zh"


def direction_of(stated: str, name: str, baseline: Cell, target: Cell) -> Direction:
    """Direction of a KPI: as stated, else from baseline against target, else from the target's sign, else from the
    name (costs, complaints and delays should fall)."""
    for pattern, direction in (
        (_SAYS_CUT, Direction.CUT),
        (_SAYS_KEEP, Direction.KEEP),
        (_SAYS_RAISE, Direction.RAISE),
    ):
        if stated and pattern.search(stated):
            return direction
    before, after = number_of(baseline), number_of(target)
    if before is not None and after is not None:
        if before == after:
            return Direction.KEEP
        return Direction.RAISE if after > before else Direction.CUT
    goal = half_width(text_of(target))
    return _by_words(name, goal, after)


def _by_words(name: str, goal: str, after: float | None) -> Direction:
    if _AT_MOST.search(goal):
        return Direction.CUT
    if _AT_LEAST.search(goal):
        return Direction.RAISE
    if after == 0 or (_SAYS_CUT.search(name.split("率")[0]) and not _NOT_COSTS.search(name)):
        return Direction.CUT
    if _SAYS_KEEP.search(name) or _SAYS_KEEP.search(goal):
        return Direction.KEEP
    if _SAYS_RAISE.search(name):
        return Direction.RAISE
    return Direction.CUT if _COSTS.search(name) and not _NOT_COSTS.search(name) else Direction.RAISE


def scale_of(header: str, cells: list[Cell]) -> float:
    """Top of a rating scale: stated in the header (`评分(1-5)`, `百分制`), else the smallest usual scale that holds
    nine tenths of the values. 5 where nothing tells."""
    stated = re.search(
        r"(?:[01]\s*[-–~～至到]\s*|满分\s*|out of\s*|/\s*)(100|10|7|5|4|3)(?!\d)|(十|五|百)分制", half_width(header)
    )
    if stated:
        return float(stated.group(1) or {"十": 10, "五": 5, "百": 100}[stated.group(2)])
    values = [value for value in (_plain_number(cell) for cell in cells) if value is not None and value >= 0]
    if not values:
        return 5.0
    if max(values) <= 1 and any(0 < value < 1 for value in values):
        return 1.0
    for top in (5.0, 10.0, 100.0):
        if sum(1 for value in values if value <= top) >= 0.9 * len(values):
            return top
    return 5.0


def rating_of(cell: Cell, scale: float = 5.0) -> float | None:
    """A rating on 1–5 (two decimals). Raises ValueError where there is something that is no rating on this scale."""
    text = half_width(text_of(cell)).strip()
    if not text:
        return None
    grade = _GRADES.get(text.casefold())
    if grade is not None:
        return float(grade)
    stars = len(re.findall("[★⭐]", text))
    if stars:
        return float(min(5, stars))
    of_total = re.fullmatch(r"(\d+(?:\.\d+)?)\s*/\s*(5|10|100)", text)
    value, top = (float(of_total.group(1)), float(of_total.group(2))) if of_total else (_plain_number(cell), scale)
    if value is None or not 0 <= value <= top or (top == 5 and value < 1 and value != 0):
        raise ValueError(text)
    if value == 0:
        # Zero means "not rated" on a five-point scale, and the lowest mark on every other one.
        return None if top in (1, 5) else 1.0
    return round(max(1.0, value * 5 / top), 2)


def _plain_number(cell: Cell) -> float | None:
    if isinstance(cell, str):
        found = re.match(r"\s*(-?\d+(?:\.\d+)?)\s*(?:分|点|pts?|星|级)?\s*(?:$|[（(])", half_width(cell))
        return float(found.group(1)) if found else None
    return number_of(cell)


def truth_of(cell: Cell) -> bool | None:
    """Yes, no or unknown."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell).strip().casefold()
    if text in _YES:
        return True
    return False if text in _NO else None
