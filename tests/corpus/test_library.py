"""A file becomes a document; what its text does not say comes from the catalogue."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, Entry
from corpus.errors import CatalogueError
from corpus.library import OPENING, read_document, shipped_catalogue, shipped_documents, slug

TEXT = "甲市安全条例\n第一条　为了安全。\n"


def write(folder: Path, name: str, text: str = TEXT) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_the_catalogue_only_adds(tmp_path: Path) -> None:
    catalogue = Catalogue({"a": Entry(place="乙市", status="repealed", date="2020-01-01")})
    document = read_document(write(tmp_path, "a.txt"), catalogue=catalogue)
    assert (document.place, document.status, document.date) == ("甲市", "repealed", "2020-01-01")
    silent = read_document(write(tmp_path, "a.txt", "安全条例\n第一条　为了安全。\n"), catalogue=catalogue)
    assert silent.place == "乙市"


@pytest.mark.parametrize("text", ["[a]\nissuer = '甲'", "[a]\nstatus = 'gone'", "a = 1", "[a", ""])
def test_catalogues(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "catalog.toml", text)
    if not text:
        assert Catalogue.read(path).entry("a") == Entry()
        return
    with pytest.raises(CatalogueError) as refused:
        Catalogue.read(path)
    assert "\n" not in str(refused.value)


def test_shipped() -> None:
    assert [path.stem for path in shipped_documents()] == [
        "qingping-2024-23", "xiangcheng-2024-5", "xiuyan-2024-3", "zhumadian-2024-7",
    ]  # fmt: skip
    assert set(shipped_catalogue().entries) <= {path.stem for path in shipped_documents()}
    assert slug("///") == "document"


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("3f2a9c01", "集结湖北！\n各省援助。", "集结湖北！"),
        ("3f2a9c01", "开封市市场监督管理局发布相关通知：餐饮企业经过备案之后可有序复工，" * 3, None),
        ("复工须知", "各单位要，做好准备。\n戴口罩。", "复工须知"),
        ("fire-safety", "各单位要，做好准备。\n戴口罩。", "fire-safety"),
    ],
)
def test_what_has_no_title_is_called_by_its_file_or_how_it_opens(
    tmp_path: Path, name: str, text: str, title: str | None
) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text(text, encoding="utf-8")
    read = read_document(path)
    if title is not None:
        assert read.title == title
    else:
        assert read.title.endswith("…")
        assert text.startswith(read.title[:-1])
        assert len(read.title) <= OPENING
