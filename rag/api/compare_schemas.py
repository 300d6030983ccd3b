"""The shapes of `/v1/compare`: what can be asked, and a comparison as it is sent."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from rag.api.answer_schemas import UnderstoodOut
from rag.api.citation_schemas import CitationOut
from rag.api.requests import Day, Text
from rag.api.schemas import DocumentOut
from rag.api.task_schemas import Names, TaskOut
from rag.comparison import Comparison, Order, Side

LONGEST = 2_000
"""Characters of a question."""


class CompareRequest(BaseModel):
    """A question about a duty. Documents and places narrow where to look, and may be repeated."""

    model_config = ConfigDict(extra="forbid")

    q: Annotated[Text, StringConstraints(max_length=LONGEST)] = Field(examples=["各地瓶改管期限有什么不同"])
    document: Names = Field([], description="ids of documents; may be repeated")
    place: Names = Field([], description="places, in full or for short (襄城); may be repeated")
    as_of: Day | None = Field(
        None,
        description="only documents issued by this day that applied on it, instead of those that apply today",
    )
    include_withdrawn: bool = Field(False, description="documents that were repealed or replaced as well")


class StretchOut(BaseModel):
    """Words that most other sides do not have: half-open character offsets into the side's `text`."""

    start: int
    end: int


class DueOut(BaseModel):
    """How the deadline stands to those of the other sides; `days` is how many days after the earliest it falls."""

    date: datetime.date | None
    order: Order
    days: int


class UnitDifferenceOut(BaseModel):
    """Units that no other side names (`only`), and offices that all the others name and this one does not."""

    model_config = ConfigDict(from_attributes=True)

    only: list[str]
    missing: list[str]


class SideOut(CitationOut):
    """A citation of the clause that lays down the duty, with its task and how it differs from the other sides."""

    found: bool = True
    task: TaskOut | None
    differs: list[StretchOut]
    deadline: DueOut
    units: UnitDifferenceOut

    @classmethod
    def of_side(cls, side: Side, day: datetime.date) -> SideOut:
        """The side as it is sent, told of `day`."""
        return cls(
            **dict(CitationOut.of(side.citation)),
            task=TaskOut.of(side.entry, day) if side.entry else None,
            differs=[StretchOut(start=start, end=end) for start, end in side.differs],
            deadline=DueOut(date=side.due.day, order=side.due.order, days=side.due.days),
            units=UnitDifferenceOut.model_validate(side.units),
        )


class ComparisonOut(BaseModel):
    """The duty in each document that lays it down, the earliest deadline first, and the documents that do not.

    `unasked` more documents were not looked at one by one, as there are too many. `duty` are the words of the document
    that fits the question best; `reason` says why nothing could be compared.
    """

    question: str
    understood: UnderstoodOut
    duty: str | None
    sides: list[SideOut]
    silent: list[DocumentOut]
    unasked: int
    reason: str | None

    @classmethod
    def of(cls, comparison: Comparison, day: datetime.date | None = None) -> ComparisonOut:
        """The comparison as it is sent; the status of a document is that on `day` (today unless given)."""
        day = day or datetime.date.today()
        return cls(
            question=comparison.question,
            understood=UnderstoodOut.model_validate(comparison.understood),
            duty=comparison.duty,
            sides=[SideOut.of_side(side, day) for side in comparison.sides],
            silent=[DocumentOut.of(document, day) for document in comparison.silent],
            unasked=comparison.unasked,
            reason=comparison.reason,
        )
