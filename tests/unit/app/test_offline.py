# SPDX-License-Identifier: Apache-2.0
"""The offline promise holds inside the process."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
CODE = """
import socket, sys
sys.path.insert(0, {desktop!r})
from askwell.app import offline
from askwell.domain.errors import UsageError
offline.install({allowed!r})
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=2).close()
    print("open")
except UsageError:
    print("refused", len(offline.attempts))
except OSError:
    print("open")  # past the guard; without any network even the loopback is down
left, right = socket.socketpair()
left.send(b"local")
print(right.recv(5).decode())
"""


def run(allowed: tuple[str, ...], port: int) -> str:
    code = CODE.format(desktop=str(ROOT / "desktop"), allowed=allowed, port=port)
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_a_connection_is_refused_even_to_this_machine_and_counted() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert run((), server.getsockname()[1]).startswith("refused 1")


def test_an_address_that_it_allowed_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        assert run(("127.0.0.1",), server.getsockname()[1]).startswith("open")


def test_local_sockets_stay_usable() -> None:
    assert "local" in run((), 9)
