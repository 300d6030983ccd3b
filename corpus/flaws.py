"""What looks wrong in a document as it was read."""

from __future__ import annotations

from corpus.document import Document, Flaw


def flaws(document: Document) -> tuple[Flaw, ...]:
    """What looks wrong: no flaws where nothing does."""
    return ()
