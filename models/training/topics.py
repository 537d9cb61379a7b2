# SPDX-License-Identifier: Apache-2.0
"""Train the review's classifier: `python models/training/topics.py [--opinions FILE]`.

Multinomial logistic regression (scikit-learn) over the app's own features, two models a language: sound, private, or
one of the faults of form and manners; and, for what is private, which matter. From `corpus/screen.<lang>.jsonl`, of
which a sixth is held out by hash before anything else and only reported on. Questions and probes of the other corpus
files are added as examples of what is sound (and bad questions of the rewrites as what they are), or else every
unusual but good question would look suspicious.
The limits for acting are set by cross-validation on the rest: at most `FALSE_PRIVATE` of the sound questions may be
called private.
"""

from __future__ import annotations

import argparse
import json
import struct
import zlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold

from data import CORPUS, RESOURCES, ROOT, held_out, read_records, share_of

# isort: split
from askwell.domain.topics import FORMS, MANNERS, PRIVATE, SOUND, group_of
from askwell.review.classifier import Classifier
from askwell.review.features import BUCKETS, buckets
from askwell.review.learned import RULES

SENTENCES = ROOT / "tests" / "unit" / "review" / "sentences.yaml"
LANGS = ("zh", "en", "ja", "es")
STRENGTH = 100.0  # inverse regularisation
FALSE_PRIVATE, FALSE_FORM = 0.025, 0.015
LOWEST = 0.3
SURE = 0.75  # from here on a finding is as severe as its rule
FOLDS = 3
LABELS = {rule: label for label, rule in RULES.items()}
CURATED = 3  # how often each curated example counts
FAULTS = {"unlawful": PRIVATE, "disrespectful": "disrespect"}  # names of the rewrite task
Matrix = csr_matrix
Array = np.ndarray[Any, Any]


