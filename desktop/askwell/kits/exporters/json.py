# SPDX-License-Identifier: Apache-2.0
"""A kit for other programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from askwell.domain.questions import Kit, Question
from askwell.kits.assembly import assemble
from askwell.kits.exporters.base import whole_file


class JsonExporter:
    """Questions with evidence, approval and provenance; UTF-8."""

    FORMAT = "json"
    extension = "json"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """Write the kit. Raises ReviewBlocked where nothing is approved."""
        assemble(kit, labels)
        record = {
            "kit": kit.id,
            "position": kit.position_title,
            "department": kit.department,
            "lang": kit.lang,
            "candidate": kit.candidate_code,
            "created_at": kit.created_at,
            "questions": [_record(question, number) for number, question in enumerate(kit.approved, 1)],
        }
        with whole_file(path) as partial:
            partial.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _record(question: Question, number: int) -> dict[str, Any]:
    slot = question.slot
    return {
        "number": number,
        "id": question.id,
        "text": question.words.text,
        "probes": list(question.words.probes),
        "anchors": {str(score): text for score, text in question.words.anchors.items()},
        "competency": slot.competency,
        "type": slot.type.value,
        "difficulty": slot.difficulty.value,
        "minutes": slot.minutes,
        "evidence": {
            "kind": slot.evidence.kind.value,
            "text": slot.evidence.text,
            "record": slot.evidence.record_id,
            "version": slot.evidence.version,
            "chain": list(slot.evidence.chain),
        },
        "approval": asdict(question.approval) if question.approval else None,
        "provenance": asdict(question.provenance),
    }
