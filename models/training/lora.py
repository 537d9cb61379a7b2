# SPDX-License-Identifier: Apache-2.0
"""Low-rank adapters (Hu et al. 2021, arXiv:2106.09685) on the linear layers of Gemma 3, and their GGUF form."""

from __future__ import annotations

import math
from pathlib import Path

import gguf
import torch
from torch import nn

# transformers' module name → llama.cpp's tensor name
TARGETS = {
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


class LoraLinear(nn.Module):
    """`y = W x + (alpha / rank) · B A x`, W frozen."""

    def __init__(self, base: nn.Linear, rank: int, alpha: float) -> None:
        super().__init__()
        self.base = base
        self.scale = alpha / rank
        self.lora_a = nn.Parameter(torch.empty(rank, base.in_features))
        self.lora_b = nn.Parameter(torch.zeros(base.out_features, rank))
        nn.init.kaiming_uniform_(self.lora_a, a=math.sqrt(5))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """The frozen layer's output plus the low-rank correction."""
        return self.base(x) + (x @ self.lora_a.T) @ self.lora_b.T * self.scale


def attach(model: nn.Module, rank: int, alpha: float) -> dict[str, LoraLinear]:
    """Freeze the model and wrap every target; returns the adapters by llama.cpp tensor name."""
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    attached: dict[str, LoraLinear] = {}
    for index, layer in enumerate(model.model.layers):  # type: ignore[union-attr, arg-type]
        for path, tensor in TARGETS.items():
            parent = layer.get_submodule(path.rsplit(".", 1)[0])
            leaf = path.rsplit(".", 1)[1]
            wrapped = LoraLinear(getattr(parent, leaf), rank, alpha)
            setattr(parent, leaf, wrapped)
            attached[f"blk.{index}.{tensor}.weight"] = wrapped
    return attached


def state(adapters: dict[str, LoraLinear]) -> dict[str, torch.Tensor]:
    """A copy of the trained matrices."""
    out = {}
    for name, adapter in adapters.items():
        out[f"{name}.lora_a"] = adapter.lora_a.detach().cpu().clone()
        out[f"{name}.lora_b"] = adapter.lora_b.detach().cpu().clone()
    return out


def load_state(adapters: dict[str, LoraLinear], path: Path) -> float:
    """Put stored matrices (`.pt` of a run, or an exported `.gguf` in float16) into the adapters; returns their alpha.

    Matrices of a lower rank fill the first rows and columns, the rest stays as it begins: B is zero there, so a larger
    adapter starts by doing just what the smaller one did (at the same alpha / rank).
    Raises KeyError where they belong to another model, RuntimeError where they have a higher rank.
    """
    alpha, tensors = read_gguf(path) if path.suffix == ".gguf" else read_pt(path)
    for name, adapter in adapters.items():
        rank = tensors[f"{name}.lora_a"].shape[0]
        adapter.lora_a.data[:rank].copy_(tensors[f"{name}.lora_a"])
        adapter.lora_b.data[:, :rank].copy_(tensors[f"{name}.lora_b"])
    return alpha


def read_pt(path: Path) -> tuple[float, dict[str, torch.Tensor]]:
    """Alpha and matrices as `train.py` stores them."""
    stored = torch.load(path, weights_only=True, map_location="cpu")
    return float(stored["alpha"]), stored["tensors"]


def read_gguf(path: Path) -> tuple[float, dict[str, torch.Tensor]]:
    """Alpha and matrices of a float16 llama.cpp adapter."""
    reader = gguf.GGUFReader(path)
    alpha = float(reader.fields["adapter.lora.alpha"].contents())
    return alpha, {one.name: torch.from_numpy(one.data.astype("float32")) for one in reader.tensors}
