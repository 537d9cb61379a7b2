# SPDX-License-Identifier: Apache-2.0
"""The blind sheet: what three systems wrote for the same item, shuffled and without names, for a careful reader.

`python models/training/sheets.py make OUT` writes `OUT/blind.md` and `OUT/key.json`; the reader fills
`OUT/reading.jsonl` with `{"item": 7, "A": {"grade": "usable"}, …, "best": "B"}`; `… tally OUT` joins the two.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

SHARES = {"zh": 40, "en": 30, "ja": 15, "es": 15}
GRADES = ("usable", "light_edit", "unusable")
RUBRIC = """# Blind reading

For every item three texts A, B, C were written from the same evidence. Read as an HR professional who must ask the
question tomorrow. Grade each text as a whole (question, probes, anchors):

- **usable**: could be asked as it stands; sense, grammar, tied to the evidence, one ask, conduct can be observed.
- **light_edit**: a few words would have to be changed; the idea is sound.
- **unusable**: no sense, off the evidence, not a question about the work, invented facts, or most lines must be redone.

Then say which of the three you would rather put into your interview (`best`: A, B, C or "=" where two are equal).
"""


def make(folder: Path, seed: int) -> None:
    """Write sheet and key. The systems are those whose `.jsonl` files lie in the folder."""
    names = [name for name in ("adapter", "few_shot", "templates") if (folder / f"{name}.jsonl").exists()]
    texts = {name: {row["id"]: row for row in _rows(folder / f"{name}.jsonl")} for name in names}
    rng = random.Random(seed)
    chosen: list[str] = []
    for lang, count in SHARES.items():
        ids = [one for one in texts[names[0]] if one.startswith(lang)]
        chosen += rng.sample(ids, min(count, len(ids)))
    key: dict[str, dict[str, str]] = {}
    lines = [RUBRIC]
    for number, item_id in enumerate(chosen, 1):
        order = rng.sample(names, len(names))
        key[str(number)] = {"id": item_id, **dict(zip("ABC", order, strict=False))}
        lines.append(_item(number, texts[names[0]][item_id]))
        lines += [_text(letter, texts[name][item_id]) for letter, name in zip("ABC", order, strict=False)]
    (folder / "blind.md").write_text("\n".join(lines), encoding="utf-8")
    (folder / "key.json").write_text(json.dumps(key, indent=1), encoding="utf-8")


def tally(folder: Path) -> dict[str, Any]:
    """Grades and preferences by system and language."""
    key = json.loads((folder / "key.json").read_text(encoding="utf-8"))
    grades: dict[str, Counter[str]] = defaultdict(Counter)
    wins: Counter[str] = Counter()
    for row in _rows(folder / "reading.jsonl"):
        entry = key[str(row["item"])]
        lang = entry["id"][:2]
        for letter in "ABC":
            if letter in entry and letter in row:
                grades[f"{entry[letter]}.{lang}"][row[letter]["grade"]] += 1
                grades[f"{entry[letter]}.all"][row[letter]["grade"]] += 1
        wins.update(_beaten(entry, row))
    shares = {name: {grade: counts[grade] for grade in GRADES} for name, counts in sorted(grades.items())}
    return {"grades": shares, "adapter_against": dict(wins)}


def _beaten(entry: dict[str, str], row: dict[str, Any]) -> list[str]:
    """The adapter against each other system: won, lost or even, by grade first and by the reader's choice then."""
    letters = {name: letter for letter, name in entry.items() if letter != "id"}
    mine = letters.get("adapter")
    out = []
    for name, letter in letters.items():
        if name == "adapter" or mine is None:
            continue
        ours, theirs = (GRADES.index(row[one]["grade"]) for one in (mine, letter))
        if ours != theirs:
            out.append(f"{name}.{'won' if ours < theirs else 'lost'}")
        else:
            out.append(f"{name}.{'won' if row['best'] == mine else 'lost' if row['best'] == letter else 'even'}")
    return out


def _item(number: int, row: dict[str, Any]) -> str:
    plan = f"{row['evidence']['kind']}: {row['evidence']['text']} · {row['type']} · {row['difficulty']}"
    return f"\n## {number} · {row['position']} ({row['industry']})\n{plan}\n"


def _text(letter: str, row: dict[str, Any]) -> str:
    if "question" not in row:
        return f"**{letter}** — (nothing written)\n"
    probes = "".join(f"\n  + {probe}" for probe in row["probes"])
    anchors = "".join(f"\n  {score}: {text}" for score, text in row["anchors"].items())
    return f"**{letter}** {row['question']}{probes}{anchors}\n"


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def main() -> None:
    """Make a sheet or join a reading with its key."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("make", "tally"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.what == "make":
        make(args.folder, args.seed)
    else:
        print(json.dumps(tally(args.folder), indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
