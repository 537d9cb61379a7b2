# SPDX-License-Identifier: Apache-2.0
"""Our outline icons, tinted from the tokens, sharp at every scale."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from askwell.domain.shipped import resource

_SIDES = (16, 20, 24, 32, 40, 48, 60)


@cache
def _source(name: str) -> str:
    return resource(f"icons/{name}.svg").read_text(encoding="utf-8")


def tinted_svg(name: str, colour: str) -> str:
    """The SVG text of an icon in a colour."""
    return _source(name).replace("currentColor", colour)


@cache
def pixmap(name: str, colour: str, side: int) -> QPixmap:
    """An icon as a square of `side` device pixels."""
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(tinted_svg(name, colour).encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


@cache
def icon(name: str, colour: str, disabled: str = "") -> QIcon:
    """An icon with a pixmap for each usual side; grey where its control is disabled."""
    made = QIcon()
    for side in _SIDES:
        made.addPixmap(pixmap(name, colour, side))
        if disabled:
            made.addPixmap(pixmap(name, disabled, side), QIcon.Mode.Disabled)
    return made
