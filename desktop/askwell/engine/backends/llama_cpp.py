# SPDX-License-Identifier: Apache-2.0
"""llama.cpp through the low-level C API of llama-cpp-python.

The high-level `Llama` class is not used: it knows one sequence only, turns mmap off for an adapter and cannot be
stopped. Traps held here (facts/engine.md): unified and full SWA cache always, adapter after the model, `seq_pos_min`
looked at after every cut, reasons for a refusal only in the log callback.
"""

from __future__ import annotations

import ctypes
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from askwell.engine.backends.base import RESERVED_SEQUENCES, Entry, LoadedModel, Logits
from askwell.engine.config import EngineConfig
from askwell.engine.faults import AbortedError, engine_error
from askwell.engine.governor import Governor

BATCH = 512
UBATCH = 128
MAX_OUTPUTS = 32
# Below this the callback costs more than it saves: such a batch is over in well under 100 ms.
ABORT_FROM_TOKENS = 24
_PLAIN_EXCLUDED = 1 | 2 | 8 | 32  # LLAMA_TOKEN_ATTR_: UNKNOWN, UNUSED, CONTROL, BYTE
_LOG_WARN, _LOG_ERROR = 3, 4


class LlamaCppBackend:
    """GGUF files through llama-cpp-python."""

    name = "llama.cpp"

    def accepts(self, path: Path) -> bool:
        """Whether the file begins like a GGUF file."""
        try:
            with path.open("rb") as file:
                return file.read(4) == b"GGUF"
        except OSError:
            return False

    def version(self) -> str:
        """Name and version of the binding."""
        self._library()
        import llama_cpp

        return f"llama-cpp-python {llama_cpp.__version__}"

    def load(self, config: EngineConfig, stop: Callable[[], bool], beat: Callable[[], None]) -> LoadedModel:
        """Load model, then adapter. Raises EngineError with llama.cpp's own reason."""
        return _LlamaModel(self._library(), config, stop, beat)

    @staticmethod
    def _library() -> Any:
        try:
            from llama_cpp import llama_cpp
        except (ImportError, OSError, RuntimeError, AttributeError) as error:
            raise engine_error("engine_no_llama", detail=str(error)) from error
        return llama_cpp


def _go_on(stop: Callable[[], bool], beat: Callable[[], None]) -> bool:
    beat()
    return not stop()


class _LlamaVocabulary:
    def __init__(self, lib: Any, model: Any) -> None:
        self._lib = lib
        self._vocab = lib.llama_model_get_vocab(model)
        self._buffer = ctypes.create_string_buffer(1024)
        self._pieces: dict[int, bytes] = {}
        self.size = int(lib.llama_vocab_n_tokens(self._vocab))

    def tokenize(self, text: str, special: bool = False) -> list[int]:
        data = text.encode()
        room = len(data) + 8
        tokens = (self._lib.llama_token * room)()
        count = self._lib.llama_tokenize(self._vocab, data, len(data), tokens, room, special, False)
        if count < 0:
            raise engine_error("engine_died", file="", detail="tokenizer")
        return list(tokens[:count])

    def piece(self, token: int) -> bytes:
        known = self._pieces.get(token)
        if known is None:
            length = self._lib.llama_token_to_piece(self._vocab, token, self._buffer, 1024, 0, False)
            known = self._buffer.raw[:length] if length > 0 else b""
            self._pieces[token] = known
        return known

    def is_end(self, token: int) -> bool:
        return bool(self._lib.llama_vocab_is_eog(self._vocab, token))

    def is_plain(self, token: int) -> bool:
        return not self._lib.llama_vocab_get_attr(self._vocab, token) & _PLAIN_EXCLUDED


