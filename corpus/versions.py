"""The texts held under one id one after another, and how a new one is told to be a version of a held one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from corpus.document import Clause, Document
from corpus.task import Task

_BRACKETS = str.maketrans("〔［【(〕］】)", "[[[[]]]]")
_SPACE = re.compile(r"\s+")


def older_id(document_id: str, version: int) -> str:
    """The id of an older version.

    >>> older_id("xiangcheng-2024-5", 1)
    'xiangcheng-2024-5@1'
    """
    return f"{document_id}@{version}"


def current_id(document_id: str) -> str:
    """The id under which the current version of a document is held.

    >>> current_id("xiangcheng-2024-5@1"), current_id("xiangcheng-2024-5")
    ('xiangcheng-2024-5', 'xiangcheng-2024-5')
    """
    return document_id.partition("@")[0]


def is_current(document: Document) -> bool:
    """Whether a document is the last version held under its id."""
    return document.id == current_id(document.id)


def renamed(document: Document, document_id: str) -> Document:
    """The same document under another id; the ids of its clauses and tasks change with it."""

    def moved(clause_id: str) -> str:
        return f"{document_id}#{clause_id.partition('#')[2]}"

    def under(clause: Clause) -> Clause:
        parent = None if clause.parent is None else moved(clause.parent)
        return replace(clause, id=moved(clause.id), parent=parent)

    def of(task: Task) -> Task:
        return replace(task, id=moved(task.id), document_id=document_id, clause_id=moved(task.clause_id))

    tasks = None if document.tasks is None else tuple(map(of, document.tasks))
    return replace(document, id=document_id, clauses=tuple(map(under, document.clauses)), tasks=tasks)


def earlier(document: Document, held: Iterable[Document]) -> Document | None:
    """The held document that `document` seems to be a new version of: the current one with its number, else its title.

    A title counts only where the text itself states it; numbers that differ in nothing but brackets and space are one.
    """
    current = [other for other in held if is_current(other)]
    if document.number is not None:
        number = _number(document.number)
        for other in current:
            if other.number is not None and _number(other.number) == number:
                return other
    if "title" not in document.fields:
        return None
    title = _title(document.title)
    return next(
        (other for other in current if "title" in other.fields and _title(other.title) == title), None
    )


def _number(number: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", number)).translate(_BRACKETS)


def _title(title: str) -> str:
    return _SPACE.sub("", unicodedata.normalize("NFKC", title))
