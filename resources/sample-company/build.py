# SPDX-License-Identifier: Apache-2.0
"""Writes the sample company's export files from the text in ``source/``.

    python resources/sample-company/build.py

Needs openpyxl, python-docx and PyYAML. Running it twice gives the same bytes.
"""

from pathlib import Path

from builders.common import EXPORTS, load
from builders.interviews import all_interviews, build_interviews
from builders.jobs import build_flat, build_living, build_word
from builders.people import build_pool, build_protected, build_successfactors
from builders.plans import build_goals, build_kpi, build_standards
from builders.profiles import build_profiles


def build() -> list[Path]:
    """Write everything and return the paths."""
    company = load("company.yaml")
    EXPORTS.mkdir(exist_ok=True)
    interviewed = list(dict.fromkeys(one.candidate for one in all_interviews()))
    return [
        build_profiles(company["profile_footer"]),
        build_flat(company["flat_notes"]),
        build_living(company["subsidiary"]),
        build_word(),
        build_kpi(company),
        build_goals(),
        build_standards(company["standards_note"]),
        build_pool(company["pool_title"]),
        build_successfactors(),
        build_interviews(),
        build_protected(interviewed),
    ]


if __name__ == "__main__":
    for written in build():
        print(written.name, written.stat().st_size)
