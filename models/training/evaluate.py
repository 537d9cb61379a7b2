# SPDX-License-Identifier: Apache-2.0
"""Measure what is written on occupations that the corpus has never seen: `python models/training/evaluate.py OUT`.

Three systems in the same run, with the app's own writer around the model: base + adapter, the base alone with examples
in its prompt, and a template bank. Every text is written to `OUT/<system>.jsonl`, the measures to `OUT/summary.json`.
What a machine can count says little about sense: `sheets.py` makes the blind sheet for readers.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from house import shipped

# isort: split
from templates import fill

from askwell.domain.generation import ScoreItem
from askwell.domain.questions import Blueprint, QuestionText, Slot
from askwell.engine.client import EngineClient
from askwell.engine.config import EngineConfig
from askwell.review.checker import Checker
from askwell.writing import content, prompts
from askwell.writing.grounding import DETAIL_DUPLICATE, NEAR_DUPLICATE, fits_type, ground_detail, ground_question
from askwell.writing.writer import Writer, WritingSettings
from data import RESOURCES, ROOT, share_of, slot_of

UNSEEN = ROOT / "tests" / "data" / "evaluation"
SYSTEMS = ("adapter", "few_shot", "templates")


@dataclass(frozen=True)
class Outcome:
    """What became of one evaluation item."""

    item: dict[str, Any]
    slot: Slot
    words: QuestionText | None
    faults: dict[str, int]


def read_items(wanted: Mapping[str, int]) -> list[dict[str, Any]]:
    """The evaluation items of the languages: so many of each, position by position in a fixed random order; 0: all."""
    items = []
    for lang, limit in wanted.items():
        lines = (UNSEEN / f"write.{lang}.jsonl").read_text(encoding="utf-8").splitlines()
        found = [json.loads(line) for line in lines]
        found.sort(key=lambda item: share_of(item["position"]))
        items += found[:limit] if limit else found
    return items


def parse_wanted(text: str) -> dict[str, int]:
    """`zh:40,en` as {"zh": 40, "en": 0}."""
    parts = (part.partition(":") for part in text.split(","))
    return {lang: int(count or 0) for lang, _, count in parts}


def kits(items: Sequence[dict[str, Any]]) -> Iterator[tuple[str, list[dict[str, Any]], Blueprint]]:
    """The items of one position as one blueprint, as the app would plan them."""
    for (lang, title), group in groupby(items, key=lambda item: (item["lang"], item["position"])):
        members = list(group)
        slots = tuple(slot_of(item, number) for number, item in enumerate(members, 1))
        yield lang, members, Blueprint("", title, "", lang, slots)


def write_with_model(
    engine: EngineClient, items: Sequence[dict[str, Any]], settings: WritingSettings, checker: Checker
) -> list[Outcome]:
    """Through the app's writer, gates, review rules and ranking."""
    writer = Writer(engine, RESOURCES, settings)
    outcomes: list[Outcome] = []
    for _, members, blueprint in kits(items):
        drafts = writer.write(blueprint, screen=lambda text, slot: not checker.check(text, slot.lang))
        outcomes += [Outcome(item, d.slot, d.words, d.faults) for item, d in zip(members, drafts, strict=True)]
        print(f"  {len(outcomes)}/{len(items)} {blueprint.title}", flush=True)
    return outcomes


def write_with_templates(items: Sequence[dict[str, Any]]) -> list[Outcome]:
    """The template bank's answer to the same slots."""
    return [
        Outcome(item, slot, fill(slot, slot.number), {})
        for _, members, blueprint in kits(items)
        for item, slot in zip(members, blueprint.slots, strict=True)
    ]


def measure(outcome: Outcome, checker: Checker) -> dict[str, bool]:
    """What can be counted about one outcome; an unwritten slot has only `written`."""
    words, slot = outcome.words, outcome.slot
    if words is None:
        return {"written": False}
    title = outcome.item["position"]
    fault = ground_question(words.text, slot, title).fault
    lines = [*words.probes, *words.anchors.values()]
    faults = {ground_detail(line, slot, title, words.text).fault for line in lines}
    asks = words.text.count("？") + words.text.count("?")
    return {
        "written": True,
        "layout": len(words.probes) >= 2 and set(words.anchors) == {5, 3, 1},
        "grounded": fault not in ("not_grounded", "invention", "echo"),
        "nothing_invented": fault != "invention" and "invention" not in faults,
        "one_ask": asks <= 1 and fault != "two_asks",
        "type_fits": fits_type(words.text, slot),
        "probes_own": all(content.similarity(p, words.text) <= DETAIL_DUPLICATE for p in words.probes),
        "anchors_distinct": _distinct(list(words.anchors.values())),
        "lawful": not checker.check(words.text, slot.lang),
    }


