# SPDX-License-Identifier: Apache-2.0
"""One round of “read, grade, retrain”: draw lines for new briefs, let readers grade them, learn from the grades.

    .venv/bin/python models/training/sample.py draw BRIEFS… OUT
    .venv/bin/python models/training/sample.py take OUT GRADES…
    .venv/bin/python models/training/sample.py fit

`draw` writes kits for the briefs with the app's own writer and keeps what its critic would be asked: `OUT/lines.jsonl`
(questions, and probes and anchors of one question a brief) and `OUT/sheet.md` for the readers. They write a line a
brief: its id, and for each line of the sheet a digit (2 usable as it is, 1 after a light edit, 0 not). `take` adds the
graded lines to `corpus/grade.<lang>.jsonl`, on which `train.py` trains the critic and `prefer.py` the writer. `fit`
fits the weights of `askwell/writing/ranking.py` to the grades of held-out positions.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from house import shipped

# isort: split
import numpy as np
from evaluate import kits, open_engine

from askwell.domain.generation import ScoreItem, TextModel
from askwell.domain.questions import Blueprint
from askwell.review.checker import Checker
from askwell.writing import critic
from askwell.writing.grounding import ground_detail, ground_question
from askwell.writing.prompts import gap, load_layout
from askwell.writing.ranking import signals
from askwell.writing.writer import Draft, Writer, WritingSettings
from data import CORPUS, RESOURCES, Record, held_out, read_records, slot_of

TYPES = {"b": "behavioural", "s": "situational", "t": "technical", "m": "motivation"}
LEVELS = {"1": "basic", "2": "intermediate", "3": "advanced"}
DIGITS = {"2": "good", "1": "fair", "0": "poor"}
SHOWN = {"question": 8, "probe": 7, "anchor5": 2, "anchor3": 2, "anchor1": 2}
DRAWN = WritingSettings(candidates=12, detail_variants=4, rounds=2, seed=555)


def read_briefs(path: Path) -> list[dict[str, Any]]:
    """Briefs as plain text: `## industry | position`, then `kind|b2|competency|evidence` lines. The file's name ends in
    the language (`briefs-zh.txt`) and begins the ids."""
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
                "id": f"{lang}-{path.stem.removesuffix(f'-{lang}').lower()}-{len(items) + 1:03d}",
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


class Recorder:
    """Stands where the critic stands and keeps what it is asked."""

    def __init__(self) -> None:
        self.asked: dict[tuple[int, str, str], list[str]] = {}

    def __call__(self, lines: Sequence[tuple[critic.Place, str]]) -> list[float]:
        """No grade for any line: the drawn questions are chosen by the other signals."""
        for place, text in lines:
            texts = self.asked.setdefault((place.slot.number, place.kind, place.question), [])
            if text not in texts:
                texts.append(text)
        return [0.0] * len(lines)


def draw(model: TextModel, items: Sequence[dict[str, Any]]) -> list[Record]:
    """Lines for the readers, brief by brief: the chosen question among others, and details of the chosen one."""
    checker, rng = Checker(RESOURCES, ("CN", "US", "JP", "ES")), random.Random(5)
    rows: list[Record] = []
    for _, members, blueprint in kits(items):
        recorder = Recorder()
        writer = Writer(model, RESOURCES, DRAWN, recorder)
        for item, draft in zip(members, _written(writer, blueprint, checker), strict=True):
            rows += _lines(item, draft, recorder, rng)
        print(f"  {len(rows)} lines, {blueprint.title}", flush=True)
    return rows


def _written(writer: Writer, blueprint: Blueprint, checker: Checker) -> list[Draft]:
    return writer.write(blueprint, screen=lambda text, slot: not checker.check(text, slot.lang))


def _lines(item: dict[str, Any], draft: Draft, recorder: Recorder, rng: random.Random) -> list[Record]:
    if draft.words is None:
        return []
    rows: list[Record] = []
    for (number, kind, question), texts in recorder.asked.items():
        if number != draft.slot.number:
            continue
        always = [draft.words.text] if kind == critic.QUESTION else []
        others = [text for text in texts if text not in always]
        shown = always + rng.sample(others, min(SHOWN[kind] - len(always), len(others)))
        rng.shuffle(shown)
        rows += [{**item, "kind": kind, "question": question, "line": text} for text in shown]
    return [{**row, "id": f"{item['id']}-{at:02d}"} for at, row in enumerate(rows)]


def sheet(rows: Sequence[Record]) -> str:
    """The lines as a text that is pleasant to read."""
    out: list[str] = []
    last = question = ""
    for row in rows:
        brief = row["id"].rsplit("-", 1)[0]
        if brief != last:
            last, question = brief, ""
            count = sum(one["id"].startswith(f"{brief}-") for one in rows)
            plan = f"{row['evidence']['kind']}, {row['type']}, {row['difficulty']} | {row['competency']}"
            out.append(f"\n## {brief} ({count} digits)\n{row['position']} | {plan} | {row['evidence']['text']}")
        if row["question"] and not question:
            question = row["question"]
            out.append(f"> {question}")
        mark = {"question": "Q", "probe": "P"}.get(row["kind"], row["kind"][-1])
        out.append(f"{mark} {row['line']}")
    return "\n".join(out) + "\n"


def take(folder: Path, grades: Sequence[Path], corpus: Path = CORPUS) -> int:
    """Add graded lines to the corpus; returns their number. Raises ValueError for a brief with too few or too many
    digits."""
    rows = _rows(folder / "lines.jsonl")
    said = dict(line.split() for path in grades for line in path.read_text(encoding="utf-8").splitlines() if line)
    briefs: dict[str, list[Record]] = {}
    for row in rows:
        briefs.setdefault(row["id"].rsplit("-", 1)[0], []).append(row)
    taken = 0
    for brief, lines in briefs.items():
        digits = said.get(brief, "")
        if len(digits) != len(lines) or set(digits) - set(DIGITS):
            raise ValueError(f"{brief}: {len(lines)} digits are wanted, {len(digits)} given")
        with (corpus / f"grade.{lines[0]['lang']}.jsonl").open("a", encoding="utf-8") as file:
            for row, digit in zip(lines, digits, strict=True):
                file.write(json.dumps({**row, "grade": DIGITS[digit]}, ensure_ascii=False) + "\n")
                taken += 1
    return taken


def fit(writer: TextModel, judge: TextModel) -> dict[str, Any]:
    """Logistic regression of the grade on the signals of ranking, over the lines of held-out positions; and how usable
    the best-ranked line of a place is, with the fitted weights and with each signal alone."""
    records = [one for one in read_records() if one["task"] == "grade" and held_out(one)]
    measured = measure(records, writer, judge)
    names = list(measured[0])
    matrix = np.array([[one[name] for name in names] for one in measured])
    truth = np.array([critic.GRADES[one["grade"]] for one in records])
    out: dict[str, Any] = {"graded": len(records), "mean": round(float(truth.mean()), 3)}
    for part, chosen in (("question", True), ("details", False)):
        rows = [at for at, one in enumerate(records) if (one["kind"] == critic.QUESTION) is chosen]
        weights = logistic(matrix[rows], truth[rows])
        here: dict[str, Any] = {"lines": len(rows), "mean": round(float(truth[rows].mean()), 3)}
        here["weights"] = {name: round(float(weight), 2) for name, weight in zip(names, weights[1:], strict=True)}
        places = [_place(records[at]) for at in rows]
        here["top_fitted"] = _top(places, truth[rows], matrix[rows] @ weights[1:])
        for at, name in enumerate(names):
            here[f"top_{name}"] = _top(places, truth[rows], matrix[rows][:, at])
            here[f"auc_{name}"] = auc(truth[rows] > 0, matrix[rows][:, at])
        here["auc_fitted"] = auc(truth[rows] > 0, matrix[rows] @ weights[1:])
        out[part] = here
    return out


def measure(records: Sequence[Record], writer: TextModel, judge: TextModel) -> list[dict[str, float]]:
    """The signals of graded lines, as the app has them when it ranks."""
    asked = [(critic.Place(str(one["position"]), slot_of(one), one["kind"], one["question"]), one) for one in records]
    grades = critic.Critic(judge, RESOURCES)([(place, one["line"]) for place, one in asked])
    layouts = [load_layout(RESOURCES, one["lang"]) for one in records]
    likely = writer.score(
        [
            ScoreItem(critic.context(layout, place), gap(layout) + one["line"])
            for layout, (place, one) in zip(layouts, asked, strict=True)
        ]
    )
    found = []
    for (place, one), grade, logprob in zip(asked, grades, likely, strict=True):
        if place.kind == critic.QUESTION:
            verdict = ground_question(one["line"], place.slot, place.title)
        else:
            verdict = ground_detail(one["line"], place.slot, place.title, place.question)
        found.append(signals({"grounding": verdict.score, "logprob": logprob, "sense": grade}))
    return found


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


def auc(truth: np.ndarray, values: np.ndarray) -> float:
    """How often a usable line stands above an unusable one."""
    good, bad = values[truth], values[~truth]
    if not len(good) or not len(bad):
        return 0.5
    above = (good[:, None] > bad[None, :]).mean() + 0.5 * (good[:, None] == bad[None, :]).mean()
    return round(float(above), 3)


def _place(record: Record) -> str:
    return f"{record['id'].rsplit('-', 1)[0]}|{record['kind']}"


def _top(places: Sequence[str], truth: np.ndarray, values: np.ndarray) -> float:
    best: dict[str, tuple[float, float]] = {}
    for key, grade, value in zip(places, truth, values, strict=True):
        best[key] = max(best.get(key, (-math.inf, 0.0)), (float(value), float(grade)))
    return round(sum(grade for _, grade in best.values()) / len(best), 3)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Draw, take or fit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("draw", "take", "fit"))
    parser.add_argument("paths", type=Path, nargs="*")
    parser.add_argument("--adapter", type=Path, default=shipped("adapter"), help="the writer")
    parser.add_argument("--tasks", type=Path, default=shipped("task_adapter"), help="the critic")
    args = parser.parse_args()
    if args.what == "fit":
        with open_engine(args.adapter) as writer, open_engine(args.tasks) as judge:
            print(json.dumps(fit(writer, judge), indent=1))
    elif args.what == "take":
        print(take(args.paths[0], args.paths[1:]), "lines")
    else:
        out = args.paths[-1]
        out.mkdir(parents=True, exist_ok=True)
        with open_engine(args.adapter) as engine:
            rows = draw(engine, [item for path in args.paths[:-1] for item in read_briefs(path)])
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (out / "lines.jsonl").write_text(text, encoding="utf-8")
        (out / "sheet.md").write_text(sheet(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
