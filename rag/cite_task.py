"""Clauses cited for the sake of tasks in them: the duty and what the task says of it are marked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from corpus.document import Clause, Document
from rag.align import Place
from rag.answer import Citation, Highlight
from rag.tasks import Entry


def cite_task(rank: int, score: float, place: Place, entry: Entry | None) -> Citation:
    """The clause of `place`, the words there marked, and the deadline, rhythm and amounts of the task in it."""
    duty = Highlight(place.start, place.end, "text", answers=True)
    facts = _facts(entry) if entry else ()
    return _cited(rank, score, place.document, place.clause, (duty, *facts))


def cite_tasks(entries: Sequence[Entry], count: int, confidence: float) -> tuple[Citation, ...]:
    """The first `count` clauses that the tasks stand in, each once, in the order of the tasks.

    Each duty and its deadline is marked. `confidence` is the probability that a listed task is one that was asked for.
    """
    clauses: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.clause.id in clauses or len(clauses) < count:
            clauses.setdefault(entry.clause.id, []).append(entry)
    return tuple(
        _cited(
            rank,
            confidence,
            group[0].document,
            group[0].clause,
            (mark for entry in group for mark in (_duty(entry), *_deadline(entry))),
        )
        for rank, group in enumerate(clauses.values(), start=1)
    )


def _cited(
    rank: int, score: float, document: Document, clause: Clause, marks: Iterable[Highlight]
) -> Citation:
    """The clause with those of the marks, in characters of the document, that stand in it."""
    # What a heading says for all clauses below stands outside of this one.
    inside = dict.fromkeys(
        Highlight(mark.start - clause.start, mark.end - clause.start, mark.kind, mark.value, answers=True)
        for mark in marks
        if clause.start <= mark.start and mark.end <= clause.end
    )
    ordered = tuple(sorted(inside, key=lambda mark: (mark.start, mark.end)))
    return Citation(
        rank, score, document, clause, document.quote(clause.span), clause.start, clause.end, ordered
    )


def _duty(entry: Entry) -> Highlight:
    return Highlight(entry.task.duty.start, entry.task.duty.end, "text", answers=True)


def _deadline(entry: Entry) -> Iterator[Highlight]:
    due = entry.task.deadline
    if due:
        yield Highlight(due.start, due.end, "deadline", due.date, answers=True)


def _facts(entry: Entry) -> Iterator[Highlight]:
    yield from _deadline(entry)
    frequency = entry.task.frequency
    if frequency:
        yield Highlight(frequency.start, frequency.end, "frequency", frequency.value, answers=True)
    for one in entry.task.quantities:
        yield Highlight(one.start, one.end, "quantity", one.value, answers=True)
