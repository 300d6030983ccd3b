"""The duty register: every task of the held documents, worked out once, filtered and put in order."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from corpus.document import Clause, Document
from corpus.task import Task
from index.terms import normalised
from rag.answer import Citation
from rag.errors import UnknownDocumentError
from rag.in_force import AsOf, InForce
from rag.register_names import documents_of, units_meant
from rag.task_query import TaskQuery
from rag.unit_mentions import UnitMentions

ReadTasks = Callable[[Document], Iterable[Task]]
"""The tasks of a document, in its order."""
_BETWEEN_WORDS = re.compile(r"[\s、,;]+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A task with the document and the clause it stands in.

    A task that does not quote its document word for word raises ValueError.
    """

    task: Task
    document: Document
    clause: Clause

    def __post_init__(self) -> None:
        for quotation in self.task.quotations:
            quotation.check(self.document)

    @property
    def due(self) -> date | None:
        """The last day that keeps the deadline; None without one, and for a day on which something only begins."""
        deadline = self.task.deadline
        if deadline is None or deadline.date is None or deadline.role == "start":
            return None
        return date.fromisoformat(deadline.date)

    @property
    def rhythm(self) -> str | None:
        """How often, as an ISO 8601 duration; None without a frequency, and for words that name no period."""
        return self.task.frequency.value if self.task.frequency else None

    @property
    def reference(self) -> str:
        """The line to sign for: 《title》（number）and the labels of the clause's path."""
        clause, document = self.clause, self.document
        return Citation(
            1, 1.0, document, clause, document.quote(clause.span), clause.start, clause.end
        ).reference

    @property
    def topic(self) -> str:
        """What a topic is looked for in: the headings and the duty, normalised as terms are."""
        return normalised("\n".join((*self.clause.path, self.task.duty.text)))

    @property
    def units(self) -> frozenset[str]:
        """The full names of all responsible units."""
        return frozenset(unit.name for unit in (*self.task.units, *self.task.standing))

    def names(self, *, leading: bool) -> frozenset[str]:
        """The names of all responsible units, as written and in full; only of those that lead when `leading`."""
        units = self.task.lead if leading else (*self.task.units, *self.task.standing)
        return frozenset(chain.from_iterable((unit.text, unit.name) for unit in units))


@dataclass(frozen=True, slots=True)
class _Held:
    """All entries in order, what each is about, and all names of units; `units` has the full ones, by how often.

    `said` is everything that any of them is about.
    """

    entries: tuple[Entry, ...]
    topics: tuple[str, ...]
    names: frozenset[str]
    units: tuple[str, ...]
    mentions: UnitMentions
    said: str

    @classmethod
    def of(cls, entries: tuple[Entry, ...]) -> _Held:
        named = Counter(name for entry in entries for name in entry.units)
        names = frozenset(name for entry in entries for name in entry.names(leading=False))
        topics = tuple(entry.topic for entry in entries)
        return cls(
            entries,
            topics,
            names,
            tuple(sorted(named, key=lambda name: (-named[name], name))),
            UnitMentions(names),
            "\n".join(dict.fromkeys(topics)),
        )


class TaskRegister:
    """The tasks of `documents`, brought together when they are first asked for; safe to share between threads.

    `today` says which day it is: what is asked about no other day is told of the documents that apply then.
    """

    def __init__(
        self,
        documents: Sequence[Document],
        read: ReadTasks,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.documents = {document.id: document for document in documents}
        self._read = read
        self._today = today
        self._in_force = InForce(documents)
        self._reading = threading.Lock()
        self._kept: _Held | None = None

    def _held(self) -> _Held:
        with self._reading:
            if self._kept is None:
                self._kept = _Held.of(
                    tuple(
                        Entry(task, document, document.clause(task.clause_id))
                        for document in self.documents.values()
                        for task in self._read(document)
                    )
                )
            return self._kept

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All tasks, by document and place in it."""
        return self._held().entries

    @property
    def units(self) -> tuple[str, ...]:
        """The full names of all responsible units, those that most tasks name first."""
        return self._held().units

    @property
    def mentions(self) -> UnitMentions:
        """Finds the responsible units that a text names."""
        return self._held().mentions

    def speaks_of(self, words: Iterable[str]) -> bool:
        """Whether each of the words occurs in some duty or its headings; quicker than to find which."""
        said = self._held().said
        return all(normalised(word) in said for word in words)

    def find(self, query: TaskQuery) -> list[Entry]:
        """The tasks that are wanted, in the order that is wanted; those without a day to keep come last by "due".

        Raises UnknownDocumentError, UnknownPlaceError or UnknownUnitError, whose lines name what there is.
        """
        held = self._held()
        allowed = self._scope(query)
        withheld = self.withheld(query)
        meant = [units_meant(unit, held.names) for unit in query.units]
        named = frozenset(chain.from_iterable(meant))
        words = [word for word in _BETWEEN_WORDS.split(normalised(query.topic)) if word]
        found = [
            entry
            for entry, topic in zip(held.entries, held.topics, strict=True)
            if (allowed is None or entry.document.id in allowed)
            and entry.document.id not in withheld
            and (not query.recurring or entry.task.frequency is not None)
            and (not query.rhythm or query.rhythm == entry.rhythm)
            and query.holds(entry.due)
            and (not query.units or not named.isdisjoint(entry.names(leading=query.lead_only)))
            and (not query.lead_only or entry.task.lead)
            and all(word in topic for word in words)
        ]
        if query.sort == "due":
            found.sort(key=lambda entry: entry.due or date.max)
        return found

    def withheld(self, query: TaskQuery) -> frozenset[str]:
        """The ids of the documents whose tasks are left out because they do not apply on the day asked about."""
        asked = AsOf.asked(query.as_of, self._today(), include_withdrawn=query.include_withdrawn)
        return self._in_force.withheld(asked, query.documents)

    def day(self, query: TaskQuery) -> date:
        """The day the query is about: today where it names none."""
        return query.as_of or self._today()

    def _scope(self, query: TaskQuery) -> frozenset[str] | None:
        """The ids of the documents in scope, None for all."""
        for document_id in query.documents:
            if document_id not in self.documents:
                raise UnknownDocumentError(
                    f"no document {document_id!r} is held; GET /v1/documents lists the ids",
                    f"没有编号为“{document_id}”的文件",
                )
        scopes = []
        if query.documents:
            scopes.append(frozenset(query.documents))
        if query.places:
            scopes.append(documents_of(query.places, self.documents.values()))
        return frozenset.intersection(*scopes) if scopes else None
