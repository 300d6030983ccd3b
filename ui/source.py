"""The source view: a whole document as clauses, opened where a quotation stands."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby
from urllib.parse import quote

from corpus.document import Clause, Document, Span
from ui.labels import NAME, STATUSES
from ui.marks import Mark, origin, paint, trimmed

OUTLINE_DEPTH = 2
"""Levels of headings that the outline shows."""
LONGEST_ENTRY = 28
"""Characters of a heading that the outline shows."""
LONGEST_STRETCH = 40
"""Characters of a written stretch that are read."""
ANCHOR = "quotation"
HEADINGS = frozenset({"title", "heading", "annex"})


def page(document: Document, quoted: Span | None = None, answers: Sequence[Span] = ()) -> str:
    """The document as an HTML page; `quoted` and `answers` are marked, spans in characters of its text."""
    marks = quotation_marks(quoted, answers)
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(document.title)} · {NAME}</title>
<link rel="icon" href="../favicon.ico">
<link rel="stylesheet" href="../yiju/style.css">
</head>
<body class="yiju source">
{_head(document)}
<div class="sheet">
<nav class="outline" aria-label="目录"><details open><summary>目录</summary><ol>{_outline(document)}</ol></details></nav>
<main>{_body(document, marks)}</main>
</div>
</body>
</html>
"""


def notice(message: str) -> str:
    """A page that only says one line."""
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{NAME}</title>
<link rel="stylesheet" href="../yiju/style.css">
</head>
<body class="yiju source">
<header class="mast"><p class="back"><a href="../">← 回到{NAME}提问</a></p><h1>{escape(message)}</h1></header>
</body>
</html>
"""


def stretch(written: str, length: int) -> Span | None:
    """A stretch written `start-end`, cut to a text of `length` characters; None when it is empty or none.

    >>> stretch("3-9", 5)
    Span(start=3, end=5)
    """
    start, _, end = written.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(written) <= LONGEST_STRETCH):
        return None
    low, high = min(int(start), length), min(int(end), length)
    return Span(low, high) if low < high else None


def quotation_marks(quoted: Span | None, answers: Sequence[Span]) -> list[Mark]:
    """The marks of the source view; the first answering words, else the quotation, are what the page opens at."""
    marks = [
        Mark(span.start, span.end, "answers", level=1, anchor=None if number else ANCHOR)
        for number, span in enumerate(sorted(answers))
    ]
    if quoted is not None:
        marks.append(Mark(quoted.start, quoted.end, "quoted", anchor=None if marks else ANCHOR))
    return marks


def anchor(clause: Clause) -> str:
    """The clause's anchor on the page: its id less the document's.

    The path part of an id is unique within its document and stays the same after a rebuild.
    """
    return "".join(clause.id.partition("#")[2].split()) or "top"


def _head(document: Document) -> str:
    facts = [document.issuer, document.number, document.date, document.place, STATUSES[document.status]]
    named = "".join(f"<li>{escape(fact)}</li>" for fact in facts if fact)
    file = f"../v1/documents/{quote(document.id, safe='')}/file"
    return (
        f'<header class="mast"><p class="back"><a href="../">← 回到{NAME}提问</a></p>'
        f'<h1>{escape(document.title)}</h1><ul class="facts">{named}</ul>'
        f'<p class="download"><a href="{escape(file)}" download>下载源文件（{escape(document.source_name)}）</a></p>'
        "</header>"
    )


def _outline(document: Document) -> str:
    entries = [
        clause
        for clause in document.clauses
        if 0 < len(clause.path) <= OUTLINE_DEPTH and clause.heading_end > clause.start and not clause.cells
    ]
    return "".join(
        f'<li class="depth-{len(clause.path)}"><a href="#{quote(anchor(clause))}">{escape(_entry(clause))}</a></li>'
        for clause in entries
    )


def _entry(clause: Clause) -> str:
    words = clause.path[-1]
    return words if len(words) <= LONGEST_ENTRY else words[:LONGEST_ENTRY] + "…"


def _body(document: Document, marks: Sequence[Mark]) -> str:
    runs = [
        (tabular, list(run))
        for tabular, run in groupby(document.clauses, key=lambda clause: bool(clause.cells))
    ]
    return "".join(
        _table(document, run, marks)
        if tabular
        else "".join(_clause(document, clause, marks) for clause in run)
        for tabular, run in runs
    )


def _clause(document: Document, clause: Clause, marks: Sequence[Mark]) -> str:
    start, end = trimmed(document.text, clause.start, clause.end)
    split = min(max(clause.heading_end, start), end)
    heading = paint(document.text, start, split, marks)
    words = paint(document.text, split, end, marks)
    kind = f"clause {clause.kind} depth-{len(clause.path)}"
    bold = f"<b>{heading}</b>" if heading else ""
    return f'<p class="{kind}" id="{escape(anchor(clause))}">{bold}{words}</p>'


def _table(document: Document, rows: Sequence[Clause], marks: Sequence[Mark]) -> str:
    columns = [cell.column for cell in rows[0].cells]
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in columns)
    body = "".join(_row(document, row, marks) for row in rows)
    return f'<div class="table"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _row(document: Document, row: Clause, marks: Sequence[Mark]) -> str:
    cells = "".join(
        f'<td data-column="{escape(cell.column)}" class="{origin(cell)}">'
        f"{paint(document.text, cell.span.start, cell.span.end, () if cell.inherited else marks)}</td>"
        for cell in row.cells
    )
    return f'<tr id="{escape(anchor(row))}">{cells}</tr>'
