"""The tasks of a document: every duty of every clause with its deadline, its units and how often."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, cast

from corpus.clause_tasks import Above, clause_tasks, closing_line, said_alone, said_for_all
from corpus.document import Clause, Document
from corpus.due_role import DeadlineRole
from corpus.facts import Fact, facts
from corpus.rhythms import with_rhythms
from corpus.row_tasks import row_tasks
from corpus.standing import standing_notes
from corpus.task import Quoted, Task, TaskDeadline, TaskFrequency, TaskQuantity, TaskUnit
from corpus.task_draft import TaskDraft
from corpus.unit_names import UnitNames, level_of

_SILENT: Final = frozenset({"head", "title", "annex", "tail"})
"""Kinds of clause that ask nothing of anybody."""
LONGEST: Final = 100_000
"""A clause of more characters (10,000–1,000,000) is a text without lines or numbers, and no duties are sought in it.

The longest of some 34,000 clauses of regulations has 2,491; the time a clause takes grows with the square of its length.
"""


def tasks(document: Document) -> tuple[Task, ...]:
    """Every duty a document states, in order: those read before where it has them, else found now.

    Every field of a task is a quotation of the document.

    A clause that states no duty (titles, purposes, definitions), or is longer than any that people number, yields
    none. One clause holds a task for each deadline and each frequency; one without either is one task.
    """
    return tuple(_Register(document).tasks()) if document.tasks is None else document.tasks


class _Register:
    """One document, its clauses' facts read once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.read = tuple(
            (clause, self._facts(clause))
            for clause in document.clauses
            if clause.kind not in _SILENT and len(clause.span) <= LONGEST
        )
        self.notes = standing_notes(self.read)
        alone = {clause.id: self._alone(clause, found) for clause, found in self.read}
        self.alone = {document.clause(key).parent: said for key, said in alone.items() if said}
        self.parents = {clause.parent for clause in document.clauses if not alone.get(clause.id)}
        self.above: dict[str | None, Above] = {}
        self.behind = self._behind()
        text = document.text
        self.names = UnitNames(
            (
                text[clause.start + fact.start : clause.start + fact.end]
                for clause, found in self.read
                for fact in found
                if fact.kind == "unit"
            ),
            document.place,
        )

    def _facts(self, clause: Clause) -> tuple[Fact, ...]:
        text = self.document.text[clause.start : clause.end]
        found = facts(text, years=self.document.years, issued=self.document.date)
        return with_rhythms(text, found)

    def _alone(self, clause: Clause, found: tuple[Fact, ...]) -> Above | None:
        return said_alone(clause, self.document.text[clause.start : clause.end], found)

    def _behind(self) -> dict[str | None, tuple[Fact, ...]]:
        """By parent the units that a line of its own behind the last of its clauses names for all of them.

        Only where none of the others names units: then the line closes over the list, not over its last item.
        """
        siblings: defaultdict[str | None, list[tuple[Clause, tuple[Fact, ...]]]] = defaultdict(list)
        for clause, found in self.read:
            if clause.kind == "item":
                siblings[clause.parent].append((clause, found))
        text = self.document.text
        behind: dict[str | None, tuple[Fact, ...]] = {}
        for parent, clauses in siblings.items():
            *others, (clause, found) = clauses
            units = closing_line(clause, text[clause.start : clause.end], found)
            named = any(fact.kind == "unit" for _, facts_of in others for fact in facts_of)
            if parent is not None and others and units and not named:
                behind[parent] = units
        return behind

    def tasks(self) -> Iterator[Task]:
        for clause, found in self.read:
            for place, draft in enumerate(self._drafts(clause, found), 1):
                yield self._task(clause, place, draft)

    def _drafts(self, clause: Clause, found: tuple[Fact, ...]) -> Iterator[TaskDraft]:
        if clause.kind == "row":
            return row_tasks(self.document, clause)
        text = self.document.text[clause.start : clause.end]
        above = self.above.get(clause.parent, Above())
        if clause.parent in self.behind:
            above = replace(above, units=self.behind[clause.parent])
        own = self.alone.get(clause.id)
        if own:
            above = Above(own.units or above.units, own.deadline or above.deadline)
        above = said_for_all(clause, text, found, above)
        self.above[clause.id] = above
        return clause_tasks(clause, text, found, above, whole=clause.id not in self.parents)

    def _task(self, clause: Clause, place: int, draft: TaskDraft) -> Task:
        units = sorted(self._units(draft.units), key=lambda pair: pair[0] != "lead")
        return Task(
            id=f"{clause.id}@{place}",
            document_id=self.document.id,
            clause_id=clause.id,
            duty=self._quoted(draft.start, draft.end),
            deadline=self._deadline(draft.deadline) if draft.deadline else None,
            lead=tuple(unit for role, unit in units if role == "lead"),
            units=tuple(unit for _, unit in units),
            frequency=self._frequency(draft.frequency) if draft.frequency else None,
            quantities=tuple(
                TaskQuantity(self._words(one.start, one.end), one.start, one.end, one.value)
                for one in draft.quantities
            ),
            standing=tuple(self._standing(clause)),
        )

    def _words(self, start: int, end: int) -> str:
        return self.document.text[start:end]

    def _quoted(self, start: int, end: int) -> Quoted:
        return Quoted(self._words(start, end), start, end)

    def _deadline(self, fact: Fact) -> TaskDeadline:
        role = cast(DeadlineRole, fact.role)  # a fact's role is one of its kind's
        return TaskDeadline(
            self._words(fact.start, fact.end), fact.start, fact.end, fact.value, role, fact.inferred
        )

    def _frequency(self, fact: Fact) -> TaskFrequency:
        whom = self._quoted(*fact.whom) if fact.whom else None
        return TaskFrequency(self._words(fact.start, fact.end), fact.start, fact.end, fact.value, whom)

    def _units(self, found: tuple[Fact, ...]) -> Iterator[tuple[str | None, TaskUnit]]:
        """The units with their roles, each once; one without a level takes that of the one its list begins with."""
        seen: set[str] = set()
        level = ""
        for fact in found:
            words = self._words(fact.start, fact.end)
            level = level_of(words) or level
            unit = TaskUnit(words, fact.start, fact.end, self.names.full(words, level))
            if unit.name not in seen:
                seen.add(unit.name)
                yield fact.role, unit

    def _standing(self, clause: Clause) -> Iterator[TaskUnit]:
        for note in self.notes:
            if note.holds_for(clause):
                for start, end in note.units:
                    words = self._words(start, end)
                    yield TaskUnit(words, start, end, self.names.full(words))
