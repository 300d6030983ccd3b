"""Word documents: paragraphs as lines, table rows as lines with tabs, in the order of the body."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, Final

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn

from corpus.errors import UnreadableError
from corpus.numbering import Numbering

_SKIPPED: Final = frozenset(
    {
        qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), qn("w:pPr"), qn("w:rPr"),
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
_HEADING_STYLE = re.compile(r"heading ([1-6])", re.IGNORECASE)


def read_word(content: bytes, name: str) -> str:
    """The text of a .docx file, a paragraph a line, a table row a line with its cells parted by tabs.

    Labels that Word numbers by itself are written out; paragraphs in a heading style carry Markdown marks.
    Raises UnreadableError for bytes that are no Word document.
    """
    try:
        document = docx.Document(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError, SyntaxError) as error:
        reason = " ".join(str(error).split())
        raise UnreadableError(
            f"{name}: not a .docx document ({reason}); open it in Word and save it as .docx"
        ) from error
    return "\n".join(_Body(document).lines(document.element.body))


class _Body:
    """Walks a document's body in order."""

    def __init__(self, document: Any) -> None:
        self.numbering = Numbering(document)
        self.headings = {
            style.style_id: found[1]
            for style in document.styles
            if (found := _HEADING_STYLE.fullmatch(style.name or ""))
        }

    def lines(self, parent: Any) -> Iterator[str]:
        for element in parent.iterchildren():
            if element.tag == qn("w:p"):
                yield self.paragraph(element)
            elif element.tag == qn("w:tbl"):
                yield from self.rows(element)
            elif element.tag == qn("w:sdt"):
                content = element.find(qn("w:sdtContent"))
                if content is not None:
                    yield from self.lines(content)

    def paragraph(self, paragraph: Any) -> str:
        words = self.words(paragraph)
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        level = self.headings.get(style.get(qn("w:val"))) if style is not None else None
        return ("#" * int(level) + " " if level and words else "") + words

    def words(self, paragraph: Any) -> str:
        """A paragraph's words with the label Word numbers it by; a numbered paragraph without words has none."""
        label = self.numbering.label(paragraph)
        words = "".join(_runs(paragraph))
        return label + words if words.strip() else ""

    def rows(self, table: Any) -> Iterator[str]:
        """A table's rows; a cell that spans columns is followed by empty ones, a nested table is its cell's words."""
        for row in table.iterchildren(qn("w:tr")):
            cells: list[str] = []
            for cell in row.iter(qn("w:tc")):
                if next(cell.iterancestors(qn("w:tr"))) is not row:
                    continue
                words = (" ".join(self.words(paragraph).split()) for paragraph in cell.iter(qn("w:p")))
                cells.append("  ".join(filter(None, words)))
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                if span is not None:
                    cells.extend([""] * (int(span.get(qn("w:val"), "1")) - 1))
            yield "\t".join(cells)


def _runs(element: Any) -> Iterator[str]:
    for child in element.iterchildren():
        if child.tag in _SKIPPED:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _WRITTEN:
            yield _WRITTEN[child.tag]
        else:
            yield from _runs(child)
