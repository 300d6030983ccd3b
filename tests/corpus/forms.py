"""One text in several forms: .docx, .html, .md, and .pdf by LibreOffice, for tests that want one tree from all."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from corpus.document import Document
from corpus.layout import repair

CONVERSION_SECONDS = 300
"""LibreOffice may take so long for one batch of files."""

_MARK = re.compile(r"(#{1,6}) (.*)")


@dataclass(frozen=True)
class Look:
    """How a text is set: page and margins in mm, sizes in pt, how paragraphs show, and what the page adds."""

    page: tuple[int, int] = (210, 297)
    margins: tuple[int, int, int, int] = (37, 26, 35, 28)
    size: float = 16
    line: float | None = 28
    indent: bool = True
    after: float = 0
    centred: frozenset[str] = frozenset()
    right: frozenset[str] = frozenset()
    title_size: float = 22
    running_head: str = ""
    page_numbers: str = ""
    """The page number's words with {} for the number; none when empty."""
    repeat_heads: bool = False
    """Whether a table's first row stands again on each page."""


OFFICIAL = Look()
"""The look that GB/T 9704 asks for, near enough."""


def logical(source: str) -> str:
    """A source text's logical lines with their marks: page breaks undone, a line a paragraph or a row."""
    layout = repair(source)
    return "\n".join(
        ("#" * line.level + " " if line.level else "") + layout.text[line.start : line.end]
        for line in layout.lines
    )


def tree(document: Document) -> list[tuple[object, ...]]:
    """What must be the same from every form: ids below #, kinds, paths, labels, cells, words without white space."""
    return [
        (
            bare(clause.id.partition("#")[2]),
            clause.kind,
            tuple(bare(entry) for entry in clause.path),
            tuple(bare(label) for label in clause.labels),
            bare(document.quote(clause.span)),
            tuple((bare(cell.column), bare(cell.text)) for cell in clause.cells),
        )
        for clause in document.clauses
    ]


def bare(words: str) -> str:
    """Words without white space."""
    return re.sub(r"\s", "", words)


def _blocks(text: str) -> Iterator[tuple[bool, list[str]]]:
    """Runs of table rows (True) and of other lines (False); empty lines are left out."""
    lines = [line for line in text.splitlines() if line.strip()]
    for rows, block in groupby(lines, key=lambda line: "\t" in line):
        yield rows, list(block)


def _cells(rows: Sequence[str]) -> list[list[str]]:
    """The rows' cells, every row as wide as the widest."""
    cells = [row.split("\t") for row in rows]
    width = max(map(len, cells))
    return [row + [""] * (width - len(row)) for row in cells]


def write_md(text: str, path: Path) -> None:
    """A Markdown file: a block a paragraph, rows as a pipe table."""
    parts = []
    for rows, block in _blocks(text):
        if rows:
            lines = [f"| {' | '.join(row)} |" for row in _cells(block)]
            lines.insert(1, "|" + " --- |" * len(_cells(block)[0]))
            parts.append("\n".join(lines))
        else:
            parts.extend(block)
    path.write_text("\n\n".join(parts) + "\n", "utf-8")


def write_html(text: str, path: Path) -> None:
    """A page: `h1`-`h6` for marked lines, `p` for the others, `table` for rows."""
    parts = []
    for rows, block in _blocks(text):
        if rows:
            table = "\n".join(
                "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>"
                for row in _cells(block)
            )
            parts.append(f"<table>\n{table}\n</table>")
            continue
        for line in block:
            marked = _MARK.fullmatch(line)
            tag, words = (f"h{len(marked[1])}", marked[2]) if marked else ("p", line)
            parts.append(f"<{tag}>{html.escape(words)}</{tag}>")
    body = "\n".join(parts)
    head = '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>文件</title></head>'
    path.write_text(f"{head}\n<body>\n{body}\n</body></html>\n", "utf-8")


def write_docx(text: str, path: Path, look: Look = OFFICIAL) -> None:
    """A .docx file: a paragraph a line, marked lines in heading styles, rows as a ruled table."""
    document = docx.Document()
    _set_page(document, look)
    for rows, block in _blocks(text):
        if rows:
            _add_table(document, _cells(block), look)
            continue
        for line in block:
            marked = _MARK.fullmatch(line)
            if marked:
                document.add_heading(marked[2], len(marked[1]))
            else:
                _add_paragraph(document, line, look)
    document.save(str(path))


def _set_page(document: Any, look: Look) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in look.page)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        Mm(margin) for margin in look.margins
    )
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Serif CJK SC", Pt(look.size)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Noto Serif CJK SC")
    style.paragraph_format.space_after = Pt(look.after)
    if look.line:
        style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        style.paragraph_format.line_spacing = Pt(look.line)
    if look.running_head:
        section.header.paragraphs[0].text = look.running_head
    if look.page_numbers:
        before, _, after = look.page_numbers.partition("{}")
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
        footer.add_run(before)
        _add_field(footer, "PAGE")
        footer.add_run(after)


def _add_field(paragraph: Any, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _add_paragraph(document: Any, words: str, look: Look) -> None:
    paragraph = document.add_paragraph(words)
    if words in look.centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.runs[0].font.size = Pt(look.title_size)
        paragraph.paragraph_format.line_spacing = Pt(look.title_size * 1.5)
    elif words in look.right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    elif not words.endswith("：") and look.indent:
        paragraph.paragraph_format.first_line_indent = Pt(2 * look.size)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY


def _add_table(document: Any, rows: list[list[str]], look: Look) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    table.style = "Table Grid"
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            first, *others = words.split("  ")
            cell.paragraphs[0].add_run(first)
            for other in others:
                cell.add_paragraph(other)
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.line_spacing = Pt(look.size * 1.2)
                for run in paragraph.runs:
                    run.font.size = Pt(look.size * 0.8)
    if look.repeat_heads:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def pdfs(docx_paths: Sequence[Path], folder: Path) -> tuple[Path, ...]:
    """The .pdf files LibreOffice makes of .docx files, in `folder`, one call for all; skips the test without it."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("soffice (LibreOffice) is not installed, so no .pdf can be made to compare")
    subprocess.run(
        [
            program,
            f"-env:UserInstallation=file://{folder / 'profile'}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(folder),
            *map(str, docx_paths),
        ],
        check=True,
        capture_output=True,
        timeout=CONVERSION_SECONDS,
    )
    return tuple(folder / f"{path.stem}.pdf" for path in docx_paths)
