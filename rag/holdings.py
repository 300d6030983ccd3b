"""What one home holds, looked up by name: documents, clauses and their neighbours, exact words, source files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from corpus.document import Clause, Document
from rag.errors import UnknownClauseError
from rag.home import Home
from rag.state import Live, State
from rag.tasks import TaskRegister
from rag.verify import Found


class Holdings:
    """Looks things up in the home's current snapshot; safe to share between threads."""

    def __init__(self, home: Home, live: Live) -> None:
        self.home = home
        self._live = live
        home.before_swap = live.prepare

    def state(self) -> State:
        """The state of the home's current snapshot. Raises HomeError when that cannot be read."""
        return self._live.state()

    @property
    def documents(self) -> Mapping[str, Document]:
        """The held documents by id."""
        return self.state().snapshot.documents

    @property
    def snapshot_name(self) -> str:
        """The name of the snapshot that answers now."""
        return self.state().snapshot.name

    @property
    def tasks(self) -> TaskRegister:
        """The register of the duties that the held documents lay down."""
        return self.state().tasks

    def clause(self, clause_id: str) -> tuple[Document, Clause]:
        """A clause with its document. Raises UnknownClauseError."""
        document = self.documents.get(clause_id.split("#", 1)[0])
        try:
            if document is not None:
                return document, document.clause(clause_id)
        except KeyError:
            pass
        raise UnknownClauseError(f"no clause {clause_id!r} is held", f"没有编号为“{clause_id}”的条款")

    def neighbours(
        self, clause_id: str, before: int = 1, after: int = 1
    ) -> tuple[tuple[Clause, ...], tuple[Clause, ...]]:
        """The clauses that stand just before and just after, in the document's order."""
        document, clause = self.clause(clause_id)
        at = document.clauses.index(clause)
        return document.clauses[max(0, at - before) : at], document.clauses[at + 1 : at + 1 + after]

    def verify(self, quote: str) -> tuple[Found, ...]:
        """Every place where exactly this text stands (white space aside); empty when it stands nowhere."""
        return self.state().verifier.find(quote)

    def source_path(self, document_id: str) -> Path:
        """The held source file. Raises UnknownDocumentError."""
        return self.home.source_path(document_id)
