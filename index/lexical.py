"""BM25 over the passages' terms: which passages share the rare terms of a question?"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.counts import TermCounts
from index.errors import checked_range

_DATA = "data.npy"
_FILES = {name: f"{name}.npy" for name in ("counts", "indices", "indptr")}
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

    `data` (float32) has one entry for each of `counts.indices`, the passages that a term stands in: the column of term
    c is `indptr[c]:indptr[c + 1]` of both.
    """

    counts: TermCounts
    settings: LexicalSettings
    data: NDArray[np.float32]

    @property
    def vocabulary(self) -> Mapping[str, int]:
        """The terms that stand in some passage, numbered in their order."""
        return self.counts.vocabulary

    @classmethod
    def build(
        cls, documents_terms: Iterable[Sequence[str]], settings: LexicalSettings | None = None
    ) -> LexicalIndex:
        """Index the passages' terms; passage i of `documents_terms` is row i of every score."""
        return cls.of(TermCounts.of(documents_terms), settings)

    @classmethod
    def of(cls, counts: TermCounts, settings: LexicalSettings | None = None) -> LexicalIndex:
        """Index passages whose terms are counted."""
        settings = settings or LexicalSettings()
        lengths = counts.lengths()
        average = lengths.mean() if len(counts.indices) else 1.0
        dampened = (settings.k1 * (1 - settings.b + settings.b * lengths / average)).astype(np.float32)
        frequencies = np.diff(counts.indptr)
        idf = np.log1p((counts.size - frequencies + 0.5) / (frequencies + 0.5)).astype(np.float32)
        occurs = counts.counts.astype(np.float32)
        data = np.repeat(idf, frequencies) * occurs / (occurs + dampened[counts.indices])
        return cls(counts, settings, data)

    def scores(self, query: Mapping[str, float]) -> NDArray[np.float32]:
        """Weight × BM25 of each query term, summed; float32, shape (passages,).

        Higher is better, 0 where no term of the query occurs. Terms outside the vocabulary count nothing.
        """
        counts = self.counts
        total = np.zeros(counts.size, dtype=np.float32)
        for term, weight in query.items():
            column = counts.vocabulary.get(term)
            if column is not None:
                start, end = counts.indptr[column], counts.indptr[column + 1]
                # Numpy adds at whole words without looking each of them over, so they are made such first.
                passages = counts.indices[start:end].astype(np.intp)
                np.add.at(total, passages, np.float32(weight) * self.data[start:end])
        return total

    def document_frequency(self, term: str) -> int:
        """How many passages hold the term; 0 for one never seen."""
        column = self.counts.vocabulary.get(term)
        return 0 if column is None else int(self.counts.indptr[column + 1] - self.counts.indptr[column])

    def idf(self, term: str) -> float:
        """`ln(1 + (N − df + 0.5) / (df + 0.5))`: the rarer the higher, highest for a term never seen."""
        frequency = self.document_frequency(term)
        return math.log(1 + (self.counts.size - frequency + 0.5) / (frequency + 0.5))

    def save(self, folder: Path) -> None:
        """Write the arrays and the vocabulary into `folder`, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        np.save(folder / _DATA, np.asarray(self.data))
        for name, file in _FILES.items():
            np.save(folder / file, np.asarray(getattr(self.counts, name)))
        head = {
            "size": self.counts.size,
            "settings": asdict(self.settings),
            "vocabulary": list(self.counts.vocabulary),
        }
        (folder / _HEAD).write_text(
            json.dumps(head, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
        )

    @classmethod
    def load(cls, folder: Path) -> LexicalIndex:
        """Read what `save` wrote; the arrays stay on disk, memory-mapped read-only.

        Raises OSError or ValueError when a file is missing or is not what `save` wrote.
        """
        head = json.loads((folder / _HEAD).read_text(encoding="utf-8"))
        data, counts, indices, indptr = (_mapped(folder / name) for name in (_DATA, *_FILES.values()))
        vocabulary = {term: at for at, term in enumerate(head["vocabulary"])}
        return cls(
            TermCounts(vocabulary, head["size"], counts, indices, indptr),
            LexicalSettings(**head["settings"]),
            data,
        )


def _mapped(path: Path) -> NDArray[Any]:
    # A plain view: slicing the memmap class itself costs ten times as much.
    mapped: NDArray[Any] = np.load(path, mmap_mode="r").view(np.ndarray)
    return mapped
