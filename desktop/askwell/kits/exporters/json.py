# SPDX-License-Identifier: Apache-2.0
"""The kit for programs: the shape of `askwell write` with evidence, approval and provenance."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from askwell.domain.questions import Evidence, Kit
from askwell.kits.assembly import total_minutes
from askwell.kits.exporters.base import Entry, KitSheet, atomic, entries

SCHEMA = 1


class JsonExporter:
    """Writes `*.json`."""

    FORMAT = "json"
    extension = "json"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """See `Exporter.write`."""
        sheet = KitSheet(labels)
        printed = entries(kit, sheet)
        body = {
            "schema": SCHEMA,
            "id": kit.id,
            "title": kit.title,
            "position": {"id": kit.position_id, "title": kit.position_title, "department": kit.department},
            "lang": kit.lang,
            "created_at": kit.created_at,
            "candidate": kit.candidate_code,
            "minutes": total_minutes(kit.approved),
            "questions": [_question(entry) for entry in printed],
        }
        text = json.dumps(body, ensure_ascii=False, indent=2, allow_nan=False)
        atomic(path, lambda target: _put(target, text + "\n"))


def _put(target: Path, text: str) -> None:
    target.write_text(text, encoding="utf-8", newline="\n")


def _evidence(evidence: Evidence) -> dict[str, object]:
    return {
        "kind": evidence.kind.value,
        "text": evidence.text,
        "record": evidence.record_id,
        "version": evidence.version,
        "above": list(evidence.chain),
    }


def _question(entry: Entry) -> dict[str, object]:
    question = entry.question
    slot, made, approval = question.slot, question.provenance, question.approval
    return {
        "id": question.id,
        "number": entry.number,
        "text": entry.text,
        "type": slot.type.value,
        "difficulty": slot.difficulty.value,
        "angle": slot.angle,
        "competency": slot.competency,
        "minutes": slot.minutes,
        "probes": list(entry.probes),
        "anchors": {str(score): text for score, text in sorted(question.words.anchors.items(), reverse=True)},
        "evidence": [_evidence(slot.evidence)],
        "findings": [
            {"rule": item.rule, "severity": item.severity.value, "where": item.where, "citation": item.citation}
            for item in question.findings
        ],
        "approval": {
            "by": approval.by if approval else "",
            "at": approval.at if approval else "",
            "digest": approval.digest if approval else "",
            "override_reason": approval.override_reason if approval else "",
        },
        "provenance": {
            "model": made.model,
            "adapter": made.adapter,
            "prompt_version": made.prompt_version,
            "seed": made.seed,
            "settings": dict(made.settings),
        },
    }
