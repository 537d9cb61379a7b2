# SPDX-License-Identifier: Apache-2.0
"""How many threads are worth starting: one a physical core, since SMT siblings share the units that decode."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def physical_cores() -> int:
    """Physical cores open to this process; at least 1."""
    if sys.platform == "linux":
        return _linux_cores(Path("/sys/devices/system/cpu"), os.sched_getaffinity(0))
    logical = os.cpu_count() or 1
    if sys.platform == "darwin":
        return _darwin_cores(logical)
    # Windows has no cheap call for it; SMT is usual from four logical processors on.
    return logical if logical < 4 else logical // 2


def _linux_cores(root: Path, allowed: set[int]) -> int:
    groups: set[str] = set()
    for cpu in sorted(allowed):
        try:
            groups.add((root / f"cpu{cpu}/topology/thread_siblings_list").read_text().strip())
        except OSError:
            groups.add(str(cpu))
    return max(1, len(groups))


def _darwin_cores(logical: int) -> int:
    # Performance cores only: an efficiency core makes every barrier wait for it.
    try:
        found = subprocess.run(
            ["/usr/sbin/sysctl", "-n", "hw.perflevel0.physicalcpu"],
            capture_output=True,
            text=True,
            timeout=2,
            check=True,
        )
        return max(1, int(found.stdout))
    except (OSError, ValueError, subprocess.SubprocessError):
        return logical
