"""How likely each of the ranked passages answers."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.candidate import Candidate
from rag.weights import Weights

_RELEVANT = ("score", "gap to best", "question has an answer", "share, ln", "share of the others, ln")
NAMES = (
    *_RELEVANT,
    "passages searched",
    *(f"{name}, by passages searched" for name in _RELEVANT),
)
"""Features of the probability that one citation answers; "question has an answer" is the decision's score.

A share is that of the softmax mass of all scores: what the ranking was fitted to make right.

A score that tells the right clause among a few hundred says less among thousands, where more of them look alike: so
each counts again times `crowd`.
"""

LEAST_SHARE = 1e-6
"""Shares are told apart down to this (10⁻¹²–10⁻³)."""

USUAL_CROWD = 1000
"""The number of passages at which `crowd` is 0 (1–10⁶)."""


def crowd(searched: int) -> float:
    """How many passages were searched, as the logarithm to base 10 of their number over `USUAL_CROWD`.

    >>> crowd(1000), crowd(10_000)
    (0.0, 1.0)
    """
    return math.log10(max(searched, 1) / USUAL_CROWD)


def relevance(
    ranked: Sequence[Candidate], decision_score: float, searched: int, weights: Weights
) -> NDArray[np.float64]:
    """The probability, 0–1, that each of the ranked passages answers; shape (len(ranked),)."""
    return weights.relevance.probability(describe(ranked, decision_score, searched))


def describe(ranked: Sequence[Candidate], decision_score: float, searched: int) -> NDArray[np.float64]:
    """Features of `relevance`, shape (len(ranked), len(NAMES)); `searched` is the passages in scope."""
    among = crowd(searched)
    scores = np.array([candidate.score for candidate in ranked])
    mass = np.exp(scores - scores.max())
    share = mass / mass.sum()
    columns = (
        scores,
        scores - scores[0],
        np.full(len(ranked), decision_score),
        np.log(share + LEAST_SHARE),
        np.log(1 - share + LEAST_SHARE),
    )
    plain = np.column_stack(columns)
    return np.hstack([plain, np.full((len(ranked), 1), among), plain * among])
