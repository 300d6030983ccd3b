"""What is wanted of scores: that right candidates come first in their lists, or that right rows lie above 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class Aim(Protocol):
    """How far scores are from what is wanted of them."""

    def of(self, scores: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """A number ≥ 0, lower is better, and its gradient by the scores, of their shape."""
        ...


@dataclass(frozen=True)
class Listed:
    """One question's candidates: `rows` (candidates, features), `right` bool (candidates,), with some right."""

    rows: NDArray[np.float64]
    right: NDArray[np.bool_]
    weight: float = 1.0


def thinned(entry: Listed, wrong: int = 80, seed: int = 7) -> Listed:
    """The list with all its right candidates and at most `wrong` of the others, drawn with a fixed seed."""
    others = np.flatnonzero(~entry.right)
    if len(others) <= wrong:
        return entry
    drawn = np.random.default_rng(seed).choice(others, wrong, replace=False)
    kept = np.sort(np.concatenate([np.flatnonzero(entry.right), drawn]))
    return replace(entry, rows=entry.rows[kept], right=entry.right[kept])


class Surprise:
    """How surprised a softmax over each list is by what is right in it, and which way the scores should go."""

    def __init__(self, lists: Sequence[Listed]) -> None:
        self._right = np.concatenate([entry.right for entry in lists])
        self._lengths = np.array([len(entry.rows) for entry in lists])
        self._starts = np.concatenate([[0], np.cumsum(self._lengths)[:-1]])
        self._importance = np.array([entry.weight for entry in lists])

    def of(self, scores: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The sum over the lists of -log of the right candidates' mass, and its gradient by the scores."""
        highest = np.repeat(np.maximum.reduceat(scores, self._starts), self._lengths)
        mass = np.exp(scores - highest)
        held = mass * self._right
        all_mass, right_mass = np.add.reduceat(mass, self._starts), np.add.reduceat(held, self._starts)
        gradient = mass / np.repeat(all_mass, self._lengths) - held / np.repeat(right_mass, self._lengths)
        value = float(self._importance @ (np.log(all_mass) - np.log(right_mass)))
        return value, gradient * np.repeat(self._importance, self._lengths)


class Doubt:
    """How much a logistic of each score doubts what is right: Σ importance × -log probability of what is so."""

    def __init__(self, right: NDArray[np.bool_], importance: NDArray[np.float64]) -> None:
        self._sign = np.where(right, 1.0, -1.0)
        self._importance = importance

    def of(self, scores: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """The sum over the rows, and its gradient by the scores."""
        margins = self._sign * scores
        value = float(self._importance @ np.logaddexp(0, -margins))
        return value, -self._importance * self._sign / (1 + np.exp(margins))
