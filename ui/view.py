"""An answer as HTML: pure functions, every word of a document or a person escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from urllib.parse import quote, urlencode

from corpus.document import Clause, Document
from rag.answer import Answer, Citation, Understood
from rag.source_pages import page_of
from ui import listing
from ui.labels import (
    KINDS,
    STATUSES,
    WANTS,
    copies_in_words,
    refusal_in_words,
    score_in_words,
    verdict_in_words,
    warnings_in_words,
)
from ui.marks import Mark, origin, paint, trimmed

FOLD_FROM = 240
"""Characters from which a quotation is folded around its answering words."""
AROUND = 70
"""Characters kept on either side of the answering words, at least, when a quotation is folded."""
NEAR_CHARACTERS = 120
"""Characters shown of a clause that is only near."""
LEAST_HIDDEN = 40
"""Characters that are worth hiding."""
CUT = '<span class="cut" aria-hidden="true"></span>'
"""Where a folded quotation leaves words out; the dots are drawn by the style, never part of the text."""
SENTENCE_ENDS = "。；！？\n"

Neighbours = Callable[[str], tuple[Sequence[Clause], Sequence[Clause]]]
"""The clauses just before and after the one of that id."""


def turn(answer: Answer, neighbours: Neighbours) -> str:
    """One question with its answer, as a part of the conversation."""
    if answer.tasks is not None:
        body = listing.table(answer.tasks, date.today())
        return f'<section class="turn">{_asked(answer.question)}<div class="reply">{body}</div></section>'
    body = _refusal(answer) if answer.status == "not_found" else _citations(answer, neighbours)
    return f'<section class="turn">{_asked(answer.question)}<div class="reply">{body}</div></section>'


def trouble(question: str, message: str) -> str:
    """One question that could not be put, with the reason in one line."""
    asked = _asked(question) if question.strip() else ""
    said = f'<p class="verdict trouble">{escape(message)}</p>'
    return f'<section class="turn">{asked}<div class="reply">{said}</div></section>'


def source_link(citation: Citation) -> str:
    """The address of the source view, relative to the page, opened at the quotation."""
    spans = [("start", citation.start), ("end", citation.end)]
    answering = [
        ("answer", f"{citation.start + mark.start}-{citation.start + mark.end}")
        for mark in citation.highlights
        if mark.answers
    ]
    return f"source/{quote(citation.document.id, safe='')}?{urlencode([*spans, *answering])}#quotation"


def marks_of(citation: Citation) -> list[Mark]:
    """The citation's highlights, in characters of the document; answering words show above others."""
    return [
        Mark(
            citation.start + mark.start,
            citation.start + mark.end,
            "answers" if mark.answers else "fact",
            level=int(mark.answers),
            note=KINDS[mark.kind] + (f"：{mark.value}" if mark.value else ""),
        )
        for mark in citation.highlights
    ]


def _asked(question: str) -> str:
    return f'<p class="asked"><span class="sr">问：</span>{escape(question)}</p>'


def _citations(answer: Answer, neighbours: Neighbours) -> str:
    verdict = f'<p class="verdict {answer.status}">{verdict_in_words(answer)}</p>'
    cards = "".join(card(citation, *neighbours(citation.clause.id)) for citation in answer.citations)
    return f"{verdict}{_understood(answer.understood)}{cards}"


def _refusal(answer: Answer) -> str:
    tries = [
        "换成文件里的说法再问，例如把“多久”换成“时限”，把简称换成全称",
        "一次只问一件事，写明做什么、在哪里",
    ]
    if answer.understood.places or answer.understood.documents:
        tries.insert(0, "放宽地区或文件范围")
    nearest = "".join(_near(citation) for citation in answer.nearest)
    shown = (
        f'<h3 class="near-title">最接近的条款<em>（不是答案，供参考）</em></h3>{nearest}' if nearest else ""
    )
    steps = "".join(f"<li>{step}</li>" for step in tries)
    return (
        f'<div class="refusal"><p class="verdict none">{refusal_in_words(answer.reason)}</p>{_understood(answer.understood)}'
        f"<p>可以试试：</p><ul>{steps}</ul></div>{shown}"
    )


def _understood(understood: Understood) -> str:
    parts = [f"查找“{escape(understood.text)}”"] if understood.text.strip() else []
    parts += [f"把“{escape(typed)}”读作“{escape(read)}”" for typed, read in understood.corrections.items()]
    wants = "、".join(WANTS.get(want, want) for want in understood.wants)
    if wants:
        parts.append(f"想知道：{escape(wants)}")
    if understood.places:
        parts.append(f"地区：{escape('、'.join(understood.places))}")
    return f'<p class="understood">{"　·　".join(parts)}</p>' if parts else ""


def card(citation: Citation, before: Sequence[Clause], after: Sequence[Clause]) -> str:
    """A citation as a card: where it stands, what it says with the answering words marked, and how to cite it."""
    word, style = score_in_words(citation.score)
    folded, quotation = _quotation(citation)
    unfold = '<button type="button" class="plain" data-unfold>展开全条</button>' if folded else ""
    return (
        f'<article class="card {style}{" folded" if folded else ""}" aria-label="依据 {citation.rank}">'
        f'<header>{_naming(citation)}<span class="score">{word}</span></header>'
        f"{_path(citation)}{warning(citation)}{_answering(citation)}"
        f'<blockquote class="quotation">{quotation}</blockquote>'
        f'<footer><p class="reference">{escape(citation.reference)}</p><div class="actions">{unfold}'
        f'<button type="button" class="plain" data-copy="{escape(citation.reference)}">复制引文</button>'
        f"{_to_source(citation)}</div>{_copies(citation)}</footer>"
        f"{_around(citation.document, before, after)}</article>"
    )


