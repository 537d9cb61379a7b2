# SPDX-License-Identifier: Apache-2.0
"""Measure the short tasks on unseen material: `python models/training/evaluate_tasks.py OUT`.

Follow-ups: is the part that the answer lacks named, and is there a usable follow-up? Rewrites: is there one that passes
review? Judgements: agreement with the hand-written verdicts of occupations that training never saw. Screening: are the
held-out labelled questions put where they belong? Whether a
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
from askwell.writing.tasks import topic_group
from data import RESOURCES, held_out, read_records


def read(name: str) -> list[dict[str, Any]]:
    """The unseen items of a task."""
    return [json.loads(line) for line in (UNSEEN / name).read_text(encoding="utf-8").splitlines()]


def follow_ups(assistant: Assistant) -> list[dict[str, Any]]:
    """Every unseen answer with what was written for it."""
    rows = []
    for item in read("probe.jsonl"):
        done = assistant.follow_up(item["position"], item["question"], item["answer"], item["lang"])
        said = [done.missing, *done.also] if done else []
        named = done.missing if done else ""
        rows.append({**item, "named": named, "said": said, "written": done.probe if done else ""})
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


def screens(assistant: Assistant) -> list[dict[str, Any]]:
    """The held-out labelled questions with the model's probabilities by topic."""
    held = [one for one in read_records() if one["task"] == "screen" and held_out(one)]
    return [{**one, "odds": assistant.screen(one["position"], one["question"], one["lang"])} for one in held]


def grouped(row: dict[str, Any]) -> tuple[str, dict[str, float]]:
    """The true group of a labelled question, and the probability of each."""
    odds: dict[str, float] = {}
    for topic, value in row["odds"].items():
        odds[topic_group(topic)] = odds.get(topic_group(topic), 0.0) + value
    return topic_group(row["topic"]), odds


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


def _only(
    rows: Sequence[dict[str, Any]], good: Sequence[bool], wanted: Sequence[bool]
) -> tuple[list[dict[str, Any]], list[bool]]:
    keep = [at for at, one in enumerate(wanted) if one]
    return [rows[at] for at in keep], [good[at] for at in keep]


def main() -> None:
    """Run the three tasks and print the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--adapter", type=Path, default=shipped("adapter"), help="rewrites and judges")
    parser.add_argument("--tasks", type=Path, default=shipped("task_adapter"), help="follows up and screens")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    checker = Checker(RESOURCES, ("CN", "US", "JP", "ES"))
    with open_engine(args.adapter) as engine:
        assistant = Assistant(engine, RESOURCES)
        rewritten, judged = rewrites(assistant, checker), judgements(assistant)
    with open_engine(args.tasks) as engine:
        assistant = Assistant(engine, RESOURCES)
        asked, screened = follow_ups(assistant), screens(assistant)
    groups = [grouped(row) for row in screened]
    private = [odds["private"] >= 0.5 for _, odds in groups]
    summary = {
        "follow_up_written": by_language(asked, [bool(row["written"]) for row in asked]),
        "missing_part_named": by_language(asked, [row["named"] == row["missing"] for row in asked]),
        "rewrite_passes_review": by_language(rewritten, [bool(row["written"]) for row in rewritten]),
        "missing_part_named_or_also": by_language(asked, [row["missing"] in row["said"] for row in asked]),
        "screen_group_right": by_language(screened, [max(odds, key=odds.__getitem__) == true for true, odds in groups]),
        "screen_private_found": by_language(
            *_only(screened, private, [true == "private" for true, _ in groups]),
        ),
        "screen_sound_left_alone": by_language(
            *_only(screened, [not hit for hit in private], [true == "none" for true, _ in groups]),
        ),
        "judge_relevant": agreement(judged, "relevant"),
        "judge_lawful": agreement(judged, "lawful"),
    }
    for name, rows in (("follow_up", asked), ("rewrite", rewritten), ("judge", judged), ("screen", screened)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (args.out / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    (args.out / "tasks.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")
    print(json.dumps(summary, indent=1))


if __name__ == "__main__":
    main()
