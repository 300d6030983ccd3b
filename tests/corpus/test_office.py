"""Old Office files through LibreOffice: what it converts, what happens without it, and what it cannot."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path

import docx
import openpyxl
import pytest

from corpus import office
from corpus.errors import UnreadableError, UnsupportedFormatError
from corpus.kinds import Kind, kind_of
from corpus.office import read_office
from corpus.reader import read_bytes
from tests.corpus.office_forms import converted

installed = pytest.mark.skipif(
    not any(map(shutil.which, office.PROGRAMS)),
    reason="LibreOffice is not installed, so no old file can be made or read",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("office")
    document = docx.Document()
    document.add_heading("关于做好检查的通知", 1)
    document.add_paragraph("各单位：")
    table = document.add_table(rows=2, cols=2)
    for cell, words in zip([cell for row in table.rows for cell in row.cells], "甲乙丙丁", strict=True):
        cell.text = words
    document.add_paragraph("一、抓紧落实。")
    document.save(str(made / "notice.docx"))
    book = openpyxl.Workbook()
    book.active.append(["序号", "任务"])
    book.active.append([1, "检查"])
    book.save(made / "list.xlsx")
    return made


@installed
@pytest.mark.parametrize(
    ("form", "kind"), [("doc", "doc"), ("rtf", "rtf"), ("odt", "odt"), ("xml:MS Word 2003 XML", "wordxml")]
)
def test_texts(folder: Path, form: str, kind: Kind) -> None:
    content = converted(folder / "notice.docx", form).read_bytes()
    assert kind_of(content, "a") == kind
    heading, *lines = read_office(content, f"a.{kind}", kind).text.rstrip().split("\n")
    assert heading.removeprefix("# ") == "关于做好检查的通知"
    assert lines == ["各单位：", "甲\t乙", "丙\t丁", "一、抓紧落实。"]


@installed
def test_a_wps_file_is_an_old_word_file(folder: Path) -> None:
    content = converted(folder / "notice.docx", "doc").read_bytes()
    assert read_bytes(content, "通知.wps") == read_bytes(content, "通知.doc")


@installed
@pytest.mark.parametrize(("form", "kind"), [("xls", "xls"), ("ods", "ods")])
def test_workbooks(folder: Path, form: str, kind: Kind) -> None:
    content = converted(folder / "list.xlsx", form).read_bytes()
    assert kind_of(content, "a") == kind
    assert read_bytes(content, f"a.{form}").text == "序号\t任务\n1\t检查"


@installed
def test_what_it_cannot_convert_is_refused_in_one_line(folder: Path) -> None:
    content = converted(folder / "notice.docx", "doc").read_bytes()[:2000]
    with pytest.raises(UnreadableError, match=r"^a\.doc: LibreOffice cannot convert it.*save it as \.docx$"):
        read_office(content, "a.doc", "doc")


def test_without_libreoffice_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(
        UnsupportedFormatError, match=r"^a\.doc: .*install libreoffice or save the file as \.docx$"
    ):
        read_office(b"x", "a.doc", "doc")


def test_it_is_given_only_so_much_time(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    starter = tmp_path / office.PROGRAMS[0]
    starter.write_text("#!/bin/sh\nexec sleep 600\n")
    starter.chmod(starter.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(office, "PATIENCE", 0.2)
    with pytest.raises(UnreadableError, match=r"^a\.xls: LibreOffice did not convert it in 0\.2 seconds"):
        read_office(b"x", "a.xls", "xls")
