"""The answer to a question for a list of duties: all of them, with the clauses of the first as citations."""

from __future__ import annotations

from datetime import date

from rag.answer import Answer, Understood
from rag.cite_task import cite_tasks
from rag.listing import Listed, goes_on, listed, listed_again
from rag.question import Question
from rag.task_query import TaskQuery
from rag.tasks import TaskRegister
from rag.understanding import QuestionReader


def list_answer(
    question: Question,
    before: str | None,
    reader: QuestionReader,
    register: TaskRegister,
    *,
    within: TaskQuery,
    today: date,
    duties: TaskQuery | None,
    count: int,
    confidence: float,
) -> Answer | None:
    """The tasks that the question asks for, by itself or going on from the one `before`; None for another question.

    `within` says of which day's documents, `duties` is the caller's filter, `count` the most citations, `confidence` the
    probability of each. What names no year is meant in the year of `today`.
    Raises BadFilterError where the filter's days leave none of those asked for.
    """
    found = _found(question, before, reader, register, within, today)
    if found is not None and duties is not None:
        # Two lists of units that must both name a task are no query of the register.
        found = _narrowed(found, duties, register) if not (duties.units and found.query.units) else None
    if found is None:
        return None
    understood = Understood.of(question)
    cited = cite_tasks(found.entries, count, confidence)
    if not cited:
        return Answer(question.asked, "not_found", understood, reason="no_tasks", tasks=found)
    return Answer(question.asked, "answered", understood, cited, tasks=found)


def _found(
    question: Question,
    before: str | None,
    reader: QuestionReader,
    register: TaskRegister,
    within: TaskQuery,
    today: date,
) -> Listed | None:
    found = listed(question, register, today, within)
    if found is None and before and goes_on(question, before):
        first = listed(reader.read(before, withheld=question.withheld), register, today, within)
        found = listed_again(question, first, register, today) if first else None
    return found


def _narrowed(found: Listed, duties: TaskQuery, register: TaskRegister) -> Listed:
    query = found.query.within(duties)
    return Listed(query, tuple(register.find(query)))
