"""Turn what was chosen into citations: the whole clause, verbatim, with the answering words marked."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.facts import Fact
from rag.answer import Citation, Highlight, HighlightKind
from rag.candidate import HeadField, Placed
from rag.marked import Marked
from rag.opened import OpenedPassage
from rag.spans import FACT_KINDS, SpanKind

_KIND_SHOWN: dict[SpanKind, HighlightKind] = {
    "deadline": "deadline", "frequency": "frequency", "period": "frequency", "quantity": "quantity",
    "money": "quantity", "lead units": "unit", "units": "unit", "unit": "unit", "explained": "definition",
}  # fmt: skip

NEARLY_AS_GOOD = 1.5
"""How much lower (in score, 0–5) a second stretch of words may be and still be marked beside the best."""
FACT_AS_GOOD = 1.0
"""The same where the best is a fact of fixed form: of two dates the wrong one does more harm (0–5)."""


def cite(
    rank: int, placed: Placed, marked: Sequence[Marked], differing: Sequence[tuple[int, int]] = ()
) -> Citation:
    """The citation of a placed passage's clause; `marked` are its candidate spans, the answering one first.

    `differing` are stretches in which it differs from a clause it is compared with: they answer as well.
    """
    opened = placed.opened
    clause = opened.clause
    marks = _highlights(_answering(marked), opened.facts, differing) if marked else ()
    return Citation(
        rank,
        placed.probability,
        opened.document,
        clause,
        opened.clause_text,
        clause.start,
        clause.end,
        marks,
        copies=tuple(_unmarked(rank, placed.probability, copy) for copy in placed.copies),
    )


def _unmarked(rank: int, score: float, opened: OpenedPassage) -> Citation:
    clause = opened.clause
    return Citation(rank, score, opened.document, clause, opened.clause_text, clause.start, clause.end)


def cite_head(rank: int, field: HeadField, confidence: float) -> Citation:
    """The citation of a document's head with the asked field marked; `confidence` is the probability it answers."""
    document, span = field.document, field.span
    clause = document.clause_at(span.start)
    text = document.text[clause.start : clause.end]
    stated = Highlight(span.start - clause.start, span.end - clause.start, field.kind, answers=True)
    return Citation(rank, confidence, document, clause, text, clause.start, clause.end, (stated,))


def _answering(marked: Sequence[Marked]) -> tuple[Marked, ...]:
    """The best candidate, and the next that stands apart where it is nearly as good; beside a fact only a fact."""
    best = marked[0]
    fact = best.span.kind in FACT_KINDS
    allowed = FACT_AS_GOOD if fact else NEARLY_AS_GOOD
    apart = (one for one in marked[1:] if one.span.end <= best.span.start or one.span.start >= best.span.end)
    second = next((one for one in apart if not fact or one.span.kind in FACT_KINDS), None)
    if second is None or second.score < best.score - allowed:
        return (best,)
    return best, second


def _highlights(
    answering: Sequence[Marked], facts: Sequence[Fact], differing: Sequence[tuple[int, int]]
) -> tuple[Highlight, ...]:
    """The answering words marked as such, beside the other facts of their kind; in order of start."""
    marks = [
        Highlight(
            one.span.start, one.span.end, _KIND_SHOWN.get(one.span.kind, "text"), one.span.value, answers=True
        )
        for one in answering
    ]
    kinds = {mark.kind for mark in marks}
    for start, end in differing:
        if all((start, end) != (mark.start, mark.end) for mark in marks):
            marks.append(Highlight(start, end, "text", answers=True))
    for fact in facts:
        outside = all(fact.end <= mark.start or fact.start >= mark.end for mark in marks)
        if fact.kind in kinds and fact.kind != "unit" and outside:
            marks.append(Highlight(fact.start, fact.end, fact.kind, fact.value))
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
