"""What `/v1` sends of documents, clauses and citations: pydantic here, frozen dataclasses everywhere else."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict, Field

from corpus.document import Clause, Document, Status
from rag.answer import Citation, HighlightKind

SCORE_DIGITS = 4
MILLISECOND_DIGITS = 2


class DocumentOut(BaseModel):
    """What names a document."""

    id: str
    title: str
    number: str | None
    issuer: str | None
    date: str | None
    place: str | None
    status: Status

    @classmethod
    def of(cls, document: Document) -> DocumentOut:
        """The naming fields of `document`."""
        return cls.model_validate(document, from_attributes=True)


class ClauseOut(BaseModel):
    """Where in its document a clause stands: the headings from the top down."""

    id: str
    path: list[str]

    @classmethod
    def of(cls, clause: Clause) -> ClauseOut:
        """The naming fields of `clause`."""
        return cls(id=clause.id, path=list(clause.path))


class HighlightOut(BaseModel):
    """Marked words: half-open character offsets into the citation's `text`."""

    model_config = ConfigDict(from_attributes=True)

    start: int
    end: int
    kind: HighlightKind
    value: str | None
    answers: bool


class CopyOut(BaseModel):
    """Where another document says the same in the same words; `start`/`end` count in that document."""

    document: DocumentOut
    clause: ClauseOut
    start: int
    end: int
    reference: str

    @classmethod
    def of(cls, citation: Citation) -> CopyOut:
        """The copy as it is sent."""
        return cls(
            document=DocumentOut.of(citation.document),
            clause=ClauseOut.of(citation.clause),
            start=citation.start,
            end=citation.end,
            reference=citation.reference,
        )


class CitationOut(BaseModel):
    """A clause quoted; `score` is the probability that it answers, `start`/`end` count in the document.

    `copies` is left out where no other document says the same.
    """

    rank: int
    score: float
    document: DocumentOut
    clause: ClauseOut
    text: str
    start: int
    end: int
    page: int | None
    highlights: list[HighlightOut]
    reference: str
    copies: list[CopyOut] = Field(default=[], exclude_if=lambda copies: not copies)

    @classmethod
    def of(cls, citation: Citation) -> CitationOut:
        """The citation as it is sent."""
        return cls(
            rank=citation.rank,
            score=round(citation.score, SCORE_DIGITS),
            document=DocumentOut.of(citation.document),
            clause=ClauseOut.of(citation.clause),
            text=citation.text,
            start=citation.start,
            end=citation.end,
            page=citation.page,
            highlights=[HighlightOut.model_validate(mark) for mark in citation.highlights],
            reference=citation.reference,
            copies=[CopyOut.of(copy) for copy in citation.copies],
        )


class DocumentsOut(BaseModel):
    """The documents held."""

    total: int
    documents: list[DocumentOut]


class OutlineOut(ClauseOut):
    """One clause of a document's outline; `start` and `end` count in the document's text."""

    kind: str
    start: int
    end: int
    parent: str | None


class DocumentDetailOut(DocumentOut):
    """A document with its outline."""

    source: str
    digest: str
    characters: int
    clauses: list[OutlineOut]

    @classmethod
    def of(cls, document: Document) -> DocumentDetailOut:
        """The document, its source file's name and SHA-256, and all its clauses in order."""
        outline = [
            OutlineOut(
                id=each.id,
                path=list(each.path),
                kind=each.kind,
                start=each.start,
                end=each.end,
                parent=each.parent,
            )
            for each in document.clauses
        ]
        return cls(
            **DocumentOut.of(document).model_dump(),
            source=document.source_name,
            digest=document.digest,
            characters=len(document.text),
            clauses=outline,
        )


class TextOut(BaseModel):
    """A document's text, in which all offsets count."""

    id: str
    text: str


class QuotedOut(ClauseOut):
    """A clause in its own words."""

    kind: str
    text: str
    start: int
    end: int

    @classmethod
    def of_document(cls, document: Document, clause: Clause) -> QuotedOut:
        """The words of `clause`, verbatim from `document`."""
        return cls(
            id=clause.id,
            path=list(clause.path),
            kind=clause.kind,
            text=document.quote(clause.span),
            start=clause.start,
            end=clause.end,
        )


class ClauseDetailOut(BaseModel):
    """A clause with its document and its neighbours."""

    document: DocumentOut
    clause: QuotedOut
    reference: str
    before: list[QuotedOut]
    after: list[QuotedOut]

    @classmethod
    def of(
        cls, document: Document, clause: Clause, before: Sequence[Clause], after: Sequence[Clause]
    ) -> ClauseDetailOut:
        """The clause between its neighbours."""
        return cls(
            document=DocumentOut.of(document),
            clause=QuotedOut.of_document(document, clause),
            reference=reference_of(document, clause),
            before=[QuotedOut.of_document(document, each) for each in before],
            after=[QuotedOut.of_document(document, each) for each in after],
        )


class PlaceOut(BaseModel):
    """One place where a quotation stands; `start` and `end` count in the document's text."""

    document: DocumentOut
    clause: ClauseOut
    reference: str
    text: str
    start: int
    end: int


class VerifyOut(BaseModel):
    """Where a quotation stands; `found` is false, and `places` empty, when no document has it."""

    quote: str
    found: bool
    places: list[PlaceOut]


class StateOut(BaseModel):
    """Whether the service lives, or answers."""

    status: str


def reference_of(document: Document, clause: Clause) -> str:
    """The reference line of a clause: 《title》（number）and the labels of its path."""
    whole = Citation(0, 0.0, document, clause, document.quote(clause.span), clause.start, clause.end)
    return whole.reference
