# SPDX-License-Identifier: Apache-2.0
"""Measure the short tasks on unseen material: `python models/training/evaluate_tasks.py OUT`.

Follow-ups: is the part that the answer lacks named, and is there a usable follow-up? Rewrites: is there one that passes
review? Judgements: agreement with the hand-written verdicts of occupations that training never saw. Whether a
follow-up really goes for the missing part, and a rewrite keeps the purpose, is read by people from `OUT/*.jsonl`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from house import shipped

# isort: split
from evaluate import UNSEEN, open_engine

from askwell.review.checker import Checker
from askwell.writing.assistant import Assistant
from data import RESOURCES, held_out, read_records


def read(name: str) -> list[dict[str, Any]]:
    """The unseen items of a task."""
    return [json.loads(line) for line in (UNSEEN / name).read_text(encoding="utf-8").splitlines()]


def follow_ups(assistant: Assistant) -> list[dict[str, Any]]:
    """Every unseen answer with what was written for it."""
    rows = []
    for item in read("probe.jsonl"):
        done = assistant.follow_up(item["position"], item["question"], item["answer"], item["lang"])
        rows.append({**item, "named": done.missing if done else "", "written": done.probe if done else ""})
    return rows


def rewrites(assistant: Assistant, checker: Checker) -> list[dict[str, Any]]:
    """Every unseen bad question with its rewrite."""
    rows = []
    for item in read("rewrite.jsonl"):
        lang = item["lang"]
        done = assistant.rewrite(
            item["position"], item["question"], lang, lambda text, lang=lang: not checker.check(text, lang)
        )
        rows.append({**item, "reason": done.reason if done else "", "written": done.text if done else ""})
    return rows


def judgements(assistant: Assistant) -> list[dict[str, Any]]:
    """The held-out judgements with the model's log-odds."""
    held = [one for one in read_records() if one["task"] == "judge" and held_out(one)]
    return [{**one, "odds": assistant.judge(one["position"], one["question"], one["lang"])} for one in held]


def agreement(rows: Sequence[dict[str, Any]], name: str) -> dict[str, float]:
    """Share right, and balanced: the mean of the shares among yes and no."""
    right = [(row[name], (row["odds"][name] > 0) == row[name]) for row in rows]
    sides = [[ok for said, ok in right if said is side] for side in (True, False)]
    shares = [sum(side) / len(side) for side in sides if side]
    return {
        "items": len(rows),
        "right": round(sum(ok for _, ok in right) / max(1, len(right)), 3),
        "balanced": round(sum(shares) / max(1, len(shares)), 3),
    }


def by_language(rows: Sequence[dict[str, Any]], good: Sequence[bool]) -> dict[str, float]:
    """Share of good rows by language and in all."""
    langs = sorted({row["lang"] for row in rows})
    out = {lang: [ok for row, ok in zip(rows, good, strict=True) if row["lang"] == lang] for lang in langs}
    shares = {lang: round(sum(oks) / len(oks), 3) for lang, oks in out.items()}
    return {**shares, "all": round(sum(good) / max(1, len(good)), 3)}


def main() -> None:
    """Run the three tasks and print the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--adapter", type=Path, default=shipped("adapter"))
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    checker = Checker(RESOURCES, ("CN", "US", "JP", "ES"))
    with open_engine(args.adapter) as engine:
        assistant = Assistant(engine, RESOURCES)
        asked, rewritten, judged = follow_ups(assistant), rewrites(assistant, checker), judgements(assistant)
    summary = {
        "follow_up_written": by_language(asked, [bool(row["written"]) for row in asked]),
        "missing_part_named": by_language(asked, [row["named"] == row["missing"] for row in asked]),
        "rewrite_passes_review": by_language(rewritten, [bool(row["written"]) for row in rewritten]),
        "judge_relevant": agreement(judged, "relevant"),
        "judge_lawful": agreement(judged, "lawful"),
    }
    for name, rows in (("follow_up", asked), ("rewrite", rewritten), ("judge", judged)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (args.out / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (args.out / "tasks.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")
    print(json.dumps(summary, indent=1))


if __name__ == "__main__":
    main()
