"""Bytes into text: encodings, formats, Word's own numbering, and what is refused."""

from __future__ import annotations

import contextlib
import io
import quopri
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import CorpusError, UnreadableError, UnsupportedFormatError
from corpus.kinds import kind_of
from corpus.numbering import write
from corpus.reader import READERS, read_bytes, read_source

WORDS = "第一条　为了加强安全生产，㐀制定本条例。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".TXT"])
def test_encodings(tmp_path: Path, encoding: str, suffix: str) -> None:
    path = tmp_path / f"law{suffix}"
    path.write_bytes(WORDS.encode(encoding))
    assert read_source(path).text == WORDS


def test_bytes_of_no_encoding_are_refused_by_name_and_offset(tmp_path: Path) -> None:
    path = tmp_path / "law.txt"
    path.write_bytes("安全".encode() + b"\xff\xff")
    with pytest.raises(UnreadableError, match=r"^law\.txt: byte 6 is neither UTF-8, UTF-16 nor GB18030.*$"):
        read_source(path)


@pytest.mark.parametrize("name", ["a.ceb", "a", "a.exe"])
def test_other_formats_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(
        UnsupportedFormatError, match=r"is not read; save it as one of \..* \.docx \..* \.txt"
    ):
        read_source(tmp_path / name)


def test_missing_and_damaged_files_are_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"hello")
    for name in ("a.docx", "none.txt"):
        with pytest.raises(CorpusError) as refused:
            read_source(tmp_path / name)
        assert "\n" not in str(refused.value)


def test_word_paragraphs_headings_and_tables_in_order(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("总则", level=2)
    document.add_paragraph("第一段\t后文")
    table = document.add_table(rows=2, cols=3)
    for cell, words in zip([cell for row in table.rows for cell in row.cells], "甲乙丙丁  ", strict=True):
        cell.text = words
    table.cell(1, 1).merge(table.cell(1, 2))
    table.cell(0, 0).add_paragraph("续")
    document.add_paragraph("末段")
    document.save(str(tmp_path / "a.docx"))
    assert read_source(tmp_path / "a.docx").text == "## 总则\n第一段 后文\n甲  续\t乙\t丙\n丁\t\t\n末段"


NUMBERING = """<w:abstractNum {ns} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>
<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="第%1条"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>
<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>"""


def test_words_own_numbering_is_written_out(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(NUMBERING.format(ns=nsdecls("w"))))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/></w:num>'))
    for words, level in (("为了安全。", 0), ("细目", 1), ("适用。", 0), ("细目", 1)):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="91"/></w:numPr>')
        )
    document.save(str(tmp_path / "a.docx"))
    assert read_source(tmp_path / "a.docx").text == "第一条 为了安全。\n一.1 细目\n第二条 适用。\n二.1 细目"


@pytest.mark.parametrize(
    ("number", "form", "written"),
    [
        (10, "chineseCounting", "十"), (15, "japaneseCounting", "十五"), (110, "chineseCounting", "一百一十"),
        (101, "chineseCountingThousand", "一百零一"), (12, "ideographDigital", "一二"), (3, "upperLetter", "C"),
        (20, "decimalEnclosedCircle", "⑳"), (7, "lowerRoman", "7"), (7, "none", ""),
    ],
)  # fmt: skip
def test_number_formats(number: int, form: str, written: str) -> None:
    assert write(number, form) == written


def word(words: str) -> bytes:
    kept = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(words)
    document.save(kept)
    return kept.getvalue()


def workbook(words: str) -> bytes:
    kept = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append([words])
    book.save(kept)
    return kept.getvalue()


def package(**parts: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return kept.getvalue()


PAGE = "<html><body><p>{}</p></body></html>"
MHT = """MIME-Version: 1.0
Content-Type: multipart/related; boundary="x"

--x
Content-Type: text/html; charset="gb2312"
Content-Transfer-Encoding: quoted-printable

<html><meta charset=3Dgb2312><p>{}</p></html>
--x--
"""


@pytest.mark.parametrize("suffix", [".doc", ".docx", ".xls", ".wps", ".txt", ".html", ".pdf"])
@pytest.mark.parametrize(
    "content",
    [
        word(WORDS),
        workbook(WORDS),
        PAGE.format(WORDS).encode("gb18030"),
        PAGE.format(WORDS).encode("utf-16"),
        ("\ufeff<?xml version='1.0'?>\n<!-- x --><!DOCTYPE html>" + PAGE.format(WORDS)).encode(),
        MHT.format(quopri.encodestring(WORDS.encode("gb18030")).decode()).encode(),
    ],
    ids=["docx", "xlsx", "html", "html-utf-16", "xhtml", "mht"],
)
def test_files_are_read_as_what_they_are(content: bytes, suffix: str) -> None:
    assert read_bytes(content, "law" + suffix).text == WORDS


@pytest.mark.parametrize("suffix", [".doc", ".xls", ".docx"])
def test_markup_without_a_head_is_read_as_a_page(suffix: str) -> None:
    assert read_bytes("<table><tr><td>甲<td>乙</table>".encode(), "list" + suffix).text == "甲\t乙"
    assert read_bytes(b"<table> is no page here", "notes.txt").text == "<table> is no page here"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"hello", "a.docx", "the file is plain text; name it .txt"),
        (b"", "a.xlsx", "the file is an empty file"),
        (package(**{"readme.txt": "x"}), "a.docx", "the file is a zip archive; take the documents out"),
        (package(**{"ppt/presentation.xml": "x"}), "a.docx", r"a presentation \(\.pptx\); save it as a PDF"),
        (package(mimetype="application/epub+zip"), "a.odt", "the file is a zip archive"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "a.doc", "a presentation of the old format"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "a.docx",
            "locked with a password; take the password off",
        ),
    ],
)
def test_what_is_not_read_is_named(content: bytes, name: str, said: str) -> None:
    with pytest.raises(CorpusError, match=rf"^{name}: .*{said}") as refused:
        read_bytes(content, name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "doc"), (OLE + "Workbook".encode("utf-16-le"), "xls"), (OLE, "ole"),
        (b"{\\rtf1", "rtf"), (b"\x89PNG\r\n\x1a\n", "image"), (b"RIFF0000WEBP", "image"), (b"junk\n%PDF-1.4", "pdf"),
        (b'<?mso-application progid="Word.Document"?>', "wordxml"), (package(**{"OFD.xml": "x"}), "ofd"),
        (package(mimetype="application/vnd.oasis.opendocument.text"), "odt"), ("第一条".encode(), "text"),
    ],
)  # fmt: skip
def test_kinds(content: bytes, kind: str) -> None:
    assert kind_of(content, "a") == kind


def test_every_suffix_has_a_reader_that_can_be_loaded(tmp_path: Path) -> None:
    for suffix in READERS:
        path = tmp_path / f"a{suffix}"
        path.write_bytes(b"\x00")
        with contextlib.suppress(CorpusError):
            assert read_source(path).text.strip("\x00") == ""
