"""Fitting a weighted sum with a few units that bend it: see `rag.weights.BentModel`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from rag.training.aims import Aim
from rag.training.fit import BOUNDS, scale_of
from rag.weights import BentModel

BENT_STEPS = 200
_INNER_START, _OUTER_START = 0.3, 0.1
"""Deviations of the numbers that the weights into and out of the units begin at."""


@dataclass(frozen=True)
class Bend:
    """How many units (0–100), what holds the plain weights down and what the units' (0–1000), where drawing begins."""

    units: int
    penalty: float
    bend_penalty: float
    seed: int


def fit_bent(
    names: Sequence[str],
    rows: NDArray[np.float64],
    aim: Aim,
    bend: Bend,
    *,
    signs: Mapping[str, int] | None = None,
) -> BentModel:
    """The model whose scores of `rows` (rows, features) come nearest to the aim; deterministic.

    `signs` holds the plain weights of some names to one direction, as in `fit_lists`; the units are free.
    """
    centre, scale = rows.mean(axis=0), scale_of(rows)
    standard = (rows - centre) / scale
    count = len(names)
    units = bend.units
    drawn = np.random.default_rng(bend.seed)
    start = np.concatenate(
        [
            np.zeros(count),
            drawn.normal(0, _INNER_START, count * units),
            np.zeros(units),
            drawn.normal(0, _OUTER_START, units),
            [0.0],
        ]
    )
    held = np.concatenate(
        [np.full(count, bend.penalty), np.full(len(start) - count - 1, bend.bend_penalty), [0.0]]
    )

    def parts(packed: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        weights, inner, biases, outer, bias = np.split(
            packed, np.cumsum([count, count * units, units, units])
        )
        return weights, inner.reshape(count, units), biases, outer, bias

    def loss(packed: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights, inner, biases, outer, bias = parts(packed)
        bent = np.tanh(standard @ inner + biases)
        value, gradient = aim.of(standard @ weights + bent @ outer + bias)
        back = gradient[:, None] * outer * (1 - bent * bent)
        pulled = np.concatenate(
            [
                standard.T @ gradient,
                (standard.T @ back).ravel(),
                back.sum(axis=0),
                bent.T @ gradient,
                [gradient.sum()],
            ]
        )
        return value + float(held @ (packed * packed)), pulled + 2 * held * packed

    bounds = [BOUNDS[(signs or {}).get(name, 0)] for name in names]
    bounds += [BOUNDS[0]] * (len(start) - count)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": BENT_STEPS})
    weights, inner, biases, outer, bias = parts(found.x)
    return BentModel(tuple(names), centre, scale, weights, inner, biases, outer, float(bias[0]))
