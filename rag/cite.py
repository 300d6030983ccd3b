"""Turn what was chosen into citations: the whole clause, verbatim, with the answering words marked."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts import Fact
from rag.answer import Citation, Highlight, HighlightKind
from rag.candidate import HeadField, Placed
from rag.marked import Marked
from rag.spans import SpanKind

_KIND_SHOWN: dict[SpanKind, HighlightKind] = {
    "deadline": "deadline", "frequency": "frequency", "period": "frequency", "quantity": "quantity",
    "money": "quantity", "lead units": "unit", "units": "unit", "unit": "unit", "explained": "definition",
}  # fmt: skip


def cite(rank: int, placed: Placed, marked: Sequence[Marked]) -> Citation:
    """The citation of a placed passage's clause; `marked` are its candidate spans, the answering one first."""
    opened = placed.opened
    clause = opened.clause
    marks = _highlights(marked[0], opened.facts) if marked else ()
    return Citation(
        rank, placed.probability, opened.document, clause, opened.clause_text, clause.start, clause.end, marks
    )


def cite_head(rank: int, field: HeadField, confidence: float) -> Citation:
    """The citation of a document's head with the asked field marked; `confidence` is the probability it answers."""
    document, span = field.document, field.span
    clause = document.clause_at(span.start)
    text = document.text[clause.start : clause.end]
    stated = Highlight(span.start - clause.start, span.end - clause.start, field.kind, answers=True)
    return Citation(rank, confidence, document, clause, text, clause.start, clause.end, (stated,))


def _highlights(best: Marked, facts: Sequence[Fact]) -> tuple[Highlight, ...]:
    """The answering words marked as such, beside the other facts of their kind; in order of start."""
    kind = _KIND_SHOWN.get(best.span.kind, "text")
    marks = [Highlight(best.span.start, best.span.end, kind, best.span.value, answers=True)]
    for fact in facts:
        outside = fact.end <= best.span.start or fact.start >= best.span.end
        if fact.kind == kind and fact.kind != "unit" and outside:
            marks.append(Highlight(fact.start, fact.end, kind, fact.value))
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
