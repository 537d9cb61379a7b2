# SPDX-License-Identifier: Apache-2.0
"""What the frame itself needs to know: counters, the model, what the palette can find, the proof of being offline."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from askwell.app import offline
from askwell.app.bootstrap import App
from askwell.domain.errors import AskwellError
from askwell.ui.ports import Context, Job, JobRunner

# An address reserved for documentation: nothing answers there, and only the guard can refuse it this fast.
PROBE_ADDRESS = "192.0.2.1"
_PROBE_PORT = 443


@dataclass(frozen=True, slots=True)
class Place:
    """Something the palette can open."""

    screen: str
    target: str
    title: str
    detail: str
    icon: str


@dataclass(frozen=True, slots=True)
class Proof:
    """State of the offline guard. `probed` is None until somebody asks, then whether the probe was refused."""

    refused: tuple[str, ...]
    probed: bool | None = None


class FrameView(Protocol):
    """The window as this presenter sees it."""

    def show_counters(self, waiting: Mapping[str, int]) -> None:
        """Numbers beside the navigation."""
        ...

    def show_model(self, name: str) -> None:
        """Name of the model that writes; empty where there is none."""
        ...

    def show_places(self, places: list[Place]) -> None:
        """What the palette can open beside screens and commands."""
        ...

    def show_proof(self, proof: Proof) -> None:
        """The panel on being offline."""
        ...


class FramePresenter:
    """Loads what the frame shows; every answer may come late or not at all without stopping work."""

    def __init__(self, app: App, runner: JobRunner, view: FrameView) -> None:
        self._app, self._runner, self._view = app, runner, view

    def refresh(self) -> None:
        """Counters and model."""
        self._load("frame.counters", lambda _: self._waiting(), self._view.show_counters)
        self._load("frame.model", lambda _: self._app.models.active().name, self._view.show_model)

    def load_places(self) -> None:
        """Positions and kits for the palette."""
        self._load("frame.places", lambda _: self._places(), self._view.show_places)

    def show_proof(self) -> None:
        """What was refused so far."""
        self._view.show_proof(Proof(_refused()))

    def probe(self) -> None:
        """Try to connect, to see the refusal."""
        self._load("frame.probe", lambda _: Proof(_refused(), _probe_is_refused()), self._view.show_proof)

    def _load(self, key: str, work: Callable[[Context], object], done: Callable[..., None]) -> None:
        # The frame is decoration: where a figure cannot be had, the screen below says what is wrong.
        self._runner.start(Job(work, done=done, failed=lambda error: None, key=key))

    def _waiting(self) -> dict[str, int]:
        return {step.name: step.waiting for step in self._app.home.overview().steps}

    def _places(self) -> list[Place]:
        found = [Place("write", one.id, one.title, one.department, "position") for one in self._app.goals.positions()]
        found += [
            Place("kits", kit.id, kit.title or kit.position_title, kit.created_at[:10], "kits")
            for kit in self._app.kits.kits()
        ]
        return found


def _refused() -> tuple[str, ...]:
    return tuple(address for address in offline.attempts if not address.startswith(PROBE_ADDRESS))


def _probe_is_refused() -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.3)
        try:
            probe.connect((PROBE_ADDRESS, _PROBE_PORT))
        except AskwellError:
            return True
        except OSError:
            return False
    return False
