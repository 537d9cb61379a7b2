# SPDX-License-Identifier: Apache-2.0
"""`selftest`: is this installation sound, and is it offline?"""

from __future__ import annotations

import socket
from collections.abc import Callable

import typer

from askwell.app import offline
from askwell.app.bootstrap import App
from askwell.app.i18n import LANGUAGES
from askwell.cli.session import FINDINGS, FINE, DataDirOption, JsonOption, Session, UiLangOption
from askwell.domain.errors import AskwellError
from askwell.domain.generation import Branch, GenerationJob, Sampling, Segment


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("selftest")(selftest)


def selftest(
    offline_only: bool = typer.Option(False, "--offline", help="Only the offline checks."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Check resources, workspace, audit log, language model and the offline guard."""
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        checks: dict[str, Callable[[App], str]] = {"offline": _offline}
        if not offline_only:
            checks |= {"catalogue": _catalogue, "rules": _rules, "audit": _audit, "model": _model, "writes": _writes}
        failed = 0
        for name, check in checks.items():
            try:
                detail, sound = check(app), True
            except AskwellError as error:
                detail, sound = app.catalogue.error(error), False
            except (OSError, AssertionError, ValueError) as error:
                detail, sound = str(error), False
            failed += not sound
            if as_json:
                session.emit({"check": name, "sound": sound, "detail": detail})
            else:
                session.out.print(
                    f"{'✓' if sound else '✗'} {session.text('cli.selftest.' + name)}  {detail}", markup=False
                )
        raise typer.Exit(FINDINGS if failed else FINE)


def _offline(app: App) -> str:
    """A connection to a documentation address (RFC 5737) must be refused before it leaves the process."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except AskwellError:
            offline.attempts.clear()
            return app.catalogue.text("cli.selftest.refused")
    raise AssertionError(app.catalogue.text("cli.selftest.not_refused"))


def _catalogue(app: App) -> str:
    for lang in LANGUAGES:
        texts = app.catalogue.in_language(lang)
        if texts.text("app.name") == "app.name":
            raise AssertionError(lang)
    return f"{len(app.catalogue.all_keys())} × {len(LANGUAGES)}"


def _rules(app: App) -> str:
    app.core.checker().check("您结婚了吗？", "zh")
    return ", ".join(app.settings.jurisdictions)


def _audit(app: App) -> str:
    return str(app.workspace.verify_audit())


def _model(app: App) -> str:
    entry = app.models.active()
    if not app.models.verify(entry.id):
        raise AssertionError(entry.name)
    return f"{entry.name} {entry.sha256[:12]}"


def _writes(app: App) -> str:
    branch = Branch("1", "请讲一次", (Segment("text", max_tokens=8),), Sampling(seed=1, script="zh"))
    written = app.models.text_model().generate(GenerationJob("面试题：", (branch,)))
    return f"{written[0].tokens} tokens, {app.models.info().engine}"
