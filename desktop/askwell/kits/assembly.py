# SPDX-License-Identifier: Apache-2.0
"""What stands on the pages of a kit, as plain text, before a format is chosen.

Every exporter draws the same `Page`, so docx, xlsx and html cannot say different things. Texts come from the labels
of the kit's language; only approved questions are taken.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from askwell.domain.errors import ReviewBlocked
from askwell.domain.questions import Evidence, Kit, Question

DEMO = "demo"
SCORES = (5, 4, 3, 2, 1)


@dataclass(frozen=True, slots=True)
class Item:
    """One question as it is printed. `anchors` has 5, 3 and 1 where they were written."""

    number: int
    text: str
    tags: str
    competency: str
    probes: tuple[str, ...]
    anchors: dict[int, str]
    source: str
    chain: str
    approval: str
    override: str
    minutes: int
    evidence_kind: str
    evidence_text: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Page:
    """A kit as it is printed."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    guidance: tuple[str, ...]
    items: tuple[Item, ...]
    competencies: tuple[str, ...]
    demo_notice: str
    model: str
    lang: str


def assemble(kit: Kit, labels: Mapping[str, str]) -> Page:
    """The printed form of the approved questions, numbered anew. Raises ReviewBlocked where nothing is approved."""
    if not kit.approved:
        raise ReviewBlocked.of("kit_nothing_approved", kit=kit.title)
    items = tuple(_item(question, number, labels) for number, question in enumerate(kit.approved, 1))
    minutes = sum(item.minutes for item in items)
    first = kit.approved[0]
    by_demo = any(question.approval is not None and question.approval.by == DEMO for question in kit.approved)
    facts = (
        (labels["kit.position"], kit.position_title),
        (labels["kit.department"], kit.department or "—"),
        (labels["kit.questions"], str(len(items))),
        (labels["kit.minutes"], labels["kit.minutes_value"].format(minutes=minutes)),
        (labels["kit.candidate"], kit.candidate_code),
        (labels["kit.interviewer"], ""),
        (labels["kit.date"], ""),
        (labels["kit.round"], ""),
    )
    return Page(
        title=labels["kit.title"],
        subtitle=kit.position_title,
        facts=facts,
        guidance=tuple(labels[f"kit.guidance.{n}"] for n in (1, 2, 3, 4)),
        items=items,
        competencies=tuple(dict.fromkeys(item.competency for item in items if item.competency)),
        demo_notice=labels["kit.demo_notice"] if by_demo else "",
        model=labels["kit.model"].format(
            model=first.provenance.model[:12],
            adapter=first.provenance.adapter[:12] or "—",
            prompt=first.provenance.prompt_version,
        ),
        lang=kit.lang,
    )


def _item(question: Question, number: int, labels: Mapping[str, str]) -> Item:
    slot, words, approval = question.slot, question.words, question.approval
    kind = labels[f"term.evidence.{slot.evidence.kind.value}"]
    tags = (slot.competency, labels[f"term.type.{slot.type.value}"], labels[f"term.difficulty.{slot.difficulty.value}"])
    minutes = labels["kit.minutes_value"].format(minutes=slot.minutes)
    return Item(
        number=number,
        text=words.text,
        tags=" · ".join(part for part in (*tags, minutes) if part),
        competency=slot.competency,
        probes=words.probes,
        anchors=dict(words.anchors),
        source=labels["kit.source"].format(kind=kind, text=slot.evidence.text),
        chain=_chain(slot.evidence, labels),
        approval=labels["kit.approved_by"].format(by=approval.by, at=approval.at[:16].replace("T", " "))
        if approval is not None
        else "",
        override=labels["kit.override"].format(reason=approval.override_reason)
        if approval is not None and approval.override_reason
        else "",
        minutes=slot.minutes,
        evidence_kind=kind,
        evidence_text=slot.evidence.text,
        receipt=f"{question.provenance.prompt_version} · {question.provenance.seed}",
    )


def _chain(evidence: Evidence, labels: Mapping[str, str]) -> str:
    """The goals above, strategy first."""
    if not evidence.chain:
        return ""
    return labels["kit.chain"].format(chain=" → ".join(reversed(evidence.chain)))
