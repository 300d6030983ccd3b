"""How often each term stands in each passage, put together anew when passages come and go."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GONE = -1
"""In `TermCounts.joined`, the place of a passage that is left out."""


@dataclass(frozen=True, eq=False)
class TermCounts:
    """One sparse column per term: in which passages it stands, and how often.

    The column of term c is `indptr[c]:indptr[c + 1]` (int64, shape (terms + 1,)) of `indices` (int32, passage numbers,
    ascending) and of `counts` (the least unsigned integers that hold them all). `vocabulary` numbers the terms in
    their own order; each stands in some passage. `size` is the number of passages.
    """

    vocabulary: Mapping[str, int]
    size: int
    counts: NDArray[np.unsignedinteger]
    indices: NDArray[np.int32]
    indptr: NDArray[np.int64]

    @classmethod
    def of(cls, passages: Iterable[Sequence[str]]) -> TermCounts:
        """Count the terms of each passage; passage i of `passages` is number i."""
        met: dict[str, int] = {}
        terms, rows, counts = array("i"), array("i"), array("i")
        size = 0
        for number, words in enumerate(passages):
            size = number + 1
            for term, count in Counter(words).items():
                terms.append(met.setdefault(term, len(met)))
                rows.append(number)
                counts.append(count)
        # Sorted, so that the same terms have the same numbers in whatever order they were met.
        vocabulary = sorted(met)
        numbers = np.empty(len(met), dtype=np.int64)
        numbers[[met[term] for term in vocabulary]] = np.arange(len(met))
        keys = numbers[np.frombuffer(terms, dtype=np.intc)] * size + np.frombuffer(rows, dtype=np.intc)
        return cls._ordered(vocabulary, size, keys, np.frombuffer(counts, dtype=np.intc))

    @classmethod
    def joined(cls, parts: Sequence[tuple[TermCounts, NDArray[np.int32]]], size: int) -> TermCounts:
        """The counts of `size` passages, each from one of the parts.

        Passage i of a part gets the number `places[i]` (or `GONE`, and is left out). Equal, to the byte, to counting
        the same passages in that order.
        """
        vocabulary = sorted(set[str]().union(*(part.vocabulary for part, _ in parts)))
        numbers = {term: number for number, term in enumerate(vocabulary)}
        most = sum(len(part.indices) for part, _ in parts)
        keys = np.empty(most, dtype=np.int64)
        counts = np.empty(most, dtype=np.result_type(*(part.counts for part, _ in parts)))
        end = 0
        for part, places in parts:
            columns = np.array([numbers[term] for term in part.vocabulary], dtype=np.int64)
            rows = places[part.indices]
            kept = rows != GONE
            start, end = end, end + int(np.count_nonzero(kept))
            own = np.repeat(columns * size, np.diff(part.indptr))
            own += rows
            np.compress(kept, own, out=keys[start:end])
            np.compress(kept, part.counts, out=counts[start:end])
        del own, rows, kept  # of large homes the largest arrays there are
        return cls._ordered(vocabulary, size, keys[:end], counts[:end])

    @classmethod
    def _ordered(
        cls, vocabulary: list[str], size: int, keys: NDArray[np.int64], counts: NDArray[np.integer]
    ) -> TermCounts:
        """Entries of any order, each of the key `term × size + passage`; terms that stand nowhere are dropped."""
        # A merge sort: of parts that are in order already it makes little more than one pass.
        order = np.argsort(keys, kind="stable")
        least: NDArray[np.unsignedinteger] = counts[order].astype(
            np.min_scalar_type(int(counts.max(initial=0)))
        )
        keys = keys[order]
        del order
        terms = keys // max(size, 1)
        indices = (keys - terms * size).astype(np.int32)
        frequencies = np.bincount(terms, minlength=len(vocabulary))
        standing = np.flatnonzero(frequencies)
        indptr = np.zeros(len(standing) + 1, dtype=np.int64)
        np.cumsum(frequencies[standing], out=indptr[1:])
        numbered = {vocabulary[term]: number for number, term in enumerate(standing.tolist())}
        return cls(numbered, size, least, indices, indptr)

    def lengths(self) -> NDArray[np.float64]:
        """How many terms each passage has, shape (size,)."""
        return np.bincount(self.indices, weights=self.counts, minlength=self.size).astype(np.float64)
