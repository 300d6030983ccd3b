"""What `/v1` sends of citations: a clause quoted, its marks, and what warns of its document."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from rag.answer import Citation, HighlightKind
from rag.api.schemas import ClauseOut, DocumentOut, WarningOut
from rag.source_pages import page_of

SCORE_DIGITS = 4


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
    warning: WarningOut | None

    @classmethod
    def of(cls, citation: Citation) -> CopyOut:
        """The copy as it is sent."""
        return cls(
            document=DocumentOut.with_status(citation.document, citation.status),
            clause=ClauseOut.of(citation.clause),
            start=citation.start,
            end=citation.end,
            reference=citation.reference,
            warning=WarningOut.of(citation.caution),
        )


class CitationOut(BaseModel):
    """A clause quoted; `score` is the probability that it answers, `start`/`end` count in the document.

    `warning` is null where the document is in force on the day asked about; `copies` is left out where no other document
    says the same.
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
    warning: WarningOut | None
    copies: list[CopyOut] = Field(default=[], exclude_if=lambda copies: not copies)

    @classmethod
    def of(cls, citation: Citation) -> CitationOut:
        """The citation as it is sent."""
        return cls(
            rank=citation.rank,
            score=round(citation.score, SCORE_DIGITS),
            document=DocumentOut.with_status(citation.document, citation.status),
            clause=ClauseOut.of(citation.clause),
            text=citation.text,
            start=citation.start,
            end=citation.end,
            page=page_of(citation.document, citation.start),
            highlights=[HighlightOut.model_validate(mark) for mark in citation.highlights],
            reference=citation.reference,
            warning=WarningOut.of(citation.caution),
            copies=[CopyOut.of(copy) for copy in citation.copies],
        )
