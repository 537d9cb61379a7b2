# SPDX-License-Identifier: Apache-2.0
"""Train the writing adapter on the GGUF that ships: `python models/training/train.py`.

The weights are the dequantised Q4_K_M file, so the adapter learns to live with the quantised model. Loss on the written
part only; the softmax runs over the rows that the corpus uses, frequent rows and a random sample a step instead of all
262,144. Validation is on occupations that training never saw; the best state is exported.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
from pathlib import Path

import torch
from lora import attach, state, write_gguf
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from data import CORPUS, ROOT, Sample, batches, encode, read_records, split_by_position

STARTER = ROOT / "models" / "starter"
BASE = "gemma-3-270m-q4_k_m.gguf"


def load_base(cache: Path) -> tuple[torch.nn.Module, object]:
    """The base model and tokenizer; the slow conversion from GGUF is kept in `cache`."""
    if not (cache / "weights.pt").exists():
        AutoTokenizer.from_pretrained(STARTER, gguf_file=BASE).save_pretrained(cache)
        loaded = AutoModelForCausalLM.from_pretrained(STARTER, gguf_file=BASE, dtype=torch.float32)
        config = loaded.config.to_dict()
        config.pop("quantization_config", None)
        (cache / "config.json").write_text(json.dumps(config, default=str), encoding="utf-8")
        torch.save(loaded.state_dict(), cache / "weights.pt")
    model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(cache), dtype=torch.float32)
    model.load_state_dict(torch.load(cache / "weights.pt", weights_only=True))
    return model, AutoTokenizer.from_pretrained(cache)


def used_rows(samples: list[Sample], frequent: int) -> torch.Tensor:
    """Vocabulary rows of the corpus and the first `frequent` rows of the tokenizer (its most frequent merges)."""
    rows = {token for sample in samples for token in sample.ids}
    rows |= set(range(frequent))
    return torch.tensor(sorted(rows))


def batch_loss(
    model: torch.nn.Module, group: list[Sample], rows: torch.Tensor, weights: torch.Tensor
) -> tuple[torch.Tensor, int]:
    """Summed cross-entropy over the written tokens of a batch, and their number. `weights`: output rows."""
    length = max(len(sample.ids) for sample in group)
    ids = torch.zeros(len(group), length, dtype=torch.long)
    mask = torch.zeros(len(group), length, dtype=torch.long)
    wanted = torch.zeros(len(group), length, dtype=torch.bool)
    for row, sample in enumerate(group):
        n = len(sample.ids)
        ids[row, :n] = torch.tensor(sample.ids)
        mask[row, :n] = 1
        wanted[row, sample.start - 1 : n - 1] = True
    hidden = model.model(input_ids=ids, attention_mask=mask).last_hidden_state  # type: ignore[operator, union-attr]
    targets = torch.roll(ids, -1, 1)[wanted]
    logits = hidden[wanted] @ weights[rows].T
    index = torch.searchsorted(rows, targets)
    return torch.nn.functional.cross_entropy(logits, index, reduction="sum"), len(targets)


def validate(
    model: torch.nn.Module, samples: list[Sample], rows: torch.Tensor, weights: torch.Tensor
) -> dict[str, float]:
    """Mean loss per token by language and over all."""
    sums: dict[str, list[float]] = {}
    with torch.no_grad():
        for group in batches(samples, 8, 0):
            for lang in {sample.lang for sample in group}:
                part = [sample for sample in group if sample.lang == lang]
                loss, count = batch_loss(model, part, rows, weights)
                total = sums.setdefault(lang, [0.0, 0.0])
                total[0] += float(loss)
                total[1] += count
    out = {lang: loss / count for lang, (loss, count) in sums.items()}
    out["all"] = sum(loss for loss, _ in sums.values()) / sum(count for _, count in sums.values())
    return out


def parse_args() -> argparse.Namespace:
    """The knobs, with the values of the shipped adapter."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=STARTER / "askwell-writer-v1.gguf")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "base-f32")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    parser.add_argument("--rank", type=int, default=16)
    parser.add_argument("--alpha", type=float, default=32.0)
    parser.add_argument("--lr", type=float, default=4e-4)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--frequent", type=int, default=5500)
    parser.add_argument("--random-rows", type=int, default=1500)
    parser.add_argument("--valid-share", type=float, default=0.06)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--patience", type=int, default=1)
    return parser.parse_args()


def main() -> None:
    """Train, keep the best state on unseen occupations, export, and write the record beside it."""
    args = parse_args()
    torch.manual_seed(args.seed)
    torch.set_flush_denormal(True)
    random.seed(args.seed)
    model, tokenizer = load_base(args.cache)
    train_records, valid_records = split_by_position(read_records(args.corpus), args.valid_share, args.seed)
    train, valid = encode(train_records, tokenizer), encode(valid_records, tokenizer)  # type: ignore[arg-type]
    rows = used_rows(train + valid, args.frequent)
    adapters = attach(model, args.rank, args.alpha)
    weights = model.model.embed_tokens.weight.detach()  # type: ignore[union-attr]
    trained = [p for adapter in adapters.values() for p in (adapter.lora_a, adapter.lora_b)]
    optimizer = torch.optim.AdamW(trained, lr=args.lr, weight_decay=0.01, betas=(0.9, 0.98))
    total = args.epochs * math.ceil(len(train) / args.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / 20, 0.08 + 0.92 * 0.5 * (1 + math.cos(math.pi * min(1.0, s / total))))
    )
    log: list[dict[str, object]] = [{"epoch": 0, "valid": validate(model, valid, rows, weights)}]
    print(len(train), "train", len(valid), "valid", log[0], flush=True)
    best, best_loss, stale = state(adapters), float("inf"), 0
    for epoch in range(1, args.epochs + 1):
        spent, seen, lost = time.time(), 0, 0.0
        for step, group in enumerate(batches(train, args.batch, args.seed + epoch)):
            extra = torch.randint(args.frequent, weights.shape[0], (args.random_rows,))
            step_rows = torch.unique(torch.cat([rows, extra]))
            loss, count = batch_loss(model, group, step_rows, weights)
            (loss / count).backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            seen, lost = seen + count, lost + float(loss)
            if step % 20 == 0:
                print(
                    f"epoch {epoch} step {step} loss {lost / seen:.3f} {seen / (time.time() - spent):.0f} tok/s",
                    flush=True,
                )
        scores = validate(model, valid, rows, weights)
        log.append({"epoch": epoch, "train": lost / seen, "valid": scores, "seconds": time.time() - spent})
        print(log[-1], flush=True)
        stale = 0 if scores["all"] < best_loss else stale + 1
        if scores["all"] < best_loss:
            best, best_loss = state(adapters), scores["all"]
            write_gguf(best, args.alpha, args.out, "askwell writer v1")
        if stale > args.patience:
            break
    record = {
        "settings": {k: str(v) if isinstance(v, Path) else v for k, v in vars(args).items()},
        "samples": len(train),
        "log": log,
    }
    for name in ("out", "cache", "corpus"):
        record["settings"][name] = getattr(args, name).name
    args.out.with_suffix(".json").write_text(json.dumps(record, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
