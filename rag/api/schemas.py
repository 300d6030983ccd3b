"""What `/v1` sends of documents and clauses: pydantic here, frozen dataclasses everywhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date as date_type

from pydantic import BaseModel, ConfigDict

from corpus.document import Clause, Document, Status
from corpus.validity import status_on
from rag.answer import Citation
from rag.caution import Caution, caution

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
    def of(cls, document: Document, day: date_type | None = None) -> DocumentOut:
        """The naming fields of `document`; its status is that on `day`, as it was put down where none is given."""
        status = document.status if day is None else status_on(document, day)
        return cls.with_status(document, status)

    @classmethod
    def with_status(cls, document: Document, status: Status) -> DocumentOut:
        """The naming fields of `document`, which has that status on the day asked about."""
        return DocumentOut(
            id=document.id,
            title=document.title,
            number=document.number,
            issuer=document.issuer,
            date=document.date,
            place=document.place,
            status=status,
        )


class ClauseOut(BaseModel):
    """Where in its document a clause stands: the headings from the top down."""

    id: str
    path: list[str]

    @classmethod
    def of(cls, clause: Clause) -> ClauseOut:
        """The naming fields of `clause`."""
        return cls(id=clause.id, path=list(clause.path))


class WarningOut(BaseModel):
    """What holds of a document that is not in force on the day asked about; `text` says it in one line of Chinese.

    `since` is the first day it applies, `until` the first day it no longer does, `replaced_by` the id of the text that
    took its place; null where nobody said.
    """

    model_config = ConfigDict(from_attributes=True)

    status: Status
    since: str | None
    until: str | None
    replaced_by: str | None
    text: str

    @classmethod
    def of(cls, told: Caution | None) -> WarningOut | None:
        """The warning as it is sent, None for none."""
        return cls.model_validate(told) if told else None


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
    """A document with its outline.

    `since` is the first day it applies, `until` the first day it no longer does, `replaced_by` the id of the text that
    took its place; null where nobody said. `warning` is null where it is in force. `version` counts from 1.
    """

    since: str | None
    until: str | None
    replaced_by: str | None
    version: int
    warning: WarningOut | None
    source: str
    digest: str
    characters: int
    clauses: list[OutlineOut]

    @classmethod
    def of_held(cls, document: Document, day: date_type, held: Mapping[str, Document]) -> DocumentDetailOut:
        """The document as it stands on `day` among those `held`, its source file's name and SHA-256, and all its clauses."""
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
            **DocumentOut.of(document, day).model_dump(),
            since=document.since,
            until=document.until,
            replaced_by=document.replaced_by,
            version=document.version,
            warning=WarningOut.of(caution(document, day, held)),
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
    warning: WarningOut | None
    before: list[QuotedOut]
    after: list[QuotedOut]

    @classmethod
    def of(
        cls,
        document: Document,
        clause: Clause,
        before: Sequence[Clause],
        after: Sequence[Clause],
        told: Caution | None,
    ) -> ClauseDetailOut:
        """The clause between its neighbours; `told` warns of a document that is not in force."""
        return cls(
            document=DocumentOut.with_status(document, told.status if told else "in_force"),
            clause=QuotedOut.of_document(document, clause),
            reference=reference_of(document, clause),
            warning=WarningOut.of(told),
            before=[QuotedOut.of_document(document, each) for each in before],
            after=[QuotedOut.of_document(document, each) for each in after],
        )


class PlaceOut(BaseModel):
    """One place where a quotation stands; `start` and `end` count in the document's text."""

    document: DocumentOut
    clause: ClauseOut
    reference: str
    warning: WarningOut | None
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
