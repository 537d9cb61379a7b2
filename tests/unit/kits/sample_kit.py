# SPDX-License-Identifier: Apache-2.0
"""A realistic kit of eight questions, written by hand for the tests of the exporters."""

from __future__ import annotations

import json
from pathlib import Path

from askwell.domain.questions import (
    Approval,
    Difficulty,
    Evidence,
    EvidenceKind,
    Kit,
    Provenance,
    Question,
    QuestionText,
    QuestionType,
    Slot,
    Status,
)

RESOURCES = Path(__file__).resolve().parents[3] / "resources"
_MADE = Provenance("gemma-3-270m-q4_k_m", "askwell-lora-0.1", "v1", 20260412)
_B, _S, _T = QuestionType.BEHAVIOURAL, QuestionType.SITUATIONAL, QuestionType.TECHNICAL
_EASY, _MID, _HARD = Difficulty.BASIC, Difficulty.INTERMEDIATE, Difficulty.ADVANCED
_KPI, _DUTY, _STD = EvidenceKind.KPI, EvidenceKind.DUTY, EvidenceKind.STANDARD
_GOAL = ("质量部：全年客户端退货不超过 300 PPM", "集团：成为三家头部车企的 A 级供应商")

_ROWS = (
    (
        "问题分析",
        _KPI,
        "一次交验合格率 96.2%→98.5%",
        _GOAL,
        _B,
        _MID,
        "一次交验合格率掉下来、原因又不明显的时候，请讲一次您把它找出来的经历，您是怎么做的？",
        (
            "您最先看的是哪一份数据，它告诉了您什么？",
            "哪一步是您自己判断的，哪一步请了别人？",
            "三个月后这个合格率停在多少？",
        ),
        "按工序和缺陷类型分层，用数据排除到单一原因，说得出整改前后的合格率，并讲到怎样防止再发",
        "找到原因并改善了合格率，但靠逐个尝试，说不清为什么不是别的原因",
        "只讲加严检验或返工，没有原因，也没有数字",
    ),
    (
        "问题分析",
        _DUTY,
        "主导客户投诉的 8D 分析并按期关闭",
        (),
        _T,
        _HARD,
        "客户只发来三张照片和一句“又漏油了”，在样件寄到之前，您凭哪些信息决定先查哪一段工序？",
        ("批次信息不全时，您用什么补上？", "什么结果会让您推翻最初的判断？"),
        "先锁定批次和生产日期，用过程记录缩小范围，说明判断依据和推翻它的条件，并同步围堵在途品",
        "知道要查批次和记录，但没有先后，围堵措施要提醒才想到",
        "等样件到了再说，或直接把原因归到运输",
    ),
    (
        "跨部门协作",
        _DUTY,
        "组织生产、工艺、采购评审不合格品并给出处置意见",
        (),
        _B,
        _MID,
        "评审不合格品时生产急着出货、工艺不肯让步，请讲一次您把意见谈拢的经历，您是怎么做的？",
        ("双方各自最在意的是什么，您怎么知道的？", "最后的处置意见写了哪些条件？"),
        "讲清双方的顾虑，用数据或试验给出有条件的处置方案，明确责任人和时限，事后有复核",
        "促成了折中，但条件不清或没有复核",
        "由上级拍板，或自己让步放行",
    ),
    (
        "供应商管理",
        _KPI,
        "来料批合格率 94%→97%",
        _GOAL[:1],
        _B,
        _HARD,
        "请讲一次您让一家不愿配合的供应商真正整改到位的经历，您是怎么做的？",
        ("对方不配合的理由是什么？", "您用什么证明整改有效？", "采购在其中做了什么？"),
        "弄清不配合的原因，现场共同验证，用连续批次的数据确认有效，并把要求写进协议或检验规范",
        "靠扣款或停货施压后有改善，没有长期验证",
        "换了供应商，或只发了整改通知",
    ),
    (
        "供应商管理",
        _STD,
        "能依据过程能力和历史数据调整抽样方案，并说明风险",
        (),
        _T,
        _MID,
        "一家供应商连续二十批合格，采购希望放宽抽检，您依据什么决定放不放、放多少？",
        ("哪些特性您不会放宽？", "放宽之后什么信号会让您立即收回？"),
        "结合特性重要度、过程能力与变更历史决定，给出放宽与收回的条件，说明剩余风险由谁确认",
        "依据批次合格记录放宽，没有谈收回条件",
        "按采购要求放宽，或一概不放",
    ),
    (
        "标准与体系",
        _DUTY,
        "维护控制计划与检验规范，确保与现场一致",
        (),
        _B,
        _EASY,
        "请讲一次您发现检验规范和现场做法对不上的经历，您是怎么处理的？",
        ("您是怎么发现的？", "改的是规范还是做法，为什么？"),
        "说明差异及其风险，先确认哪一边正确再改，完成培训和变更记录，并检查了同类工序",
        "改正了差异，但没有查同类或没有培训",
        "让操作工按规范做就结束",
    ),
    (
        "团队带教",
        _DUTY,
        "带教检验员，检验员上岗考核通过率 100%",
        (),
        _B,
        _MID,
        "请讲一次您把一名总是漏检的检验员带到能独立上岗的经历，您是怎么做的？",
        ("您怎么判断他漏检的原因？", "您用什么标准决定他可以独立上岗？"),
        "观察并分清是看不出还是来不及，针对原因练习，用盲样考核确认，跟踪上岗后的漏检数",
        "多讲多看后有进步，没有考核依据",
        "调离岗位，或归因于责任心",
    ),
    (
        "优先排序",
        _STD,
        "多项任务冲突时按风险和客户影响排序",
        _GOAL[1:],
        _S,
        _MID,
        "同一个上午，客户审核员提前到了，产线报停等您判定，两边都说十分钟内要见到您，您会怎么安排？",
        ("您会先向谁要哪一条信息？", "怎样的情况会让您反过来安排？"),
        "先用一两个问题弄清两边的风险，授权合适的人接住一边，明确回来的时间，并说出反过来的条件",
        "有先后和理由，但没有安排人接住另一边",
        "两边都等，或只凭谁催得急",
    ),
)


