# SPDX-License-Identifier: Apache-2.0
"""Train the writing adapter on the GGUF that ships: `python models/training/train.py`.

The weights are the dequantised Q4_K_M file, so the adapter learns to live with the quantised model. Loss on the written
part only; the softmax runs over the rows that the corpus uses, frequent rows and a random sample a step instead of all
262,144. Validation is on occupations that training never saw; the best state is kept. `export.py` makes the GGUF.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from base import CACHE, batch_loss, load_base, output_rows, used_rows, validate
from lora import LoraLinear, attach, load_state, state

from data import CORPUS, ROOT, Record, Sample, batches, encode, read_records, split_by_position

OUT = ROOT / ".cache" / "adapters" / "writer.pt"


def parse_args() -> argparse.Namespace:
    """The knobs, with the values of the shipped adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="where the trained matrices go (.pt, with .json beside)")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--resume", type=Path, help="matrices to start from, as written by an earlier run")
    parser.add_argument("--rank", type=int, default=32)
    parser.add_argument("--alpha", type=float, default=64.0)
    parser.add_argument("--lr", type=float, default=5e-4)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--decay-to", type=float, default=0.08, help="last learning rate as a share of --lr")
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--frequent", type=int, default=5500)
    parser.add_argument("--random-rows", type=int, default=1500)
    parser.add_argument("--share", type=float, default=1.0, help="share of the training records, for the size curve")
    parser.add_argument("--validate", type=float, default=1.0, help="share of the held-out records to measure on")
    parser.add_argument("--langs", default="zh,en,ja,es")
    parser.add_argument("--tasks", default="write,probe,rewrite,judge,screen")
    parser.add_argument("--device", default="cpu", help="cpu, or cuda where PyTorch has it")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--patience", type=int, default=1)
    return parser.parse_args()


def chosen(args: argparse.Namespace) -> tuple[list[Record], list[Record]]:
    """Training and validation records of the asked languages and tasks."""
    langs, tasks = args.langs.split(","), args.tasks.split(",")
    records = [r for r in read_records(args.corpus) if r["lang"] in langs and r["task"] in tasks]
    train, valid = split_by_position(records)
    random.Random(args.seed).shuffle(train)
    random.Random(args.seed).shuffle(valid)
    return train[: round(len(train) * args.share)], valid[: round(len(valid) * args.validate)]


class Run:
    """One training run: model, adapter, optimiser and what was logged."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.model, tokenizer = load_base(args.cache)
        train, valid = chosen(args)
        self.train, self.valid = encode(train, tokenizer), encode(valid, tokenizer)  # type: ignore[arg-type]
        self.rows = used_rows(self.train + self.valid, args.frequent).to(args.device)
        self.adapters: dict[str, LoraLinear] = attach(self.model, args.rank, args.alpha)
        if args.resume:
            load_state(self.adapters, args.resume)
        self.model.to(args.device)
        self.weights = output_rows(self.model)
        self.trained = [p for adapter in self.adapters.values() for p in (adapter.lora_a, adapter.lora_b)]
        self.optimizer = torch.optim.AdamW(self.trained, lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98))
        total = args.epochs * math.ceil(len(self.train) / args.batch)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer, lambda step: warm_cosine(step, total, args.decay_to)
        )
        self.log: list[dict[str, object]] = []

    def step(self, group: list[Sample]) -> tuple[float, int]:
        """One update; summed loss and number of tokens."""
        extra = torch.randint(self.args.frequent, self.weights.shape[0], (self.args.random_rows,)).to(self.rows.device)
        rows = torch.unique(torch.cat([self.rows, extra]))
        loss, count = batch_loss(self.model, group, rows, self.weights)
        (loss / count).backward()
        torch.nn.utils.clip_grad_norm_(self.trained, 1.0)
        self.optimizer.step()
        self.schedule.step()
        self.optimizer.zero_grad(set_to_none=True)
        return loss.item(), count

    def epoch(self, number: int) -> float:
        """One pass over the training samples; returns the validation loss."""
        started, seen, lost = time.time(), 0, 0.0
        for index, group in enumerate(batches(self.train, self.args.batch, self.args.seed + number)):
            loss, count = self.step(group)
            seen, lost = seen + count, lost + loss
            if index % 20 == 0:
                speed = seen / (time.time() - started)
                print(f"epoch {number} step {index} loss {lost / seen:.3f} {speed:.0f} tok/s", flush=True)
        spent = time.time() - started
        scores = validate(self.model, self.valid, self.rows, self.weights)
        self.log.append(
            {"epoch": number, "train": lost / seen, "valid": scores, "seconds": spent, "tokens_per_s": seen / spent}
        )
        print(self.log[-1], flush=True)
        return scores["all"]

    def keep(self) -> None:
        """Write matrices, settings and log."""
        self.args.out.parent.mkdir(parents=True, exist_ok=True)
        torch.save({"alpha": self.args.alpha, "tensors": state(self.adapters)}, self.args.out)
        self.record()

    def record(self) -> None:
        """Write settings and log beside the matrices."""
        settings = {k: v.name if isinstance(v, Path) else v for k, v in vars(self.args).items()}
        body = {"settings": settings, "samples": len(self.train), "validation": len(self.valid), "log": self.log}
        self.args.out.with_suffix(".json").write_text(json.dumps(body, indent=1), encoding="utf-8")


def warm_cosine(step: int, total: int, floor: float) -> float:
    """Learning rate factor: 20 steps of warming up, then a cosine down to `floor`."""
    falling = 0.5 * (1 + math.cos(math.pi * min(1.0, step / max(1, total))))
    return min((step + 1) / 20, floor + (1 - floor) * falling)


def main() -> None:
    """Train; the best state on unseen occupations is what stays."""
    args = parse_args()
    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)
    run = Run(args)
    print(len(run.train), "train", len(run.valid), "valid", flush=True)
    if not args.resume:  # where a run goes on, the one before it has measured this
        run.log.append({"epoch": 0, "valid": validate(run.model, run.valid, run.rows, run.weights)})
        print(run.log[0], flush=True)
    best, stale = float("inf"), 0
    for number in range(1, args.epochs + 1):
        loss = run.epoch(number)
        stale = 0 if loss < best else stale + 1
        if loss < best:
            best = loss
            run.keep()
        if stale > args.patience:
            break
    run.record()


if __name__ == "__main__":
    main()
