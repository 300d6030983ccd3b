"""The shape of an answer as it is sent."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from rag.answer import Answer, AnswerStatus
from rag.api.citation_schemas import CitationOut
from rag.api.schemas import MILLISECOND_DIGITS
from rag.api.task_schemas import MOST_TASKS, TaskOut
from rag.listing import Listed
from rag.task_address import address


class UnderstoodOut(BaseModel):
    """How the question was read."""

    model_config = ConfigDict(from_attributes=True)

    text: str
    wants: list[str]
    places: list[str]
    documents: list[str]
    corrections: dict[str, str]
    expansions: dict[str, list[str]]


class TaskFiltersOut(BaseModel):
    """The filters of the duty register that a question was read as; empty ones leave all tasks."""

    model_config = ConfigDict(from_attributes=True)

    documents: list[str]
    places: list[str]
    units: list[str]
    lead_only: bool
    due_from: date | None
    due_to: date | None
    recurring: bool
    rhythm: str
    topic: str
    as_of: date | None
    include_withdrawn: bool


class ListedOut(BaseModel):
    """The tasks that a question asks for: how many there are, and the first 500 of them.

    `query` is what `GET /v1/tasks` takes behind its `?` for the same tasks, page by page or as a file.
    """

    filters: TaskFiltersOut
    query: str
    total: int
    tasks: list[TaskOut]

    @classmethod
    def of(cls, listed: Listed, day: date) -> ListedOut:
        """The list as it is sent; the status of each task's document is that on `day`."""
        return cls(
            filters=TaskFiltersOut.model_validate(listed.query),
            query=address(listed.query),
            total=len(listed.entries),
            tasks=[TaskOut.of(entry, day) for entry in listed.entries[:MOST_TASKS]],
        )


class AnswerOut(BaseModel):
    """Citations, or a refusal with the nearest clauses, which are no answer.

    `tasks` is left out where the question asks for no list of duties.
    """

    question: str
    status: AnswerStatus
    understood: UnderstoodOut
    citations: list[CitationOut]
    nearest: list[CitationOut]
    reason: str | None
    took_ms: float
    tasks: ListedOut | None = Field(default=None, exclude_if=lambda tasks: tasks is None)

    @classmethod
    def of(cls, answer: Answer, day: date | None = None) -> AnswerOut:
        """The answer as it is sent; `day` is the one asked about, today unless given."""
        return cls(
            question=answer.question,
            status=answer.status,
            understood=UnderstoodOut.model_validate(answer.understood),
            citations=[CitationOut.of(each) for each in answer.citations],
            nearest=[CitationOut.of(each) for each in answer.nearest],
            reason=answer.reason,
            took_ms=round(answer.took_ms, MILLISECOND_DIGITS),
            tasks=ListedOut.of(answer.tasks, day or date.today()) if answer.tasks else None,
        )


class BatchOut(BaseModel):
    """One answer for each question, in order."""

    answers: list[AnswerOut]