class _LlamaModel:
    """Owner of the C handles; they are freed in the reverse order of their making."""

    max_outputs = MAX_OUTPUTS

    def __init__(self, lib: Any, config: EngineConfig, stop: Callable[[], bool], beat: Callable[[], None]) -> None:
        self._lib = lib
        self._stop = stop
        self._log: deque[str] = deque(maxlen=12)
        self._model: Any = None
        self._context: Any = None
        self._batch: Any = None
        # ctypes callbacks die with their last reference, and llama.cpp keeps only the address.
        self._on_log = lib.llama_log_callback(self._keep_log)
        self._on_load = lib.llama_progress_callback(lambda _part, _data: _go_on(stop, beat))
        self._on_abort = lib.ggml_abort_callback(lambda _data: stop())
        self._never = lib.ggml_abort_callback()
        self._governor = Governor(config.threads)
        self._threads = config.threads
        self._guarded = False
        lib.llama_log_set(self._on_log, ctypes.c_void_p(0))
        lib.llama_backend_init()
        try:
            self._load_model(config)
            self._open_context(config)
            self._set_adapter(config)
        except BaseException:
            self.close()
            raise

    def _keep_log(self, level: int, text: bytes, _data: Any) -> None:
        if level in (_LOG_WARN, _LOG_ERROR):
            self._log.append(text.decode("utf-8", "replace").strip())

    def _reason(self) -> str:
        return " · ".join(list(self._log)[-3:])

    def _load_model(self, config: EngineConfig) -> None:
        params = self._lib.llama_model_default_params()
        params.n_gpu_layers = 0
        params.load_mode = self._lib.LLAMA_LOAD_MODE_MMAP
        params.progress_callback = self._on_load
        self._model = self._lib.llama_model_load_from_file(str(config.model).encode(), params)
        if not self._model:
            if self._stop():
                raise AbortedError
            raise engine_error("engine_model_refused", file=config.model.name, detail=self._reason())
        self.vocabulary = _LlamaVocabulary(self._lib, self._model)

    def _open_context(self, config: EngineConfig) -> None:
        params = self._lib.llama_context_default_params()
        params.n_ctx = config.n_ctx
        params.n_batch, params.n_ubatch = BATCH, UBATCH
        # llama.cpp aborts the process where there are more sequences than rows for their logits.
        params.n_seq_max = min(config.n_parallel + RESERVED_SEQUENCES, MAX_OUTPUTS)
        # One row of logits is 1 MiB on a 262k vocabulary; the default reserves one for every token of a batch.
        params.n_outputs_max = MAX_OUTPUTS
        params.n_outputs_max_per_seq = 0
        params.n_threads = params.n_threads_batch = config.threads
        params.kv_unified = params.swa_full = True
        self._context = self._lib.llama_init_from_model(self._model, params)
        if not self._context:
            raise engine_error("engine_model_refused", file=config.model.name, detail=self._reason())
        self._memory = self._lib.llama_get_memory(self._context)
        self._batch = self._lib.llama_batch_init(BATCH, 0, 1)
        self.cells = int(self._lib.llama_n_ctx(self._context))
        self.longest = min(self.cells, int(self._lib.llama_model_n_ctx_train(self._model)))

    def _set_adapter(self, config: EngineConfig) -> None:
        if config.adapter is None:
            return
        self._log.clear()
        adapter = self._lib.llama_adapter_lora_init(self._model, str(config.adapter).encode())
        if not adapter:
            raise engine_error("engine_adapter_refused", file=config.adapter.name, detail=self._reason())
        adapters = (self._lib.llama_adapter_lora_p_ctypes * 1)(adapter)
        scales = (ctypes.c_float * 1)(config.adapter_scale)
        if self._lib.llama_set_adapters_lora(self._context, adapters, 1, scales) != 0:
            raise engine_error("engine_adapter_refused", file=config.adapter.name, detail=self._reason())

    def decode(self, entries: Sequence[Entry]) -> None:
        if self._stop():
            raise AbortedError
        self._guard(len(entries) >= ABORT_FROM_TOKENS)
        batch = self._batch
        for index, (token, position, sequence, wanted) in enumerate(entries):
            batch.token[index] = token
            batch.pos[index] = position
            batch.n_seq_id[index] = 1
            batch.seq_id[index][0] = sequence
            batch.logits[index] = wanted
        batch.n_tokens = len(entries)
        result = self._timed_decode(batch)
        if result == 2:
            raise AbortedError
        if result == 1:
            raise engine_error("engine_context_full", needed=len(entries), available=self.cells)
        if result != 0:
            raise engine_error("engine_died", file="", detail=self._reason() or f"decode {result}")

    def _timed_decode(self, batch: Any) -> int:
        tokens = int(batch.n_tokens)
        threads = self._governor.threads(tokens)
        if threads != self._threads:
            self._lib.llama_set_n_threads(self._context, threads, threads)
            self._threads = threads
        started = time.perf_counter()
        result = int(self._lib.llama_decode(self._context, batch))
        self._governor.note(tokens, threads, time.perf_counter() - started)
        return result

    def _guard(self, wanted: bool) -> None:
        if wanted != self._guarded:
            callback = self._on_abort if wanted else self._never
            self._lib.llama_set_abort_callback(self._context, callback, ctypes.c_void_p(0))
            self._guarded = wanted

    def logits(self, index: int) -> Logits:
        row = self._lib.llama_get_logits_ith(self._context, index)
        return np.ctypeslib.as_array(row, shape=(self.vocabulary.size,))

    def fork(self, source: int, target: int, length: int) -> None:
        self._lib.llama_memory_seq_rm(self._memory, target, -1, -1)
        if length:
            self._lib.llama_memory_seq_cp(self._memory, source, target, 0, length)

    def cut(self, sequence: int, length: int) -> bool:
        removed = self._lib.llama_memory_seq_rm(self._memory, sequence, length or -1, -1)
        # A cache that has slid past the cut says True all the same; only the first position tells.
        first = self._lib.llama_memory_seq_pos_min(self._memory, sequence)
        return bool(removed) and first == (0 if length else -1)

    def close(self) -> None:
        if self._batch is not None:
            self._lib.llama_batch_free(self._batch)
        if self._context:
            self._lib.llama_free(self._context)
        if self._model:
            self._lib.llama_model_free(self._model)
        self._batch = self._context = self._model = None
