# SPDX-License-Identifier: Apache-2.0
"""Which tokens a script may use.

A small base model slips into other alphabets. Taking those tokens away before the draw costs less than drawing again,
and makes the sampler cheaper (tens of thousands of logits to look at, not a quarter of a million). A token belongs to
a script when all of its text does; tokens with incomplete UTF-8, markup and special tokens belong to none.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

from askwell.engine.backends.base import Vocabulary
from askwell.engine.sampling import Tokens

VERSION = 1
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_KANA = "\u3041-\u3096\u3099-\u309f\u30a1-\u30ff"
_CJK_MARKS = "\u3001-\u3003\u3008-\u3011\u3014-\u301b！＂％＆＇（）＋，－．／：；＜＝＞？～“”‘’—…·•"
_COMMON = r"0-9 ,.:;?!'\"()\-/%+&"
_ASCII = r"A-Za-z0-9 !\"#$%&'()*+,\-./:;?@"
_LATIN_MARKS = "‘’“”–—…"
_ALPHABETS = {
    "zh": _HAN + _CJK_MARKS + _COMMON,
    "ja": _HAN + _KANA + _CJK_MARKS + _COMMON,
    "en": _ASCII + _LATIN_MARKS,
    "es": _ASCII + _LATIN_MARKS + "À-ÖØ-öø-ÿ¿¡ªº«»°€",
}
_NEWLINES = ("\n", "\n\n")
_MARKS_ONLY = re.compile(r"[\W_]{4,}")
_LATIN_WORD = re.compile(r"[A-Za-z0-9À-ÖØ-öø-ÿ][A-Za-z0-9À-ÖØ-öø-ÿ+#&.\-/]*")
_LONGEST_WORD = 24
_CHECK_EVERY = 4096


def belongs(piece: bytes, script: str) -> bool:
    """Whether all of a token's text is of the script."""
    return _fits(piece, re.compile(f"[{_ALPHABETS[script]}]+"))


def _fits(piece: bytes, alphabet: re.Pattern[str]) -> bool:
    try:
        text = piece.decode()
    except UnicodeDecodeError:
        return False
    if text in _NEWLINES:
        return True
    return bool(alphabet.fullmatch(text)) and "  " not in text and not _MARKS_ONLY.fullmatch(text)


class ScriptSets:
    """Allowed tokens by script, kept in memory and, given a folder, on disk under the hash of the model. `check` is
    called often while a set is made, which takes a second; it may raise to stop."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        model_sha256: str,
        folder: Path | None = None,
        check: Callable[[], None] = lambda: None,
    ) -> None:
        self._check = check
        self._vocabulary = vocabulary
        self._name = model_sha256[:16]
        self._folder = folder
        self._sets: dict[str, Tokens] = {}

    def allowed(self, script: str, allow_text: str = "") -> Tokens | None:
        """Sorted token ids, or None: no limit (no script, one unknown here, or nothing found)."""
        if script not in _ALPHABETS:
            return None
        base = self._base(script)
        if not allow_text:
            return base if len(base) else None
        extra = np.fromiter(self._extra(allow_text, wordwise=script in ("zh", "ja")), dtype=np.int32)
        return np.union1d(base, extra).astype(np.int32)

    def _base(self, script: str) -> Tokens:
        if script not in self._sets:
            self._sets[script] = self._read(script) if self._cached(script) else self._compute(script)
        return self._sets[script]

    def _compute(self, script: str) -> Tokens:
        alphabet = re.compile(f"[{_ALPHABETS[script]}]+")
        words = self._vocabulary
        chosen: list[int] = []
        for start in range(0, words.size, _CHECK_EVERY):
            self._check()
            block = range(start, min(start + _CHECK_EVERY, words.size))
            chosen += [
                token
                for token in block
                if (_fits(words.piece(token), alphabet) and words.is_plain(token)) or words.is_end(token)
            ]
        # EOG tokens alone would leave nothing to write with.
        tokens = np.array(chosen if any(words.piece(token) for token in chosen) else [], dtype=np.int32)
        self._write(script, tokens)
        return tokens

    def _extra(self, text: str, wordwise: bool) -> set[int]:
        words = self._vocabulary
        found = {token for variant in (text, " " + text) for token in words.tokenize(variant)}
        for word in set(_LATIN_WORD.findall(text)) if wordwise else ():
            found.update(self._parts(word[:_LONGEST_WORD]))
        return {token for token in found if words.is_plain(token) and _whole(words.piece(token))}

    def _parts(self, word: str) -> set[int]:
        """Every way to begin or go on with the word: after a Chinese character it may be cut otherwise than alone.
        Single letters are left out, they would open the door to any word."""
        words = self._vocabulary
        spans = {word[a:b] for a in range(len(word)) for b in range(a + 2, len(word) + 1)}
        variants = [words.tokenize(lead + span) for lead in ("", " ") for span in spans]
        return {tokens[0] for tokens in variants if len(tokens) == 1} | set(words.tokenize(word))

    def _file(self, script: str) -> Path | None:
        return self._folder / f"script-{script}-{self._name}-v{VERSION}.npy" if self._folder and self._name else None

    def _cached(self, script: str) -> bool:
        file = self._file(script)
        return file is not None and file.is_file()

    def _read(self, script: str) -> Tokens:
        file = self._file(script)
        try:
            tokens = np.load(str(file), allow_pickle=False).astype(np.int32)
        except (OSError, ValueError, EOFError):
            return self._compute(script)
        whole = tokens.ndim == 1 and len(tokens) and tokens[0] >= 0 and tokens[-1] < self._vocabulary.size
        return tokens if whole else self._compute(script)

    def _write(self, script: str, tokens: Tokens) -> None:
        file = self._file(script)
        if file is None:
            return
        part = file.with_suffix(f".{os.getpid()}.part.npy")
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            np.save(str(part), tokens)
            part.replace(file)
        except OSError:  # a cache that cannot be written only costs time
            part.unlink(missing_ok=True)


def _whole(piece: bytes) -> bool:
    try:
        return bool(piece.decode())
    except UnicodeDecodeError:
        return False
