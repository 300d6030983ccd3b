"""The shapes of `/v1/tasks`: what can be asked of the duty register, and a task as it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from corpus.due_role import DeadlineRole
from corpus.task import Quoted
from rag.api.requests import Day, Text
from rag.api.schemas import ClauseOut, DocumentOut
from rag.task_query import TaskQuery, TaskSort
from rag.tasks import Entry

MOST_NAMES = 100
"""Documents, places or units that one request may name."""
LONGEST_NAME = 200
"""Characters of one of those names, and of the topic."""
MOST_TASKS = 500
"""Tasks of one page."""
PAGE = 50
FARTHEST = 10_000_000
"""The largest offset of a page."""

Name = Annotated[Text, StringConstraints(min_length=1, max_length=LONGEST_NAME)]
Names = Annotated[list[Name], Field(max_length=MOST_NAMES)]


class TaskFilters(BaseModel):
    """Which tasks are wanted, and in which order. A name may be repeated, and goes in the singular or the plural."""

    model_config = ConfigDict(extra="forbid")

    document: Names = Field([], description="ids of documents; may be repeated")
    documents: Names = Field([], description="the same")
    place: Names = Field([], description="places, in full or for short (襄城); may be repeated")
    places: Names = Field([], description="the same")
    unit: Names = Field([], description="a responsible unit, in full, in part or for short (住建局)")
    units: Names = Field([], description="the same")
    lead_only: bool = Field(False, description="only what the unit leads, or what says who leads")
    due_from: Day | None = Field(None, description="the first day a deadline may fall on")
    due_to: Day | None = Field(None, description="the last day a deadline may fall on")
    overdue_at: Day | None = Field(None, description="only deadlines before this day")
    recurring: bool = Field(False, description="only what is to be done again and again")
    rhythm: str = Field(
        "",
        pattern="^(P(T?)[0-9]{1,4}[YMWDH])?$",
        description="only what is to be done this often (P1M: monthly)",
    )
    q: Annotated[Text, StringConstraints(max_length=LONGEST_NAME)] = Field(
        "", description="words that must all occur in the duty or its headings"
    )
    as_of: Day | None = Field(
        None,
        description="only documents issued by this day that applied on it, instead of those that apply today",
    )
    include_withdrawn: bool = Field(False, description="documents that were repealed or replaced as well")
    sort: TaskSort = Field("document", description="by the order of the documents, or by deadline")

    def query(self) -> TaskQuery:
        """What is wanted, as the register is asked. Raises BadFilterError."""
        return TaskQuery(
            documents=(*self.document, *self.documents),
            places=(*self.place, *self.places),
            units=(*self.unit, *self.units),
            lead_only=self.lead_only,
            due_from=self.due_from,
            due_to=self.due_to,
            overdue_at=self.overdue_at,
            recurring=self.recurring,
            rhythm=self.rhythm,
            topic=self.q,
            sort=self.sort,
            as_of=self.as_of,
            include_withdrawn=self.include_withdrawn,
        )


class TasksRequest(TaskFilters):
    """One page of the tasks that are wanted."""

    limit: int = Field(PAGE, ge=1, le=MOST_TASKS, description="most tasks of the page")
    offset: int = Field(0, ge=0, le=FARTHEST, description="tasks left out before the page")


class QuotationOut(BaseModel):
    """A quotation: half-open character offsets into the document's text."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, quoted: Quoted) -> QuotationOut:
        """The quotation alone."""
        return cls(text=quoted.text, start=quoted.start, end=quoted.end)


class DeadlineOut(QuotationOut):
    """By when; `inferred` says where a year that the words leave out came from."""

    date: str | None
    role: DeadlineRole
    inferred: str | None


class UnitOut(QuotationOut):
    """A responsible unit; `name` is its full name."""

    name: str


class FrequencyOut(QuotationOut):
    """How often, as an ISO 8601 duration, and whom it concerns."""

    value: str | None
    whom: QuotationOut | None


class QuantityOut(QuotationOut):
    """How much: comparator, number and unit."""

    value: str | None


class TaskOut(BaseModel):
    """A task; `units` are all that are named for it, leads first.

    `standing` are the units that a note elsewhere makes responsible for everything (以下均需各乡镇负责), and is left
    out where there is none.
    """

    id: str
    document: DocumentOut
    clause: ClauseOut
    duty: QuotationOut
    deadline: DeadlineOut | None
    lead: list[UnitOut]
    units: list[UnitOut]
    frequency: FrequencyOut | None
    quantities: list[QuantityOut]
    standing: list[UnitOut] = Field(default=[], exclude_if=lambda units: not units)

    @classmethod
    def of(cls, entry: Entry, day: date) -> TaskOut:
        """The task as it is sent; its document's status is that on `day`."""
        task = entry.task
        return cls(
            id=task.id,
            document=DocumentOut.of(entry.document, day),
            clause=ClauseOut.of(entry.clause),
            duty=QuotationOut.of(task.duty),
            deadline=DeadlineOut.model_validate(task.deadline) if task.deadline else None,
            lead=[UnitOut.model_validate(unit) for unit in task.lead],
            units=[UnitOut.model_validate(unit) for unit in task.units],
            frequency=FrequencyOut.model_validate(task.frequency) if task.frequency else None,
            quantities=[QuantityOut.model_validate(quantity) for quantity in task.quantities],
            standing=[UnitOut.model_validate(unit) for unit in task.standing],
        )


class TasksOut(BaseModel):
    """How many tasks fit, and one page of them."""

    total: int
    tasks: list[TaskOut]

    @classmethod
    def of(cls, total: int, entries: Iterable[Entry], day: date | None = None) -> TasksOut:
        """The page as it is sent; the status of each task's document is that on `day`, today unless given."""
        day = day or date.today()
        return cls(total=total, tasks=[TaskOut.of(entry, day) for entry in entries])
