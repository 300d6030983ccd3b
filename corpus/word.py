"""Word documents: paragraphs as lines, table rows as lines with tabs, in the order of the body."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from corpus.archive import open_archive
from corpus.errors import UnreadableError
from corpus.numbering import Numbering
from corpus.xml import refuse_dtds

COLUMNS: Final = 63
"""A cell spans no more columns than this, which is all that Word allows."""

_SKIPPED: Final = frozenset(
    {
        qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"), qn("w:sdtPr"), qn("w:rt"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)  # fmt: skip
_WRITTEN: Final = {
    qn("w:tab"): " ",
    qn("w:ptab"): " ",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "-",
}
_TEXT: Final = frozenset({qn("w:t"), qn("m:t")})
_NOTE_PARTS: Final = ("/footnotes", "/endnotes")
_NOTE_REFERENCES: Final = {qn("w:footnoteReference"): "/footnotes", qn("w:endnoteReference"): "/endnotes"}
_SYMBOLS: Final = {
    "F06F": "□", "F0A8": "□", "F0A3": "□", "F0FE": "☑", "F052": "☑", "F0FC": "√", "F06C": "●", "F06E": "■",
}  # fmt: skip
"""The characters of Wingdings that forms use for boxes and ticks."""
_HEADING_STYLE = re.compile(r"heading ([1-6])", re.IGNORECASE)
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0"
_NO_WORD: Final = (
    PackageNotFoundError, zipfile.BadZipFile, SyntaxError, KeyError, ValueError, TypeError, AttributeError, IndexError,
    RecursionError, OSError,
)  # fmt: skip


def read_word(content: bytes, name: str) -> str:
    """The text of a .docx file, a paragraph a line, a table row a line with its cells parted by tabs.

    Labels that Word numbers by itself are written out; paragraphs in a heading style carry Markdown marks. The
    words of a text box and of a foot- or endnote (`[1] …`) follow the paragraph that holds it. Running heads and
    feet, comments and deleted words are left out.
    Raises UnreadableError for bytes that are no Word document, or a trap.
    """
    if content.startswith(_COMPOUND_FILE):
        raise UnreadableError(
            f"{name}: a .docx with a password or an old .doc; open it in Word and save it as .docx without a password"
        )
    with open_archive(content, name) as archive:
        refuse_dtds(archive, name)
    try:
        document = docx.Document(io.BytesIO(content))
        return "\n".join(_Body(document).lines(document.element.body))
    except _NO_WORD as error:
        reason = re.sub(r"file '<.*?>'", "it", " ".join(str(error).split()))
        raise UnreadableError(
            f"{name}: not a .docx document ({reason}); open it in Word and save it as .docx"
        ) from error


class _Body:
    """Walks a document's body in order; each note is written once, where it is first referred to."""

    def __init__(self, document: Any) -> None:
        self.numbering = Numbering(document)
        self.headings = {
            style.style_id: found[1]
            for style in document.styles
            if (found := _HEADING_STYLE.fullmatch(style.name or ""))
        }
        self.notes = dict(_notes(document))
        self.noted = 0

    def lines(self, parent: Any) -> Iterator[str]:
        """The lines of a body, a content control, a text box or any other holder of paragraphs and tables."""
        for element in _held(parent):
            if element.tag == qn("w:p"):
                yield from self.paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self.rows(element)
            else:
                yield from self.lines(element)

    def paragraph(self, paragraph: Any) -> Iterator[str]:
        """A paragraph, then what stands in its text boxes and notes."""
        asides: list[Any] = []
        words = self.words(paragraph, asides)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = self.headings.get(style.get(qn("w:val"))) if style is not None else None
        yield ("#" * int(level) + " " if level and words else "") + words
        for aside in asides:
            yield from self.note(aside) if aside.tag in _NOTE_REFERENCES else self.lines(aside)

    def words(self, paragraph: Any, asides: list[Any]) -> str:
        """A paragraph's words with the label Word numbers it by; a numbered paragraph without words has none."""
        label = self.numbering.label(paragraph)
        words = "".join(_runs(paragraph, asides))
        return label + words if words.strip() else ""

    def note(self, reference: Any) -> Iterator[str]:
        """The lines of the note referred to, numbered as it comes; nothing for one already written."""
        note = self.notes.pop((_NOTE_REFERENCES[reference.tag], reference.get(qn("w:id"))), None)
        if note is None:
            return
        self.noted += 1
        words = "  ".join(self.flat(note))
        if words:
            yield f"[{self.noted}] {words}"

    def rows(self, table: Any) -> Iterator[str]:
        """A table's rows; a cell that spans columns is followed by empty ones, a nested table is its cell's words."""
        for row in _found(table, qn("w:tr")):
            cells: list[str] = []
            for cell in _found(row, qn("w:tc")):
                cells.append("  ".join(self.flat(cell)))
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                if span is not None:
                    cells.extend([""] * (min(int(span.get(qn("w:val"), "1")), COLUMNS) - 1))
            yield "\t".join(cells)

    def flat(self, parent: Any) -> Iterator[str]:
        """The words of every paragraph that holds some, tables and text boxes and notes flattened, white space made one."""
        for paragraph in _found(parent, qn("w:p")):
            asides: list[Any] = []
            words = " ".join(self.words(paragraph, asides).split())
            if words:
                yield words
            for aside in asides:
                yield from self.note(aside) if aside.tag in _NOTE_REFERENCES else self.flat(aside)


def _notes(document: Any) -> Iterator[tuple[tuple[str, str | None], Any]]:
    """The foot- and endnotes of a document: the kind of part and the note's id there, and its element."""
    for relation in document.part.rels.values():
        kind = next((kind for kind in _NOTE_PARTS if relation.reltype.endswith(kind)), None)
        if kind is None or relation.is_external:
            continue
        for note in parse_xml(relation.target_part.blob).iterchildren(qn("w:footnote"), qn("w:endnote")):
            yield (kind, note.get(qn("w:id"))), note


def _held(parent: Any) -> Iterator[Any]:
    """The elements directly in another, without comments and what is not shown."""
    return (child for child in parent.iterchildren("*") if child.tag not in _SKIPPED)


def _found(parent: Any, tag: str) -> Iterator[Any]:
    """The nearest elements of that tag below another, however wrapped, in order."""
    for child in _held(parent):
        if child.tag == tag:
            yield child
        else:
            yield from _found(child, tag)


def _runs(element: Any, asides: list[Any]) -> Iterator[str]:
    """The words in a paragraph; text boxes and references to notes are put into `asides` instead."""
    for child in _held(element):
        if child.tag in _TEXT:
            # Not child.text: a comment inside would end it.
            yield "".join(child.xpath("text()")) if len(child) else child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        elif child.tag == qn("w:sym"):
            code = child.get(qn("w:char"), "")
            yield _SYMBOLS.get(code.upper()) or chr(int(code, 16))
        elif child.tag == qn("w:txbxContent") or child.tag in _NOTE_REFERENCES:
            asides.append(child)
        else:
            yield from _runs(child, asides)
