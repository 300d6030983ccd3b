"""One list of candidates out of the two searches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from rag.candidate import Retrieved
from rag.settings import Settings


def fuse(retrieved: Retrieved, settings: Settings) -> NDArray[np.int64]:
    """The passages to rerank, best first, at most `settings.reranked`; shape (candidates,).

    What reaches less than `settings.fused_to_best` of the best's score is left out: it hardly ever comes to be cited.
    A convex sum of scores: BM25 scaled by its best in scope (0–1) plus `dense_weight` × cosine. (Bruch et al. 2023,
    "An Analysis of Fusion Functions for Hybrid Retrieval": scores carry what ranks throw away.)
    """
    candidates = np.union1d(retrieved.order_lexical, retrieved.order_dense).astype(np.int64)
    if not len(candidates):
        return candidates
    best = float(retrieved.lexical[candidates].max()) or 1.0
    fused = retrieved.lexical[candidates] / best + settings.dense_weight * retrieved.dense[candidates]
    order = np.lexsort((candidates, -fused))[: settings.reranked]
    near = fused[order] >= settings.fused_to_best * fused[order[0]]
    kept: NDArray[np.int64] = candidates[order[near]]
    return kept
