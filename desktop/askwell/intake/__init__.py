# SPDX-License-Identifier: Apache-2.0
"""Files in: readers, structure, mapping, cleaning, de-identification, verification. Knows no store and no window.

    from askwell.intake import build, plan
    found = plan(path)                      # dry run; edit found.tables[i] if need be
    result = build(path, found, salt)       # records, problems, verification
"""

from askwell.intake.service import build, plan, to_json, with_kind

__all__ = ["build", "plan", "to_json", "with_kind"]
