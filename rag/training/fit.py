"""Weighted sums fitted to examples: a list of candidates of which some are right, or rows that are right or wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rag.training.aims import Doubt, Listed, Surprise
from rag.weights import LinearModel

Loss = Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]]

STEPS = 500
_BIAS = "bias"
BOUNDS: dict[int, tuple[float | None, float | None]] = {0: (None, None), 1: (0.0, None), -1: (None, 0.0)}


def fit_lists(
    names: Sequence[str], lists: Sequence[Listed], *, penalty: float, signs: Mapping[str, int] | None = None
) -> LinearModel:
    """Weights under which right candidates come first: maximises Σ log softmax mass of the right, less `penalty`·|w|².

    ListNet's top-one likelihood (Cao et al. 2007) with several right answers summed. Features are scaled to unit
    deviation while fitting, so that the penalty is fair; `signs` holds weights of some names to ≥ 0 (1) or ≤ 0 (-1),
    where only one direction has a meaning; deterministic.
    """
    rows = np.vstack([entry.rows for entry in lists])
    surprise = Surprise(lists)
    scale = scale_of(rows)
    scaled = rows / scale

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = surprise.of(scaled @ weights)
        return value + penalty * float(weights @ weights), scaled.T @ gradient + 2 * penalty * weights

    return LinearModel(tuple(names), _minimised(loss, names, signs or {}) / scale, 0.0)


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
    scale, centre = scale_of(rows), rows.mean(axis=0)
    scaled = np.hstack([(rows - centre) / scale, np.ones((len(rows), 1))])
    doubt = Doubt(right, importance)

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, gradient = doubt.of(scaled @ weights)
        kept = np.append(weights[:-1], 0.0)
        return value + penalty * float(kept @ kept), scaled.T @ gradient + 2 * penalty * kept

    found = _minimised(loss, (*names, _BIAS), signs or {})
    weights = found[:-1] / scale
    return LinearModel(tuple(names), weights, float(found[-1] - weights @ centre))


def _minimised(loss: Loss, names: Sequence[str], signs: Mapping[str, int]) -> NDArray[np.float64]:
    bounds = [BOUNDS[signs.get(name, 0)] for name in names]
    found = minimize(
        loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": STEPS}
    )
    weights: NDArray[np.float64] = found.x
    return weights


def scale_of(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """The deviation of each feature, 1 where it never varies; shape (features,)."""
    deviation = rows.std(axis=0)
    return np.where(deviation > 0, deviation, 1.0)