def question(number: int, row: tuple[object, ...], approve: bool = True) -> Question:
    """One question of the table, approved unless told otherwise."""
    competency, kind, evidence, chain, style, level, text, probes, five, three, one = row
    words = QuestionText(str(text), tuple(probes), {5: str(five), 3: str(three), 1: str(one)})  # type: ignore[arg-type]
    slot = Slot(
        number,
        str(competency),
        Evidence(kind, str(evidence), f"r{number}", chain=chain),  # type: ignore[arg-type]
        style,
        level,
        "zh",
        8 if level is _HARD else 6,  # type: ignore[arg-type]
    )
    by = "demo" if number == 6 else "王敏"
    approval = Approval(by, "2026-04-12T09:30:00+00:00", words.digest()) if approve else None
    status = Status.APPROVED if approve else Status.DRAFT
    return Question(f"q{number}", "k1", slot, words, status, _MADE, approval=approval)


def sample_kit() -> Kit:
    """The kit with eight approved questions."""
    questions = tuple(question(number, row) for number, row in enumerate(_ROWS, 1))
    return Kit(
        "k1",
        "质量工程师（来料与过程）· 结构化面试题 · 一面",
        "p1",
        "质量工程师（来料与过程）",
        "质量部",
        "zh",
        "2026-04-12T09:00:00+00:00",
        "C-0417",
        questions,
    )


def labels(lang: str = "zh") -> dict[str, str]:
    """The sentences that ship, as the app hands them over."""
    words: dict[str, dict[str, str]] = {}
    for path in (*(RESOURCES / "i18n").glob("*.json"), *(RESOURCES / "i18n" / "parts").glob("*.json")):
        words.update(json.loads(path.read_text(encoding="utf-8")))
    return {key: text[lang] for key, text in words.items() if key.startswith(("kit.", "term."))}
