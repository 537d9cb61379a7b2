# SPDX-License-Identifier: Apache-2.0
"""Every member of EXPORTERS: writes, reopens, same questions, nothing unapproved, whole or not at all."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.kits.sample_kit import labels, sample_kit

from askwell.domain.errors import ReviewBlocked, UsageError
from askwell.domain.questions import Approval, Family, Finding, Kit, Question, QuestionText, Severity, Status
from askwell.kits import EXPORTERS, Exporter


def _docx(path: Path) -> str:
    from docx import Document

    document = Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def _xlsx(path: Path) -> str:
    from openpyxl import load_workbook

    book = load_workbook(path)
    return "\n".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell)


def _html(path: Path) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "\n", path.read_text(encoding="utf-8")))


def _json(path: Path) -> str:
    return "\n".join(_strings(json.loads(path.read_text(encoding="utf-8"))))


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for part in value.values() for text in _strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in _strings(part)]
    return [str(value)]


def _pdf(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    lines = [line for page in document for line in page.get_textpage().get_text_bounded().splitlines()]
    # A line may break inside a sentence: Chinese goes on without a space, English with one.
    return "".join(lines) + "\n" + " ".join(lines)


READ: dict[str, Callable[[Path], str]] = {"docx": _docx, "pdf": _pdf, "xlsx": _xlsx, "html": _html, "json": _json}
each = pytest.mark.parametrize("exporter", EXPORTERS, ids=lambda item: item.FORMAT)


def write(exporter: Exporter, kit: Kit, folder: Path) -> str:
    path = folder / f"kit.{exporter.extension}"
    exporter.write(kit, labels(kit.lang), path)
    return READ[exporter.FORMAT](path)


def altered(kit: Kit, **changes: object) -> Kit:
    first = replace(kit.questions[0], **changes)  # type: ignore[arg-type]
    return replace(kit, questions=(first, *kit.questions[1:]))


def reworded(question: Question, words: QuestionText) -> Question:
    return replace(question, words=words, approval=Approval("王敏", "2026-04-12T09:30:00Z", words.digest()))


@each
def test_the_written_file_holds_every_approved_question_with_probes_and_anchors(
    exporter: Exporter, tmp_path: Path
) -> None:
    text = write(exporter, sample_kit(), tmp_path)
    for question in sample_kit().questions:
        for part in (question.words.text, *question.words.probes, *question.words.anchors.values()):
            assert part in text
        assert question.slot.evidence.text in text
    assert "gemma-3-270m-q4_k_m" in text


@each
def test_what_is_not_approved_or_changed_since_is_left_out(exporter: Exporter, tmp_path: Path) -> None:
    kit = sample_kit()
    draft = kit.questions[0].words.text
    assert draft not in write(exporter, altered(kit, status=Status.DRAFT), tmp_path)
    changed = altered(kit, words=QuestionText("批准之后改过的话"))
    assert "批准之后改过的话" not in write(exporter, changed, tmp_path)


@each
def test_a_kit_with_nothing_approved_is_refused_and_leaves_no_file(exporter: Exporter, tmp_path: Path) -> None:
    kit = sample_kit()
    empty = replace(kit, questions=tuple(replace(item, approval=None) for item in kit.questions))
    with pytest.raises(ReviewBlocked) as caught:
        write(exporter, empty, tmp_path)
    assert caught.value.message.key == "error.kit_nothing_approved"
    assert list(tmp_path.iterdir()) == []


@each
def test_a_file_that_cannot_be_written_is_a_user_error_and_the_old_one_stays(
    exporter: Exporter, tmp_path: Path
) -> None:
    taken = tmp_path / "folder"
    taken.mkdir()
    with pytest.raises(UsageError):
        exporter.write(sample_kit(), labels(), taken)
    assert list(tmp_path.iterdir()) == [taken]


@each
def test_control_characters_and_markup_do_no_harm(exporter: Exporter, tmp_path: Path) -> None:
    kit = sample_kit()
    nasty = reworded(kit.questions[0], QuestionText("请讲\x00一次\x0b<script>alert(1)</script>{{7*7}}&amp;的经历？"))
    text = write(exporter, replace(kit, questions=(nasty,)), tmp_path)
    assert "<script>alert(1)</script>{{7*7}}" in text
    if exporter.FORMAT == "html":
        assert "<script" not in (tmp_path / "kit.html").read_text(encoding="utf-8")


@each
def test_the_demo_is_named_where_it_approved_and_an_override_is_told(exporter: Exporter, tmp_path: Path) -> None:
    kit = sample_kit()
    block = Finding("cn.family", Family.REASONABLENESS, Severity.BLOCK, "…", jurisdictions=("CN",))
    first = kit.questions[0]
    assert first.approval is not None
    approval = replace(first.approval, override_reason="法务已书面确认")
    text = write(exporter, altered(kit, findings=(block,), approval=approval), tmp_path)
    assert "法务已书面确认" in text
    assert "cn.family" in text
    assert ("demo" if exporter.FORMAT == "json" else "演示自动通过") in text


@each
@pytest.mark.parametrize("lang", ["en", "ja", "es"])
def test_the_labels_follow_the_language_of_the_kit(exporter: Exporter, lang: str, tmp_path: Path) -> None:
    text = write(exporter, replace(sample_kit(), lang=lang), tmp_path)
    if exporter.FORMAT != "json":
        assert labels(lang)["kit.guidance.1"] in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_the_workbook_starts_a_formula(start: str, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    kit = sample_kit()
    evil = f"{start}cmd|' /C calc'!A0"
    first = reworded(kit.questions[0], QuestionText(evil, (evil,), {5: evil, 3: evil, 1: evil}))
    slot = replace(first.slot, competency=evil, evidence=replace(first.slot.evidence, text=evil, chain=(evil,)))
    kit = replace(kit, title=evil, department=evil, candidate_code=evil, questions=(replace(first, slot=slot),))
    path = tmp_path / "kit.xlsx"
    next(item for item in EXPORTERS if item.FORMAT == "xlsx").write(kit, labels(), path)
    for page in load_workbook(path):
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert not str(cell.value or "").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_formats_have_distinct_names_and_extensions_without_a_dot() -> None:
    assert len({item.FORMAT for item in EXPORTERS}) == len(EXPORTERS)
    assert not any(item.extension.startswith(".") for item in EXPORTERS)
