"""What the retrieving stages hand to one another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.document import Document, Span
from rag.answer import HighlightKind
from rag.opened import OpenedPassage


@dataclass(frozen=True, slots=True)
class Retrieved:
    """What both searches say of every passage; arrays of shape (passages,), float32, higher is better.

    `dense` may be 0 for a passage that neither put forward.
    `weights` are the question's terms with the weight each was searched with; `order_lexical` and `order_dense`
    hold passage numbers, best first, in scope only. `documents` has each passage's document by its number, int32;
    `searched` is how many passages are in scope.
    """

    weights: Mapping[str, float]
    lexical: NDArray[np.float32]
    dense: NDArray[np.float32]
    documents: NDArray[np.int32]
    order_lexical: NDArray[np.int64]
    order_dense: NDArray[np.int64]
    searched: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage under consideration.

    `passage` is its number in the snapshot; `evidence` what speaks for it, in the order of `evidence.NAMES`,
    float64; `score` the reranker's sum, unbounded, higher is better.
    """

    passage: int
    evidence: NDArray[np.float64]
    score: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A passage with the probability, 0–1, that its clause answers; `copies` say the same in other documents."""

    opened: OpenedPassage
    probability: float
    copies: tuple[OpenedPassage, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadField:
    """Where a document's head states what was asked; `span` in characters of `document.text`."""

    document: Document
    span: Span
    kind: HighlightKind
