"""Bytes into text: encodings, formats, Word's own numbering, and what is refused."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from corpus.errors import CorpusError, UnreadableError, UnsupportedFormatError
from corpus.numbering import write
from corpus.reader import read_source

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


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.exe"])
def test_other_formats_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnsupportedFormatError, match=r"save it as one of \.docx \.md \.txt"):
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
