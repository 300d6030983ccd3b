"""What is sent to and from the addresses that change documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from corpus.document import Document, Flaw, FlawKind, Status
from corpus.tasks import tasks
from corpus.versions import is_current
from rag.api.requests import Text
from rag.api.schemas import ClauseOut, DocumentOut
from rag.flaw_words import flaw_in_words
from rag.proposals import Proposal
from rag.report import Outcome, Report

Same = Literal["ask", "version", "apart"]


class FlawOut(BaseModel):
    """What looked wrong while a document was read; `label` says it in Chinese, `page` counts from 1."""

    kind: FlawKind
    label: str
    detail: str
    page: int | None

    @classmethod
    def of(cls, flaw: Flaw) -> Self:
        """The flaw as it is sent."""
        return cls(kind=flaw.kind, label=flaw_in_words(flaw), detail=flaw.detail, page=flaw.page)


class ReadOut(DocumentOut):
    """A document as it was read: how many clauses and duties it has, and what looked wrong."""

    clauses: int
    tasks: int
    flaws: list[FlawOut]

    @classmethod
    def read(cls, document: Document, duties: int) -> Self:
        """The document as it is sent, with so many duties."""
        return cls(
            **DocumentOut.of(document).model_dump(),
            clauses=len(document.clauses),
            tasks=duties,
            flaws=[FlawOut.of(flaw) for flaw in document.flaws],
        )


class ReportOut(BaseModel):
    """What became of one file, or would become of it.

    "added" and "replaced": it is held, as `document.id`; "same": `held` is this very file; "offered": it is not held, for
    `held` has its number or title: send it again with `same=version` or `same=apart`; "refused": it cannot be read.
    `outline` (in a preview) names its clauses in order.
    """

    name: str
    outcome: Outcome
    message: str
    message_zh: str
    held: str | None
    document: ReadOut | None
    outline: list[ClauseOut] | None = Field(default=None, exclude_if=lambda outline: outline is None)

    @classmethod
    def of(cls, report: Report, *, outlined: bool = False) -> Self:
        """The report as it is sent."""
        document = report.document
        return cls(
            name=report.name,
            outcome=report.outcome,
            message=report.message,
            message_zh=report.message_zh,
            held=report.held,
            document=ReadOut.read(document, report.tasks) if document else None,
            outline=[ClauseOut.of(clause) for clause in document.clauses] if document and outlined else None,
        )


class ReportsOut(BaseModel):
    """A report for each file that was sent, in their order."""

    reports: list[ReportOut]

    @classmethod
    def of(cls, reports: Sequence[Report], *, outlined: bool = False) -> Self:
        """The reports as they are sent."""
        return cls(reports=[ReportOut.of(report, outlined=outlined) for report in reports])


class VersionOut(ReadOut):
    """One of the texts held under one id: `version` counts from 1, `current` is the last of them.

    `since` is the first day it applies, `until` the first day it no longer does, `replaced_by` what took its place.
    """

    version: int
    current: bool
    since: date | None
    until: date | None
    replaced_by: str | None

    @classmethod
    def of_version(cls, document: Document) -> Self:
        """The version as it is sent."""
        read = ReadOut.read(document, len(tasks(document))).model_dump()
        said = {name: getattr(document, name) for name in ("version", "since", "until", "replaced_by")}
        return cls(**{**read, **said}, current=is_current(document))


class VersionsOut(BaseModel):
    """All texts held under one id, the current one first."""

    id: str
    versions: list[VersionOut]


class Saying(BaseModel):
    """What is said of a document by hand; what is left out or null stays as it is.

    A status takes what was said before of `until` and `replaced_by` with it.
    """

    model_config = ConfigDict(extra="forbid")

    status: Status | None = None
    since: date | None = None
    until: date | None = None
    replaced_by: Text | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_dump(exclude_none=True):
            raise ValueError("one of status, since, until and replaced_by at least")
        if self.since and self.until and self.since > self.until:
            raise ValueError("since not after until")
        return self

    def day(self, name: Literal["since", "until"]) -> str | None:
        """The day of that name as ISO, None where it is not said."""
        said: date | None = getattr(self, name)
        return said.isoformat() if said else None


class ProposalOut(BaseModel):
    """What a clean-up notice says of a held document; `text`, at `start` to `end` of the notice, is where."""

    document: DocumentOut
    status: Status
    since: date | None
    until: date | None
    replaced_by: str | None
    text: str
    start: int
    end: int

    @classmethod
    def of(cls, proposal: Proposal, notice: Document, document: Document) -> Self:
        """The proposal as it is sent."""
        return cls(
            document=DocumentOut.of(document),
            status=proposal.status,
            since=date.fromisoformat(proposal.since) if proposal.since else None,
            until=date.fromisoformat(proposal.until) if proposal.until else None,
            replaced_by=proposal.replaced_by,
            text=notice.quote(proposal.because.span),
            start=proposal.because.span.start,
            end=proposal.because.span.end,
        )


class ProposalsOut(BaseModel):
    """What a clean-up notice says of held documents, in the order it says it."""

    id: str
    proposals: list[ProposalOut]


class Confirmation(BaseModel):
    """Which proposals to carry out, by the ids of the documents they are about; all of them where none is named."""

    model_config = ConfigDict(extra="forbid")

    documents: list[Text] = []