def warning(citation: Citation) -> str:
    """One line on a document, or one with the same words, that is not in force on the day asked about; else nothing."""
    lines = "；".join(map(escape, warnings_in_words(citation)))
    return f'<p class="warning" role="note">{lines}</p>' if lines else ""


def _copies(citation: Citation) -> str:
    """Where else the same stands in the same words, folded away."""
    if not citation.copies:
        return ""
    lines = "".join(f"<li>{escape(copy.reference)}{_to_source(copy)}</li>" for copy in citation.copies)
    return f'<details class="copies"><summary>{copies_in_words(citation)}</summary><ul>{lines}</ul></details>'


def _near(citation: Citation) -> str:
    text = citation.document.text
    start, end = trimmed(text, citation.start, citation.end)
    shown = min(end, start + NEAR_CHARACTERS)
    return (
        f'<article class="card near"><header>{_naming(citation)}</header>{_path(citation)}{warning(citation)}'
        f'<blockquote class="quotation">{paint(text, start, shown)}{"……" if shown < end else ""}</blockquote>'
        f'<div class="actions">{_to_source(citation)}</div></article>'
    )


def _to_source(citation: Citation) -> str:
    page = page_of(citation.document, citation.start)
    words = "查看原文" if page is None else f"查看原文（第{page}页）"
    return (
        f'<a class="plain" href="{escape(source_link(citation))}" target="_blank" rel="noopener">{words}</a>'
    )


def _naming(citation: Citation) -> str:
    document = citation.document
    place = f'<span class="place">{escape(document.place)}</span>' if document.place else ""
    number = f'<span class="number">{escape(document.number)}</span>' if document.number else ""
    held = "" if citation.caution is None else f'<span class="status">{STATUSES[citation.status]}</span>'
    return f'<div class="naming">{place}{number}{held}<h3>《{escape(document.title)}》</h3></div>'


def _path(citation: Citation) -> str:
    steps = "".join(f"<li>{escape(step)}</li>" for step in citation.clause.path)
    return f'<ol class="path" aria-label="条款位置">{steps}</ol>' if steps else ""


def _answering(citation: Citation) -> str:
    lines = [
        f'<li><span class="kind">{KINDS[mark.kind]}</span><strong>{escape(citation.text[mark.start : mark.end])}</strong>'
        + (f'<span class="value">{escape(mark.value)}</span>' if mark.value else "")
        + "</li>"
        for mark in citation.highlights
        if mark.answers
    ]
    return f'<ul class="answering" aria-label="答案所在的字句">{"".join(lines)}</ul>' if lines else ""


def _quotation(citation: Citation) -> tuple[bool, str]:
    """Whether the quotation is folded, and its HTML."""
    if citation.clause.cells:
        return False, _cells(citation)
    text, marks = citation.document.text, marks_of(citation)
    start, end = trimmed(text, citation.start, citation.end)
    low, high = _core(citation)
    before = f'<span class="rest">{paint(text, start, low, marks)}</span>{CUT}' if start < low else ""
    after = f'{CUT}<span class="rest">{paint(text, high, end, marks)}</span>' if high < end else ""
    return bool(before or after), f"{before}{paint(text, low, high, marks)}{after}"


def _core(citation: Citation) -> tuple[int, int]:
    """The stretch of the document shown while a quotation is folded: whole sentences around the answering words."""
    text = citation.document.text
    start, end = trimmed(text, citation.start, citation.end)
    if end - start < FOLD_FROM:
        return start, end
    answering = [mark for mark in citation.highlights if mark.answers]
    first = citation.start + min((mark.start for mark in answering), default=0)
    last = citation.start + max((mark.end for mark in answering), default=0)
    low, high = max(first - AROUND, start), min(max(last, start) + AROUND, end)
    while low > start and text[low - 1] not in SENTENCE_ENDS:
        low -= 1
    while high < end and text[high - 1] not in SENTENCE_ENDS:
        high += 1
    return (start if low - start < LEAST_HIDDEN else low), (end if end - high < LEAST_HIDDEN else high)


def _cells(citation: Citation) -> str:
    marks, text = marks_of(citation), citation.document.text
    rows = [
        f'<dt>{escape(cell.column)}</dt><dd class="{origin(cell)}">'
        f"{paint(text, cell.span.start, cell.span.end, marks)}</dd>"
        for cell in citation.clause.cells
        if cell.text.strip()
    ]
    return f'<dl class="row">{"".join(rows)}</dl>'


def _around(document: Document, before: Sequence[Clause], after: Sequence[Clause]) -> str:
    def shown(clauses: Sequence[Clause]) -> str:
        stretches = [trimmed(document.text, clause.start, clause.end) for clause in clauses]
        return "".join(
            f"<p>{paint(document.text, *stretch)}</p>" for stretch in stretches if stretch[0] < stretch[1]
        )

    above, below = shown(before), shown(after)
    if not above and not below:
        return ""
    parts = (f"<h4>上一条</h4>{above}" if above else "") + (f"<h4>下一条</h4>{below}" if below else "")
    return f'<details class="around"><summary>上下文</summary>{parts}</details>'
