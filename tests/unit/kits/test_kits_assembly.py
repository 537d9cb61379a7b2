# SPDX-License-Identifier: Apache-2.0
"""Title, length and order of a kit, and the look of its files."""

from __future__ import annotations

import zipfile
from pathlib import Path

from tests.unit.kits.sample_kit import labels, sample_kit

from askwell.domain.questions import Difficulty, QuestionType
from askwell.kits import EXPORTERS, kit_title, ordered, total_minutes
from askwell.kits.exporters.base import safe_cell


def test_a_title_names_position_and_round() -> None:
    assert kit_title("质量工程师", "zh", "一面") == "质量工程师 · 结构化面试题 · 一面"
    assert kit_title("Buyer", "xx") == "Buyer · structured interview"


def test_minutes_count_the_frame_only_where_there_are_questions() -> None:
    questions = sample_kit().questions
    assert total_minutes(questions) == sum(item.slot.minutes for item in questions) + 5
    assert total_minutes(()) == 0


def test_questions_are_asked_competency_by_competency_behaviour_first() -> None:
    shuffled = tuple(reversed(sample_kit().questions))
    asked = ordered(shuffled)
    seen = [item.slot.competency for item in asked]
    assert seen == [
        "问题分析",
        "问题分析",
        "跨部门协作",
        "供应商管理",
        "供应商管理",
        "标准与体系",
        "团队带教",
        "优先排序",
    ]
    assert [item.slot.type for item in asked[:2]] == [QuestionType.BEHAVIOURAL, QuestionType.TECHNICAL]
    assert asked[1].slot.difficulty is Difficulty.ADVANCED


def test_cells_that_look_like_formulas_are_neutralised_and_others_left_alone() -> None:
    assert safe_cell("=1+1") == "'=1+1"
    assert safe_cell("-5%") == "'-5%"
    assert safe_cell("96%→98%") == "96%→98%"


def test_the_word_file_names_east_asian_fonts_page_fields_and_a4(tmp_path: Path) -> None:
    path = tmp_path / "kit.docx"
    EXPORTERS[0].write(sample_kit(), labels(), path)
    with zipfile.ZipFile(path) as archive:
        body = archive.read("word/document.xml").decode()
        footer = "".join(archive.read(name).decode() for name in archive.namelist() if "footer" in name)
    assert 'w:eastAsia="Microsoft YaHei"' in body
    assert "w:cantSplit" in body
    assert "w:keepNext" in body
    assert 'w:w="11906"' in body
    assert "NUMPAGES" in footer
    assert " PAGE " in footer


def test_the_workbook_is_ready_to_rate_and_print(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "kit.xlsx"
    next(one for one in EXPORTERS if one.FORMAT == "xlsx").write(sample_kit(), labels(), path)
    book = load_workbook(path)
    assert book.sheetnames == ["面试题", "依据与审核", "说明"]
    page = book["面试题"]
    (check,) = page.data_validations.dataValidation
    assert (check.formula1, check.formula2, str(check.sqref)) == ("1", "5", "L2:L9")
    assert page.freeze_panes == "C2"
    assert page.page_setup.orientation == "landscape"
    assert page.max_row == len(sample_kit().questions) + 1