def summarise(outcomes: Sequence[Outcome], checker: Checker, seconds: float) -> dict[str, Any]:
    """Shares by language, recited lines, near-duplicates inside a kit and the time a kit of eight takes."""
    out: dict[str, Any] = {"items": len(outcomes), "seconds_per_8": 8 * seconds / max(1, len(outcomes))}
    for lang in sorted({one.item["lang"] for one in outcomes}):
        part = [one for one in outcomes if one.item["lang"] == lang]
        rows = [measure(one, checker) for one in part]
        out[lang] = {name: round(sum(row.get(name, False) for row in rows) / len(rows), 3) for name in rows_names(rows)}
        out[lang]["near_duplicates"] = _near_duplicates(part)
        out[lang]["recited_probes"] = _recited(part)
    out["faults"] = dict(sum((Counter(one.faults) for one in outcomes), Counter()).most_common())
    return out


def rows_names(rows: Sequence[dict[str, bool]]) -> list[str]:
    """All measures that occur, in their order."""
    return list(dict.fromkeys(name for row in rows for name in row))


def fluency(engine: EngineClient, outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Mean log-probability per token of the questions under the base model, given the position only."""
    sums: dict[str, list[float]] = {}
    written = [one for one in outcomes if one.words is not None]
    items = []
    for one in written:
        layout = prompts.load_layout(RESOURCES, one.item["lang"])
        context = prompts.head(layout, one.item["position"]) + layout.question
        items.append(ScoreItem(context, one.words.text if one.words else ""))
    for one, score in zip(written, engine.score(items) if items else [], strict=True):
        sums.setdefault(one.item["lang"], []).append(score)
    return {lang: round(sum(scores) / len(scores), 3) for lang, scores in sums.items()}


def open_engine(adapter: Path | None) -> EngineClient:
    """The engine of the app over the shipped base model."""
    return EngineClient(EngineConfig(model=shipped("file"), adapter=adapter, cache_dir=ROOT / ".cache" / "engine"))


def save(outcomes: Sequence[Outcome], path: Path) -> None:
    """One JSON object a line: the item and its words."""
    with path.open("w", encoding="utf-8") as file:
        for one in outcomes:
            words = one.words
            row = {**one.item, "angle": one.slot.angle, "faults": one.faults}
            if words is not None:
                anchors = {str(score): text for score, text in words.anchors.items()}
                row |= {"question": words.text, "probes": list(words.probes), "anchors": anchors}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _distinct(anchors: Sequence[str]) -> bool:
    return all(
        content.similarity(one, other) < DETAIL_DUPLICATE for i, one in enumerate(anchors) for other in anchors[:i]
    )


def _near_duplicates(outcomes: Sequence[Outcome]) -> int:
    found = 0
    for _, group in groupby(outcomes, key=lambda one: one.item["position"]):
        texts = [one.words.text for one in group if one.words is not None]
        pairs = [(a, b) for i, a in enumerate(texts) for b in texts[:i]]
        found += sum(content.similarity(a, b) >= NEAR_DUPLICATE for a, b in pairs)
    return found


def _recited(outcomes: Sequence[Outcome]) -> float:
    """Share of probes that stand word for word under another question too."""
    probes = [probe for one in outcomes if one.words for probe in one.words.probes]
    counts = Counter(probes)
    return round(sum(counts[probe] > 1 for probe in probes) / max(1, len(probes)), 3)


def parse_args() -> argparse.Namespace:
    """What to run, and the writer's knobs that are worth a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--adapter", type=Path, default=shipped("adapter"))
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--langs", default="zh,en,ja,es", help="zh:40,en limits the items of a language")
    parser.add_argument("--candidates", type=int, default=WritingSettings().candidates)
    parser.add_argument("--temperature", type=float, default=WritingSettings().temperature)
    parser.add_argument("--angles", type=int, default=WritingSettings().angles, help="0: free writing")
    return parser.parse_args()


def main() -> None:
    """Run the systems one after the other and print the table."""
    args = parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    checker = Checker(RESOURCES, ("CN", "US", "JP", "ES"))
    items = read_items(parse_wanted(args.langs))
    settings = replace(WritingSettings(), candidates=args.candidates, temperature=args.temperature, angles=args.angles)
    summary: dict[str, Any] = {}
    written: dict[str, list[Outcome]] = {}
    for system in args.systems.split(","):
        started = time.monotonic()
        if system == "templates":
            written[system] = write_with_templates(items)
        else:
            with open_engine(args.adapter if system == "adapter" else None) as engine:
                written[system] = write_with_model(engine, items, settings, checker)
        summary[system] = summarise(written[system], checker, time.monotonic() - started)
        save(written[system], args.out / f"{system}.jsonl")
    with open_engine(None) as engine:
        for system, outcomes in written.items():
            summary[system]["fluency"] = fluency(engine, outcomes)
    (args.out / "summary.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False), encoding="utf-8")
    print(json.dumps(summary, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
