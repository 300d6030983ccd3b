"""Standing notes: units that a clause says are charged with all clauses after it (以下均需各社区负责)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.document import Clause
from corpus.facts import Fact


@dataclass(frozen=True, slots=True)
class StandingNote:
    """Units charged with every clause that begins at `start` or later in one chapter; offsets of the document."""

    start: int
    chapter: str
    units: tuple[tuple[int, int], ...]

    def holds_for(self, clause: Clause) -> bool:
        """Whether the clause stands behind the note in its chapter."""
        return clause.start >= self.start and _chapter(clause) == self.chapter


def standing_notes(read: Iterable[tuple[Clause, tuple[Fact, ...]]]) -> tuple[StandingNote, ...]:
    """The standing notes of clauses and their facts (in characters of each clause's text), in order."""
    notes: list[StandingNote] = []
    for clause, found in read:
        units = tuple(
            (clause.start + fact.start, clause.start + fact.end)
            for fact in found
            if fact.kind == "unit" and fact.role == "standing"
        )
        if units and clause.kind != "row":
            notes.append(StandingNote(clause.end, _chapter(clause), units))
    return tuple(notes)


def _chapter(clause: Clause) -> str:
    return clause.path[0] if clause.path else ""
