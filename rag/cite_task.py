"""A clause cited for the sake of one of its tasks, whose words are marked."""

from __future__ import annotations

from collections.abc import Iterator

from rag.align import Place
from rag.answer import Citation, Highlight
from rag.tasks import Entry


def cite_task(rank: int, score: float, place: Place, entry: Entry | None) -> Citation:
    """The clause of `place`, the words there marked, and the deadline, rhythm and amounts of the task in it."""
    document, clause = place.document, place.clause
    marks = [Highlight(place.start - clause.start, place.end - clause.start, "text", answers=True)]
    for mark in _facts(entry) if entry else ():
        start, end = mark.start - clause.start, mark.end - clause.start
        # What a heading says for all clauses below stands outside of this one.
        if start >= 0 and end <= clause.end - clause.start:
            marks.append(Highlight(start, end, mark.kind, mark.value, answers=True))
    marks.sort(key=lambda mark: (mark.start, mark.end))
    return Citation(
        rank, score, document, clause, document.quote(clause.span), clause.start, clause.end, tuple(marks)
    )


def _facts(entry: Entry) -> Iterator[Highlight]:
    """The facts of a task, in characters of the document."""
    deadline, frequency = entry.task.deadline, entry.task.frequency
    if deadline:
        yield Highlight(deadline.start, deadline.end, "deadline", deadline.date, answers=True)
    if frequency:
        yield Highlight(frequency.start, frequency.end, "frequency", frequency.value, answers=True)
    for one in entry.task.quantities:
        yield Highlight(one.start, one.end, "quantity", one.value, answers=True)
