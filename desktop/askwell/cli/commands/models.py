# SPDX-License-Identifier: Apache-2.0
"""`models`: which language model writes."""

from __future__ import annotations

from pathlib import Path

import typer

from askwell.cli.session import FINDINGS, FINE, DataDirOption, JsonOption, Session, UiLangOption
from askwell.domain.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="List, add, verify and choose language models.", no_args_is_help=True)
    group.command("list")(list_models)
    group.command("add")(add)
    group.command("use")(use)
    group.command("verify")(verify)
    group.command("remove")(remove)
    app.add_typer(group, name="models")


def list_models(as_json: JsonOption = False, data_dir: DataDirOption = None, ui_lang: UiLangOption = "") -> None:
    """The bundled model and those that were added."""
    session = Session(as_json, data_dir, ui_lang)
    with session.core() as core:
        entries = core.models.models()
        for entry in entries if as_json else ():
            session.emit(entry)
        rows = [
            ["●" if entry.active else "", entry.id, entry.name, f"{entry.size_bytes / 1e6:.0f} MB", entry.licence]
            for entry in entries
        ]
        names = ("id", "name", "size", "licence")
        session.table("", ["", *(session.text(f"cli.column.{name}") for name in names)], rows)


def add(
    file: Path = typer.Argument(..., help="A GGUF file."),
    copy: bool = typer.Option(False, "--copy", help="Copy it into the data folder instead of using it where it is."),
    use_it: bool = typer.Option(True, "--use/--no-use", help="Write with it from now on."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Check a GGUF file and put it on the list."""
    session = Session(as_json, data_dir, ui_lang)
    with session.core() as core:
        entry = core.models.add(file, copy)
        if use_it:
            entry = core.models.choose(entry.id)
        if as_json:
            session.emit(entry)
        session.say("cli.models.added", name=entry.name, id=entry.id)


def use(
    model: str = typer.Argument(..., help="Id of the model."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Write with this model from now on."""
    session = Session(as_json, data_dir, ui_lang)
    with session.core() as core:
        entry = core.models.choose(model)
        if as_json:
            session.emit(entry)
        session.say("cli.models.chosen", name=entry.name)


def verify(
    model: str = typer.Argument("", help="Id of the model; default: the one in use."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Compare a model file with its SHA-256."""
    session = Session(as_json, data_dir, ui_lang)
    with session.core() as core:
        chosen = model or core.models.active().id
        entry = next((one for one in core.models.models() if one.id == chosen), None)
        if entry is None:
            raise UsageError.of("model_unknown", model=chosen)
        sound = core.models.verify(entry.id)
        if as_json:
            session.emit({"id": entry.id, "sound": sound, "sha256": entry.sha256})
        session.say("cli.models.sound" if sound else "cli.models.changed", name=entry.name)
        raise typer.Exit(FINE if sound else FINDINGS)


def remove(
    model: str = typer.Argument(..., help="Id of the model."),
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Take a model off the list; a file that was not copied stays where it is."""
    session = Session(False, data_dir, ui_lang)
    with session.core() as core:
        core.models.remove(model)
        session.say("cli.models.removed", id=model)
