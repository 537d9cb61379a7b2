# SPDX-License-Identifier: Apache-2.0
"""What every reader promises. A new reader is in here by being in READERS and having a sample."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from askwell.domain.errors import InputRefused
from askwell.intake.readers import READERS, base, read, reader_for
from askwell.intake.verification import verify

SAMPLES = Path(__file__).parents[1] / "data" / "readers"
FILES = sorted(path for path in SAMPLES.iterdir() if path.suffix not in {".py", ".pyc"} and path.is_file())


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: type(reader).__name__)
def test_every_reader_names_its_endings_and_has_a_sample(reader: base.Reader) -> None:
    assert reader.EXTENSIONS
    assert all(ending.startswith(".") and ending == ending.lower() for ending in reader.EXTENSIONS)
    assert any(reader_for(path) is reader for path in FILES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_is_read_into_rectangular_tables_that_begin_at_a1(path: Path) -> None:
    tables = read(path)
    assert tables
    for table in tables:
        assert table.file == path.name
        assert {len(row) for row in table.cells} == {table.width}
        assert any(cell is not None for row in table.cells for cell in row)
        assert all(merge.top <= merge.bottom and merge.left <= merge.right for merge in table.merged)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_second_way_of_reading_sees_the_same_cells(path: Path) -> None:
    result = verify(path, read(path))
    assert result.cells > 0
    assert result.mismatches == ()
    assert result.rate == 1.0
    assert result.checksums


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_reading_leaves_the_file_as_it_was(path: Path) -> None:
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    read(path)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_recognised_whatever_its_name_says(path: Path, tmp_path: Path) -> None:
    disguised = tmp_path / "export.bin"
    disguised.write_bytes(path.read_bytes())
    assert type(reader_for(disguised)) is type(reader_for(path))


@pytest.mark.parametrize("path", [path for path in FILES if zipfile.is_zipfile(path)], ids=lambda path: path.name)
@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_truncated_file_is_refused_with_a_remedy(path: Path, share: float, tmp_path: Path) -> None:
    cut = tmp_path / path.name
    body = path.read_bytes()
    cut.write_bytes(body[: int(len(body) * share)])
    with pytest.raises(InputRefused) as refused:
        read(cut)
    assert refused.value.message.key == "error.file_damaged"
    assert refused.value.hint is not None
    assert refused.value.message.params["file"] == path.name


@pytest.mark.parametrize("ending", [ending for reader in READERS for ending in reader.EXTENSIONS])
def test_an_empty_file_is_refused_under_every_ending(ending: str, tmp_path: Path) -> None:
    path = tmp_path / f"empty{ending}"
    path.touch()
    with pytest.raises(InputRefused) as refused:
        read(path)
    assert refused.value.message.key == "error.file_empty"
