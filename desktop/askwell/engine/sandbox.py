# SPDX-License-Identifier: Apache-2.0
"""A belt for the worker: even if a model file made llama.cpp's host run foreign Python, it would get no socket."""

from __future__ import annotations

import socket
import sys
from typing import NoReturn


def forbid_network() -> None:
    """No socket in this process: the audit hook cannot be taken off again, the replaced names fail early."""

    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise PermissionError("the engine process opens no sockets")

    def hook(event: str, _args: tuple[object, ...]) -> None:
        if event.startswith("socket."):
            refuse()

    sys.addaudithook(hook)
    for name in ("socket", "socketpair", "create_connection", "create_server", "fromfd"):
        setattr(socket, name, refuse)
