# SPDX-License-Identifier: Apache-2.0
"""`write` and `check`: JSON Lines in, JSON Lines out, without a workspace."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from askwell.app.bootstrap import Core
from askwell.app.opinion import SecondOpinion
from askwell.app.records import RecordWriter, parse_job
from askwell.cli.session import FINDINGS, FINE, DataDirOption, Session, UiLangOption, plain
from askwell.domain.errors import AskwellError, InputRefused

MAX_LINE = 1_000_000
FileOption = typer.Option(..., "--file", help="JSON Lines; - reads standard input.")
JurisdictionOption = typer.Option(
    "", "--jurisdiction", help="CN, US, UK, EU, DE, ES, JP, KR, SG, AU, CA; several with commas."
)
OutOption = typer.Option(None, "--out", help="Write here instead of to standard output.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("write")(write)
    app.command("check")(check)


def write(
    file: Path = FileOption,
    out: Path | None = OutOption,
    seed: int | None = typer.Option(None, "--seed", help="Same inputs and seed give the same text."),
    as_json: bool = typer.Option(True, "--json", help="Always on: the output is JSON Lines."),
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Write questions for plain job records, one a line."""
    session = Session(True, data_dir, ui_lang)
    with session.core() as core:
        settings = core.writing_settings()
        if seed is not None:
            from dataclasses import replace

            settings = replace(settings, seed=seed)
        writer = RecordWriter(core.models.text_model(), core.paths.resources, settings, core.checker())

        def handle(raw: Any, line: int) -> tuple[dict[str, Any], bool]:
            answer = writer.write(parse_job(raw, file.name, line))
            return answer, bool(answer["problems"])

        raise typer.Exit(each(session, core, file, out, handle, {"questions": []}))


def check(
    file: Path = FileOption,
    jurisdiction: str = JurisdictionOption,
    out: Path | None = OutOption,
    model: bool = typer.Option(True, "--model/--no-model", help="Ask the language model for a second opinion."),
    as_json: bool = typer.Option(True, "--json", help="Always on: the output is JSON Lines."),
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Check question texts, one a line: relevance of form, fairness and law."""
    session = Session(True, data_dir, ui_lang)
    with session.core() as core:
        checker = core.checker(jurisdictions_of(jurisdiction))
        second = SecondOpinion(core.models, core.paths.resources)

        def handle(raw: Any, line: int) -> tuple[dict[str, Any], bool]:
            text, lang, position = _question_of(raw, file.name, line)
            opinion = second(text, lang, position) if model else None
            findings = checker.check(text, lang, position, second=opinion)
            label = checker.label(findings)
            return {"id": raw.get("id"), "label": label, "findings": [_finding(one) for one in findings]}, label != "ok"

        code = each(session, core, file, out, handle, {"label": None, "findings": []})
        if second.failure is not None:  # the labels stand, but somebody must know that they rest on less
            session.err.print(core.catalogue.error(second.failure), markup=False)
        raise typer.Exit(code)


def jurisdictions_of(text: str) -> tuple[str, ...]:
    """`cn, us` as ("CN", "US"); empty where nothing is named."""
    return tuple(part.strip().upper() for part in text.split(",") if part.strip())


def _finding(finding: object) -> dict[str, Any]:
    record: dict[str, Any] = plain(finding)
    return {
        name: record[name]
        for name in ("rule", "family", "severity", "jurisdictions", "span", "reason", "citation", "rewrite")
    }


def _question_of(raw: Any, file: str, line: int) -> tuple[str, str, str]:
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise InputRefused.of("record_invalid", file=file, line=line, field="text", detail="text")
    text = raw["text"]
    lang = raw.get("lang") or guess_language(text)
    return text, str(lang)[:2].lower(), str(raw.get("position") or "")


def guess_language(text: str) -> str:
    """The language of a bare text."""
    from askwell.app.records import WriteJob, language_of

    return language_of(WriteJob(title=text or "-"))


def each(session: Session, core: Core, file: Path, out: Path | None, handle: Any, empty: dict[str, Any]) -> int:
    """Run `handle` over the lines; a bad line gives a record with its error and does not stop the others."""
    worst, good = FINE, 0
    with _sink(out) as sink:
        for line, raw in _lines(file):
            try:
                if isinstance(raw, AskwellError):
                    raise raw
                answer, findings = handle(raw, line)
                good += 1
                worst = max(worst, FINDINGS if findings else FINE)
            except InputRefused as error:
                worst = max(worst, FINDINGS)
                ident = raw.get("id") if isinstance(raw, dict) else None
                problem = {"line": line, "problem": core.catalogue.render(error.message)}
                answer = {"id": ident, **empty, "problems": [problem]}
                session.err.print(core.catalogue.error(error), markup=False)
            sink.write(json.dumps(answer, ensure_ascii=False) + "\n")
            sink.flush()
    return worst if good or worst == FINE else InputRefused.exit_code


def _lines(file: Path) -> Iterator[tuple[int, Any]]:
    """Line numbers with parsed values, or with the error that the line is not JSON. Raises InputRefused."""
    for number, text in enumerate(_read(file).splitlines(), 1):
        if not text.strip():
            continue
        try:
            if len(text) > MAX_LINE:
                raise ValueError("line too long")
            yield number, json.loads(text)
        except (ValueError, RecursionError) as error:
            detail = str(error)[:120]
            yield number, InputRefused.of("record_invalid", file=file.name, line=number, field="", detail=detail)


def _read(file: Path) -> str:
    if str(file) == "-":
        return sys.stdin.buffer.read().decode("utf-8-sig")
    try:
        return file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError as error:
        raise InputRefused.of("file_missing", file=str(file)) from error
    except UnicodeDecodeError as error:
        raise InputRefused.of("record_encoding", file=file.name, position=error.start) from error
    except OSError as error:
        raise InputRefused.of("file_unreadable", file=file.name, reason=error.strerror or "") from error


class _sink:  # noqa: N801  a context manager used as a function
    """Standard output, or a file that appears only when it is complete."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.partial = path.with_name(path.name + ".part") if path else None

    def __enter__(self) -> Any:
        self.stream = self.partial.open("w", encoding="utf-8") if self.partial else sys.stdout
        return self.stream

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self.path is None or self.partial is None:
            return
        self.stream.close()
        if kind is None:
            self.partial.replace(self.path)
        else:
            self.partial.unlink(missing_ok=True)
