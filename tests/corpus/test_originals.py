"""Source files held: whole or not at all, never changed, and swept when nothing needs them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.originals import Originals, held_id

CONTENT = "第一条　为了安全。"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "甲〔2024〕5号.TXT"
    path.write_text(CONTENT, encoding="utf-8")
    return path


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_copy_is_named_by_document_and_content(tmp_path: Path, source: Path) -> None:
    originals = Originals(tmp_path / "held")
    name = originals.keep(source, "甲-2024-5号", digest(source))
    assert name == f"甲-2024-5号~{digest(source)[:12]}.txt"
    assert held_id(Path(name)) == "甲-2024-5号"
    source.unlink()
    assert originals.path(name).read_text(encoding="utf-8") == CONTENT
    assert [path.name for path in originals.folder.iterdir()] == [name]


def test_a_file_that_changed_since_it_was_read_is_refused(tmp_path: Path, source: Path) -> None:
    originals = Originals(tmp_path / "held")
    with pytest.raises(CorpusError, match="changed while it was being read"):
        originals.keep(source, "a", "0" * 64)
    assert list(originals.folder.iterdir()) == []


def test_the_longest_names_fit(tmp_path: Path, source: Path) -> None:
    originals = Originals(tmp_path / "held")
    assert originals.path(originals.keep(source, "关" * 200, digest(source))).is_file()


def test_a_folder_that_cannot_be_written(tmp_path: Path, source: Path) -> None:
    with pytest.raises(CorpusError, match="cannot be written") as refused:
        Originals(source).keep(source, "a", digest(source))
    assert "\n" not in str(refused.value)


def test_what_nothing_needs_is_swept_and_other_files_stay(tmp_path: Path, source: Path) -> None:
    originals = Originals(tmp_path / "held")
    originals.sweep(())
    assert originals.by_hand() == originals.copies() == ()
    first, second = (originals.keep(source, one, digest(source)) for one in ("a", "b"))
    (originals.folder / "by-hand.txt").write_text("第二条", encoding="utf-8")
    (originals.folder / ".x.part").write_text("half", encoding="utf-8")
    assert [path.name for path in originals.copies()] == [first, second]
    assert [path.name for path in originals.by_hand()] == ["by-hand.txt"]
    originals.sweep({first})
    assert sorted(path.name for path in originals.folder.iterdir()) == sorted([first, "by-hand.txt"])