def read(lang: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Training and held-out records of a language."""
    records = [one for one in read_records(CORPUS) if one["task"] == "screen" and one["lang"] == lang]
    return [one for one in records if not held_out(one)], [one for one in records if held_out(one)]


def matrix(texts: Sequence[str]) -> Matrix:
    """One row a text; its distinct pieces share the length 1."""
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        found = buckets(text)
        rows += [row] * len(found)
        columns += found
        values += [1 / np.sqrt(len(found))] * len(found)
    return csr_matrix((values, (rows, columns)), shape=(len(texts), BUCKETS))


def fit(seen: Matrix, wanted: Array) -> LogisticRegression:
    """A fitted model. Rare classes weigh more, by the root of their rarity: full balance would leave no weight to the
    single sound question among thousands."""
    counts = Counter(wanted.tolist())
    weights = {name: (len(wanted) / (len(counts) * count)) ** 0.5 for name, count in counts.items()}
    return LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3, class_weight=weights).fit(seen, wanted)


def others(lang: str) -> list[tuple[str, str]]:
    """Texts of the other tasks with their group."""
    found: list[tuple[str, str]] = []
    for one in read_records(CORPUS):
        if one["lang"] != lang or held_out(one):
            continue
        if one["task"] == "write":
            found += [(one["question"], SOUND), (one["probes"][0], SOUND)]
        elif one["task"] == "rewrite":
            fault = FAULTS.get(one["fault"], one["fault"])
            found += [
                (one["rewrite"], SOUND),
                *([(one["question"], fault)] if fault in (PRIVATE, *FORMS, *MANNERS) else []),
            ]
    return found + CURATED * curated(lang)


def curated(lang: str) -> list[tuple[str, str]]:
    """The examples of the rule packs, and the sentences by which their gaps were found: each makes a point."""
    found: list[tuple[str, str]] = []
    for file in sorted((RESOURCES / "rulepacks").rglob("*.yaml")):
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        for one in [*content.get("concepts", ()), *content.get("rules", ())]:
            examples = one.get("examples", {}).get(lang, {})
            label = PRIVATE if file.parent.name == "concepts" else LABELS.get(one["id"], "")
            found += [(text, label) for text in examples.get("must_match", ()) if label]
            if file.stem not in ("form", "culture"):
                found += [(text, SOUND) for text in examples.get("must_not_match", ())]
            found += [(text, SOUND) for text in [one.get("rewrite", {}).get(lang)] if text]
    sentences = yaml.safe_load(SENTENCES.read_text(encoding="utf-8"))
    found += [(text, PRIVATE) for text in sentences["unlawful"][lang]]
    return found + [(text, SOUND) for text in sentences["lawful"][lang]]


def limits(texts: Sequence[str], wanted: Array, more: Matrix, more_wanted: Array) -> dict[str, float]:
    """The lowest probabilities at which few sound questions are hit, by cross-validation."""
    seen = matrix(texts)
    odds = np.zeros((len(texts), len(set(wanted))))
    for train, test in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(seen, wanted):
        fitted = fit(vstack([seen[train], more]), np.concatenate([wanted[train], more_wanted]))
        odds[test] = fitted.predict_proba(seen[test])
    return lowest(odds, sorted(set(wanted)), wanted)


def lowest(odds: Array, names: Sequence[str], wanted: Array) -> dict[str, float]:
    """For each group the probability that few sound questions reach."""
    sound = wanted == SOUND
    out = {"sure": SURE}
    for at, name in enumerate(names):
        if name != SOUND:
            allowed = FALSE_PRIVATE if name == PRIVATE else FALSE_FORM / len(FORMS)
            out[str(name)] = round(float(max(LOWEST, np.quantile(odds[sound, at], 1 - allowed))), 3)
    return out


def packed(fitted: LogisticRegression) -> tuple[dict[str, Any], bytes]:
    """Head and body of a model: int8 weights with a scale for each label."""
    weights = fitted.coef_
    scales = np.maximum(np.abs(weights).max(axis=1), 1e-9) / 127
    small = np.rint(weights / scales[:, None]).astype(np.int8).T
    used = np.flatnonzero(np.any(small != 0, axis=1))
    head = {
        "labels": list(fitted.classes_),
        "bias": [round(float(one), 5) for one in fitted.intercept_],
        "scales": [round(float(one), 7) for one in scales],
        "rows": len(used),
    }
    return head, b"".join(struct.pack("<H", bucket) + small[bucket].tobytes() for bucket in used)


def judged(path: Path, lang: str) -> list[dict[str, Any]]:
    """Held-out questions with the language model's opinion, as `evaluate_tasks.py` writes them."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [one for one in rows if one["lang"] == lang]


def calibrates(one: dict[str, Any]) -> bool:
    """Half of the held-out questions set the limits of the pooled opinion, the other half is reported on."""
    return share_of(f"half|{one['question']}") < 1 / 2


def report(lang: str, classifier: Classifier, held: Sequence[dict[str, Any]]) -> None:
    """Where each group goes, by the classifier of the app as it was stored."""
    table: Counter[tuple[str, str]] = Counter()
    for one in held:
        topics = classifier.topics(one["question"], one.get("odds"))
        hits = [name for name in topics.odds if name != SOUND and topics.likely(name)]
        table[group_of(one["topic"]), max(hits, key=topics.odds.__getitem__, default=SOUND)] += 1
    for wanted in dict.fromkeys(key[0] for key in table):
        row = {got: count for (name, got), count in sorted(table.items()) if name == wanted}
        print(f"{lang} {wanted:10} {sum(row.values()):4}  " + "  ".join(f"{k} {v}" for k, v in row.items()))


def train(lang: str) -> tuple[dict[str, Any], bytes]:
    """Head and body of a language's classifier."""
    records, _ = read(lang)
    texts, topics = [one["question"] for one in records], np.array([one["topic"] for one in records])
    wanted = np.array([group_of(one) for one in topics])
    more = others(lang)
    added, added_wanted = matrix([text for text, _ in more]), np.array([name for _, name in more])
    limit = limits(texts, wanted, added, added_wanted)
    fitted = fit(vstack([matrix(texts), added]), np.concatenate([wanted, added_wanted]))
    private = [text for text, name in zip(texts, wanted, strict=True) if name == PRIVATE]
    matter = fit(matrix(private), topics[wanted == PRIVATE])
    (first, one), (second, two) = packed(fitted), packed(matter)
    print(lang, len(records), "trained on", limit, flush=True)
    return {"groups": first, "matters": second, "limits": limit}, zlib.compress(one + two, 9)


def pooled_limits(made: dict[str, tuple[dict[str, Any], bytes]], opinions: Path) -> dict[str, float]:
    """Limits for classifier and language model together, over all languages: each has too few held-out questions."""
    odds, wanted, names = [], [], list(next(iter(made.values()))[0]["groups"]["labels"])
    for lang, (head, body) in made.items():
        classifier = Classifier(json.dumps(head).encode() + b"\n" + body)
        for one in filter(calibrates, judged(opinions, lang)):
            topics = classifier.topics(one["question"], one["odds"])
            odds.append([topics.odds[name] for name in names])
            wanted.append(group_of(one["topic"]))
    return lowest(np.array(odds), names, np.array(wanted))


def main() -> None:
    """Train, store and report every language."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=RESOURCES / "classifiers")
    parser.add_argument(
        "--opinions", type=Path, help="screen.jsonl of evaluate_tasks.py: sets the limits for both together"
    )
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    made = {lang: train(lang) for lang in LANGS}
    second = pooled_limits(made, args.opinions) if args.opinions else None
    for lang, (head, body) in made.items():
        if second:
            head["limits_second"] = second
        data = json.dumps(head).encode() + b"\n" + body
        (args.out / f"topics.{lang}.bin").write_bytes(data)
        classifier = Classifier(data)
        report(lang, classifier, read(lang)[1])
        if args.opinions:
            print("with the language model", second)
            report(lang, classifier, [one for one in judged(args.opinions, lang) if not calibrates(one)])


if __name__ == "__main__":
    main()
