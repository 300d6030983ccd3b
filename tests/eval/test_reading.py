"""What is lost in reading, counted: words taken from the file's XML, the arithmetic, and the command."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from eval.gold import GoldError
from eval.reading.loss import Loss, compared, losses
from eval.reading.run import told
from eval.reading.said import said
from eval.run import FAILED, MISUSED, PASSED, main

RUNS = """<w:p {ns}><w:r><w:t>第一条</w:t></w:r><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>
<w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:ins><w:r><w:t xml:space="preserve"> 新 </w:t></w:r></w:ins></w:p>"""


def word(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    document.element.body.insert(0, parse_xml(RUNS.format(ns=nsdecls("w"))))
    document.save(str(path))
    return path


def test_words_that_were_deleted_or_moved_away_are_not_said(tmp_path: Path) -> None:
    assert said(word(tmp_path / "a.docx", "甲　乙\u200b").read_bytes(), "a.docx") == "第一条新甲乙"


def test_what_is_no_word_file_is_refused() -> None:
    with pytest.raises(GoldError, match=r"^a\.docx: no Word file"):
        said(b"PK", "a.docx")


def test_a_file_read_whole_loses_nothing(tmp_path: Path) -> None:
    assert losses([word(tmp_path / "a.docx", "一、总则", "为了安全。")]) == [Loss("a.docx", 13)]


def test_lost_taken_as_layout_gained_and_moved() -> None:
    assert compared("a", "甲乙丙", "丙乙", "乙") == Loss("a", 3, lost=1, layout=1, missing="甲丙")
    assert compared("a", "甲乙", "第一条 甲乙", "第一条 甲乙") == Loss("a", 2, gained=3)
    assert compared("a", "甲乙", "乙甲", "乙甲") == Loss("a", 2, in_order=False)


def test_what_is_told_of_a_file() -> None:
    assert told(Loss("a.docx", 3)) == []
    assert told(Loss("a.docx", 3, in_order=False)) == ["a.docx: its words are read in another order"]
    assert told(Loss("a.docx", 3, lost=1, layout=2, missing="甲——")) == [
        "a.docx: 1 lost, 2 taken as layout: 甲——"
    ]
    assert told(Loss("a.docx", 3, lost=3, refused="a.docx: damaged")) == ["a.docx: damaged"]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data" / "regulations"
    folder.mkdir(parents=True)
    with tarfile.open(folder / "documents.tar", "w") as archive:
        for name in ("a.docx", "b.docx"):
            archive.add(word(tmp_path / name, "甲"), name)
    return tmp_path / "data"


def test_the_command(data: Path) -> None:
    out = io.StringIO()
    assert main(["reading", "--data", str(data), "--bars", "--failures"], out) == PASSED
    head, figures, *_ = out.getvalue().splitlines()
    assert head.split() == [
        "reading",
        "files",
        "read",
        "in",
        "order",
        "characters",
        "lost",
        "layout",
        "gained",
    ]
    assert figures.split() == ["regulations", "2", "2", "2", "10", "0", "0", "0"]


def test_a_file_that_is_not_read_misses_the_bar(data: Path, tmp_path: Path) -> None:
    # A part that declares a document type is refused by the reader, though its body could be read.
    with zipfile.ZipFile(tmp_path / "b.docx", "a") as package:
        package.writestr("word/extra.xml", "<!DOCTYPE a><a/>")
    with tarfile.open(data / "regulations" / "documents.tar", "a") as archive:
        archive.add(tmp_path / "b.docx", "c.docx")
    out = io.StringIO()
    assert main(["reading", "--data", str(data), "--bars", "--failures"], out) == FAILED
    assert "bar missed: reading loses 5 characters and 1 of 3 files, the bar is 0" in out.getvalue()
    assert "c.docx:" in out.getvalue()


@pytest.mark.parametrize("options", [["reading"], ["reading", "plans"], ["reading", "--json", "x.json"]])
def test_misuse(options: list[str]) -> None:
    assert main(options, io.StringIO()) == MISUSED
