"""BM25 over the passages' terms: which passages share the rare terms of a question?"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import checked_range

_ARRAYS = ("data", "indices", "indptr")
_HEAD = "lexical.json"


@dataclass(frozen=True, slots=True)
class LexicalSettings:
    """BM25's `k1` (0–10, how long repetition goes on counting) and `b` (0–1, the weight of length)."""

    # Measured: lower values do better on clauses, higher ones on articles of law; between them lies little.
    k1: float = 1.2
    b: float = 0.6

    def __post_init__(self) -> None:
        checked_range("k1", self.k1, 0, 10)
        checked_range("b", self.b, 0, 1)


@dataclass(frozen=True, eq=False)
class LexicalIndex:
    """Each term's share of the BM25 score of each passage, computed beforehand, one sparse column per term.

    Lucene's BM25 (Kamphuis et al. 2020, "Which BM25 do you mean?"): a term that occurs tf times in a passage
    of l terms (mean: avg) counts `idf × tf / (tf + k1 × (1 − b + b × l / avg))`, with
    `idf = ln(1 + (N − df + 0.5) / (df + 0.5))` for df of N passages.

    `data` (float32) and `indices` (int32, passage numbers) have one entry for each passage and term that
    occurs in it; the column of term c is `indptr[c]:indptr[c + 1]` (int64, shape (terms + 1,)). `size` is N.
    """

    vocabulary: Mapping[str, int]
    size: int
    settings: LexicalSettings
    data: NDArray[np.float32]
    indices: NDArray[np.int32]
    indptr: NDArray[np.int64]

    @classmethod
    def build(
        cls, documents_terms: Sequence[Sequence[str]], settings: LexicalSettings | None = None
    ) -> LexicalIndex:
        """Index the passages' terms; passage i of `documents_terms` is row i of every score."""
        settings = settings or LexicalSettings()
        # Sorted, because the order of a set differs from run to run.
        vocabulary = {
            term: at for at, term in enumerate(sorted({t for terms in documents_terms for t in terms}))
        }
        size = len(documents_terms)
        if not vocabulary:
            nothing = np.zeros(0)
            empty = nothing.astype(np.float32), nothing.astype(np.int32), np.zeros(1, dtype=np.int64)
            return cls(vocabulary, size, settings, *empty)
        # bm25s takes half a second to import, which no question should pay: only its matrix is kept.
        import bm25s

        matrix = bm25s.BM25(method="lucene", k1=settings.k1, b=settings.b).build_index_from_ids(
            unique_token_ids=list(vocabulary.values()),
            corpus_token_ids=[[vocabulary[term] for term in terms] for terms in documents_terms],
            show_progress=False,
        )
        return cls(
            vocabulary,
            size,
            settings,
            np.asarray(matrix["data"], dtype=np.float32),
            np.asarray(matrix["indices"], dtype=np.int32),
            np.asarray(matrix["indptr"], dtype=np.int64),
        )

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """Weight × BM25 of each query term, summed; float32, shape (passages,).

        Higher is better, 0 where no term of the query occurs. Terms outside the vocabulary count nothing.
        """
        total = np.zeros(self.size, dtype=np.float32)
        for term, weight in query.items():
            column = self.vocabulary.get(term)
            if column is not None:
                start, end = self.indptr[column], self.indptr[column + 1]
                # A passage stands in a column once, so this adds to each at most once.
                total[self.indices[start:end]] += np.float32(weight) * self.data[start:end]
        return total

    def document_frequency(self, term: str) -> int:
        """How many passages hold the term; 0 for one never seen."""
        column = self.vocabulary.get(term)
        return 0 if column is None else int(self.indptr[column + 1] - self.indptr[column])

    def idf(self, term: str) -> float:
        """`ln(1 + (N − df + 0.5) / (df + 0.5))`: the rarer the higher, highest for a term never seen."""
        frequency = self.document_frequency(term)
        return math.log(1 + (self.size - frequency + 0.5) / (frequency + 0.5))

    def save(self, folder: Path) -> None:
        """Write the arrays and the vocabulary into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", np.asarray(getattr(self, name)))
        head = {"size": self.size, "settings": asdict(self.settings), "vocabulary": list(self.vocabulary)}
        (folder / _HEAD).write_text(
            json.dumps(head, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `save` wrote; the arrays stay on disk, memory-mapped read-only. Needs no bm25s.

        Raises OSError or ValueError when a file is missing or is not what `save` wrote.
        """
        head = json.loads((folder / _HEAD).read_text(encoding="utf-8"))
        # A plain view: slicing the memmap class itself costs ten times as much.
        data, indices, indptr = (
            np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _ARRAYS
        )
        vocabulary = {term: at for at, term in enumerate(head["vocabulary"])}
        return cls(vocabulary, head["size"], LexicalSettings(**head["settings"]), data, indices, indptr)
