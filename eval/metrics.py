"""The arithmetic beside rank: means, percentiles, how well scores tell what is right, what refusing buys.

Calibration error: Naeini, Cooper, Hauskrecht, AAAI (2015). Risk and coverage: El-Yaniv, Wiener, JMLR (2010).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

CALIBRATION_BINS = 10

Scored = tuple[float, bool]
"""A first result's score, 0–1, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The first results whose score lies in one tenth: how many, their mean score and their share of right, 0–1."""

    count: int
    score: float
    right: float


def calibration_bins(firsts: Sequence[Scored]) -> tuple[Bin, ...]:
    """The tenths that hold any first result, from low scores to high ones."""
    held: dict[int, list[Scored]] = {}
    for score, right in firsts:
        held.setdefault(min(int(score * CALIBRATION_BINS), CALIBRATION_BINS - 1), []).append((score, right))
    return tuple(
        Bin(
            len(bin_),
            sum(score for score, _ in bin_) / len(bin_),
            sum(right for _, right in bin_) / len(bin_),
        )
        for _, bin_ in sorted(held.items())
    )


def calibration_error(firsts: Sequence[Scored]) -> float | None:
    """The gap, 0–1, between score and share of right, averaged over equal-width bins; None without scores."""
    if not firsts:
        return None
    return sum(abs(bin_.score - bin_.right) * bin_.count for bin_ in calibration_bins(firsts)) / len(firsts)


def risk_by_coverage(firsts: Sequence[Scored]) -> tuple[tuple[float, float], ...]:
    """(share answered, share of those that are wrong), both 0–1, when ever more are answered, the surest first.

    Example:
        >>> risk_by_coverage([(0.9, True), (0.2, False)])
        ((0.5, 0.0), (1.0, 0.5))
    """
    points, wrong = [], 0
    for answered, (_, right) in enumerate(sorted(firsts, key=lambda first: -first[0]), start=1):
        wrong += not right
        points.append((answered / len(firsts), wrong / answered))
    return tuple(points)


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean, None over nothing."""
    held = list(values)
    return sum(held) / len(held) if held else None


def percentile(values: Sequence[float], share: float) -> float:
    """The value that a share, 0–1, of the values does not exceed, between neighbours in proportion."""
    return float(np.quantile(np.asarray(values, dtype=np.float64), share))
