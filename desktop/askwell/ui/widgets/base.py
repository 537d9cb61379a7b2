# SPDX-License-Identifier: Apache-2.0
"""A widget that says its texts again when the language changes and paints again when the theme does."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from askwell.ui.i18n import tr
from askwell.ui.theme.manager import theme

Method = TypeVar("Method", bound=Callable[..., Any])
Setter = Callable[[str], Any]


class Retold(QWidget):
    """Texts bound with `put` and contents shown by `@shown` methods follow the language and the theme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bound: dict[tuple[int, str], tuple[Setter, str, dict[str, object]]] = {}
        self._shown: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {}
        theme().changed.connect(self._again)

    def put(self, setter: Setter, key: str, **params: object) -> None:
        """Say a text now and after every change of language."""
        owner = getattr(setter, "__self__", setter)
        self._bound[(id(owner), getattr(setter, "__name__", ""))] = (setter, key, params)
        setter(tr(key, **params))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and hasattr(self, "_bound"):
            self._again()

    def _again(self) -> None:
        for setter, key, params in list(self._bound.values()):
            setter(tr(key, **params))
        for method, arguments in list(self._shown.values()):
            method(self, *arguments)


def shown(method: Method) -> Method:
    """Mark a `show_…` method of a Retold: its last call is repeated when language or theme change."""

    @wraps(method)
    def wrapper(self: Retold, *arguments: Any) -> Any:
        self._shown.pop(method.__name__, None)
        self._shown[method.__name__] = (method, arguments)
        return method(self, *arguments)

    return wrapper  # type: ignore[return-value]
