"""Where the vectors start from: which tokens stand in the same paragraphs (latent semantic analysis).

Deerwester et al., "Indexing by latent semantic analysis" (1990), by the randomised range finder of Halko,
Martinsson and Tropp, "Finding structure with randomness" (2011).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from index.static import bag
from index.training.tokenised import Tokenised

OVERSAMPLED = 32
"""Columns drawn beyond the dimension, so that the last directions are found as well."""
POWER_STEPS = 2


def inverse_frequencies(corpora: Sequence[Tokenised], size: int) -> NDArray[np.float32]:
    """log((1 + texts) / (1 + texts with the token)) for each token, (size,)."""
    found = np.zeros(size)
    texts = 0
    for corpus in corpora:
        texts += len(corpus)
        for number in range(len(corpus)):
            found[np.unique(corpus.text(number))] += 1
    return np.log((1 + texts) / (1 + found)).astype(np.float32)


def cooccurrence_vectors(
    corpora: Sequence[Tokenised], idf: NDArray[np.float32], dimension: int, seed: int
) -> torch.Tensor:
    """A vector for each token, (size, dimension) float32, mean square 1; its length grows with the token's idf.

    Tokens that no text holds get small random vectors.
    """
    matrix = _weighted(corpora, idf)
    generator = torch.Generator().manual_seed(seed)
    basis = torch.randn(len(idf), min(dimension + OVERSAMPLED, len(idf)), generator=generator)
    transposed = matrix.t().to_sparse_csr()
    for _ in range(POWER_STEPS):
        basis = torch.linalg.qr(transposed @ (matrix @ basis)).Q
    # The Gram matrix in the found basis: its eigenvectors turn the basis into the singular vectors.
    seen = matrix @ basis
    values, turn = torch.linalg.eigh(seen.T @ seen)
    best = values.argsort(descending=True)[:dimension]
    vectors = torch.zeros(len(idf), dimension)
    strength = values[best].clamp_min(1e-6) ** 0.25
    vectors[:, : len(best)] = (basis @ turn[:, best]) * strength
    # A rare token's singular vector is short; length is for the idf to say.
    lengths = vectors.norm(dim=1, keepdim=True)
    noise = torch.randn(vectors.shape, generator=generator)
    vectors = torch.where(
        lengths > 0, vectors / lengths.clamp_min(1e-12), noise / noise.norm(dim=1, keepdim=True)
    )
    vectors = vectors * torch.from_numpy(idf)[:, None]
    return vectors / vectors.square().mean().sqrt()


def _weighted(corpora: Sequence[Tokenised], idf: NDArray[np.float32]) -> torch.Tensor:
    """Texts × tokens, each row of length 1: the root of the count times the token's idf."""
    starts, columns, values = [0], [], []
    for corpus in corpora:
        for number in range(len(corpus)):
            ids, weights = bag(corpus.text(number))
            weights = weights * idf[ids]
            columns.append(ids)
            values.append(weights / max(float(np.linalg.norm(weights)), 1e-6))
            starts.append(starts[-1] + len(ids))
    return torch.sparse_csr_tensor(
        torch.tensor(starts),
        torch.from_numpy(np.concatenate(columns)),
        torch.from_numpy(np.concatenate(values)),
        size=(len(starts) - 1, len(idf)),
        check_invariants=True,
    )
