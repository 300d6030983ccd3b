"""A comparison as HTML: pure functions, every word of a document or a person escaped."""

from __future__ import annotations

from html import escape

from corpus.task import TaskUnit
from rag.comparison import Comparison, Side
from ui.compare_labels import due_in_words, how_often, silent_in_words, unasked_in_words
from ui.labels import refusal_in_words
from ui.marks import Mark, paint
from ui.view import source_link, warning

DIFFERS, DUTY, FACT = "differs", "quoted", "fact"
"""The styles of words that the others have not, of the duty's own, and of its facts."""
LEGEND = '<p class="legend"><mark class="differs">这样标出</mark>的，是其他文件多数没有的字句</p>'


def comparison_html(comparison: Comparison) -> str:
    """The sides as cards beside one another, and the documents that say nothing."""
    told = [silent_in_words(comparison.silent)] if comparison.silent else []
    told += [unasked_in_words(comparison.unasked)] if comparison.unasked else []
    silent = "".join(f'<p class="silent">{escape(line)}</p>' for line in told)
    if not comparison.sides:
        return f'<div class="comparison">{trouble(refusal_in_words(comparison.reason))}{silent}</div>'
    cards = "".join(_card(side) for side in comparison.sides)
    count = len(comparison.sides)
    return (
        f'<div class="comparison"><p class="verdict">{count} 份文件写到“{escape(comparison.duty or "")}”</p>'
        f'{LEGEND if count > 1 else ""}<div class="columns">{cards}</div>{silent}</div>'
    )


def trouble(message: str) -> str:
    """One line where the cards would stand."""
    return f'<p class="verdict trouble" role="status">{escape(message)}</p>'


def _card(side: Side) -> str:
    document = side.document
    place = f'<span class="place">{escape(document.place)}</span>' if document.place else ""
    number = f'<span class="number">{escape(document.number)}</span>' if document.number else ""
    return (
        f'<article class="card" aria-label="{escape(document.place or document.title)}">'
        f'<header class="naming">{place}{number}<h3>《{escape(document.title)}》</h3></header>{warning(side.citation)}'
        f"{_due(side)}{_quotation(side)}{_facts(side)}"
        f'<footer><p class="reference">{escape("".join(side.citation.clause.labels))}</p>'
        f'<a class="plain" href="{escape(source_link(side.citation))}" target="_blank" rel="noopener" '
        f'title="{escape(side.citation.reference)}">查看原文</a></footer></article>'
    )


def _due(side: Side) -> str:
    deadline = side.entry.task.deadline if side.entry else None
    said = f"<small>“{escape(deadline.text)}”</small>" if deadline else ""
    return f'<p class="due {side.due.order}"><strong>{due_in_words(side.due)}</strong>{said}</p>'


def _quotation(side: Side) -> str:
    """The sentence with its marks; the whole clause, where it has more, on demand."""
    text, base = side.document.text, side.citation.start
    marks = [Mark(base + start, base + end, DIFFERS, 2, "其他文件多数没有") for start, end in side.differs]
    marks += [
        Mark(base + one.start, base + one.end, DUTY if one.kind == "text" else FACT, one.kind != "text")
        for one in side.citation.highlights
    ]
    start, end = side.sentence
    shown = paint(text, base + start, base + end, marks).strip()
    quotation = f'<blockquote class="quotation">{shown}</blockquote>'
    if not (side.citation.text[:start] + side.citation.text[end:]).strip():
        return quotation
    whole = paint(text, base, side.citation.end, marks).strip()
    return (
        f'{quotation}<details class="around"><summary>全条原文</summary>'
        f'<blockquote class="quotation">{whole}</blockquote></details>'
    )


def _facts(side: Side) -> str:
    if side.entry is None:
        return ""
    task, rows = side.entry.task, []
    if task.frequency:
        rows.append(("频次", escape(how_often(task.frequency))))
    if task.quantities:
        rows.append(("数量", escape("；".join(dict.fromkeys(one.text for one in task.quantities)))))
    if task.lead:
        rows.append(("牵头", _units(task.lead, side)))
    joining = [unit for unit in (*task.units, *task.standing) if unit not in task.lead]
    if joining:
        rows.append(("单位", _units(joining, side)))
    if side.units.missing:
        rows.append(("未列", f"{escape('、'.join(side.units.missing))}<small>别处都列了</small>"))
    lines = "".join(f"<dt>{name}</dt><dd>{said}</dd>" for name, said in rows)
    return f'<dl class="row">{lines}</dl>' if lines else ""


def _units(units: tuple[TaskUnit, ...] | list[TaskUnit], side: Side) -> str:
    """The units in the document's words, those that no other side names marked."""
    named = {unit.name: unit.text for unit in units}
    return "、".join(
        f'<mark class="{DIFFERS}" title="只有这里列了">{escape(text)}</mark>'
        if name in side.units.only
        else escape(text)
        for name, text in named.items()
    )
