# SPDX-License-Identifier: Apache-2.0
"""What Askwell keeps: records with their versions, kits, audit log, settings. SQLAlchemy stays in here."""

from askwell.store.audit import AuditEvent
from askwell.store.batches import BatchDetail
from askwell.store.migrate import upgrade
from askwell.store.readback import Miss
from askwell.store.records import RecordVersion
from askwell.store.workspace import FILE_NAME, Workspace, open_workspace

__all__ = [
    "FILE_NAME",
    "AuditEvent",
    "BatchDetail",
    "Miss",
    "RecordVersion",
    "Workspace",
    "open_workspace",
    "upgrade",
]
