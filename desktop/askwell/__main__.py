# SPDX-License-Identifier: Apache-2.0
"""The entrance: the window without arguments, else the command line."""

from __future__ import annotations

import multiprocessing
import sys
from pathlib import Path


def main() -> int:
    """Start what was asked for; the process's exit code."""
    multiprocessing.freeze_support()
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 2 and arguments[0] == "--data-dir"):
        return _window(Path(arguments[1]) if arguments else None)
    from askwell.cli.main import run

    return run(arguments, _screenshots)


def _window(data_dir: Path | None) -> int:
    from askwell.ui.main import start

    return int(start(data_dir))


def _screenshots(folder: Path, data_dir: Path | None) -> int:
    from askwell.ui.screenshots import take

    return int(take(folder, data_dir))


if __name__ == "__main__":
    sys.exit(main())
