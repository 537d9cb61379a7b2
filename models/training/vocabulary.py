# SPDX-License-Identifier: Apache-2.0
"""Which tokens the starter model keeps: `python models/training/vocabulary.py`.

Kept are: control and byte tokens; everything in Chinese characters and kana; marks and symbols; the frequent tokens in
Latin letters (Gemma numbers its tokens by frequency); and all tokens of the corpus and of the app's own texts. A token
is put together from shorter ones, so for each the steps that lead to it are kept too. The check at the end tokenises
all those texts with both models: the pieces must be the same, or the adapter would meet words that it never saw.
"""

from __future__ import annotations

import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import gguf
import llama_cpp
import numpy as np
from house import STARTER, whole_model

from data import CORPUS, RESOURCES, ROOT, read_records, render

sys.path.insert(0, str(STARTER))
from trim import trim, write_kept

# isort: split
from askwell.writing.prompts import load_layout

KEPT = STARTER / "kept-tokens.bin"
FREQUENT_LATIN = 65_536
NORMAL = 1  # token_type of an ordinary token
SPACE = "\u2581"
_CJK = re.compile("[\u3005\u3007\u3041-\u30ff\u3400-\u9fff\uf900-\ufaff]")
_LATIN = re.compile(f"[\\x00-\\x7f\u00a0-\u024f{SPACE}‘’“”–—…·•€]*")


def wanted(text: str, number: int) -> bool:
    """Whether an ordinary token stays for its alphabet."""
    if _CJK.search(text):
        return True
    if _LATIN.fullmatch(text):
        return number < FREQUENT_LATIN
    return len(text) <= 2 and not any(unicodedata.category(one)[0] in "LMC" for one in text)


def texts() -> Iterator[str]:
    """Everything that must be cut into the same pieces as before."""
    for record in read_records(CORPUS):
        yield from render(record, load_layout(RESOURCES, record["lang"]))
    for folder in (RESOURCES, ROOT / "tests" / "data" / "evaluation"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".yaml", ".json", ".jsonl", ".csv", ".md"):
                yield from path.read_text(encoding="utf-8", errors="ignore").splitlines()


class Words:
    """A vocabulary through llama.cpp itself."""

    def __init__(self, path: Path) -> None:
        params = llama_cpp.llama_model_default_params()
        params.vocab_only = True
        self._model = llama_cpp.llama_model_load_from_file(str(path).encode(), params)
        self._vocab = llama_cpp.llama_model_get_vocab(self._model)

    def tokens(self, text: str) -> list[int]:
        """Ids of a text, no special tokens."""
        data = text.encode()
        room = len(data) + 8
        out = (llama_cpp.llama_token * room)()
        return list(out[: llama_cpp.llama_tokenize(self._vocab, data, len(data), out, room, False, False)])


def steps(text: str, ids: dict[str, int], scores: list[float]) -> set[int]:
    """Tokens made on the way to `text`: neighbours that are a token are joined, the best score first, the leftmost of
    equals (the rule of llama.cpp's `llama` tokenizer)."""
    parts, made = list(text), set[int]()
    while True:
        joined = (a + b for a, b in pairwise(parts))
        pairs = [(scores[ids[one]], -at) for at, one in enumerate(joined) if one in ids]
        if not pairs:
            return made | {ids[part] for part in parts if part in ids}
        at = -max(pairs)[1]
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
        made.add(ids[parts[at]])


def main() -> None:
    """Choose, write, and check."""
    source = whole_model()
    reader: Any = gguf.GGUFReader(source)
    pieces: list[str] = reader.fields["tokenizer.ggml.tokens"].contents()
    scores: list[float] = reader.fields["tokenizer.ggml.scores"].contents()
    kinds: list[int] = reader.fields["tokenizer.ggml.token_type"].contents()
    ids = {piece: number for number, piece in enumerate(pieces)}
    full, corpus = Words(source), list(texts())
    special = {n for n, piece in enumerate(pieces) if kinds[n] != NORMAL and not piece.startswith("<unused")}
    keep = special | {n for n, piece in enumerate(pieces) if kinds[n] == NORMAL and wanted(piece, n)}
    keep |= {token for text in corpus for token in full.tokens(text)}
    for number in sorted(keep):
        if kinds[number] == NORMAL and (number >= FREQUENT_LATIN or not _LATIN.fullmatch(pieces[number])):
            keep |= steps(pieces[number], ids, scores)
    order = np.array(sorted(keep))
    write_kept(KEPT, order, len(pieces))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "trimmed.gguf"
        trim(source, KEPT, target)
        small = Words(target)
        other = [text for text in corpus if [int(order[token]) for token in small.tokens(text)] != full.tokens(text)]
    print(f"{len(order)} of {len(pieces)} tokens stay; {len(other)} of {len(corpus)} texts are cut otherwise")
    for text in other[:20]:
        print("  ", text)


if __name__ == "__main__":
    main()
