"""What of the snapshot before serves again: documents that are the same, passages of the same words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document
from index.counts import GONE, TermCounts
from index.held import Held
from index.passages import PassageSettings, passages
from index.progress import Progress
from index.snapshot import Snapshot

NEW = -1
"""In `Takeover.sources`, the row of a passage whose words the snapshot before does not have."""


@dataclass(frozen=True, eq=False)
class Takeover:
    """The documents to be indexed, and for each of their passages the row of `previous` that has the same words.

    `sources` is int32, shape (passages,); no row serves twice. `new` has the words of the passages that are `NEW`, in
    their order.
    """

    previous: Snapshot | None
    held: tuple[Held, ...]
    sources: NDArray[np.int32]
    new: tuple[str, ...]

    @classmethod
    def of(
        cls,
        previous: Snapshot | None,
        documents: Sequence[Document],
        settings: PassageSettings,
        told: Progress,
    ) -> Takeover:
        """Compare the documents with what `previous` holds; it must have been built with the same settings."""
        before = {held.document.id: held for held in previous.held} if previous else {}
        same = {
            document.id
            for document in documents
            if document.id in before and before[document.id].document == document
        }
        rows, free = _rows(previous, same) if previous else ({}, {})
        held: list[Held] = []
        sources: list[int] = []
        new: list[str] = []
        for done, document in enumerate(documents, start=1):
            told("passages", done, len(documents))
            if document.id in same:
                held.append(before[document.id])
                sources.extend(rows[document.id])
                continue
            held.append(Held.of(document, passages(document, settings)))
            for passage in held[-1].passages:
                words = passage.indexed(document)
                # Each row serves once: a second passage of the same words is counted on its own.
                found = free.get(words)
                sources.append(found.pop() if found else NEW)
                if sources[-1] == NEW:
                    new.append(words)
        return cls(previous, tuple(held), np.array(sources, dtype=np.int32), tuple(new))

    def counts(self, new: TermCounts) -> TermCounts:
        """The term counts of all passages, given those of the new ones."""
        if self.previous is None:
            return new
        before = self.previous.lexical.counts
        places = np.full(before.size, GONE, dtype=np.int32)
        taken = np.flatnonzero(self.sources != NEW).astype(np.int32)
        places[self.sources[taken]] = taken
        added = np.flatnonzero(self.sources == NEW).astype(np.int32)
        return TermCounts.joined([(before, places), (new, added)], len(self.sources))

    def vectors(self, new: NDArray[np.float32]) -> NDArray[np.float32]:
        """The vectors of all passages, given those of the new ones: float32, shape (passages, dimension)."""
        if self.previous is None:
            return new
        vectors = np.empty((len(self.sources), new.shape[1]), dtype=np.float32)
        if len(self.previous.vectors):
            np.take(self.previous.vectors, np.maximum(self.sources, 0), axis=0, out=vectors)
        vectors[self.sources == NEW] = new
        return vectors


def _rows(previous: Snapshot, same: set[str]) -> tuple[dict[str, range], dict[str, list[int]]]:
    """The rows of each document that stays the same, and by their words those of the others, the first one last."""
    rows: dict[str, range] = {}
    free: defaultdict[str, list[int]] = defaultdict(list)
    end = len(previous.passages)
    for held in reversed(previous.held):
        own = range(end - len(held.passages), end)
        end = own.start
        if held.document.id in same:
            rows[held.document.id] = own
            continue
        for row, passage in zip(reversed(own), reversed(held.passages), strict=True):
            free[passage.indexed(held.document)].append(row)
    return rows, free
