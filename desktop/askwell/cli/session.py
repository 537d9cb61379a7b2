# SPDX-License-Identifier: Apache-2.0
"""What every command needs: its options, the catalogue's sentences, output for people or programs, exit codes."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from askwell.app.bootstrap import App, Core, build_app, build_core
from askwell.app.i18n import LANGUAGES
from askwell.domain.errors import AskwellError, UsageError

FINE, FINDINGS = 0, 1

JsonOption = Annotated[bool, typer.Option("--json", help="Write JSON for programs instead of text for people.")]
DataDirOption = Annotated[
    Path | None, typer.Option("--data-dir", help="Workspace folder; default: the user's data folder.")
]
UiLangOption = Annotated[str, typer.Option("--ui-lang", help="Language of the messages: zh, en, ja, es.")]


class Session:
    """One command run: builds what it needs, prints, and turns errors into sentences and exit codes."""

    def __init__(self, as_json: bool = False, data_dir: Path | None = None, ui_lang: str = "") -> None:
        self.as_json, self.data_dir = as_json, data_dir
        self.ui_lang = ui_lang or None
        self.out = Console(soft_wrap=True, highlight=False)
        self.err = Console(stderr=True, soft_wrap=True, highlight=False)
        self._core: Core | None = None

    @contextmanager
    def core(self) -> Iterator[Core]:
        """The parts that need no workspace; errors end the program with their exit code."""
        with self._guarded():
            core = build_core(self.data_dir, self._checked_lang())
            self._core = core
            try:
                yield core
            finally:
                core.close()

    @contextmanager
    def app(self) -> Iterator[App]:
        """Everything; errors end the program with their exit code."""
        with self._guarded():
            app = build_app(self.data_dir, self._checked_lang())
            self._core = app.core
            try:
                yield app
            finally:
                app.close()

    def say(self, key: str, **params: object) -> None:
        """A sentence for a person on standard output; nothing with --json."""
        if not self.as_json:
            self.out.print(self.text(key, **params), markup=False)

    def hint(self, key: str, **params: object) -> None:
        """A sentence on standard error, in both modes."""
        self.err.print(self.text(key, **params), markup=False)

    def text(self, key: str, **params: object) -> str:
        """A sentence of the catalogue."""
        if self._core is None:
            self._core = build_core(self.data_dir, self.ui_lang)
        return self._core.catalogue.text(key, **params)

    def emit(self, value: object) -> None:
        """One JSON value on one line of standard output."""
        sys.stdout.write(json.dumps(plain(value), ensure_ascii=False) + "\n")
        sys.stdout.flush()

    def table(self, title: str, headers: list[str], rows: list[list[str]], whole: Collection[int] = ()) -> None:
        """A table for a person; nothing with --json. The columns `whole` are never folded, to be copied."""
        if self.as_json:
            return
        table = Table(title=title, title_justify="left", box=None, pad_edge=False, header_style="bold")
        for number, header in enumerate(headers):
            table.add_column(header, overflow="fold", no_wrap=number in whole)
        for row in rows:
            table.add_row(*row)
        self.out.print(table)

    def report(self, error: AskwellError) -> None:
        """Tell an error: JSON on standard output for programs, sentence and remedy on standard error for people."""
        catalogue = self._core.catalogue if self._core is not None else build_core(self.data_dir, None).catalogue
        message = catalogue.render(error.message)
        remedy = catalogue.render(error.hint) if error.hint is not None and catalogue.has(error.hint.key) else ""
        if self.as_json:
            facts = {name: str(value) for name, value in error.message.params.items()}
            self.emit({"error": error.message.key, "message": message, "remedy": remedy, "facts": facts})
        else:
            self.err.print(message, style="bold red", markup=False)
            if remedy:
                self.err.print("→ " + remedy, markup=False)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except AskwellError as error:
            self.report(error)
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as stop:
            raise typer.Exit(130) from stop

    def _checked_lang(self) -> str | None:
        if self.ui_lang is not None and self.ui_lang not in LANGUAGES:
            wrong, self.ui_lang = self.ui_lang, None
            raise UsageError.of("language_unknown", lang=wrong, known=", ".join(LANGUAGES))
        return self.ui_lang


def plain(value: object) -> Any:
    """Dataclasses, enums, paths and tuples as JSON values."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return plain(asdict(value))
    if isinstance(value, dict):
        return {str(plain(key)): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, Path) else value
