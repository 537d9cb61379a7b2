# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.engine.support import model_bytes

from askwell.domain.errors import EngineError
from askwell.engine.catalogue import BUILTIN, LIST_NAME, Catalogue, builtin_entry


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "mine 模型.gguf"
    path.write_bytes(model_bytes("Mine"))
    return path


def opened(tmp_path: Path) -> Catalogue:
    default = tmp_path / "default.gguf"
    default.write_bytes(model_bytes("Default"))
    return Catalogue(tmp_path / "models", builtin_entry(default, "00", "Default"))


def key(caught: pytest.ExceptionInfo[EngineError]) -> str:
    return caught.value.message.key


def test_a_new_catalogue_has_the_builtin_model_and_uses_it(tmp_path: Path) -> None:
    catalogue = opened(tmp_path)
    assert [entry.id for entry in catalogue.entries()] == [BUILTIN]
    assert catalogue.chosen.builtin


def test_a_linked_model_stays_where_it_is_also_after_removal(tmp_path: Path, source: Path) -> None:
    catalogue = opened(tmp_path)
    entry = catalogue.add(source)
    assert (entry.name, entry.path, entry.copied, entry.context) == ("Mine", str(source), False, 64)
    catalogue.remove(entry.id)
    assert source.is_file()
    assert len(catalogue.entries()) == 1


def test_a_copied_model_is_ours_and_goes_with_its_entry(tmp_path: Path, source: Path) -> None:
    catalogue = opened(tmp_path)
    entry = catalogue.add(source, copy=True)
    source.unlink()
    assert catalogue.verify(entry.id) == entry
    catalogue.remove(entry.id)
    assert list((tmp_path / "models").glob("*.gguf")) == []


def test_list_and_choice_are_there_after_opening_again(tmp_path: Path, source: Path) -> None:
    catalogue = opened(tmp_path)
    entry = catalogue.add(source)
    catalogue.choose(entry.id)
    assert opened(tmp_path).chosen == entry
    catalogue.remove(entry.id)
    assert opened(tmp_path).chosen.builtin


def test_the_same_content_is_listed_once(tmp_path: Path, source: Path) -> None:
    catalogue = opened(tmp_path)
    assert catalogue.add(source) == catalogue.add(source)
    assert len(catalogue.entries()) == 2


def test_a_changed_file_fails_verification(tmp_path: Path, source: Path) -> None:
    catalogue = opened(tmp_path)
    entry = catalogue.add(source)
    source.write_bytes(model_bytes("Evil"))
    with pytest.raises(EngineError) as caught:
        catalogue.verify(entry.id)
    assert key(caught) == "error.engine_model_damaged"


def test_a_damaged_file_is_not_added(tmp_path: Path, source: Path) -> None:
    source.write_bytes(source.read_bytes()[:-10])
    catalogue = opened(tmp_path)
    with pytest.raises(EngineError) as caught:
        catalogue.add(source)
    assert key(caught) == "error.engine_model_damaged"
    assert len(catalogue.entries()) == 1


def test_choosing_a_model_whose_file_is_gone_is_refused(tmp_path: Path, source: Path) -> None:
    catalogue = opened(tmp_path)
    entry = catalogue.add(source)
    source.unlink()
    with pytest.raises(EngineError) as caught:
        catalogue.choose(entry.id)
    assert key(caught) == "error.engine_model_missing"


def test_the_builtin_model_cannot_be_removed(tmp_path: Path) -> None:
    with pytest.raises(EngineError) as caught:
        opened(tmp_path).remove(BUILTIN)
    assert key(caught) == "error.engine_model_builtin"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"chosen": "x", "models": [{"id": 1}]}'])
def test_a_damaged_list_is_put_aside(tmp_path: Path, content: str) -> None:
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / LIST_NAME).write_text(content)
    assert opened(tmp_path).chosen.builtin
    assert (folder / "models.json.damaged").is_file()
