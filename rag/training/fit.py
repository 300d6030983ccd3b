"""Weighted sums fitted to examples: a list of candidates of which some are right, or rows that are right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rag.weights import BentModel, LinearModel

Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]

STEPS = 500
BENT_STEPS = 200
_INNER_START, _OUTER_START = 0.3, 0.1
"""Deviations of the numbers that the weights into and out of the units begin at."""
_BIAS = "bias"
_BOUNDS: dict[int, tuple[float | None, float | None]] = {0: (None, None), 1: (0.0, None), -1: (None, 0.0)}


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


def fit_lists(
    names: Sequence[str], lists: Sequence[Listed], *, penalty: float, signs: Mapping[str, int] | None = None
) -> LinearModel:
    """Weights under which right candidates come first: maximises Σ log softmax mass of the right, less `penalty`·|w|².

    ListNet's top-one likelihood (Cao et al. 2007) with several right answers summed. Features are scaled to unit
    deviation while fitting, so that the penalty is fair; `signs` holds weights of some names to ≥ 0 (1) or ≤ 0 (-1),
    where only one direction has a meaning; deterministic.
    """
    rows = np.vstack([entry.rows for entry in lists])
    surprise = _Surprise(lists)
    scale = _scale(rows)
    scaled = rows / scale

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = surprise.of(scaled @ weights)
        return value + penalty * float(weights @ weights), scaled.T @ gradient + 2 * penalty * weights

    return LinearModel(tuple(names), _minimised(loss, names, signs or {}) / scale, 0.0)


def fit_bent(
    names: Sequence[str],
    lists: Sequence[Listed],
    *,
    units: int,
    penalty: float,
    bend_penalty: float,
    seed: int,
) -> BentModel:
    """The same aim as `fit_lists` for a model with so many units, whose weights `bend_penalty` holds down.

    Deterministic: the units' weights begin at small numbers drawn with the seed.
    """
    rows = np.vstack([entry.rows for entry in lists])
    surprise = _Surprise(lists)
    centre, scale = rows.mean(axis=0), _scale(rows)
    standard = (rows - centre) / scale
    count = len(names)
    drawn = np.random.default_rng(seed)
    start = np.concatenate(
        [
            np.zeros(count),
            drawn.normal(0, _INNER_START, count * units),
            np.zeros(units),
            drawn.normal(0, _OUTER_START, units),
        ]
    )

    def parts(packed: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        weights, inner, biases, outer = np.split(packed, np.cumsum([count, count * units, units]))
        return weights, inner.reshape(count, units), biases, outer

    def loss(packed: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, inner, biases, outer = parts(packed)
        bent = np.tanh(standard @ inner + biases)
        value, gradient = surprise.of(standard @ weights + bent @ outer)
        back = gradient[:, None] * outer * (1 - bent * bent)
        held = np.concatenate([np.full(count, penalty), np.full(len(packed) - count, bend_penalty)])
        pulled = np.concatenate(
            [standard.T @ gradient, (standard.T @ back).ravel(), back.sum(axis=0), bent.T @ gradient]
        )
        return value + float(held @ (packed * packed)), pulled + 2 * held * packed

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": BENT_STEPS})
    return BentModel(tuple(names), centre, scale, *parts(found.x))


class _Surprise:
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


def fit_rows(
    names: Sequence[str],
    rows: NDArray[np.float64],
    right: NDArray[np.bool_],
    importance: NDArray[np.float64],
    *,
    penalty: float,
    signs: Mapping[str, int] | None = None,
) -> LinearModel:
    """Logistic regression of `right` on `rows` with an unpenalised bias; `signs` as in `fit_lists`; deterministic."""
    scale, centre = _scale(rows), rows.mean(axis=0)
    scaled = np.hstack([(rows - centre) / scale, np.ones((len(rows), 1))])
    sign = np.where(right, 1.0, -1.0)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margins = sign * (scaled @ weights)
        value = float(importance @ np.logaddexp(0, -margins))
        pulled = scaled.T @ (-importance * sign / (1 + np.exp(margins)))
        kept = np.append(weights[:-1], 0.0)
        return value + penalty * float(kept @ kept), pulled + 2 * penalty * kept

    found = _minimised(loss, (*names, _BIAS), signs or {})
    weights = found[:-1] / scale
    return LinearModel(tuple(names), weights, float(found[-1] - weights @ centre))


def _minimised(loss: Loss, names: Sequence[str], signs: Mapping[str, int]) -> NDArray[np.float64]:
    bounds = [_BOUNDS[signs.get(name, 0)] for name in names]
    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS}
    )
    weights: NDArray[np.float64] = found.x
    return weights


def _scale(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    deviation = rows.std(axis=0)
    return np.where(deviation > 0, deviation, 1.0)
