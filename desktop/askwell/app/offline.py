# SPDX-License-Identifier: Apache-2.0
"""The offline promise, enforced in the process: no internet socket unless IT allowed its address.

Local sockets (the display server, pipes) are not the network and stay. The worker process of the engine has a stricter
guard of its own.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from typing import Any

from askwell.domain.errors import UsageError

_NETWORK = {socket.AF_INET, socket.AF_INET6}
_installed = False
_allowed: frozenset[str] = frozenset()
attempts: list[str] = []
"""Refused destinations since the start; the window shows them as the proof that there were none."""


def install(allowed: Iterable[str] = ()) -> None:
    """Guard `connect`, `connect_ex` and `sendto` of every socket from now on; `allowed` are host names or addresses."""
    global _installed, _allowed
    _allowed = frozenset(allowed)
    if _installed:
        return
    _installed = True
    for name in ("connect", "connect_ex", "sendto"):
        _guard(name)


def _guard(name: str) -> None:
    original: Callable[..., Any] = getattr(socket.socket, name)

    def guarded(self: socket.socket, *arguments: Any) -> Any:
        address = arguments[-1]
        if self.family in _NETWORK and isinstance(address, tuple) and str(address[0]) not in _allowed:
            attempts.append(f"{address[0]}:{address[1]}")
            raise UsageError.of("offline_refused", address=str(address[0]))
        return original(self, *arguments)

    setattr(socket.socket, name, guarded)
