"""Whether a document applies on a given day."""

from __future__ import annotations

from datetime import date

from corpus.document import Document, Status

WITHDRAWN: frozenset[Status] = frozenset({"repealed", "superseded"})
"""What no longer applies from `until` on."""


def status_on(document: Document, day: date) -> Status:
    """What holds of a document on `day`: its status, seen from that day.

    Before its first day (`since`, else its date) a document is not yet in force; one that was repealed or replaced was in
    force until that happened, where it is known when.
    """
    since = document.since or document.date
    if since is not None and day.isoformat() < since:
        return "not_yet_in_force"
    if document.status in WITHDRAWN and document.until is not None and day.isoformat() < document.until:
        return "in_force"
    if document.status == "not_yet_in_force" and document.since is not None:
        return "in_force"
    return document.status


def answers_on(document: Document, day: date) -> bool:
    """Whether questions about `day` are answered from the document: it is neither withdrawn nor still to be issued.

    A text that is issued and not yet in force answers, with a warning.
    """
    status = status_on(document, day)
    if status == "not_yet_in_force":
        return document.date is None or document.date <= day.isoformat()
    return status not in WITHDRAWN
