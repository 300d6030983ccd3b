"""A task before its units have full names: where its words stand in the document, and its facts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.facts import Fact


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """One duty, `[start, end)`, with the facts that belong to it, all in characters of the document."""

    start: int
    end: int
    deadline: Fact | None = None
    frequency: Fact | None = None
    units: tuple[Fact, ...] = ()
    quantities: tuple[Fact, ...] = ()


def moved(fact: Fact, by: int) -> Fact:
    """The fact `by` characters further on: from a clause's text to the document's."""
    return replace(
        fact,
        start=fact.start + by,
        end=fact.end + by,
        group=fact.group and (fact.group[0] + by, fact.group[1] + by),
        whom=fact.whom and (fact.whom[0] + by, fact.whom[1] + by),
    )
