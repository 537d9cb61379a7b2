# SPDX-License-Identifier: Apache-2.0
"""`bench`: how fast this machine does the main job. Figures, not verdicts."""

from __future__ import annotations

import platform
import tempfile
import time
from pathlib import Path

import typer

from askwell.app.bootstrap import App, build_app
from askwell.cli.session import JsonOption, Session, UiLangOption
from askwell.writing.blueprint import BlueprintOptions
from askwell.writing.writer import WritingProgress


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bench")(bench)


def bench(
    count: int = typer.Option(8, "--count", min=1, max=20, help="Questions in the kit."),
    as_json: JsonOption = False,
    ui_lang: UiLangOption = "",
) -> None:
    """Measure import, first token, tokens a second and the time of a kit, in a workspace of its own."""
    with tempfile.TemporaryDirectory(prefix="askwell-bench-") as folder:
        session = Session(as_json, Path(folder), ui_lang)
        with session.core():
            pass
        app = build_app(Path(folder), ui_lang or None)
        try:
            figures = _measure(app, count)
        finally:
            app.close()
        if as_json:
            session.emit(figures)
        else:
            rows = [[session.text(f"cli.bench.{name}"), str(value)] for name, value in figures.items()]
            session.table(f"{platform.processor() or platform.machine()}, {platform.system()}", ["", ""], rows)


def _measure(app: App, count: int) -> dict[str, float | int]:
    started = time.perf_counter()
    app.imports.import_many(app.imports.sample_files())
    imported = time.perf_counter()
    app.models.info()
    loaded = time.perf_counter()
    position = app.goals.find("生产车间主管")
    blueprint = app.writing.plan(position.id, BlueprintOptions(count=count))
    first: list[float] = []
    tokens = [0]

    def watch(state: WritingProgress) -> None:
        if not first and state.tokens:
            first.append(time.perf_counter())
        tokens[0] = max(tokens[0], state.tokens)

    writing = time.perf_counter()
    kit = app.writing.write(blueprint, on_progress=watch)
    done = time.perf_counter()
    return {
        "import_seconds": round(imported - started, 2),
        "model_seconds": round(loaded - imported, 2),
        "first_token_seconds": round((first[0] if first else done) - writing, 2),
        "tokens": tokens[0],
        "tokens_per_second": round(tokens[0] / (done - writing), 1),
        "kit_seconds": round(done - writing, 1),
        "questions": sum(1 for question in kit.questions if question.words.text),
    }
