# SPDX-License-Identifier: Apache-2.0
"""One round of “correct and retrain”: draw questions for new briefs, let readers grade them, learn from the grades.

    .venv/bin/python models/training/sample.py draw BRIEFS… OUT [--adapter A.gguf]
    .venv/bin/python models/training/sample.py fit OUT

`draw` writes `OUT/samples.jsonl` (every candidate that passed the gates, with the signals of ranking) and
`OUT/sheet.md` for the readers. They fill `OUT/grades.jsonl`:
`{"id": "zh-003b", "grade": "usable" | "light_edit" | "unusable"}`, and write bad ones anew as
corpus records. `fit` fits the weights of `askwell/writing/ranking.py` to the grades.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from house import shipped

# isort: split
import numpy as np
from evaluate import kits, open_engine

from askwell.domain.generation import Branch, GenerationJob, ScoreItem, TextModel
from askwell.domain.questions import Blueprint, Slot
from askwell.writing import prompts, tasks
from askwell.writing.angles import to_try
from askwell.writing.grounding import ground_question
from askwell.writing.ranking import signals
from askwell.writing.writer import Writer, WritingSettings
from data import RESOURCES

TYPES = {"b": "behavioural", "s": "situational", "t": "technical", "m": "motivation"}
LEVELS = {"1": "basic", "2": "intermediate", "3": "advanced"}
TRUTH = {"usable": 1.0, "light_edit": 0.6, "unusable": 0.0}


def read_briefs(path: Path) -> list[dict[str, Any]]:
    """Briefs as plain text: `## industry | position`, then `kind|b2|competency|evidence` lines. The file's name ends in
    the language (`briefs-zh.txt`)."""
    lang = path.stem.rsplit("-", 1)[-1]
    items: list[dict[str, Any]] = []
    industry = position = ""
    for line in filter(None, map(str.strip, path.read_text(encoding="utf-8").splitlines())):
        if line.startswith("## "):
            industry, position = (part.strip() for part in line[3:].split("|", 1))
            continue
        kind, manner, competency, text = line.split("|", 3)
        items.append(
            {
                "id": f"{lang}-{len(items) + 1:03d}",
                "lang": lang,
                "industry": industry,
                "position": position,
                "competency": competency.strip(),
                "evidence": {"kind": kind.strip(), "text": text.strip()},
                "type": TYPES[manner[0]],
                "difficulty": LEVELS[manner[1]],
            }
        )
    return items


def draw(model: TextModel, items: Sequence[dict[str, Any]], shown: int, drawn: int) -> list[dict[str, Any]]:
    """Up to `shown` acceptable candidates for each brief, with their signals."""
    rows: list[dict[str, Any]] = []
    writer = Writer(model, RESOURCES, replace(WritingSettings(), candidates=drawn))
    for _, members, blueprint in kits(items):
        for item, slot in zip(members, blueprint.slots, strict=True):
            rows += _candidates(writer, item, slot, blueprint, shown, drawn)
        print(f"  {len(rows)} candidates, {blueprint.title}", flush=True)
    return rows


def _candidates(
    writer: Writer, item: dict[str, Any], slot: Slot, blueprint: Blueprint, shown: int, drawn: int
) -> list[dict[str, Any]]:
    layout, title = prompts.load_layout(RESOURCES, slot.lang), blueprint.title
    keys = to_try(RESOURCES, slot, 1)
    angle = keys[0] if keys else ""
    label = writer.angle_label(angle, layout.lang)
    brief = prompts.brief(layout, slot.evidence, slot.competency, slot.type, slot.difficulty, label)
    prefix = writer.prefix(layout, title)
    branches = tuple(
        Branch(str(i), brief, prompts.question_segments(layout), writer.sampling(slot, title, 77 + i, 0.7))
        for i in range(drawn)
    )
    found: dict[str, tuple[float, float]] = {}
    for written in writer.model.generate(GenerationJob(prefix, branches)):
        text = written.texts.get("text", "").strip()
        verdict = ground_question(text, slot, title)
        if verdict.acceptable:
            found.setdefault(text, (written.logprob, verdict.score))
    kept = sorted(found, key=lambda text: -found[text][0])[:shown]
    return [
        {
            "id": f"{item['id']}{'abcdefghij'[number]}",
            "question": text,
            "brief": item | {"angle": angle},
            "signals": {
                "grounding": found[text][1],
                "logprob": found[text][0],
                "gain": found[text][0] - alone,
                "odds": odds,
            },
        }
        for number, (text, (alone, odds)) in enumerate(
            zip(kept, _likelihoods(writer.model, layout, title, kept), strict=True)
        )
    ]


def _likelihoods(
    model: TextModel, layout: prompts.Layout, title: str, texts: Sequence[str]
) -> list[tuple[float, float]]:
    """For each text: its likelihood when only the title is known, and the log-odds that it is judged relevant."""
    context = prompts.head(layout, title) + layout.question
    yes, no = (f"{prompts.gap(layout)}{layout.tasks.verdict[name]}" for name in ("good", "bad"))
    items = []
    for text in texts:
        judged = tasks.judge_prompt(layout, title, text)
        items += [ScoreItem(context, text), ScoreItem(judged, yes), ScoreItem(judged, no)]
    scores = model.score(items) if items else []
    return [(scores[i], scores[i + 1] - scores[i + 2]) for i in range(0, len(scores), 3)]


def sheet(rows: Sequence[dict[str, Any]]) -> str:
    """The candidates as a text that is pleasant to read."""
    lines: list[str] = []
    last = ""
    for row in rows:
        brief = row["brief"]
        if brief["id"] != last:
            last = brief["id"]
            plan = f"{brief['evidence']['kind']}|{brief['type']}|{brief['difficulty']}|{brief['angle']}"
            lines.append(
                f"\n## {last} {brief['position']} | {plan} | {brief['competency']}\n{brief['evidence']['text']}"
            )
        lines.append(f"- {row['id']}: {row['question']}")
    return "\n".join(lines) + "\n"


def fit(folder: Path) -> dict[str, Any]:
    """Logistic regression of the grade on the signals, within languages pooled; and how often the best-ranked candidate
    of a brief is usable, for the fitted weights and for likelihood alone."""
    grades = {row["id"]: TRUTH[row["grade"]] for row in _rows(folder / "grades.jsonl")}
    rows = [row for row in _rows(folder / "samples.jsonl") if row["id"] in grades]
    measured = [
        signals(row["signals"])
        | {"gain": math.tanh(row["signals"]["gain"] / 2), "odds": math.tanh(row["signals"]["odds"] / 4)}
        for row in rows
    ]
    names = list(measured[0])
    matrix = np.array([[one[name] for name in names] for one in measured])
    truth = np.array([grades[row["id"]] for row in rows])
    weights = logistic(matrix, truth)
    out: dict[str, Any] = {"graded": len(rows), "mean": round(float(truth.mean()), 3)}
    out["weights"] = {name: round(float(weight), 3) for name, weight in zip(names, weights[1:], strict=True)}
    for label, values in (
        ("fitted", matrix @ weights[1:]),
        ("likelihood", matrix[:, names.index("fluency")]),
        ("first", -np.arange(len(rows))),
    ):
        out[f"top_{label}"] = round(_top(rows, truth, values), 3)
    return out


def logistic(matrix: np.ndarray, truth: np.ndarray, ridge: float = 1.0, steps: int = 4000) -> np.ndarray:
    """Weights (the constant first) by gradient descent on the cross-entropy with a ridge on all but the constant."""
    full = np.hstack([np.ones((len(matrix), 1)), matrix])
    weights = np.zeros(full.shape[1])
    for _ in range(steps):
        guess = 1 / (1 + np.exp(-full @ weights))
        slope = full.T @ (guess - truth) / len(truth)
        slope[1:] += ridge * weights[1:] / len(truth)
        weights -= 0.5 * slope
    return weights


def _top(rows: Sequence[dict[str, Any]], truth: np.ndarray, values: np.ndarray) -> float:
    best: dict[str, tuple[float, float]] = {}
    for row, grade, value in zip(rows, truth, values, strict=True):
        key = row["brief"]["id"]
        best[key] = max(best.get(key, (-math.inf, 0.0)), (float(value), float(grade)))
    return sum(grade for _, grade in best.values()) / len(best)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Draw or fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "fit"))
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--adapter", type=Path, default=shipped("adapter"))
    parser.add_argument("--shown", type=int, default=3)
    parser.add_argument("--drawn", type=int, default=6)
    args = parser.parse_args()
    out = args.paths[-1]
    if args.what == "fit":
        print(json.dumps(fit(out), indent=1))
        return
    out.mkdir(parents=True, exist_ok=True)
    items = [item for path in args.paths[:-1] for item in read_briefs(path)]
    with open_engine(args.adapter) as engine:
        rows = draw(engine, items, args.shown, args.drawn)
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (out / "samples.jsonl").write_text(text, encoding="utf-8")
    (out / "sheet.md").write_text(sheet(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
