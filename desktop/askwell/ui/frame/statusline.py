# SPDX-License-Identifier: Apache-2.0
"""The line at the bottom: running work with time left and a stop button, and the promise that nothing leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar

from askwell.ui.i18n import duration, say, tr
from askwell.ui.jobs import RunningJob
from askwell.ui.theme.manager import theme
from askwell.ui.widgets.basics import button, label, row
from askwell.ui.widgets.words import Worded


class StatusLine(Worded):
    """Shows the newest labelled job; `proof_wanted` when the offline sign is clicked."""

    proof_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusline")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(theme().tokens.px("size_status"))
        self._jobs: list[RunningJob] = []
        body = row(self, 0, 8)
        body.setContentsMargins(16, 0, 16, 0)
        self._text = label("caption")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(120)
        self._bar.setTextVisible(False)
        self._stop = button("quiet", "stop", self._cancel)
        self.say_named(self._stop, "ui.status.cancel")
        self._offline = button("quiet", "shield", self.proof_wanted.emit)
        self.say(self._offline.setText, "ui.status.offline")
        self.say(self._offline.setToolTip, "ui.status.offline_tip")
        self.say(self._offline.setAccessibleName, "ui.status.offline")
        body.addWidget(self._text)
        body.addWidget(self._bar)
        body.addWidget(self._stop)
        body.addStretch(1)
        body.addWidget(self._offline)
        self._show()

    def follow(self, job: RunningJob) -> None:
        """Show a job until it ends."""
        self._jobs.append(job)
        job.stepped.connect(lambda _step: self._show())
        job.ended.connect(lambda: self._forget(job))
        self._show()

    def retranslate(self) -> None:
        """Texts of the running job."""
        self._show()

    def _forget(self, job: RunningJob) -> None:
        self._jobs.remove(job)
        self._show()

    def _cancel(self) -> None:
        if self._jobs:
            self._jobs[-1].cancel()
            self._show()

    def _show(self) -> None:
        job = self._jobs[-1] if self._jobs else None
        for widget in (self._bar, self._stop):
            widget.setVisible(job is not None)
        if job is None:
            self._text.setText(tr("ui.status.idle"))
            return
        step = job.last_step
        parts = [say(job.job.label)]
        if step.total:
            parts.append(f"{step.done}/{step.total}")
        if step.detail:
            parts.append(step.detail)
        if step.seconds_left is not None:
            parts.append(tr("ui.status.left", time=duration(step.seconds_left)))
        if job.stopping:
            parts.append(tr("ui.status.stopping"))
        self._text.setText(" · ".join(part for part in parts if part))
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
        self._stop.setEnabled(not job.stopping)
