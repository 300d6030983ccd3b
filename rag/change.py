"""What a home will hold after a change: worked out beside what it holds now, and only then made its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from corpus.document import Document, Status
from corpus.holding import Holding
from corpus.originals import Originals
from corpus.versions import current_id, older_id, renamed
from rag.errors import UnknownDocumentError


class Change:
    """The documents and holdings as they will be; the source files it needs are in the folder once it says so."""

    def __init__(
        self, documents: Mapping[str, Document], holdings: Iterable[Holding], originals: Originals
    ) -> None:
        self.documents = dict(documents)
        self.holdings = {holding.id: holding for holding in holdings}
        self._originals = originals

    def add(self, document: Document, path: Path) -> Document:
        """Hold a document beside the others, under its own id or the next free one; returns it as it is held."""
        document = renamed(document, self._free(document.id))
        self._take(document, path, version=1)
        return self.documents[document.id]

    def replace(self, held_id: str, document: Document, path: Path, today: date) -> Document:
        """Hold a document as the new version of a held one, which stays readable under the id of its version.

        The older text applies until the new one takes effect: the day it says, else its date, else `today`.
        """
        before = self.holding(held_id)
        older = older_id(held_id, before.version)
        until = document.since or document.date or today.isoformat()
        kept = replace(before, id=older, status="superseded", until=until, replaced_by=held_id)
        self.holdings[older] = kept
        self.documents[older] = kept.said_of(renamed(self.documents[held_id], older))
        self._take(renamed(document, held_id), path, version=before.version + 1)
        return self.documents[held_id]

    def again(self, document: Document, path: Path) -> None:
        """Hold a document whose file has changed in its folder, as it was read now."""
        before = self.holdings[document.id]
        file = self._originals.keep(path, document.id, document.digest)
        self.holdings[document.id] = replace(before, file=file, digest=document.digest)

    def remove(self, document_id: str) -> None:
        """Let a document go with its older versions, or one older version alone. Raises UnknownDocumentError."""
        self.holding(document_id)
        for held_id in list(self.holdings):
            if held_id == document_id or current_id(held_id) == document_id:
                del self.holdings[held_id], self.documents[held_id]

    def say(
        self,
        document_id: str,
        *,
        status: Status | None,
        since: str | None = None,
        until: str | None = None,
        replaced_by: str | None = None,
    ) -> Document:
        """Put down what is known of a document being in force.

        A status takes what was said before of `until` and `replaced_by` with it; without one, what is None stays.
        Raises UnknownDocumentError for the document, and for a `replaced_by` that is not held.
        """
        before = self.holding(document_id)
        if replaced_by is not None:
            self.holding(replaced_by)
        told = replace(before, status=status, until=None, replaced_by=None) if status else before
        said = replace(
            told,
            status=told.status or self.documents[document_id].status,
            since=since or told.since,
            until=until or told.until,
            replaced_by=replaced_by or told.replaced_by,
        )
        self.holdings[document_id] = said
        self.documents[document_id] = said.said_of(self.documents[document_id])
        return self.documents[document_id]

    def holding(self, document_id: str) -> Holding:
        """What is held under an id. Raises UnknownDocumentError."""
        found = self.holdings.get(document_id)
        if found is None:
            raise UnknownDocumentError(
                f"no document {document_id!r} is held; `yiju list` shows the ids",
                f"没有编号为“{document_id}”的文件；用 yiju list 查看编号",
            )
        return found

    def files(self) -> frozenset[str]:
        """The names of the source files that are held."""
        return frozenset(holding.file for holding in self.holdings.values())

    def _take(self, document: Document, path: Path, *, version: int) -> None:
        file = self._originals.keep(path, document.id, document.digest)
        holding = Holding(document.id, file, path.name, document.digest, version)
        self.holdings[document.id] = holding
        self.documents[document.id] = holding.said_of(document)

    def _free(self, document_id: str) -> str:
        taken, free = 1, document_id
        while free in self.holdings:
            taken += 1
            free = f"{document_id}-{taken}"
        return free
