"""The tasks of a document as plain JSON values, and back: what a task quotes is told by where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.document import Clause, Document
from corpus.task import Quoted, Task, TaskDeadline, TaskFrequency, TaskQuantity, TaskUnit


def task_records(document: Document) -> list[tuple[Any, ...]] | None:
    """A document's tasks as lists, in characters of its text; None where they have not been read.

    A task begins with the number of its clause from 0 and its own place in the clause, and units with how many lead.
    Raises ValueError for a task that does not quote the document, or whose leading units are not the first of all.
    """
    if document.tasks is None:
        return None
    numbers = {clause.id: number for number, clause in enumerate(document.clauses)}
    return [_record(task, numbers[task.clause_id], document) for task in document.tasks]


def _record(task: Task, clause: int, document: Document) -> tuple[Any, ...]:
    for quotation in task.quotations:
        quotation.check(document)
    if task.units[: len(task.lead)] != task.lead:
        raise ValueError(f"the leading units of {task.id} must come first among its units; put them there")
    deadline, frequency = task.deadline, task.frequency
    return (
        clause,
        int(task.id.removeprefix(f"{task.clause_id}@")),
        (task.duty.start, task.duty.end),
        deadline and (deadline.start, deadline.end, deadline.date, deadline.role, deadline.inferred),
        len(task.lead),
        _units(task.units),
        frequency and (frequency.start, frequency.end, frequency.value, _whom(frequency)),
        [(one.start, one.end, one.value) for one in task.quantities],
        _units(task.standing),
    )


def _units(units: Sequence[TaskUnit]) -> list[tuple[Any, ...]]:
    return [
        (unit.start, unit.end) if unit.name == unit.text else (unit.start, unit.end, unit.name)
        for unit in units
    ]


def _whom(frequency: TaskFrequency) -> tuple[int, int] | None:
    return (frequency.whom.start, frequency.whom.end) if frequency.whom else None


def tasks_of(
    records: Sequence[Sequence[Any]] | None, document_id: str, text: str, clauses: Sequence[Clause]
) -> tuple[Task, ...] | None:
    """The tasks that `task_records` described, of a document with that id, text and clauses."""
    if records is None:
        return None
    return tuple([_task(values, document_id, text, clauses) for values in records])


def _task(values: Sequence[Any], document_id: str, text: str, clauses: Sequence[Clause]) -> Task:
    clause, place, (start, end), deadline, leading, units, frequency, quantities, standing = values
    clause_id = clauses[clause].id
    named = tuple([_unit(text, *one) for one in units])
    return Task(
        f"{clause_id}@{place}",
        document_id,
        clause_id,
        Quoted(text[start:end], start, end),
        _deadline(text, *deadline) if deadline else None,
        named[:leading],
        named,
        _frequency(text, *frequency) if frequency else None,
        tuple([TaskQuantity(text[start:end], start, end, value) for start, end, value in quantities]),
        tuple([_unit(text, *one) for one in standing]),
    )


def _unit(text: str, start: int, end: int, name: str | None = None) -> TaskUnit:
    words = text[start:end]
    return TaskUnit(words, start, end, words if name is None else name)


def _deadline(text: str, start: int, end: int, *said: Any) -> TaskDeadline:
    return TaskDeadline(text[start:end], start, end, *said)


def _frequency(text: str, start: int, end: int, value: str | None, whom: list[int] | None) -> TaskFrequency:
    concerned = Quoted(text[whom[0] : whom[1]], *whom) if whom else None
    return TaskFrequency(text[start:end], start, end, value, concerned)
