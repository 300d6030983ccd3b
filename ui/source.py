"""The source view: a whole document as clauses, opened where a quotation stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from urllib.parse import quote

from corpus.document import Clause, Document, Span
from corpus.versions import is_current
from rag.caution import Caution
from rag.source_pages import page_of
from ui import page_view
from ui.labels import NAME, STATUSES
from ui.marks import Mark, origin, paint, trimmed
from ui.page_view import Quoted

OUTLINE_DEPTH = 2
"""Levels of headings that the outline shows."""
LONGEST_ENTRY = 28
"""Characters of a heading that the outline shows."""
LONGEST_STRETCH = 40
"""Characters of a written stretch that are read."""
ANCHOR = "quotation"
HEADINGS = frozenset({"title", "heading", "annex"})


@dataclass(frozen=True, slots=True)
class Around:
    """What the view shows around a document's words.

    `versions` are all texts held under its id, itself among them; `caution` warns of one that is not in force, `successor`
    is the text that took its place. `pages` is how many pages of the original can be shown, 0 for none.
    """

    versions: tuple[Document, ...] = ()
    caution: Caution | None = None
    successor: Document | None = None
    pages: int = 0


def page(
    document: Document,
    quoted: Span | None = None,
    answers: Sequence[Span] = (),
    around: Around | None = None,
) -> str:
    """The document as an HTML page; `quoted` and `answers` are marked, spans in characters of its text."""
    marks = quotation_marks(quoted, answers)
    around = around or Around()
    paper = _paper(document, Quoted(quoted, tuple(answers))) if around.pages else ""
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
{_head(document, around)}
<div class="sheet{" with-paper" if paper else ""}">
<nav class="outline" aria-label="目录"><details open><summary>目录</summary><ol>{_outline(document)}</ol></details></nav>
<main>{_body(document, marks)}</main>
{paper}</div>
</body>
</html>
"""


def notice(message: str, up: int = 1) -> str:
    """A page that only says one line; it stands `up` folders below the page."""
    top = "../" * up
    return f"""<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{NAME}</title>
<link rel="stylesheet" href="{top}yiju/style.css">
</head>
<body class="yiju source">
<header class="mast"><p class="back"><a href="{top}">← 回到{NAME}提问</a></p><h1>{escape(message)}</h1></header>
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


def _head(document: Document, around: Around) -> str:
    status = STATUSES[around.caution.status if around.caution else "in_force"]
    facts = [document.issuer, document.number, document.date, document.place, status]
    named = "".join(f"<li>{escape(fact)}</li>" for fact in facts if fact)
    file = f"../v1/documents/{quote(document.id, safe='')}/file"
    return (
        f'<header class="mast"><p class="back"><a href="../">← 回到{NAME}提问</a></p>'
        f'<h1>{escape(document.title)}</h1><ul class="facts">{named}</ul>{_warning(around)}'
        f"{_versions(document, around.versions)}"
        f'<p class="download"><a href="{escape(file)}" download>下载源文件（{escape(document.source_name)}）</a></p>'
        "</header>"
    )


def _warning(around: Around) -> str:
    """One line on a document that is not simply in force, with a link to what took its place."""
    if around.caution is None:
        return ""
    successor = around.successor
    instead = f"　{_link(successor, '查看替代它的文件')}" if successor is not None else ""
    return f'<p class="warning" role="note">{escape(around.caution.text)}{instead}</p>'


def _versions(document: Document, versions: Sequence[Document]) -> str:
    """Which of the texts held under one id this is, with links to the others; nothing for the only one."""
    others = sorted(
        (each for each in versions if each.id != document.id), key=lambda each: each.version, reverse=True
    )
    if not others:
        return ""
    links = "".join(f"<li>{_link(each, _version(each))}</li>" for each in others)
    return (
        f'<nav class="versions" aria-label="版本"><strong>{_version(document)}</strong><ul>{links}</ul></nav>'
    )


def _version(document: Document) -> str:
    issued = f"，{document.date}" if document.date else ""
    return f"{'现行版本' if is_current(document) else '旧版本'}（第{document.version}版{issued}）"


def _link(document: Document, words: str) -> str:
    return f'<a href="{quote(document.id, safe="")}">{escape(words)}</a>'


def _paper(document: Document, quoted: Quoted) -> str:
    """The page of the original on which the quotation begins, beside the text; a link to it where there is no room."""
    number = page_view.opened_at(document, quoted)
    framed = page_view.address(document.id, number, quoted, framed=True)
    alone = page_view.address(document.id, number, quoted)
    return (
        f'<aside class="paper-beside" aria-label="原文页"><iframe loading="lazy" title="原文第 {number} 页" '
        f'src="{escape(framed)}"></iframe>'
        f'<a class="to-paper" href="{escape(alone)}">原文第 {number} 页</a></aside>'
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
    pages = _turns(document)
    runs = [
        (tabular, list(run))
        for tabular, run in groupby(document.clauses, key=lambda clause: bool(clause.cells))
    ]
    return "".join(
        _table(document, run, marks)
        if tabular
        else "".join(_clause(document, clause, marks, pages.get(clause.id)) for clause in run)
        for tabular, run in runs
    )


def _turns(document: Document) -> dict[str, int]:
    """The clauses with which a new page of the source begins, with the page's number."""
    turns: dict[str, int] = {}
    before = None
    for clause in document.clauses:
        number = page_of(document, trimmed(document.text, clause.start, clause.end)[0])
        if number is not None and number != before:
            turns[clause.id] = number
        before = number
    return turns


def _clause(document: Document, clause: Clause, marks: Sequence[Mark], number: int | None = None) -> str:
    start, end = trimmed(document.text, clause.start, clause.end)
    split = min(max(clause.heading_end, start), end)
    heading = paint(document.text, start, split, marks)
    words = paint(document.text, split, end, marks)
    kind = f"clause {clause.kind} depth-{len(clause.path)}"
    bold = f"<b>{heading}</b>" if heading else ""
    turn = f' data-page="{number}"' if number is not None else ""
    return f'<p class="{kind}" id="{escape(anchor(clause))}"{turn}>{bold}{words}</p>'


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
