"""One text has one tree, whatever kind of file it comes in."""

from __future__ import annotations

import re
from pathlib import Path

import docx
import pytest

from corpus.catalogue import Catalogue
from corpus.document import Document
from corpus.library import read_document, shipped_documents
from corpus.reader import read_source
from corpus.wording import is_date, is_title
from tests.corpus.forms import OFFICIAL, Look, logical, tree, write_docx, write_html, write_md
from tests.corpus.layouts import SAMPLES
from tests.corpus.ofd_writer import write_ofd
from tests.corpus.office_forms import converted

SHIPPED = {path.stem: path for path in shipped_documents()}
MADE = {sample.name: sample for sample in SAMPLES}
NAMES = (*SHIPPED, *MADE)

_MARK = re.compile(r"#{1,6} ")


def text_of(name: str) -> str:
    return logical(read_source(SHIPPED[name]).text) if name in SHIPPED else MADE[name].text


def look_of(name: str) -> Look:
    """How the text is set: its own look, or titles in the middle and dates at the right edge."""
    if name in MADE:
        return MADE[name].look
    lines = [_MARK.sub("", line) for line in text_of(name).splitlines()]
    return Look(centred=frozenset(filter(is_title, lines)), right=frozenset(filter(is_date, lines)))


def read(path: Path) -> Document:
    return read_document(path, document_id="same", catalogue=Catalogue())


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def plain(name: str, tmp_path: Path) -> Document:
    path = tmp_path / "same.txt"
    path.write_text(text_of(name), encoding="utf-8")
    document = read(path)
    assert len(document.clauses) > 1
    return document


@pytest.mark.parametrize("form", ["md", "html", "docx", "gb18030.html", "docx named .doc", "html named .wps"])
def test_same_tree(name: str, plain: Document, form: str, tmp_path: Path) -> None:
    kind, _, suffix = form.partition(" named ")
    path = tmp_path / f"made.{kind}"
    write = {"md": write_md, "html": write_html, "docx": write_docx}[path.suffix[1:]]
    write(text_of(name), path)
    if kind.startswith("gb18030"):
        page = path.read_text(encoding="utf-8").replace('charset="utf-8"', 'charset="gb2312"')
        path.write_bytes(page.encode("gb18030"))
    if suffix:
        path = path.rename(path.with_suffix(suffix))
    document = read(path)
    assert tree(document) == tree(plain)
    assert (document.title, document.number, document.date) == (plain.title, plain.number, plain.date)


def test_same_tree_from_a_site_page(name: str, plain: Document, tmp_path: Path) -> None:
    path = tmp_path / "made.html"
    write_html(text_of(name), path)
    page = path.read_text(encoding="utf-8")
    around = (
        '<body><div class="nav"><a href="/">首页</a> <a href="/zwgk">政务公开</a></div><div class="position">当前位置：'
        '<a href="/">首页</a> &gt; <a href="/zwgk">政务公开</a></div><div class="page"><div class="tools">【字体：大 中 小】'
        '</div><div class="article">'
    )
    below = (
        '</div><div class="share">分享到：<a href="#">微信</a></div></div><footer>主办：某某县人民政府办公室　网站标识码：'
        "4100000001　备案号：豫ICP备00000001号</footer></body>"
    )
    path.write_text(page.replace("<body>", around).replace("</body>", below), encoding="utf-8")
    assert tree(read(path)) == tree(plain)


def test_same_tree_from_ofd(name: str, plain: Document, tmp_path: Path) -> None:
    look = look_of(name)
    path = tmp_path / "made.ofd"
    write_ofd(text_of(name), path, centred=look.centred, right=look.right, running_head=look.running_head)
    assert tree(read(path)) == tree(plain)


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .doc of every text, made in one call; a paragraph follows the last table, as Word always has it."""
    folder = tmp_path_factory.mktemp("old")
    for name in NAMES:
        path = folder / f"{name}.docx"
        write_docx(text_of(name), path, OFFICIAL)
        document = docx.Document(str(path))
        document.add_paragraph("")
        document.save(str(path))
    first, *others = sorted(folder.glob("*.docx"))
    converted(first, "doc", *others)
    return folder


def test_same_tree_from_old_word(name: str, plain: Document, old_files: Path) -> None:
    assert tree(read(old_files / f"{name}.doc")) == tree(plain)
