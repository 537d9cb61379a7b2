# SPDX-License-Identifier: Apache-2.0
"""Kits: what is approved leaves the house as a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from askwell.app.i18n import Catalogue
from askwell.domain.errors import UsageError
from askwell.domain.questions import Kit
from askwell.kits.exporters import EXPORTERS
from askwell.kits.exporters.base import Exporter
from askwell.store import Workspace

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')


class KitService:
    """Lists, previews, exports and deletes kits."""

    def __init__(self, workspace: Workspace, catalogue: Catalogue, actor: Callable[[], str]) -> None:
        self._workspace = workspace
        self._catalogue = catalogue
        self._actor = actor

    def kits(self) -> list[Kit]:
        """All kits, newest first."""
        return self._workspace.kits()

    def kit(self, kit_id: str) -> Kit:
        """One kit. Raises UsageError."""
        return self._workspace.kit(kit_id)

    def find(self, text: str) -> Kit:
        """The kit with this identifier, or the newest of a position. Raises UsageError."""
        kits = self.kits()
        for kit in kits:
            if text in (kit.id, kit.position_title):
                return kit
        raise UsageError.of("kit_unknown", kit=text)

    def formats(self) -> tuple[str, ...]:
        """Names of the export formats."""
        return tuple(exporter.FORMAT for exporter in EXPORTERS)

    def export(self, kit_id: str, fmt: str, path: Path) -> Path:
        """Write the approved questions. Raises ReviewBlocked where there are none, UsageError for an unknown format."""
        kit = self._workspace.kit(kit_id)
        exporter = _exporter(fmt)
        target = path / self.file_name(kit, exporter) if path.is_dir() else path
        exporter.write(kit, self.labels(kit.lang), target)
        self._workspace.log_event(
            self._actor(), "kit.export", kit.id, {"format": fmt, "questions": len(kit.approved), "file": target.name}
        )
        return target

    def suggested_name(self, kit_id: str, fmt: str) -> str:
        """A file name for an export. Raises UsageError."""
        return self.file_name(self._workspace.kit(kit_id), _exporter(fmt))

    def preview_html(self, kit_id: str) -> str:
        """The kit as it would be exported, as HTML. Raises ReviewBlocked where nothing is approved."""
        kit = self._workspace.kit(kit_id)
        with TemporaryDirectory() as folder:
            target = Path(folder) / "preview.html"
            _exporter("html").write(kit, self.labels(kit.lang), target)
            return target.read_text(encoding="utf-8")

    def delete(self, kit_id: str) -> None:
        """Remove a kit and its questions."""
        self._workspace.delete_kit(kit_id)
        self._workspace.log_event(self._actor(), "kit.delete", kit_id, {})

    def labels(self, lang: str) -> dict[str, str]:
        """The words of the document in the kit's language."""
        catalogue = self._catalogue.in_language(lang)
        return {key: catalogue.text(key) for key in catalogue.all_keys() if key.startswith(("kit.", "term."))}

    def file_name(self, kit: Kit, exporter: Exporter) -> str:
        """A name that every file system takes: position, date, a part of the identifier."""
        title = _UNSAFE.sub("_", kit.position_title).strip(" .")[:60] or "kit"
        return f"{title}_{kit.created_at[:10]}_{kit.id[-6:]}.{exporter.extension}"


def _exporter(fmt: str) -> Exporter:
    for exporter in EXPORTERS:
        if fmt.lower() == exporter.FORMAT:
            return exporter
    raise UsageError.of("format_unknown", format=fmt, known=", ".join(one.FORMAT for one in EXPORTERS))
