# SPDX-License-Identifier: Apache-2.0
"""The command line: DESIGN's list of commands, each in `commands/`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import typer

from askwell import __version__
from askwell.cli.commands import (
    assist,
    batches,
    bench,
    demo,
    export,
    generate,
    imports,
    models,
    positions,
    records,
    review,
    selftest,
)

COMMANDS: tuple[ModuleType, ...] = (
    demo,
    imports,
    batches,
    positions,
    generate,
    records,
    assist,
    review,
    export,
    models,
    selftest,
    bench,
)

Screenshots = Callable[[Path, Path | None], int]


def build(screenshots: Screenshots) -> typer.Typer:
    """The command tree. `screenshots` comes from outside, because the command line knows no Qt."""
    app = typer.Typer(
        name="askwell",
        help="善问 Askwell — writes, reviews and exports structured interview questions; works without a network.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )

    @app.callback(invoke_without_command=True)
    def root(version: bool = typer.Option(False, "--version", help="Show the version and leave.")) -> None:
        if version:
            typer.echo(f"askwell {__version__}")
            raise typer.Exit

    for module in COMMANDS:
        module.register(app)

    @app.command("screenshots")
    def take(folder: Path, data_dir: Path | None = typer.Option(None, "--data-dir")) -> None:
        """Draw every screen, light and dark, in Chinese and English, into a folder."""
        raise typer.Exit(screenshots(folder, data_dir))

    return app


def run(arguments: Sequence[str], screenshots: Screenshots) -> int:
    """Run one command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        build(screenshots)(list(arguments), standalone_mode=True)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    return 0
