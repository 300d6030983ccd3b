"""What a clean-up notice would change of the documents held; a person confirms it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.cleanup import verdicts
from corpus.document import Document, Status
from corpus.mentioned import title_names
from corpus.text_number import plain_number, tells_apart
from corpus.validity import WITHDRAWN
from corpus.verdict import Verdict

OLDER = "@"
"""What parts the id of an older version from its number."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a notice says of a held document: its new status, and the days from and until which it would apply.

    `because` is the verdict, whose span quotes the document `notice_id`. `replaced_by` is that document's id where it
    repeals a text of its own title, else None. Days are ISO, None where not said.
    """

    document_id: str
    status: Status
    because: Verdict
    notice_id: str
    since: str | None = None
    until: str | None = None
    replaced_by: str | None = None


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A verdict that fits several held documents, by id: none of them is proposed to be changed."""

    because: Verdict
    document_ids: tuple[str, ...]


def proposals(notice: Document, held: Iterable[Document]) -> tuple[Proposal, ...]:
    """The held documents that the notice would change, in the order it names them.

    A document is found by its number, however its brackets are written, else by its whole title. Where a title fits
    several, none is proposed: `unsettled` tells which.
    """
    found: dict[str, Proposal] = {}
    for verdict, documents in _meant(notice, tuple(held)):
        if len(documents) == 1 and _changes(verdict.status, documents[0].status):
            proposal = _proposal(notice, verdict, documents[0])
            found.setdefault(proposal.document_id, proposal)
    return tuple(found.values())


def unsettled(notice: Document, held: Iterable[Document]) -> tuple[Unsettled, ...]:
    """The verdicts of the notice that fit several held documents, in its order."""
    return tuple(
        Unsettled(verdict, tuple(document.id for document in documents))
        for verdict, documents in _meant(notice, tuple(held))
        if len(documents) > 1
    )


def _meant(notice: Document, held: Sequence[Document]) -> Iterable[tuple[Verdict, list[Document]]]:
    known = [document for document in held if document.id != notice.id and not _is_later(document, notice)]
    numbers = {document.id: plain_number(document.number) for document in known if document.number}
    names = {document.id: title_names(document.title) for document in known}
    for verdict in verdicts(notice):
        number = plain_number(verdict.number) if verdict.number and tells_apart(verdict.number) else None
        documents = [document for document in known if number and numbers.get(document.id) == number]
        if not documents and verdict.title:
            wanted = title_names(verdict.title)
            documents = [
                document
                for document in known
                if names[document.id] & wanted
                and OLDER not in document.id
                and _may_be(document, number)
                and _may_judge(notice, document)
            ]
        current = [document for document in documents if OLDER not in document.id]
        yield verdict, current or documents


def _is_later(document: Document, notice: Document) -> bool:
    """Whether the document was issued after the notice, which then cannot speak of it."""
    return document.date is not None and notice.date is not None and document.date > notice.date


def _may_be(document: Document, number: str | None) -> bool:
    """Whether the document's own number does not gainsay that it is the text of that number."""
    return number is None or document.number is None or not tells_apart(document.number)


def _may_judge(notice: Document, document: Document) -> bool:
    """Whether the notice is of the same place, of one that holds it, or of the whole country."""
    if notice.place is None or document.place is None:
        return True
    return notice.place in document.place or document.place in notice.place


def _changes(told: Status, held: Status) -> bool:
    return told != held and not (told in WITHDRAWN and held in WITHDRAWN)


def _proposal(notice: Document, verdict: Verdict, document: Document) -> Proposal:
    withdrawn = verdict.status in WITHDRAWN
    replaces = withdrawn and bool(title_names(notice.title) & title_names(document.title))
    return Proposal(
        document.id,
        verdict.status,
        verdict,
        notice.id,
        until=(notice.since or notice.date) if withdrawn else None,
        replaced_by=notice.id if replaces else None,
    )
