# SPDX-License-Identifier: Apache-2.0
"""Decides what the Kits screen shows. No Qt here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from askwell.app.kits import KitService
from askwell.domain.messages import msg
from askwell.domain.questions import Kit
from askwell.ui.ports import Change, Job, JobRunner, Level, Notice, Shell


class View(Protocol):
    """What the presenter needs of the widgets."""

    def show_kits(self, kits: Sequence[Kit], chosen: str) -> None:
        """All kits; none: the empty state."""
        ...

    def show_kit(self, kit: Kit, html: str) -> None:
        """One kit; `html` is empty where nothing is approved."""
        ...

    def open_folder(self, folder: Path) -> None:
        """Show a folder in the file manager."""
        ...


class KitsPresenter:
    """The kits and what leaves the house."""

    def __init__(self, kits: KitService, runner: JobRunner, shell: Shell, view: View) -> None:
        self._kits = kits
        self._runner, self._shell, self._view = runner, shell, view
        self._chosen = ""

    def open(self, target: str = "") -> None:
        """Load the kits; one may be named."""
        if target:
            self._chosen = target
        self._runner.start(Job(lambda _c: self._kits.kits(), self._loaded, self._shell.fail, key="kits.load"))

    def stale(self, what: Change) -> None:
        """Questions were written or decided."""
        if what in (Change.QUESTIONS, Change.REVIEW, Change.KITS):
            self.open()

    def choose(self, kit_id: str) -> None:
        """Open a kit of the list."""
        if not kit_id:
            return
        self._chosen = kit_id

        def work(_context: object) -> tuple[Kit, str]:
            kit = self._kits.kit(kit_id)
            return kit, self._kits.preview_html(kit_id) if kit.approved else ""

        self._runner.start(Job(work, lambda found: self._view.show_kit(*found), self._shell.fail, key="kits.kit"))

    def suggested_name(self, fmt: str) -> str:
        """A file name for an export of the open kit."""
        return self._kits.suggested_name(self._chosen, fmt)

    def export(self, fmt: str, path: Path) -> None:
        """Write the open kit."""
        kit_id = self._chosen

        def done(written: Path) -> None:
            self._shell.notify(
                Notice(
                    Level.GOOD,
                    msg("ui.kits.exported", file=written.name),
                    action=msg("ui.kits.open_folder"),
                    run=lambda: self._view.open_folder(written.parent),
                )
            )

        job = Job(
            lambda _c: self._kits.export(kit_id, fmt, path), done, self._shell.fail, label=msg("ui.kits.export_job")
        )
        self._runner.start(job)

    def delete(self) -> None:
        """Remove the open kit and its questions; the view has asked twice."""
        kit_id = self._chosen

        def done(_nothing: object) -> None:
            self._chosen = ""
            self._shell.changed(Change.KITS)

        self._runner.start(Job(lambda _c: self._kits.delete(kit_id), done, self._shell.fail))

    def review(self) -> None:
        """Something of the open kit waits for a person."""
        self._shell.go("review", self._chosen)

    def write(self) -> None:
        """There is no kit yet."""
        self._shell.go("write")

    def _loaded(self, kits: list[Kit]) -> None:
        known = [kit.id for kit in kits]
        if self._chosen not in known:
            self._chosen = known[0] if known else ""
        self._view.show_kits(kits, self._chosen)
        self.choose(self._chosen)
