"""One tree from .txt, .docx and .pdf: the shipped documents and made-up texts of other layouts."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library import read_document, shipped_documents
from tests.corpus.forms import OFFICIAL, Look, logical, pdfs, tree, write_docx
from tests.corpus.layouts import SAMPLES

SHIPPED = {path.stem: path for path in shipped_documents()}
NAMES = [*SHIPPED, *(sample.name for sample in SAMPLES)]


def _texts() -> dict[str, tuple[str, Look]]:
    shipped = {name: (logical(path.read_text("utf-8")), OFFICIAL) for name, path in SHIPPED.items()}
    return shipped | {sample.name: (sample.text, sample.look) for sample in SAMPLES}


@pytest.fixture(scope="module")
def word_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every text as a .docx file."""
    folder = tmp_path_factory.mktemp("word")
    files = {name: folder / f"{name}.docx" for name in NAMES}
    for name, (text, look) in _texts().items():
        write_docx(text, files[name], look)
    return files


@pytest.fixture(scope="module")
def pdf_files(word_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every text as a .pdf file, made in one go."""
    made = pdfs(list(word_files.values()), tmp_path_factory.mktemp("pdf"))
    return dict(zip(word_files, made, strict=True))


def _from_text(name: str, folder: Path) -> list[tuple[object, ...]]:
    if name in SHIPPED:
        return tree(read_document(SHIPPED[name]))
    path = folder / f"{name}.txt"
    path.write_text(_texts()[name][0], "utf-8")
    return tree(read_document(path))


@pytest.mark.parametrize("name", NAMES)
def test_word(name: str, word_files: dict[str, Path], tmp_path: Path) -> None:
    assert tree(read_document(word_files[name])) == _from_text(name, tmp_path)


@pytest.mark.parametrize("name", NAMES)
def test_pdf(name: str, pdf_files: dict[str, Path], tmp_path: Path) -> None:
    document = read_document(pdf_files[name])
    assert tree(document) == _from_text(name, tmp_path)
    assert not document.flaws
    assert document.source_map.page_starts, "every text is long enough to have pages"
