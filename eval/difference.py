"""How far two lists of judged questions lie apart, question by question, and how sure that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

Values = Mapping[str, Mapping[str, float]]
"""Each question's measures, by the question's id and the measure's name."""

MEASURES = (
    "hit_1", "hit_3", "hit_5", "mrr", "recall_5", "coverage", "span", "refused", "wrongly_refused",
    "raw_hit_1", "raw_hit_5", "raw_mrr",
)  # fmt: skip
"""The measures that are compared."""
RESAMPLES = 4000
SEED = 20240325
INTERVAL = (0.025, 0.975)


@dataclass(frozen=True, slots=True)
class Difference:
    """A measure's mean over the questions that both have, before and now, and the 95% interval of `now - before`.

    `higher` and `lower` are how many questions have a higher or lower value now.
    """

    measure: str
    questions: int
    before: float
    now: float
    low: float
    high: float
    higher: int
    lower: int

    @property
    def change(self) -> float:
        """`now - before`."""
        return self.now - self.before


def differences(before: Values, now: Values) -> tuple[Difference, ...]:
    """Each measure that some question has in both."""
    found = (difference(measure, before, now) for measure in MEASURES)
    return tuple(one for one in found if one is not None)


def difference(measure: str, before: Values, now: Values) -> Difference | None:
    """Paired bootstrap (Efron, Tibshirani 1993): questions are drawn again, each with both its values.

    The same values give the same interval. None when no question has the measure in both.
    """
    shared = [
        question for question in now if measure in now[question] and measure in before.get(question, {})
    ]
    if not shared:
        return None
    was = np.array([before[question][measure] for question in shared])
    is_ = np.array([now[question][measure] for question in shared])
    gaps, count = is_ - was, len(shared)
    drawn = np.random.default_rng(SEED).integers(count, size=(RESAMPLES, count))
    low, high = np.quantile(gaps[drawn].mean(axis=1), INTERVAL)
    higher, lower = int((gaps > 0).sum()), int((gaps < 0).sum())
    return Difference(
        measure, count, float(was.mean()), float(is_.mean()), float(low), float(high), higher, lower
    )
