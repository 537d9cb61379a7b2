# SPDX-License-Identifier: Apache-2.0
"""A careful template bank: the peer that a model must beat. It serves evaluation only and ships in no product."""

from __future__ import annotations

import house  # noqa: F401

# isort: split
from askwell.domain.questions import QuestionText, QuestionType, Slot

_QUESTIONS: dict[str, dict[QuestionType, tuple[str, ...]]] = {
    "zh": {
        QuestionType.BEHAVIOURAL: (
            "请讲一次与“{evidence}”有关的经历，当时您具体做了什么？",
            "围绕“{evidence}”，您遇到过的最大困难是什么，您是怎么处理的？",
            "请举例说明您过去是如何完成“{evidence}”这项要求的？",
            "关于“{evidence}”，您最有成效的一次做法是什么？",
        ),
        QuestionType.SITUATIONAL: (
            "假如在“{evidence}”上遇到阻力，您会怎么处理？",
            "如果“{evidence}”的要求与时间发生冲突，您会先做什么？",
        ),
        QuestionType.TECHNICAL: (
            "要做好“{evidence}”，您认为关键的步骤和判断依据是什么？",
            "在“{evidence}”方面，您通常用哪些方法，如何检验效果？",
        ),
        QuestionType.MOTIVATION: ("在“{evidence}”这项工作里，最吸引您的是什么？",),
    },
    "en": {
        QuestionType.BEHAVIOURAL: (
            "Tell me about a time when you dealt with the following: {evidence}. What did you do?",
            "What was the greatest difficulty you have met with regard to “{evidence}”, and how did you handle it?",
            "Please give an example of how you met this requirement in the past: {evidence}.",
        ),
        QuestionType.SITUATIONAL: (
            "Suppose you met resistance in this part of the job: {evidence}. What would you do?",
            "If “{evidence}” came into conflict with a deadline, what would you do first?",
        ),
        QuestionType.TECHNICAL: (
            "Which steps and criteria are decisive in this part of the job: {evidence}?",
            "Which methods do you use for “{evidence}”, and how do you check that they work?",
        ),
        QuestionType.MOTIVATION: ("What attracts you most about this part of the job: {evidence}?",),
    },
    "ja": {
        QuestionType.BEHAVIOURAL: (
            "「{evidence}」に関わったご経験について、具体的にどのような行動を取ったか教えてください。",
            "「{evidence}」で最も苦労した場面と、そのときの対応を教えてください。",
        ),
        QuestionType.SITUATIONAL: ("「{evidence}」を進める中で反対を受けたら、どのように対応しますか。",),
        QuestionType.TECHNICAL: ("「{evidence}」を行ううえで、重要な手順と判断の根拠は何ですか。",),
        QuestionType.MOTIVATION: ("「{evidence}」という仕事のどこに惹かれますか。",),
    },
    "es": {
        QuestionType.BEHAVIOURAL: (
            "Cuénteme una experiencia relacionada con «{evidence}». ¿Qué hizo usted en concreto?",
            "¿Cuál ha sido la mayor dificultad que ha tenido con «{evidence}» y cómo la resolvió?",
        ),
        QuestionType.SITUATIONAL: ("Si encontrara resistencia en «{evidence}», ¿qué haría?",),
        QuestionType.TECHNICAL: ("¿Qué pasos y criterios son decisivos en «{evidence}»?",),
        QuestionType.MOTIVATION: ("¿Qué le atrae de «{evidence}»?",),
    },
}
_PROBES = {
    "zh": ("当时的背景和目标是什么？", "您个人具体负责哪一部分？", "最后的结果如何，怎么衡量的？"),
    "en": (
        "What was the situation and the goal?",
        "What exactly was your own part?",
        "What was the result, and how was it measured?",
    ),
    "ja": (
        "当時の状況と目標は何でしたか。",
        "ご自身の役割は何でしたか。",
        "結果はどうなり、どう測りましたか。",
    ),
    "es": ("¿Cuál era la situación y el objetivo?", "¿Cuál fue su parte?", "¿Qué resultado hubo y cómo se midió?"),
}
_ANCHORS = {
    "zh": {5: "有具体事例、本人行动清楚、结果可衡量", 3: "有事例，但行动或结果不够具体", 1: "没有事例，只谈看法"},
    "en": {
        5: "Gives a concrete case with clear own actions and a measurable result",
        3: "Gives a case, but actions or result stay general",
        1: "Gives opinions instead of a case",
    },
    "ja": {
        5: "具体的な事例、自分の行動、測れる結果を述べる",
        3: "事例はあるが、行動か結果が具体的でない",
        1: "事例がなく、意見だけを述べる",
    },
    "es": {
        5: "Da un caso concreto con acciones propias y un resultado medible",
        3: "Da un caso, pero las acciones o el resultado quedan vagos",
        1: "Solo da opiniones",
    },
}


def fill(slot: Slot, index: int) -> QuestionText:
    """A question from the bank; `index` makes neighbours differ."""
    choices = _QUESTIONS[slot.lang][slot.type]
    text = choices[index % len(choices)].format(evidence=slot.evidence.text)
    return QuestionText(text, _PROBES[slot.lang], dict(_ANCHORS[slot.lang]))
