# SPDX-License-Identifier: Apache-2.0
"""Everything that can go wrong in a way the user can act on.

AskwellError
├── UsageError          exit 2  a wrong option, an unknown position
├── InputRefused        exit 3  a file, sheet or record cannot be taken as it is
├── ReviewBlocked       exit 1  something is not approved, or a finding forbids the step
├── StoreError          exit 2  the workspace cannot be opened or written
├── EngineError         exit 4  the language model is missing, damaged or died
└── Cancelled           exit 1  the user stopped the work; what was finished is kept

Every error carries the finished sentence (`message`, a catalogue key) and what to do next (`hint`). A bug is not an
AskwellError: it ends in a traceback in the log.
"""

from __future__ import annotations

from askwell.domain.messages import Message, msg


class AskwellError(Exception):
    """Base of the tree; `exit_code` is what the command line returns for it."""

    exit_code = 1

    def __init__(self, message: Message, hint: Message | None = None) -> None:
        super().__init__(str(message))
        self.message = message
        self.hint = hint

    @classmethod
    def of(cls, key: str, **params: object) -> AskwellError:
        """The error whose sentence is `error.<key>` and whose remedy is `error.<key>.hint`."""
        return cls(msg(f"error.{key}", **params), msg(f"error.{key}.hint", **params))


class UsageError(AskwellError):
    """The request itself is wrong."""

    exit_code = 2


class StoreError(AskwellError):
    """The workspace cannot be opened, migrated or written."""

    exit_code = 2


class InputRefused(AskwellError):
    """A file, or a part of it, cannot be taken."""

    exit_code = 3


class ReviewBlocked(AskwellError):
    """The step needs an approval or is forbidden by a finding."""

    exit_code = 1


class EngineError(AskwellError):
    """The language model is missing, damaged, or its process died again after a restart."""

    exit_code = 4


class Cancelled(AskwellError):
    """The user stopped the work; finished parts are kept."""

    exit_code = 1

    def __init__(self) -> None:
        super().__init__(msg("error.cancelled"), None)
