# SPDX-License-Identifier: Apache-2.0
"""Font families by locale: the system's own face first, then the right face for the script.

The order decides which national shape a Chinese character gets, so Japanese and Chinese differ.
"""

from __future__ import annotations

from PySide6.QtGui import QFont

_LATIN = ("Segoe UI Variable Text", "Segoe UI", ".AppleSystemUIFont", "Noto Sans")
_SCRIPT = {
    "zh": ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC"),
    "ja": ("Yu Gothic UI", "Hiragino Sans", "Noto Sans CJK JP", "Meiryo UI"),
}
_REST = ("Noto Sans CJK SC", "Noto Sans CJK JP", "DejaVu Sans", "sans-serif")


def families(lang: str) -> list[str]:
    """Families to try, best first."""
    own = _SCRIPT.get(lang, _SCRIPT["zh"])
    return list(dict.fromkeys((*_LATIN, *own, *_REST)))


def app_font(lang: str, pixels: int) -> QFont:
    """The font of the window; tabular figures so that columns of numbers line up."""
    font = QFont()
    font.setFamilies(families(lang))
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
