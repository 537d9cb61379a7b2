# SPDX-License-Identifier: Apache-2.0
"""Let the writer prefer what careful readers graded better: `python models/training/prefer.py --resume WRITER.gguf`.

Direct preference optimisation (Rafailov et al. 2023, arXiv:2305.18290) on pairs of lines that the writer itself wrote
for the same place, of which one was graded better (`corpus/grade.<lang>.jsonl`), with a share of plain likelihood of
the better line, which keeps the two from sinking together (Pang et al. 2024, arXiv:2404.19733). Positions are held out
as everywhere; on theirs it reports how often the better line is the likelier one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import torch
from base import CACHE, load_base, output_rows, padded
from lora import attach, load_state, state

from askwell.writing import critic
from askwell.writing.prompts import gap, load_layout
from data import CORPUS, RESOURCES, Record, Sample, Tokenizer, held_out, read_records, slot_of

WORTH = critic.GRADES
PER_PLACE = 3  # pairs drawn from the lines of one place
Pair = tuple[Sample, Sample]


@dataclass(frozen=True)
class Settings:
    """`beta`: how far the writer may move; `keep`: the weight of the better line's likelihood a token."""

    beta: float = 0.1
    keep: float = 0.1
    rate: float = 3e-5
    batch: int = 4
    epochs: int = 1
    seed: int = 11


def pairs(records: Sequence[Record], tokenizer: Tokenizer, seed: int) -> list[Pair]:
    """Better and worse line of a place, at most `PER_PLACE` of each place, in a random order."""
    rng = random.Random(seed)
    places: dict[tuple[str, ...], list[Record]] = {}
    for one in records:
        key = (one["lang"], one["position"], one["evidence"]["text"], one["kind"], one["question"])
        places.setdefault(key, []).append(one)
    found: list[Pair] = []
    for lines in places.values():
        unequal = [
            (better, worse) for better, worse in product(lines, lines) if WORTH[better["grade"]] > WORTH[worse["grade"]]
        ]
        rng.shuffle(unequal)
        unequal.sort(key=lambda pair: WORTH[pair[1]["grade"]] - WORTH[pair[0]["grade"]])
        found += [(sample(one, tokenizer), sample(other, tokenizer)) for one, other in unequal[:PER_PLACE]]
    rng.shuffle(found)
    return found


def sample(record: Record, tokenizer: Tokenizer) -> Sample:
    """A line after what it was written from; it ends with the line break at which the app stops."""
    layout = load_layout(RESOURCES, record["lang"])
    place = critic.Place(str(record["position"]), slot_of(record), record["kind"], record["question"])
    prompt = [tokenizer.bos_token_id, *tokenizer.encode(critic.context(layout, place), add_special_tokens=False)]
    line = tokenizer.encode(f"{gap(layout)}{record['line']}\n", add_special_tokens=False)
    return Sample(prompt + line, len(prompt), record["lang"], record["kind"])


