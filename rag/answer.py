"""What an answer is made of; a quotation that is not verbatim cannot be constructed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from corpus.document import Clause, Document, Status
from rag.caution import Caution
from rag.question import Question

if TYPE_CHECKING:  # a list's tasks cite, too
    from rag.listing import Listed

AnswerStatus = Literal["answered", "unsure", "not_found"]
HighlightKind = Literal["deadline", "unit", "frequency", "quantity", "definition", "number", "text"]


@dataclass(frozen=True, slots=True)
class Highlight:
    """Marked words of a citation, half-open, in characters of the citation's `text`.

    `value` is the normalised reading where there is one (an ISO date, an ISO 8601 duration, a unit's full name).
    `answers` is True for the words that answer the question.
    """

    start: int
    end: int
    kind: HighlightKind
    value: str | None = None
    answers: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause quoted with its document and reference line.

    `text == document.text[start:end]` and every highlight lies inside it; anything else raises ValueError.
    `score` is the calibrated probability, 0–1, that the passage answers. `rank` counts from 1. `copies` quote the clauses
    of other documents that say the same in the same words, with its rank and score. `caution` warns of a document that is
    not in force on the day asked about.
    """

    rank: int
    score: float
    document: Document
    clause: Clause
    text: str
    start: int
    end: int
    highlights: tuple[Highlight, ...] = ()
    page: int | None = None
    copies: tuple[Citation, ...] = ()
    caution: Caution | None = None

    def __post_init__(self) -> None:
        inside = 0 <= self.start < self.end <= len(self.document.text)
        if not inside or self.document.text[self.start : self.end] != self.text:
            raise ValueError(
                f"a citation must be verbatim: {self.document.id}[{self.start}:{self.end}] is not {self.text[:40]!r}"
            )
        for mark in self.highlights:
            if not 0 <= mark.start < mark.end <= len(self.text):
                raise ValueError(
                    f"a highlight must lie inside 0..{len(self.text)}, got [{mark.start}, {mark.end})"
                )

    @property
    def status(self) -> Status:
        """What holds of the document on the day asked about."""
        return self.caution.status if self.caution else "in_force"

    @property
    def reference(self) -> str:
        """The line to sign for: 《title》（number）and the labels of the clause's path."""
        number = f"（{self.document.number}）" if self.document.number else ""
        return f"《{self.document.title}》{number}{''.join(self.clause.labels)}"


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was read; shown to the person who asked."""

    text: str
    wants: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    corrections: dict[str, str] = field(default_factory=dict)
    expansions: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, question: Question) -> Understood:
        """What a person is shown of a question as retrieval sees it."""
        return cls(
            text=question.text,
            wants=question.wants,
            places=question.places,
            documents=tuple(sorted((question.documents or frozenset()) - question.placeless)),
            corrections=question.corrections,
            expansions=question.expansions,
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question: citations, or a plain refusal with the nearest clauses.

    `citations` is empty exactly when `status` is "not_found"; `nearest` is empty otherwise.
    `reason` is a fixed label that says which kind of refusal it is (None when answered). `tasks` are all the duties of
    a question that asks for a list of them; the citations are then the first of their clauses.
    """

    question: str
    status: AnswerStatus
    understood: Understood
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    reason: str | None = None
    took_ms: float = 0.0
    tasks: Listed | None = None

    def __post_init__(self) -> None:
        if (self.status == "not_found") == bool(self.citations):
            raise ValueError(f"status {self.status} does not go with {len(self.citations)} citations")
        if self.citations and self.nearest:
            raise ValueError("nearest clauses are for a refusal; give citations or nearest, not both")
