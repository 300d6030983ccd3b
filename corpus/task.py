"""A task: one duty of a clause with its deadline, its units and how often; every field a quotation."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.document import Document
from corpus.due_role import DeadlineRole


@dataclass(frozen=True, slots=True)
class Quoted:
    """A verbatim stretch of a document, half-open, in characters of `document.text`."""

    text: str
    start: int
    end: int

    def check(self, document: Document) -> None:
        """Raises ValueError when the document does not say just these words there."""
        if not 0 <= self.start < self.end or document.text[self.start : self.end] != self.text:
            raise ValueError(
                f"a task must quote: {document.id}[{self.start}:{self.end}] is not {self.text[:40]!r}"
            )


@dataclass(frozen=True, slots=True)
class TaskDeadline(Quoted):
    """By when; `date` is the last day that keeps it (ISO), None where the words name no calendar day.

    `inferred` says, in Chinese, where a year that the words leave out was taken from; None where they name it.
    """

    date: str | None
    role: DeadlineRole
    inferred: str | None = None


@dataclass(frozen=True, slots=True)
class TaskUnit(Quoted):
    """A responsible unit; `name` is its full name where the words are an abbreviation, else the words."""

    name: str


@dataclass(frozen=True, slots=True)
class TaskFrequency(Quoted):
    """How often; `value` is an ISO 8601 duration (P3M), None where the words name none; `whom` whom it concerns."""

    value: str | None
    whom: Quoted | None = None


@dataclass(frozen=True, slots=True)
class TaskQuantity(Quoted):
    """How much or how many; `value` is comparator, number and unit (">=60%")."""

    value: str | None


@dataclass(frozen=True, slots=True)
class Task:
    """One duty of one clause; `id` is the clause's id, "@" and the duty's place in the clause, from 1.

    `units` are all responsible units, leads first; `lead` those of them that lead. `standing` tells that units come
    from a standing note elsewhere in the document (以下均需各乡镇负责), and are quoted from there.
    """

    id: str
    document_id: str
    clause_id: str
    duty: Quoted
    deadline: TaskDeadline | None = None
    lead: tuple[TaskUnit, ...] = ()
    units: tuple[TaskUnit, ...] = ()
    frequency: TaskFrequency | None = None
    quantities: tuple[TaskQuantity, ...] = ()
    standing: tuple[TaskUnit, ...] = ()

    @property
    def quotations(self) -> tuple[Quoted, ...]:
        """Everything in the task that is a quotation."""
        single = (self.deadline, self.frequency, self.frequency.whom if self.frequency else None)
        return (
            self.duty,
            *(one for one in single if one is not None),
            *self.units,
            *self.quantities,
            *self.standing,
        )
