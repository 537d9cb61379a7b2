# SPDX-License-Identifier: Apache-2.0
"""Contents of the side panel that belong to the frame: the proof of being offline, and the shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from askwell.ui.frame.presenter import PROBE_ADDRESS, Proof
from askwell.ui.i18n import tr
from askwell.ui.widgets.badge import Badge
from askwell.ui.widgets.base import Retold, shown
from askwell.ui.widgets.controls import button, column, label, line, rule

SHORTCUTS = (
    ("Ctrl+K", "ui.palette.open"),
    ("Ctrl+1 … 7", "ui.keys.screens"),
    ("Alt+← / Alt+→", "ui.keys.history"),
    ("Esc", "ui.keys.escape"),
    ("Ctrl+Enter", "ui.keys.main"),
    ("A", "ui.review.approve"),
    ("E", "ui.review.edit"),
    ("R", "ui.review.rewrite"),
    ("X", "ui.review.reject"),
    ("→", "ui.review.skip"),
    ("Ctrl+Z", "ui.review.undo"),
    ("F1", "ui.keys.title"),
)


class ProofPanel(Retold):
    """What proves that nothing leaves this machine."""

    probe = Signal()

    def __init__(self) -> None:
        super().__init__()
        box = column(self, "gap")
        self._badge = Badge()
        row = line()
        row.addWidget(self._badge)
        row.addStretch(1)
        box.addLayout(row)
        promise = label("", "", wrap=True)
        self.put(promise.setText, "ui.offline.promise")
        box.addWidget(promise)
        box.addWidget(rule())
        self._facts = {}
        for name in ("guard", "worker", "allowed", "refused"):
            box.addLayout(self._fact(name))
        self._list = label("", "caption", wrap=True)
        box.addWidget(self._list)
        box.addWidget(rule())
        test = button(self, "ui.offline.probe")
        test.clicked.connect(self.probe)
        box.addWidget(test)
        self._result = label("", "", wrap=True)
        box.addWidget(self._result)

    @shown
    def show_proof(self, proof: Proof) -> None:
        """Say the state of the guard."""
        sound = proof.probed is not False
        self._badge.change(tr("ui.offline" if sound else "ui.offline.open"), "good" if sound else "block",
                           "good" if sound else "block")  # fmt: skip
        self._facts["guard"].setText(tr("ui.offline.guard.value"))
        self._facts["worker"].setText(tr("ui.offline.worker.value"))
        self._facts["allowed"].setText(tr("ui.offline.allowed.value"))
        self._facts["refused"].setText(str(len(proof.refused)))
        self._list.setText("\n".join(proof.refused))
        self._list.setVisible(bool(proof.refused))
        self._result.setVisible(proof.probed is not None)
        if proof.probed is not None:
            self._result.setText(tr("ui.offline.held" if proof.probed else "ui.offline.failed", address=PROBE_ADDRESS))

    def _fact(self, name: str):  # type: ignore[no-untyped-def]
        row = column(gap="")
        head = label("", "caption")
        self.put(head.setText, f"ui.offline.{name}")
        value = label("", "", wrap=True)
        self._facts[name] = value
        row.addWidget(head)
        row.addWidget(value)
        return row


class KeysPanel(Retold):
    """All shortcuts."""

    def __init__(self) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(8)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for place, (keys, key) in enumerate(SHORTCUTS):
            grid.addWidget(label(keys, "strong"), place, 0)
            text = label("", "", wrap=True)
            self.put(text.setText, key)
            grid.addWidget(text, place, 1)
