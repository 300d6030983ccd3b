"""Whether a document applies on a given day."""

from __future__ import annotations

from datetime import date

from corpus.document import Document, Status

WITHDRAWN: frozenset[Status] = frozenset({"repealed", "superseded"})
"""What no longer applies from `until` on."""


def status_on(document: Document, day: date) -> Status:
    """What holds of a document on `day`: its status, seen from that day.

    On the day `until` and after it a document no longer applies, whatever else was said of it: it was superseded where a
    text took its place, else repealed. One that was withdrawn applied until then, or never where nobody knows until when.
    Before its first day (`since`, else its date) a document is not yet in force.
    """
    at = day.isoformat()
    withdrawn = document.status in WITHDRAWN
    if at >= document.until if document.until is not None else withdrawn:
        return _withdrawn(document)
    since = document.since or document.date
    if since is not None and at < since:
        return "not_yet_in_force"
    if withdrawn or (document.status == "not_yet_in_force" and document.since is not None):
        return "in_force"
    return document.status


def lapsed_on(document: Document, day: date) -> bool:
    """Whether the document no longer applies only because the term is over that it was given."""
    return (
        document.status not in WITHDRAWN
        and document.replaced_by is None
        and document.until is not None
        and day.isoformat() >= document.until
    )


def issued_by(document: Document, day: date) -> bool:
    """Whether the document was issued on `day` or before; one whose date is not known counts as issued."""
    return document.date is None or document.date <= day.isoformat()


def answers_on(document: Document, day: date) -> bool:
    """Whether questions about `day` are answered from the document: it is neither withdrawn nor still to be issued.

    A text that is issued and not yet in force answers, with a warning.
    """
    return issued_by(document, day) and status_on(document, day) not in WITHDRAWN


def _withdrawn(document: Document) -> Status:
    if document.status in WITHDRAWN:
        return document.status
    return "repealed" if document.replaced_by is None else "superseded"
