# SPDX-License-Identifier: Apache-2.0
"""What every export format shares: which questions may go, their words ready to print, and a safe way to disk."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from askwell.domain.errors import ReviewBlocked, UsageError
from askwell.domain.messages import msg
from askwell.domain.questions import Approval, Evidence, Kit, Question, Severity
from askwell.kits.assembly import ordered, total_minutes

DEMO_APPROVER = "demo"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class KitSheet:
    """The words around the questions, from the catalogue in the kit's language (keys `kit.*` and `term.*`)."""

    labels: Mapping[str, str]

    def label(self, name: str, **params: object) -> str:
        """The sentence `kit.<name>` with its facts put in; the name itself where the catalogue lacks it."""
        return self._text(f"kit.{name}", name, params)

    def term(self, name: str) -> str:
        """The term `term.<name>`."""
        return self._text(f"term.{name}", name.rpartition(".")[2], {})

    def columns(self, *names: str) -> list[str]:
        """Headings `kit.column.<name>`."""
        return [self._text(f"kit.column.{name}", name, {}) for name in names]

    def _text(self, key: str, otherwise: str, params: Mapping[str, object]) -> str:
        sentence = self.labels.get(key, otherwise)
        return sentence.format(**params) if params else sentence


class Exporter(Protocol):
    """One format. `extension` has no dot."""

    FORMAT: str
    extension: str

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """Write the approved questions of `kit` to `path`, whole or not at all. `labels` holds the sentences `kit.*`
        and `term.*` in the language of the kit.

        Raises ReviewBlocked where nothing is approved, UsageError where the place cannot be written.
        """
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One approved question as it is printed."""

    number: int
    question: Question
    type: str
    difficulty: str
    source: str
    kind: str
    chain: str
    approval: str
    overridden: str

    @property
    def text(self) -> str:
        """The question itself."""
        return clean(self.question.words.text)

    @property
    def probes(self) -> tuple[str, ...]:
        """Follow-ups."""
        return tuple(clean(probe) for probe in self.question.words.probes)

    def anchor(self, score: int) -> str:
        """Anchor text of a score, empty where there is none."""
        return clean(self.question.words.anchors.get(score, ""))


def entries(kit: Kit, sheet: KitSheet) -> list[Entry]:
    """The approved questions in asking order. Raises ReviewBlocked where there are none."""
    approved = ordered(kit.approved)
    if not approved:
        raise ReviewBlocked(
            msg("error.kit_nothing_approved", kit=kit.title), msg("error.kit_nothing_approved.hint", kit=kit.title)
        )
    return [_entry(number, question, sheet) for number, question in enumerate(approved, 1)]


def _entry(number: int, question: Question, sheet: KitSheet) -> Entry:
    evidence = question.slot.evidence
    kind = sheet.term(f"evidence.{evidence.kind.value}")
    chain = clean(" → ".join(evidence.chain))
    return Entry(
        number=number,
        question=question,
        type=sheet.term(f"type.{question.slot.type.value}"),
        difficulty=sheet.term(f"difficulty.{question.slot.difficulty.value}"),
        source=_source(evidence, kind, chain, sheet),
        kind=kind,
        chain=chain,
        approval=approval_line(question.approval, sheet),
        overridden=_overridden(question, sheet),
    )


def _source(evidence: Evidence, kind: str, chain: str, sheet: KitSheet) -> str:
    source = sheet.label("source", kind=kind, text=clean(evidence.text))
    return f"{source} · {sheet.label('chain', chain=chain)}" if chain else source


def approval_line(approval: Approval | None, sheet: KitSheet) -> str:
    """Who let the question pass and when; what the demo let pass by itself is called so."""
    if approval is None:
        return ""
    at = approval.at.replace("T", " ")[:16]
    name = "approved_demo" if approval.by == DEMO_APPROVER else "approved_by"
    return sheet.label(name, by=clean(approval.by), at=at)


def _overridden(question: Question, sheet: KitSheet) -> str:
    """The blocks that a person overrode and why: an export says so (DESIGN §6)."""
    if question.approval is None or not question.approval.override_reason:
        return ""
    rules = ", ".join(sorted({item.rule for item in question.findings if item.severity is Severity.BLOCK}))
    line = sheet.label("override", reason=clean(question.approval.override_reason))
    return f"{line} ({rules})" if rules else line


def facts(kit: Kit, sheet: KitSheet) -> list[tuple[str, str]]:
    """The title block: label and value. Round and date stay blank: the interviewer writes them in."""
    minutes = total_minutes(kit.approved)
    return [
        (sheet.label("position"), clean(kit.position_title)),
        (sheet.label("department"), clean(kit.department)),
        (sheet.label("candidate"), clean(kit.candidate_code)),
        (sheet.label("round"), ""),
        (sheet.label("date"), ""),
        (sheet.label("minutes"), sheet.label("minutes_value", minutes=minutes)),
    ]


def guidance(kit: Kit, sheet: KitSheet) -> list[str]:
    """How to use the kit, with a notice where the demo approved questions by itself."""
    lines = [sheet.label(f"guidance.{number}") for number in (1, 2, 3, 4)]
    if any(question.approval and question.approval.by == DEMO_APPROVER for question in kit.approved):
        lines.append(sheet.label("demo_notice"))
    return lines


def competencies(printed: list[Entry]) -> list[tuple[str, str]]:
    """Each competency with the numbers of its questions, in asking order."""
    table: dict[str, list[str]] = {}
    for entry in printed:
        table.setdefault(clean(entry.question.slot.competency), []).append(str(entry.number))
    return [(name, ", ".join(numbers)) for name, numbers in table.items()]


def provenance(printed: list[Entry]) -> list[tuple[str, str, str, str, str]]:
    """Question numbers, model, adapter, prompt version and seed; questions with the same origin share a line."""
    table: dict[tuple[str, str, str, str], list[str]] = {}
    for entry in printed:
        made = entry.question.provenance
        seed = str(made.seed)
        key = (clean(made.model) or "–", clean(made.adapter) or "–", clean(made.prompt_version) or "–", seed)
        table.setdefault(key, []).append(str(entry.number))
    return [(", ".join(numbers), *key) for key, numbers in table.items()]


def clean(text: str) -> str:
    """Text without the control characters that office formats refuse."""
    return _CONTROL.sub("", text)


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet program takes for a formula."""
    text = clean(text)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def atomic(path: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write a temporary file beside `path`, then put it in place in one step.

    A crash leaves the old file; a reader never sees half a file. Raises UsageError where the place cannot be written.
    """
    temporary = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(4)}{path.suffix}")
    try:
        fill(temporary)
        os.replace(temporary, path)
    except OSError as error:
        facts = {"file": path.name, "detail": error.strerror or type(error).__name__}
        raise UsageError(
            msg("error.export_unwritable", **facts), msg("error.export_unwritable.hint", **facts)
        ) from error
    finally:
        temporary.unlink(missing_ok=True)
