import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.relevance import NAMES, crowd, describe, relevance
from tests.rag.sample import candidates, model
from tests.rag.test_decide import weights

SHARES = [1 / (1 + math.exp(-2)), 1 / (1 + math.exp(2))]
"""Of the softmax mass of scores 3 and 1."""


def test_the_features_by_hand() -> None:
    rows = describe(candidates([3.0, 1.0]), 0.5, searched=10_000)
    first = [3.0, 0.0, 0.5, math.log(SHARES[0]), math.log(SHARES[1])]
    second = [1.0, -2.0, 0.5, math.log(SHARES[1]), math.log(SHARES[0])]
    # Among ten times as many as usual every feature counts once more.
    np.testing.assert_allclose(rows, [[*row, 1.0, *row] for row in (first, second)], atol=1e-4)
    alone = describe(candidates([3.0]), 0.5, searched=1000)[0].tolist()
    assert alone[:4] == [3.0, 0.0, 0.5, pytest.approx(0, abs=1e-5)]
    assert alone[5:] == [0.0] * 6


def test_the_probability_by_hand() -> None:
    half = math.log(3) / 2
    # gap · ln 3 / 2 + ln 3: the logistic of ln 3 is 3/4, of 0 is 1/2
    relevant = model(NAMES, 2 * half, gap_to_best=half)
    found = relevance(candidates([3.0, 1.0]), 0.5, 1000, weights(relevant, relevant))
    assert found == pytest.approx([0.75, 0.5])


def test_the_crowd() -> None:
    assert (crowd(1000), crowd(10_000), crowd(0)) == (0.0, 1.0, -3.0)


@given(st.lists(st.floats(-1e3, 1e3), min_size=1, max_size=30), st.floats(-50, 50), st.integers(0, 10**7))
def test_features_of_any_scores_are_numbers(scores: list[float], decision: float, searched: int) -> None:
    assert np.isfinite(describe(candidates(sorted(scores, reverse=True)), decision, searched)).all()
