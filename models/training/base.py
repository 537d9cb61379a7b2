# SPDX-License-Identifier: Apache-2.0
"""The base model in PyTorch, read from the very GGUF that ships, and the loss on the written part of samples."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import torch
from house import ROOT, whole_model
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer

from data import Sample, batches

CACHE = ROOT / ".cache" / "base-f32"


def load_base(cache: Path = CACHE) -> tuple[torch.nn.Module, object]:
    """The base model and tokenizer; the slow conversion from GGUF is kept in `cache`."""
    if not (cache / "weights.pt").exists():
        source = whole_model()
        AutoTokenizer.from_pretrained(source.parent, gguf_file=source.name).save_pretrained(cache)
        loaded = AutoModelForCausalLM.from_pretrained(source.parent, gguf_file=source.name, dtype=torch.float32)
        config = loaded.config.to_dict()
        config.pop("quantization_config", None)
        (cache / "config.json").write_text(json.dumps(config, default=str), encoding="utf-8")
        torch.save(loaded.state_dict(), cache / "weights.pt")
    model = AutoModelForCausalLM.from_config(AutoConfig.from_pretrained(cache), dtype=torch.float32)
    model.load_state_dict(torch.load(cache / "weights.pt", weights_only=True))
    return model, AutoTokenizer.from_pretrained(cache)


def output_rows(model: torch.nn.Module) -> torch.Tensor:
    """The tied embedding, which is the output layer too: (vocabulary, width), frozen."""
    return model.model.embed_tokens.weight.detach()  # type: ignore[union-attr]


def used_rows(samples: Sequence[Sample], frequent: int) -> torch.Tensor:
    """Vocabulary rows of the corpus and the first `frequent` rows of the tokenizer (its most frequent merges)."""
    rows = {token for sample in samples for token in sample.ids}
    return torch.tensor(sorted(rows | set(range(frequent))))


def padded(group: Sequence[Sample]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Token ids, attention mask, and the places whose next token is written: three tensors (samples, length)."""
    length = max(len(sample.ids) for sample in group)
    ids = torch.zeros(len(group), length, dtype=torch.long)
    mask = torch.zeros(len(group), length, dtype=torch.long)
    wanted = torch.zeros(len(group), length, dtype=torch.bool)
    for row, sample in enumerate(group):
        n = len(sample.ids)
        ids[row, :n] = torch.tensor(sample.ids)
        mask[row, :n] = 1
        wanted[row, sample.start - 1 : n - 1] = True
    return ids, mask, wanted


def batch_loss(
    model: torch.nn.Module, group: Sequence[Sample], rows: torch.Tensor, weights: torch.Tensor
) -> tuple[torch.Tensor, int]:
    """Summed cross-entropy over the written tokens of a batch, and their number. `weights`: all output rows."""
    ids, mask, wanted = (part.to(weights.device) for part in padded(group))
    hidden = model.model(input_ids=ids, attention_mask=mask).last_hidden_state  # type: ignore[operator, union-attr]
    targets = torch.roll(ids, -1, 1)[wanted]
    logits = hidden[wanted] @ weights[rows].T
    index = torch.searchsorted(rows, targets)
    return torch.nn.functional.cross_entropy(logits, index, reduction="sum"), len(targets)


def validate(
    model: torch.nn.Module, samples: Sequence[Sample], rows: torch.Tensor, weights: torch.Tensor
) -> dict[str, float]:
    """Mean loss per written token: by task and language (`write.zh`), and over all (`all`)."""
    sums: dict[str, tuple[float, int]] = {}
    with torch.no_grad():
        for name in sorted({f"{one.task}.{one.lang}" for one in samples}):
            part = [one for one in samples if f"{one.task}.{one.lang}" == name]
            for group in batches(part, 8, 0):
                loss, count = batch_loss(model, group, rows, weights)
                before = sums.get(name, (0.0, 0))
                sums[name] = (before[0] + float(loss), before[1] + count)
    out = {name: loss / count for name, (loss, count) in sums.items()}
    out["all"] = sum(loss for loss, _ in sums.values()) / max(1, sum(count for _, count in sums.values()))
    return out
