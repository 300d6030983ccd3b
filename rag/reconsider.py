"""Put the candidates in order again by what reading the first few of them found."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from rag.candidate import Candidate
from rag.evidence import NAMES as EVIDENCE
from rag.reading.reading import CLIPPED, Reading, found
from rag.weights import BentModel

READ = ("as read", "words expected", "as read to best", "was read")
NAMES = ("score", *EVIDENCE, *READ)
"""The features: the reranker's score and what it saw; the score of the best stretch read (clipped), ln of the answering
characters, the gap to the best read (≤ 0), and whether it was read at all."""


def worth_reading(ranked: Sequence[Candidate], *, most: int, within: float) -> tuple[Candidate, ...]:
    """The first `most` of the ranked whose score is at most `within` below the best: the others are out of the race."""
    return tuple(one for one in ranked[:most] if one.score >= ranked[0].score - within)


def reconsider(
    ranked: Sequence[Candidate], readings: Mapping[int, Reading], model: BentModel
) -> tuple[Candidate, ...]:
    """The candidates with their new scores, best first, ties by passage number; `readings` by passage number."""
    scores = model.score(describe(ranked, readings))
    order = np.lexsort((np.array([candidate.passage for candidate in ranked]), -scores))
    return tuple(Candidate(ranked[i].passage, ranked[i].evidence, float(scores[i])) for i in order)


def describe(ranked: Sequence[Candidate], readings: Mapping[int, Reading]) -> NDArray[np.float64]:
    """Shape (candidates, len(NAMES)), float64; one that was not read is taken for as bad as the worst that was."""
    read = {number: (found(reading), math.log1p(reading.expected)) for number, reading in readings.items()}
    worst = tuple(min(values) for values in zip(*read.values(), strict=True)) if read else (-CLIPPED, 0.0)
    best = max((found_best for found_best, _ in read.values()), default=-CLIPPED)
    rows = []
    for one in ranked:
        sure, expected = read.get(one.passage, worst)
        rows.append((one.score, *one.evidence, sure, expected, sure - best, float(one.passage in read)))
    return np.array(rows, dtype=np.float64)
