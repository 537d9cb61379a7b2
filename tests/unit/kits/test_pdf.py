# SPDX-License-Identifier: Apache-2.0
"""The printed kit: pages, and text that can be searched and copied."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from tests.unit.kits.sample_kit import labels, sample_kit

from askwell.domain.questions import Approval, Kit, QuestionText
from askwell.kits.exporters.pdf import PdfExporter


def pages(kit: Kit, folder: Path) -> list[str]:
    path = folder / "kit.pdf"
    PdfExporter().write(kit, labels(kit.lang), path)
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)]


def test_a_question_stays_on_one_page_with_its_probes_and_anchors(tmp_path: Path) -> None:
    printed = ["".join(page.split()) for page in pages(sample_kit(), tmp_path)]
    for question in sample_kit().questions:
        (home,) = [page for page in printed if "".join(question.words.text.split()) in page]
        assert all("".join(part.split()) in home for part in question.words.anchors.values())
        assert all("".join(part.split()) in home for part in question.words.probes)


@pytest.mark.parametrize("lang", ["zh", "ja"])
def test_no_character_comes_out_as_a_radical_that_looks_like_it(lang: str, tmp_path: Path) -> None:
    text = "".join(pages(replace(sample_kit(), lang=lang), tmp_path))
    assert not [one for one in text if 0x2E80 <= ord(one) < 0x2FE0]
    assert "C-0417" in text


def test_every_page_has_its_number_and_the_footer(tmp_path: Path) -> None:
    kit = replace(sample_kit(), lang="en")
    printed = pages(kit, tmp_path)
    for number, page in enumerate(printed, 1):
        assert f"page {number} of {len(printed)}" in page
        assert labels("en")["kit.footer"] in page


def test_a_text_longer_than_a_page_is_still_printed(tmp_path: Path) -> None:
    words = QuestionText("请讲一次经历。" * 400, ("怎么做的？",), {5: "说清做法"})
    first = replace(
        sample_kit().questions[0], words=words, approval=Approval("王敏", "2026-04-12T09:30:00Z", words.digest())
    )
    assert "怎么做的？" in "".join(pages(replace(sample_kit(), questions=(first,)), tmp_path))


def test_an_export_leaves_room_for_a_window_and_two_at_once_do_not_crash(tmp_path: Path) -> None:
    """In a process of its own, cold: what crashes here takes the interpreter with it."""
    code = (
        "import sys, threading; from pathlib import Path\n"
        "from tests.unit.kits.sample_kit import labels, sample_kit\n"
        "from askwell.kits.exporters.pdf import PdfExporter\n"
        "folder = Path(sys.argv[1])\n"
        "write = lambda n: PdfExporter().write(sample_kit(), labels('zh'), folder / f'{n}.pdf')\n"
        "write(0)\n"
        "from PySide6.QtWidgets import QApplication\n"
        "application = QApplication(['a', '-platform', 'offscreen'])\n"
        "threads = [threading.Thread(target=write, args=(n,)) for n in (1, 2, 3)]\n"
        "[one.start() for one in threads]; [one.join() for one in threads]\n"
    )
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "PYTHONPATH": f"{root / 'desktop'}{os.pathsep}{root}", "DISPLAY": ":77"}
    environment.pop("QT_QPA_PLATFORM", None)
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0.pdf", "1.pdf", "2.pdf", "3.pdf"]
