"""The same duty in two documents: which stretch of the one lays down what a stretch of the other does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from corpus.document import Clause, Document
from corpus.task import Task
from index.encoder import Encoder
from index.passages import Passage
from index.snapshot import Snapshot
from rag.body import Body, body_of, pairs_and_words

Rarity = Callable[[str], float]
"""How much it says that two texts share a term; the rarer the term the more."""

ALIKE = 0.43
"""The score of a pair from which on it lays down the same duty (0–1)."""
OF_BOTH, OF_WORDS, OF_SENSE, OF_CLAUSE = 0.3, 0.2, 0.25, 0.25
"""What counts how much, 1 in all: rare terms shared of both stretches, of those looked for, sense, sense of the clauses."""
AMISS = 0.1
"""What is taken off where a clause has none of the names “…” that the words give to things (0–1)."""
SHORTLISTED = 8
"""Clauses of the other document that are read closely (1–50)."""
KEPT_OPEN = 256
"""Documents that stay cut into pieces (1–10,000)."""

_NAMED = re.compile("“([^“”]{2,20})”")
_SILENT = frozenset({"head", "title", "notice", "annex", "tail"})


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch `[start, end)` of a clause, in characters of `document.text`."""

    document: Document
    clause: Clause
    start: int
    end: int

    @property
    def words(self) -> str:
        """What stands there, verbatim."""
        return self.document.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Match:
    """Where a document lays down a duty, and how alike the two stretches are, 0–1."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two tasks that lay down the same duty in two documents, and how alike they are, 0–1."""

    one: Task
    other: Task
    score: float


