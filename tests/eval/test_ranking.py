"""The library is asked for what is meant: against arithmetic written out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.ranking import ranking
from eval.response import DEPTH

RIGHTS = st.lists(st.lists(st.booleans(), max_size=DEPTH), max_size=5)


def test_the_first_right_result_counts() -> None:
    row = ranking([[False, False, True, True]])[0]
    assert [row[f"hit_{depth}"] for depth in (1, 2, 3, 10)] == [0, 0, 1, 1]
    assert row["mrr"] == pytest.approx(1 / 3)


def test_a_question_without_results_counts_nothing() -> None:
    assert ranking([[], [True]])[0] == dict.fromkeys(ranking([[]])[0], 0.0)
    assert ranking([]) == []


@given(rights=RIGHTS)
def test_every_question_has_what_arithmetic_says(rights: list[list[bool]]) -> None:
    rows = ranking(rights)
    assert len(rows) == len(rights)
    for row, results in zip(rows, rights, strict=True):
        first = results.index(True) + 1 if True in results else None
        assert row["mrr"] == pytest.approx(1 / first if first else 0)
        for depth in range(1, DEPTH + 1):
            assert row[f"hit_{depth}"] == (first is not None and first <= depth)
