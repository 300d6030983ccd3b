"""What can go wrong with a question or a home, one small tree."""

from __future__ import annotations


class RagError(Exception):
    """The base of all errors of this room.

    `message` is one English line for logs, `message_zh` the same for the interface, `type` a stable slug.
    """

    type = "error"

    def __init__(self, message: str, message_zh: str) -> None:
        super().__init__(message)
        self.message = message
        self.message_zh = message_zh


class BadQuestionError(RagError):
    """A question or its options that cannot be read."""

    type = "bad-question"


class UnknownDocumentError(RagError):
    """A document id that the home does not hold."""

    type = "unknown-document"


class UnknownClauseError(RagError):
    """A clause id that no held document has."""

    type = "unknown-clause"


class BadFilterError(RagError):
    """Filters that contradict one another."""

    type = "bad-filter"


class UnknownPlaceError(RagError):
    """A place that no held document is about."""

    type = "unknown-place"


class UnknownUnitError(RagError):
    """A unit that no duty of the held documents names."""

    type = "unknown-unit"


class HomeError(RagError):
    """A home that cannot be made, read or written."""

    type = "home"


class NoPageError(RagError):
    """A page that a document's source does not have, or a source that has none."""

    type = "no-page"
