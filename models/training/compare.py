# SPDX-License-Identifier: Apache-2.0
"""Does llama.cpp with the exported adapter say what PyTorch says?

    python models/training/compare.py dump IN.pt OUT.npz          (training environment)
    .venv/bin/python models/training/compare.py check OUT.npz ADAPTER.gguf     (the app's environment)

`dump` stores, for held-out prompts, the token ids, 40 greedy tokens and the logits after the prompt; `check` does the
same with llama.cpp and prints the share of identical tokens and the correlation of the logits.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from data import encode, read_records, split_by_position

PROMPTS, LENGTH = 50, 40


def dump(source: Path, target: Path, rank: int) -> None:
    """Greedy continuations in PyTorch."""
    import torch
    from base import load_base, output_rows
    from lora import attach, load_state

    model, tokenizer = load_base()
    load_state(attach(model, rank, 2.0 * rank), source)
    weights = output_rows(model)
    held = encode(split_by_position(read_records())[1][:: max(1, 300 // PROMPTS)][:PROMPTS], tokenizer)
    prompts, written, logits = [], [], []
    with torch.no_grad():
        for sample in held:
            ids = list(sample.ids[: sample.start])
            prompts.append(list(ids))
            for step in range(LENGTH):
                hidden = model.model(input_ids=torch.tensor([ids])).last_hidden_state[0, -1]
                scores = hidden @ weights.T
                if step == 0:
                    logits.append(scores.numpy())
                ids.append(int(scores.argmax()))
            written.append(ids[sample.start :])
    np.savez_compressed(target, logits=np.stack(logits), written=np.array(written), prompts=json.dumps(prompts))


def check(stored: Path, adapter: Path) -> dict[str, float]:
    """The same with llama.cpp."""
    from house import whole_model
    from llama_cpp import Llama

    data = np.load(stored)
    model = Llama(str(whole_model()), lora_path=str(adapter), n_ctx=1024, logits_all=True, verbose=False)
    same, whole, correlations = [], [], []
    for prompt, wanted, scores in zip(json.loads(str(data["prompts"])), data["written"], data["logits"], strict=True):
        model.reset()
        model.eval(prompt)
        correlations.append(float(np.corrcoef(model.scores[len(prompt) - 1], scores)[0, 1]))
        got = []
        for _ in range(LENGTH):
            got.append(int(model.scores[model.n_tokens - 1].argmax()))
            model.eval(got[-1:])
        hits = [a == b for a, b in zip(got, wanted, strict=True)]
        same.append(hits.index(False) if False in hits else LENGTH)
        whole.append(all(hits))
    return {
        "prompts": len(same),
        "identical_for_40_tokens": round(sum(whole) / len(whole), 3),
        "mean_identical_tokens": round(sum(same) / len(same), 1),
        "logit_correlation_mean": round(float(np.mean(correlations)), 5),
        "logit_correlation_min": round(float(np.min(correlations)), 5),
    }


def main() -> None:
    """Dump or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("dump", "check"))
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--rank", type=int, default=32)
    args = parser.parse_args()
    if args.what == "dump":
        dump(args.first, args.second, args.rank)
    else:
        print(json.dumps(check(args.first, args.second), indent=1))


if __name__ == "__main__":
    main()
