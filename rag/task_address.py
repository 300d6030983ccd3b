"""What is wanted of the duty register, as an address takes it."""

from __future__ import annotations

from urllib.parse import urlencode

from rag.task_query import TaskQuery


def address(query: TaskQuery) -> str:
    """The query as `GET /v1/tasks` takes it: what stands behind the `?`, without what narrows nothing.

    >>> address(TaskQuery(rhythm="P1M", sort="due"))
    'rhythm=P1M&sort=due'
    """
    given = {
        "document": query.documents,
        "place": query.places,
        "unit": query.units,
        "lead_only": ("true",) if query.lead_only else (),
        "due_from": (query.due_from,) if query.due_from else (),
        "due_to": (query.due_to,) if query.due_to else (),
        "overdue_at": (query.overdue_at,) if query.overdue_at else (),
        "recurring": ("true",) if query.recurring else (),
        "rhythm": (query.rhythm,) if query.rhythm else (),
        "q": (query.topic,) if query.topic.strip() else (),
        "as_of": (query.as_of,) if query.as_of else (),
        "include_withdrawn": ("true",) if query.include_withdrawn else (),
        "sort": (query.sort,),
    }
    return urlencode([(name, value) for name, values in given.items() for value in values])
