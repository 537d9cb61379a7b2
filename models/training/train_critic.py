# SPDX-License-Identifier: Apache-2.0
"""Teach the task adapter to grade lines as careful readers do: `python models/training/train_critic.py --resume T.pt`.

A brief has some twenty graded lines. They are packed behind what they share: every line sees the brief and itself, not
the others, so the brief is read once for all of them, as the engine does it (four times as fast as line by line). The
loss is on the grades alone. In every step a few samples of the other short tasks are repeated, or they would be
forgotten.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from base import CACHE, batch_loss, load_base, output_rows, used_rows
from lora import attach, load_state, state
from train import warm_cosine

from askwell.writing import critic
from askwell.writing.prompts import load_layout
from data import CORPUS, RESOURCES, Record, Sample, Tokenizer, encode, held_out, read_records, slot_of

REPEATED = ("probe", "screen")
SPAN = 700  # tokens of one packed sequence at most


@dataclass(frozen=True)
class Packed:
    """Lines behind their common beginning. `owner` says for each token to which line it belongs (-1: to all), `ends`
    are the places after which a grade is named, `grades` the right ones (index in `critic.GRADES`)."""

    ids: list[int]
    owner: list[int]
    positions: list[int]
    ends: list[int]
    grades: list[int]
    lang: str


def pack(lines: Sequence[Record], tokenizer: Tokenizer) -> Packed:
    """Graded lines of one question (or of one slot's candidates) as one sequence."""
    lang = lines[0]["lang"]
    layout = load_layout(RESOURCES, lang)

    def tokens(text: str) -> list[int]:
        return tokenizer.encode(text, add_special_tokens=False) if text else []

    def place(one: Record) -> critic.Place:
        return critic.Place(str(one["position"]), slot_of(one), one["kind"], one["question"])

    shared = [tokenizer.bos_token_id, *tokens(critic.basis(layout, place(lines[0])))]
    out = Packed(list(shared), [-1] * len(shared), list(range(len(shared))), [], [], lang)
    for number, one in enumerate(lines):
        branch = tokens(critic.label(layout, one["kind"])) + tokens(critic.graded(layout, one["line"]))
        out.positions.extend(range(len(shared), len(shared) + len(branch)))
        out.owner.extend([number] * len(branch))
        out.ids.extend(branch)
        out.ends.append(len(out.ids) - 1)
        out.grades.append(list(critic.GRADES).index(one["grade"]))
    return out


def packs(records: Sequence[Record], tokenizer: Tokenizer) -> list[Packed]:
    """All graded lines, place by place; a place with very many is cut in two."""
    groups: dict[tuple[str, ...], list[Record]] = defaultdict(list)
    for one in records:
        asks = "" if one["kind"] == critic.QUESTION else one["question"]
        groups[one["lang"], one["position"], one["evidence"]["text"], asks].append(one)
    found = []
    for lines in groups.values():
        whole = pack(lines, tokenizer)
        half = len(lines) // 2
        parts = [lines] if len(whole.ids) <= SPAN or half < 1 else [lines[:half], lines[half:]]
        found += [pack(part, tokenizer) for part in parts]
    return found


def visible(one: Packed) -> torch.Tensor:
    """Which token sees which, (length, length): what came before it in the common part or in its own line."""
    owner = torch.tensor(one.owner)
    order = torch.arange(len(owner))
    same = (owner[None, :] == -1) | (owner[None, :] == owner[:, None])
    return same & (order[None, :] <= order[:, None])


class CriticRun:
    """Model, adapter and optimiser of a run."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.model, self.tokenizer = load_base(args.cache)
        records = read_records(args.corpus)
        graded = [one for one in records if one["task"] == "grade"]
        self.train = packs([one for one in graded if not held_out(one)], self.tokenizer)  # type: ignore[arg-type]
        self.valid = packs([one for one in graded if held_out(one)], self.tokenizer)  # type: ignore[arg-type]
        others = [one for one in records if one["task"] in REPEATED and not held_out(one)]
        self.others = encode(others, self.tokenizer)  # type: ignore[arg-type]
        self.adapters = attach(self.model, args.rank, 2.0 * args.rank)
        self.alpha = load_state(self.adapters, args.resume)
        self.weights = output_rows(self.model)
        self.rows = used_rows(self.others, args.frequent)
        self.labels = {lang: self._labels(lang) for lang in ("zh", "en", "ja", "es")}
        self.trained = [p for one in self.adapters.values() for p in (one.lora_a, one.lora_b)]
        self.optimizer = torch.optim.AdamW(self.trained, lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98))
        self.rng = random.Random(args.seed)

    def _labels(self, lang: str) -> torch.Tensor:
        """The first token of each grade's word."""
        layout = load_layout(RESOURCES, lang)
        encoded = [
            self.tokenizer.encode(critic.grade_body(layout, one), add_special_tokens=False) for one in critic.GRADES
        ]  # type: ignore[attr-defined]
        return torch.tensor([one[0] for one in encoded])

    def scores(self, one: Packed) -> torch.Tensor:
        """Log-probabilities of all tokens that name a grade, then of the three grades: (lines, 3)."""
        seen = visible(one)[None, None]
        hidden = self.model.model(  # type: ignore[operator, union-attr]
            input_ids=torch.tensor([one.ids]),
            attention_mask={"full_attention": seen, "sliding_attention": seen},
            position_ids=torch.tensor([one.positions]),
        ).last_hidden_state[0]
        logits = hidden[one.ends] @ self.weights[self.rows].T
        named = hidden[one.ends] @ self.weights[self.labels[one.lang]].T
        return named - torch.logsumexp(torch.cat([logits, named], 1), 1, keepdim=True)

    def loss(self, one: Packed) -> torch.Tensor:
        """Mean cross-entropy of the grades of a packed sequence."""
        return torch.nn.functional.nll_loss(self.scores(one), torch.tensor(one.grades))

    def step(self, group: Sequence[Packed], repeated: Sequence[Sample], factor: float) -> float:
        """One update; the mean loss of the grades."""
        for one in self.optimizer.param_groups:
            one["lr"] = self.args.lr * factor
        total = 0.0
        for packed in group:
            loss = self.loss(packed) / len(group)
            loss.backward()  # type: ignore[no-untyped-call]
            total += float(loss)
        if repeated:
            lost, count = batch_loss(self.model, repeated, self.rows, self.weights)
            (self.args.repeat_weight * lost / count).backward()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return total

    def measure(self) -> dict[str, float]:
        """On held-out positions: loss, and how often a usable line (good or fair) is graded above an unusable one."""
        worth = torch.tensor(list(critic.GRADES.values()))
        lost, values, truth = 0.0, [], []
        with torch.no_grad():
            for one in self.valid:
                scores = self.scores(one)
                lost += float(torch.nn.functional.nll_loss(scores, torch.tensor(one.grades))) * len(one.grades)
                values += (torch.softmax(scores, 1) @ worth).tolist()
                truth += one.grades
        poor = list(critic.GRADES).index("poor")
        good = [value for value, grade in zip(values, truth, strict=True) if grade != poor]
        bad = [value for value, grade in zip(values, truth, strict=True) if grade == poor]
        above = sum((one > other) + 0.5 * (one == other) for one in good for other in bad)
        return {"lines": len(truth), "loss": lost / max(1, len(truth)), "auc": above / max(1, len(good) * len(bad))}

    def go(self) -> None:
        """Train; the best state on held-out positions stays."""
        best, log = float("inf"), [{"epoch": 0.0, **self.measure()}]
        print(len(self.train), "packed", len(self.others), "repeated", log[0], flush=True)
        steps = len(self.train) // self.args.batch * self.args.epochs
        done, started = 0, time.time()
        for epoch in range(1, self.args.epochs + 1):
            self.rng.shuffle(self.train)
            lost = 0.0
            for at in range(0, len(self.train) - self.args.batch + 1, self.args.batch):
                repeated = self.rng.sample(self.others, self.args.repeat)
                factor = warm_cosine(done, steps, 0.05)
                lost += self.step(self.train[at : at + self.args.batch], repeated, factor)
                done += 1
                if done % 10 == 0:
                    mean, spent = lost / (at // self.args.batch + 1), time.time() - started
                    print(f"step {done}/{steps} loss {mean:.3f} {spent:.0f} s", flush=True)
            log.append({"epoch": float(epoch), **self.measure()})
            print(log[-1], flush=True)
            if log[-1]["loss"] < best:
                best = log[-1]["loss"]
                torch.save({"alpha": self.alpha, "tensors": state(self.adapters)}, self.args.out)
        settings = {k: v.name if isinstance(v, Path) else v for k, v in vars(self.args).items()}
        body = {"settings": settings, "packed": len(self.train), "log": log, "seconds": time.time() - started}
        self.args.out.with_suffix(".json").write_text(json.dumps(body, indent=1), encoding="utf-8")


def main() -> None:
    """Read the knobs and train."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resume", type=Path, required=True, help="the task adapter to start from (.pt or .gguf)")
    parser.add_argument("--out", type=Path, required=True, help="where the matrices go (.pt)")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--rank", type=int, default=32)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=2, help="packed sequences a step")
    parser.add_argument("--repeat", type=int, default=4, help="samples of the other tasks a step")
    parser.add_argument("--repeat-weight", type=float, default=0.3)
    parser.add_argument("--frequent", type=int, default=5500)
    parser.add_argument("--seed", type=int, default=13)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)
    CriticRun(args).go()


if __name__ == "__main__":
    main()
