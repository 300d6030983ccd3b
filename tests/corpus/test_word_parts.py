"""What stands beside a Word body: notes, text boxes, controls, formulas; each once, in its place."""

from __future__ import annotations

import io
import zipfile

import pytest

from corpus.errors import UnreadableError
from corpus.reader import read_bytes
from corpus.word import read_word
from tests.corpus.hostile import W, repacked, word

BOX = "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>"
ALTERNATE = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>{0}'
    "</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent></w:r>"
)


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(words: str) -> str:
    return f"<w:r><w:t>{words}</w:t></w:r>"


def cell(*content: str) -> str:
    return f"<w:tc>{''.join(content)}</w:tc>"


def table(*cells: str) -> str:
    return f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>"


def text(body: str) -> str:
    return read_bytes(word(body), "a.docx").text


def noted(body: str, notes: str) -> bytes:
    """A .docx with footnotes."""
    content = word(body)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        relations = archive.read("word/_rels/document.xml.rels").decode()
        known = archive.read("[Content_Types].xml").decode()
    relation = f'<Relationship Id="rIdN" Type="{kind}" Target="footnotes.xml"/></Relationships>'
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{types}"/></Types>'
    return repacked(
        content,
        {
            "word/_rels/document.xml.rels": relations.replace("</Relationships>", relation).encode(),
            "[Content_Types].xml": known.replace("</Types>", override).encode(),
            "word/footnotes.xml": f'<w:footnotes xmlns:w="{W}">{notes}</w:footnotes>'.encode(),
        },
    )


def reference(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


def note(number: int, *content: str) -> str:
    return f'<w:footnote w:id="{number}">{"".join(content)}</w:footnote>'


def test_a_text_box_follows_its_paragraph() -> None:
    assert text(p(r("甲"), BOX.format(p(r("乙")) + p(r("丙"))), r("丁")) + p(r("戊"))) == "甲丁\n乙\n丙\n戊"


def test_a_text_box_in_a_cell_is_read_once() -> None:
    assert text(table(cell(p(r("甲"), BOX.format(p(r("乙"))))), cell(p(r("丙"))))) == "甲  乙\t丙"


def test_what_is_given_twice_for_old_programs_is_read_once() -> None:
    shape = BOX.format(p(r("乙"))).removeprefix("<w:r>").removesuffix("</w:r>")
    assert text(p(r("甲"), ALTERNATE.format(shape))) == "甲\n乙"
    assert text(table(cell(p(r("甲"), ALTERNATE.format(shape))))) == "甲  乙"


def test_a_note_follows_the_paragraph_that_refers_to_it_once() -> None:
    body = p(r("甲"), reference(2), reference(5), r("。")) + table(
        cell(p(r("乙"), reference(3), reference(2)))
    )
    notes = note(2, p(r("注一")), p(r("续"))) + note(3, p(r("注三"), reference(3))) + note(5, p(r("注二")))
    read = read_bytes(noted(body, notes), "a.docx").text
    assert read == "甲。\n[1] 注一  续\n[2] 注二\n乙  [3] 注三"


def test_rows_and_paragraphs_in_wrappers_are_read() -> None:
    row = f"<w:tr><w:sdt><w:sdtContent>{cell(p(r('甲')))}</w:sdtContent></w:sdt>{cell(p(r('乙')))}</w:tr>"
    body = f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl><w:customXml>{p(r('丙'))}</w:customXml>"
    assert text(body) == "甲\t乙\n丙"


def test_a_comment_in_the_xml_cuts_no_words_off() -> None:
    assert text(p("<w:r><w:t>甲<!-- 注 -->乙</w:t></w:r>")) == "甲乙"


def test_formulas_symbols_and_the_reading_of_characters() -> None:
    space = "http://schemas.openxmlformats.org/officeDocument/2006/math"
    formula = f'<m:oMath xmlns:m="{space}"><m:r><m:t>x≤1</m:t></m:r></m:oMath>'
    symbols = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="X" w:char="2116"/></w:r>'
    ruby = f"<w:r><w:ruby><w:rt>{r('ān')}</w:rt><w:rubyBase>{r('安')}</w:rubyBase></w:ruby></w:r>"
    assert text(p(formula, symbols, ruby)) == "x≤1☑№安"


def test_a_compound_file_is_told_apart() -> None:
    with pytest.raises(UnreadableError, match="with a password"):
        read_word(b"\xd0\xcf\x11\xe0" + b"\0" * 100, "a.docx")
