"""Which of the held documents answer questions about a day: the one place where that is settled."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from corpus.document import Document
from corpus.validity import WITHDRAWN, issued_by, status_on

DAYS_KEPT = 64
"""For how many days it is kept which documents do not answer (1–10,000)."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The day that a question is about.

    `named` tells that the person named the day: then only what was issued by it answers. `include_withdrawn` asks for
    texts that were repealed or replaced as well.
    """

    day: date
    named: bool = False
    include_withdrawn: bool = False

    @classmethod
    def asked(cls, as_of: date | None, today: date, *, include_withdrawn: bool) -> AsOf:
        """The named day, today where none was named."""
        return cls(as_of or today, as_of is not None, include_withdrawn)


class InForce:
    """Tells which of `documents` are withheld; worked out once for each day and safe to share between threads."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = tuple(documents)
        self._begun = _begun(self._documents)
        self._kept = lru_cache(maxsize=DAYS_KEPT)(self._work_out)

    def withheld(self, asked: AsOf, named: Collection[str] = ()) -> frozenset[str]:
        """The ids of the documents that do not answer, empty where all do.

        What is repealed or replaced answers where that is asked for, on a day on which it applied, or where `named` holds
        its very id; what was issued only after a named day never does.
        """
        kept = self._kept(asked)
        if not (kept and named):
            return kept
        unissued = self._kept(replace(asked, include_withdrawn=True))
        return kept - (frozenset(named) - unissued)

    def _work_out(self, asked: AsOf) -> frozenset[str]:
        return frozenset(document.id for document in self._documents if not self._answers(document, asked))

    def _answers(self, document: Document, asked: AsOf) -> bool:
        if asked.named and not (issued_by(document, asked.day) and self._had_begun(document, asked.day)):
            return False
        return asked.include_withdrawn or status_on(document, asked.day) not in WITHDRAWN

    def _had_begun(self, document: Document, day: date) -> bool:
        """Whether a text that says no day of its own had taken the place of the one before it."""
        begun = self._begun.get(document.id)
        return begun is None or begun <= day.isoformat()


def _begun(documents: Iterable[Document]) -> dict[str, str]:
    """For documents that say no day of their own and replaced others: until when the last of those applied."""
    known = tuple(documents)
    undated = {each.id for each in known if each.date is None and each.since is None}
    begun: dict[str, str] = {}
    for each in known:
        if each.replaced_by in undated and each.until is not None:
            begun[each.replaced_by] = max(begun.get(each.replaced_by, each.until), each.until)
    return begun
