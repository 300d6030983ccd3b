"""The page view, and what the source view shows around a document: its original page, its versions, its warning."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document, Span
from corpus.library import read_document
from rag.caution import Caution
from rag.errors import NoPageError
from rag.source_pages import SourcePages
from tests.corpus.made_pdf import HEIGHT, WIDTH, MadePage, make_pdf
from tests.ui.sample import DOCUMENT
from ui import page_view, source
from ui.page_view import Quoted
from ui.source import Around

RECT = re.compile(r'<rect class="(\w+)" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"')


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, SourcePages]:
    path: Path = tmp_path_factory.mktemp("pages") / "通知.pdf"
    first = (
        MadePage().write("关于做好防雷检测工作的通知", 40, 60).write("一、2025年9月底前完成检测。", 40, 120)
    )
    second = MadePage().write("二、每季度更新一次台账。", 40, 60)
    path.write_bytes(make_pdf([first, second]))
    document = read_document(path)
    return document, SourcePages(document, path)


def quoted(document: Document, words: str, answer: str) -> Quoted:
    start, at = document.text.index(words), document.text.index(answer)
    return Quoted(Span(start, start + len(words)), (Span(at, at + len(answer)),))


def test_the_quotation_is_marked_on_the_page(held: tuple[Document, SourcePages]) -> None:
    document, pages = held
    marked = quoted(document, "2025年9月底前完成检测", "2025年9月底前")
    assert page_view.opened_at(document, marked) == 1
    html = page_view.page(document, pages, 1, marked)
    boxes = {style: tuple(map(float, sides)) for style, *sides in RECT.findall(html)}
    assert set(boxes) == {"quoted", "answers"}
    (left, top, width), (answer_left, answer_top, answer_width) = boxes["quoted"], boxes["answers"]
    assert (left, top) == (answer_left, answer_top)
    assert answer_width < width
    assert abs(left - (40 + 2 * 16) / WIDTH) < 0.01
    assert abs(top - (120 - 16) / HEIGHT) < 0.02
    assert 'src="../../../v1/documents/%E9%80%9A%E7%9F%A5/pages/1.png' in html


def test_pages_are_turned_with_the_quotation_kept(held: tuple[Document, SourcePages]) -> None:
    document, pages = held
    marked = quoted(document, "每季度更新一次", "每季度")
    assert page_view.opened_at(document, marked) == 2
    last = page_view.page(document, pages, 2, marked, framed=True)
    assert (
        f'rel="prev" href="../../{page_view.address(document.id, 1, marked, framed=True)}"'.replace(
            "&", "&amp;"
        )
        in last
    )
    assert 'rel="next"' not in last
    assert "回到正文" not in last
    assert "<rect" not in page_view.page(document, pages, 1, marked)
    assert "回到正文" in page_view.page(document, pages, 1, marked)


def test_no_script_and_no_style_is_needed(held: tuple[Document, SourcePages]) -> None:
    html = page_view.page(held[0], held[1], 1, Quoted())
    assert "<script" not in html
    assert "style=" not in html
    assert "http" not in html


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_there_is_not_is_told(held: tuple[Document, SourcePages], number: int) -> None:
    with pytest.raises(NoPageError):
        page_view.page(held[0], held[1], number, Quoted())


def test_other_files_have_no_pages_to_be_shown(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_text("no PDF")
    with pytest.raises(NoPageError, match="PDF"):
        SourcePages(DOCUMENT, tmp_path / "a.pdf")


def test_the_source_view_opens_the_page_beside_the_text(held: tuple[Document, SourcePages]) -> None:
    document, _ = held
    at = document.text.index("每季度")
    html = source.page(document, Span(at, at + 3), around=Around(pages=2))
    assert (
        f'src="{page_view.address(document.id, 2, Quoted(Span(at, at + 3)), framed=True)}"'.replace(
            "&", "&amp;"
        )
        in html
    )
    assert "原文第 2 页" in html
    assert 'data-page="2"' in html
    assert "<iframe" not in source.page(document, Span(at, at + 3))


def test_versions_name_one_another() -> None:
    new = replace(DOCUMENT, version=2)
    old = replace(DOCUMENT, id="demo@1", version=1)
    around = Around(versions=(old, new))
    assert "现行版本（第2版" in source.page(new, around=around)
    assert '<a href="demo%401">旧版本（第1版' in source.page(new, around=around)
    assert '<a href="demo">现行版本（第2版' in source.page(old, around=around)
    assert "版本" not in source.page(new, around=Around(versions=(new,)))


def test_what_is_not_in_force_is_warned_of() -> None:
    caution = Caution("repealed", None, "2025-01-01", "other", "此文件已被《<b>》废止")
    html = source.page(DOCUMENT, around=Around(caution=caution, successor=replace(DOCUMENT, id="other")))
    assert "此文件已被《&lt;b&gt;》废止" in html
    assert '<a href="other">查看替代它的文件</a>' in html
    assert "已废止" in html
    assert 'class="warning"' not in source.page(DOCUMENT)