class Aligner:
    """Finds duties of one held document in another; safe to share between threads.

    `vectors` has one row for each of the `passages`, as the encoder encodes them.
    """

    def __init__(
        self,
        documents: Mapping[str, Document],
        passages: Sequence[Passage],
        vectors: NDArray[np.float32],
        rarity: Rarity,
        encoder: Encoder,
    ) -> None:
        self._documents, self._passages, self._vectors = documents, passages, vectors
        self._rarity = lru_cache(maxsize=1 << 16)(rarity)
        self._encoder = encoder
        self._opened = lru_cache(maxsize=KEPT_OPEN)(self._open)

    @classmethod
    def of(cls, snapshot: Snapshot, encoder: Encoder) -> Aligner:
        """The aligner of what a snapshot holds."""
        return cls(snapshot.documents, snapshot.passages, snapshot.vectors, snapshot.lexical.idf, encoder)

    @cached_property
    def _rows(self) -> Mapping[str, list[int]]:
        """By clause the rows of its passages; read when the first duty is looked for."""
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self._passages):
            rows.setdefault(passage.clause_id, []).append(row)
        return rows

    def counterpart(self, place: Place, other: str, least: float = ALIKE) -> Match | None:
        """Where the document of the id `other` lays down what stands at `place`; None where it says nothing so alike.

        A table's row is looked at only when no clause of the text says it: a schedule repeats what the text lays down.
        """
        in_text = self.nearest(place, other, rows=False)
        if in_text is not None and in_text.score >= least:
            return in_text
        in_table = self.nearest(place, other, rows=True)
        return in_table if in_table is not None and in_table.score >= least else None

    def nearest(self, place: Place, other: str, *, rows: bool) -> Match | None:
        """The stretch most like `place` in the document `other`, among the rows of its tables or outside of them.

        None when there is no clause to look at.
        """
        bodies = [body for body in self._opened(other) if (body.clause.kind == "row") == rows]
        wanted = pairs_and_words(place.words)
        weight = self._weight(wanted)
        if not bodies or not weight:
            return None
        senses = self._senses(place.clause, bodies)
        held = [
            sum(self._rarity(term) * count for term, count in wanted.items() if term in body.terms) / weight
            for body in bodies
        ]
        order = np.argsort(-(np.array(held) + senses), kind="stable")[:SHORTLISTED]
        best = [(*self._best_stretch(wanted, weight, bodies[at]), at) for at in order]
        texts = [self._documents[other].text[start:end] for start, end, *_ in best]
        near = self._encoder.encode_passages([place.words, *texts])
        scored = [
            (words + self._near(place, bodies[at].clause, float(sense), float(senses[at])), start, end, at)
            for (start, end, words, at), sense in zip(best, near[1:] @ near[0], strict=True)
        ]
        score, start, end, at = max(scored, key=lambda one: one[0])
        found = Place(self._documents[other], bodies[at].clause, start, end)
        return Match(found, min(1.0, max(0.0, score)))

    def align(self, one: Sequence[Task], other: Sequence[Task]) -> tuple[Pair, ...]:
        """The tasks of one document that those of another also lay down, one to one, in the order of `one`."""
        found = [pair for task in one if (pair := self._pair(task, other)) is not None]
        chosen: dict[str, Pair] = {}
        for pair in sorted(found, key=lambda pair: -pair.score):
            chosen.setdefault(pair.other.id, pair)
        return tuple(pair for pair in found if chosen[pair.other.id] is pair)

    def share(self, words: str, text: str) -> float:
        """The share of the words' terms, weighed by how rare they are, that the text has too, 0–1."""
        wanted = pairs_and_words(words)
        weight = self._weight(wanted)
        return self._weight(wanted & pairs_and_words(text)) / weight if weight else 0.0

    def _pair(self, task: Task, others: Sequence[Task]) -> Pair | None:
        held = self._documents[task.document_id]
        if not others:
            return None
        place = Place(held, held.clause(task.clause_id), task.duty.start, task.duty.end)
        match = self.counterpart(place, others[0].document_id)
        found = task_at(others, match.place) if match else None
        return Pair(task, found, match.score) if match and found else None

    def _best_stretch(self, wanted: Counter[str], weight: float, body: Body) -> tuple[int, int, float]:
        """Where the clause shares most with what is wanted, and what that counts."""
        best = (body.clause.start, body.clause.end, 0.0)
        for start, end, terms in body.stretches():
            shared = self._weight(wanted & terms)
            of_both = 2 * shared / (weight + self._weight(terms))
            counted = OF_BOTH * of_both + OF_WORDS * shared / weight
            if counted > best[2]:
                best = (start, end, counted)
        return best

    def _near(self, place: Place, clause: Clause, stretch: float, whole: float) -> float:
        """What the senses of stretch and clause count, cosines, less what the clause does not name."""
        text = self._documents[clause.id.partition("#")[0]].quote(clause.span)
        return OF_SENSE * stretch + OF_CLAUSE * whole - AMISS * _amiss(place.words, text)

    def _weight(self, terms: Counter[str]) -> float:
        return sum(self._rarity(term) * count for term, count in terms.items())

    def _senses(self, clause: Clause, bodies: Sequence[Body]) -> NDArray[np.float64]:
        """How near the clauses' own vectors come to that of `clause`; shape (len(bodies),), cosines."""
        own = self._vectors[self._rows.get(clause.id, [])]
        if not len(own):
            return np.zeros(len(bodies))
        return np.array([self._nearest_vectors(own, body.clause) for body in bodies])

    def _nearest_vectors(self, own: NDArray[np.float32], clause: Clause) -> float:
        rows = self._rows.get(clause.id, [])
        return float((own @ self._vectors[rows].T).max()) if rows else 0.0

    def _open(self, document_id: str) -> tuple[Body, ...]:
        document = self._documents[document_id]
        bodies = (body_of(document, clause) for clause in document.clauses if clause.kind not in _SILENT)
        return tuple(body for body in bodies if body.terms)


def task_at(tasks: Iterable[Task], place: Place) -> Task | None:
    """The task of the place's clause whose duty shares most characters with it; None where none shares any."""
    best, most = None, 0.0
    for task in tasks:
        if task.clause_id != place.clause.id:
            continue
        duty = task.duty
        shared = min(duty.end, place.end) - max(duty.start, place.start)
        share = 2 * shared / (duty.end - duty.start + place.end - place.start)
        if share > most:
            best, most = task, share
    return best


def _amiss(words: str, text: str) -> float:
    """The share of the names in quotation marks of the words that the text does not have, 0–1.

    >>> _amiss("推进“瓶改管”和“加芯赋码”", "完成瓶改管任务")
    0.5
    """
    names = _NAMED.findall(words)
    return sum(name not in text for name in names) / len(names) if names else 0.0
