"""The clauses of listed tasks as citations, with each duty and its deadline marked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rag.answer import Citation, Highlight
from rag.tasks import Entry


def cite_tasks(entries: Sequence[Entry], count: int, confidence: float) -> tuple[Citation, ...]:
    """The first `count` clauses that the tasks stand in, each once, in the order of the tasks.

    `confidence` is the probability that a listed task is one that was asked for.
    """
    clauses: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.clause.id in clauses or len(clauses) < count:
            clauses.setdefault(entry.clause.id, []).append(entry)
    return tuple(_cite(rank, group, confidence) for rank, group in enumerate(clauses.values(), start=1))


def _cite(rank: int, group: Sequence[Entry], confidence: float) -> Citation:
    document, clause = group[0].document, group[0].clause
    marks = dict.fromkeys(mark for entry in group for mark in _marks(entry))
    text = document.quote(clause.span)
    ordered = tuple(sorted(marks, key=lambda mark: (mark.start, mark.end)))
    return Citation(rank, confidence, document, clause, text, clause.start, clause.end, ordered)


def _marks(entry: Entry) -> Iterator[Highlight]:
    """The duty and the deadline, where they stand in the clause itself: a heading may set a day for all below it."""
    clause, task = entry.clause, entry.task
    if clause.start <= task.duty.start and task.duty.end <= clause.end:
        yield Highlight(task.duty.start - clause.start, task.duty.end - clause.start, "text", answers=True)
    due = task.deadline
    if due and clause.start <= due.start and due.end <= clause.end:
        yield Highlight(due.start - clause.start, due.end - clause.start, "deadline", due.date, answers=True)
