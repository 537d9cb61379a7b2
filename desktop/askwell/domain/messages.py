# SPDX-License-Identifier: Apache-2.0
"""A user-visible sentence before it is put into a language.

The core never builds sentences: it names one (`key`) and the facts that go into it (`params`). The catalogues
`resources/i18n/<lang>.json` hold the sentences; `askwell.app.i18n` renders them for the command line, a QTranslator
over the same files for the window.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Message:
    """A catalogue key and the values for its `{placeholders}`."""

    key: str
    params: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.key}({facts})"


def msg(key: str, **params: object) -> Message:
    """Shorthand for `Message(key, params)`."""
    return Message(key, params)
