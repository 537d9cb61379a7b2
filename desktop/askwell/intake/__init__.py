# SPDX-License-Identifier: Apache-2.0
"""Files in: readers, structure, mapping, cleaning, de-identification, verification. Knows no store and no window.

`found = plan(path)` is the dry run, `build(path, found, salt)` makes records, problems and verification from it.
"""

from askwell.intake.service import build, plan, to_json, with_kind

__all__ = ["build", "plan", "to_json", "with_kind"]
