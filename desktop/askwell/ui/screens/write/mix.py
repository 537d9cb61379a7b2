# SPDX-License-Identifier: Apache-2.0
"""Sliders for the shares of question types; they always sum to 100."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QSlider

from askwell.domain.questions import QuestionType
from askwell.ui.i18n import tr
from askwell.ui.widgets.basics import column, label, row
from askwell.ui.widgets.words import Worded

_PAUSE_MS = 250


class MixSliders(Worded):
    """`changed` with the shares as fractions, a moment after the last movement."""

    changed = Signal(dict)

    def __init__(self, shares: dict[QuestionType, float]) -> None:
        super().__init__()
        self._sliders: dict[QuestionType, QSlider] = {}
        self._names = {kind: label("small") for kind in shares}
        self._values = {kind: label("caption") for kind in shares}
        self._moving = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(lambda: self.changed.emit(self.shares()))
        body = column(self, 0, 0)
        for kind, share in shares.items():
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, 100)
            slider.setPageStep(5)
            slider.setValue(round(share * 100))
            slider.valueChanged.connect(lambda value, kind=kind: self._moved(kind, value))
            self._sliders[kind] = slider
            head = row()
            head.addWidget(self._names[kind])
            head.addStretch(1)
            head.addWidget(self._values[kind])
            body.addLayout(head)
            body.addWidget(slider)
        self.retranslate()

    def shares(self) -> dict[QuestionType, float]:
        """Fractions of 1."""
        return {kind: slider.value() / 100 for kind, slider in self._sliders.items()}

    def retranslate(self) -> None:
        """Names of the types."""
        for kind, slider in self._sliders.items():
            name = tr(f"term.type.{kind.value}")
            self._names[kind].setText(name)
            self._values[kind].setText(f"{slider.value()} %")
            slider.setAccessibleName(tr("ui.write.share", type=name))

    def _moved(self, kind: QuestionType, value: int) -> None:
        if self._moving:
            return
        self._moving = True
        self._balance(kind, value)
        self._moving = False
        self.retranslate()
        self._timer.start()

    def _balance(self, kind: QuestionType, value: int) -> None:
        """Take from, or give to, the others in proportion; the last one takes the rounding."""
        others = [one for one in self._sliders if one is not kind]
        left, total = 100 - value, sum(self._sliders[one].value() for one in others)
        for one in others[:-1]:
            share = self._sliders[one].value() / total if total else 1 / len(others)
            self._sliders[one].setValue(round(left * share))
        given = sum(self._sliders[one].value() for one in others[:-1])
        self._sliders[others[-1]].setValue(max(0, left - given))
