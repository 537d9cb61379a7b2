# SPDX-License-Identifier: Apache-2.0
"""The models that this installation knows: the one it came with and those that the user added.

The list is `models.json` in a given folder; a model is added by reference to its file or by a copy into that folder.
Every file is checked (header, tensor bounds) before it is listed, and its SHA-256 is kept and compared on `verify`.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from askwell.engine.faults import engine_error
from askwell.engine.gguf import check_model, sha256_of

LIST_NAME = "models.json"
VERSION = 1
BUILTIN = "builtin"
_ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """A registered model. `copied`: the file lies in our folder and goes when the entry is removed."""

    id: str
    name: str
    path: str
    sha256: str
    size: int
    architecture: str = ""
    context: int = 0
    parameters: int = 0
    chat: bool = False
    copied: bool = False
    adapter: str = ""

    @property
    def builtin(self) -> bool:
        """Whether it came with the installation."""
        return self.id == BUILTIN


class Catalogue:
    """Lists, adds, chooses and removes models. `default` is the model that the installation brings."""

    def __init__(self, folder: Path, default: CatalogueEntry) -> None:
        self._folder = folder
        self._default = default
        self._chosen, self._added = self._read()

    def entries(self) -> tuple[CatalogueEntry, ...]:
        """All models, the built-in one first."""
        return (self._default, *self._added)

    def find(self, entry_id: str) -> CatalogueEntry:
        """The model with this id. Raises EngineError (engine_model_missing)."""
        for entry in self.entries():
            if entry.id == entry_id:
                return entry
        raise engine_error("engine_model_missing", file=entry_id)

    @property
    def chosen(self) -> CatalogueEntry:
        """The model in use."""
        return next((entry for entry in self.entries() if entry.id == self._chosen), self._default)

    def choose(self, entry_id: str) -> CatalogueEntry:
        """Use this model from now on. Raises EngineError where it is unknown or its file is gone."""
        entry = self.find(entry_id)
        if not Path(entry.path).is_file():
            raise engine_error("engine_model_missing", file=Path(entry.path).name)
        self._chosen = entry.id
        self._write()
        return entry

    def add(self, path: Path, copy: bool = False, beat: Callable[[], None] | None = None) -> CatalogueEntry:
        """Check a GGUF file and register it; the same content again gives the entry that is there.
        Raises EngineError."""
        header = check_model(path)
        sha256 = sha256_of(path, beat)
        for entry in self.entries():
            if entry.sha256 == sha256 and Path(entry.path).is_file():
                return entry
        entry_id = sha256[:_ID_LENGTH]
        place = self._copy(path, entry_id, sha256) if copy else path.resolve()
        entry = CatalogueEntry(
            id=entry_id,
            name=header.name or path.stem,
            path=str(place),
            sha256=sha256,
            size=header.size,
            architecture=header.architecture,
            context=header.context,
            parameters=header.parameters,
            chat=header.chat,
            copied=copy,
        )
        self._added = [*(other for other in self._added if other.id != entry_id), entry]
        self._write()
        return entry

    def remove(self, entry_id: str) -> None:
        """Forget a model, and delete its file where it is our own copy. Raises EngineError."""
        entry = self.find(entry_id)
        if entry.builtin:
            raise engine_error("engine_model_builtin", file=Path(entry.path).name)
        self._added = [other for other in self._added if other.id != entry_id]
        if self._chosen == entry_id:
            self._chosen = BUILTIN
        self._write()
        if entry.copied and Path(entry.path).parent == self._folder:
            Path(entry.path).unlink(missing_ok=True)

    def verify(self, entry_id: str, beat: Callable[[], None] | None = None) -> CatalogueEntry:
        """Read the whole file again and compare. Raises EngineError where it is gone, damaged or another."""
        entry = self.find(entry_id)
        path = Path(entry.path)
        check_model(path)
        if sha256_of(path, beat) != entry.sha256:
            raise engine_error("engine_model_damaged", file=path.name, detail="sha256")
        return entry

    def _copy(self, path: Path, entry_id: str, sha256: str) -> Path:
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / f"{path.stem}-{entry_id}.gguf"
        part = target.with_suffix(".part")
        try:
            shutil.copyfile(path, part)
            # What is listed is what lies on the disk, not what was read while copying.
            if sha256_of(part) != sha256:
                raise engine_error("engine_model_damaged", file=path.name, detail="copy")
            part.replace(target)
        except OSError as error:
            raise engine_error("engine_model_refused", file=path.name, detail=error.strerror or "") from error
        finally:
            part.unlink(missing_ok=True)
        return target

    def _read(self) -> tuple[str, list[CatalogueEntry]]:
        file = self._folder / LIST_NAME
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
            entries = [CatalogueEntry(**entry) for entry in found["models"]]
            return str(found["chosen"]), [entry for entry in entries if not entry.builtin]
        except FileNotFoundError:
            return BUILTIN, []
        except (OSError, ValueError, KeyError, TypeError):
            # Kept aside for a person to look at; the built-in model needs no list.
            if file.is_file():
                file.replace(file.with_suffix(".json.damaged"))
            return BUILTIN, []

    def _write(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        content = {"version": VERSION, "chosen": self._chosen, "models": [asdict(entry) for entry in self._added]}
        part = self._folder / f"{LIST_NAME}.part"
        with part.open("w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        part.replace(self._folder / LIST_NAME)


def builtin_entry(path: Path, sha256: str, name: str, adapter: Path | None = None) -> CatalogueEntry:
    """The entry of the model that the installation brings, made without reading the file."""
    size = path.stat().st_size if path.is_file() else 0
    return CatalogueEntry(BUILTIN, name, str(path), sha256, size, adapter=str(adapter) if adapter else "")
