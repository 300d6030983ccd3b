"""Put the few candidates in order by the evidence for each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.candidate import Candidate
from rag.weights import LinearModel


def rerank(
    numbers: Sequence[int], evidence: NDArray[np.float64], model: LinearModel
) -> tuple[Candidate, ...]:
    """The candidates, best first, ties by passage number; `evidence` has one row for each of `numbers`."""
    scores = model.score(evidence)
    order = np.lexsort((np.asarray(numbers), -scores))
    return tuple(Candidate(int(numbers[i]), evidence[i], float(scores[i])) for i in order)