class Preference:
    """Model, adapter and optimiser of a run."""

    def __init__(self, settings: Settings, resume: Path, rank: int, cache: Path) -> None:
        self.settings = settings
        self.model, self.tokenizer = load_base(cache)
        self.adapters = attach(self.model, rank, 2.0 * rank)
        self.alpha = load_state(self.adapters, resume)
        self.weights = output_rows(self.model)
        self.trained = [p for one in self.adapters.values() for p in (one.lora_a, one.lora_b)]
        self.optimizer = torch.optim.AdamW(self.trained, lr=settings.rate, weight_decay=0.0, betas=(0.9, 0.98))

    def likelihoods(self, group: Sequence[Sample]) -> torch.Tensor:
        """Summed log-probability of the written part of each sample."""
        ids, mask, wanted = padded(group)
        hidden = self.model.model(input_ids=ids, attention_mask=mask).last_hidden_state  # type: ignore[operator, union-attr]
        logs = torch.log_softmax(hidden[wanted] @ self.weights.T, -1)
        picked = logs.gather(1, torch.roll(ids, -1, 1)[wanted][:, None])[:, 0]
        rows = torch.arange(len(group))[:, None].expand_as(ids)[wanted]
        return torch.zeros(len(group)).index_add(0, rows, picked)

    def reference(self, found: Sequence[Pair]) -> list[tuple[float, float]]:
        """What the writer thought of each pair before."""
        out: list[tuple[float, float]] = []
        with torch.no_grad():
            for group in grouped(found, self.settings.batch * 2):
                both = self.likelihoods([one for pair in group for one in pair])
                out += [(float(both[at]), float(both[at + 1])) for at in range(0, len(both), 2)]
        return out

    def step(self, group: Sequence[Pair], before: Sequence[tuple[float, float]], factor: float) -> float:
        """One update; the mean loss."""
        for one in self.optimizer.param_groups:
            one["lr"] = self.settings.rate * factor
        both = self.likelihoods([one for pair in group for one in pair])
        better, worse = both[0::2], both[1::2]
        base = torch.tensor(before)
        margin = (better - base[:, 0]) - (worse - base[:, 1])
        lengths = torch.tensor([float(len(pair[0].ids) - pair[0].start) for pair in group])
        loss = (
            -torch.nn.functional.logsigmoid(self.settings.beta * margin) - self.settings.keep * better / lengths
        ).mean()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.optimizer.zero_grad(set_to_none=True)
        return float(loss)


def grouped(found: Sequence[Pair], size: int) -> Iterator[Sequence[Pair]]:
    """The pairs in batches, in their order."""
    for at in range(0, len(found), size):
        yield found[at : at + size]


def agreement(judged: Sequence[tuple[float, float]]) -> float:
    """How often the better line of a pair is the likelier one."""
    return sum(better > worse for better, worse in judged) / max(1, len(judged))


def run(settings: Settings, args: argparse.Namespace) -> dict[str, object]:
    """Train on the pairs; returns settings and measures, and writes the matrices."""
    work = Preference(settings, args.resume, args.rank, args.cache)
    records = [one for one in read_records(args.corpus) if one["task"] == "grade"]
    train = pairs([one for one in records if not held_out(one)], work.tokenizer, settings.seed)  # type: ignore[arg-type]
    valid = pairs([one for one in records if held_out(one)], work.tokenizer, settings.seed)  # type: ignore[arg-type]
    started = time.time()
    before, unseen = work.reference(train), work.reference(valid)
    log: list[dict[str, float]] = [{"train": agreement(before), "valid": agreement(unseen)}]
    print(len(train), "pairs", log[0], f"{time.time() - started:.0f} s", flush=True)
    order, steps = list(range(len(train))), math.ceil(len(train) / settings.batch) * settings.epochs
    done = 0
    for epoch in range(settings.epochs):
        random.Random(settings.seed + epoch).shuffle(order)
        for at in range(0, len(order), settings.batch):
            part = order[at : at + settings.batch]
            factor = min((done + 1) / 20, 1 - 0.9 * done / steps)
            loss = work.step([train[i] for i in part], [before[i] for i in part], factor)
            done += 1
            if done % 20 == 0:
                print(f"step {done}/{steps} loss {loss:.3f} {time.time() - started:.0f} s", flush=True)
        log.append({"valid": agreement(work.reference(valid))})
        print(log[-1], flush=True)
        torch.save({"alpha": work.alpha, "tensors": state(work.adapters)}, args.out)
    return {
        "settings": vars(settings) if hasattr(settings, "__dict__") else str(settings),
        "pairs": len(train),
        "log": log,
    }


def main() -> None:
    """Read the knobs and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--resume", type=Path, required=True, help="the writer to start from (.gguf or .pt)")
    parser.add_argument("--out", type=Path, required=True, help="where the matrices go (.pt)")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--rank", type=int, default=32)
    for name, value in vars(Settings()).items():
        parser.add_argument(f"--{name}", type=type(value), default=value)
    args = parser.parse_args()
    torch.set_flush_denormal(True)
    torch.manual_seed(args.seed)
    settings = Settings(**{name: getattr(args, name) for name in vars(Settings())})
    body = run(settings, args)
    args.out.with_suffix(".json").write_text(json.dumps(body, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
