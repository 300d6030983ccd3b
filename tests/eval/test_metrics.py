"""Each measure against arithmetic written out by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import calibration_bins, calibration_error, mean, percentile, risk_by_coverage

FIRSTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=30)


def test_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    # bin 0.9–1.0: scores .9 and 1.0 (mean .95), one of two right (.5): gap .45, weight 2/3
    # bin 0.2–0.3: score .2, not right: gap .2, weight 1/3
    error = calibration_error([(0.9, True), (1.0, False), (0.2, False)])
    assert error == pytest.approx(0.45 * 2 / 3 + 0.2 / 3)
    assert calibration_error([]) is None


def test_risk_grows_when_the_unsure_are_answered_too() -> None:
    # surest first: right, wrong, right → wrong so far 0 of 1, 1 of 2, 1 of 3
    points = risk_by_coverage([(0.2, True), (0.9, True), (0.5, False)])
    assert [covered for covered, _ in points] == pytest.approx([1 / 3, 2 / 3, 1])
    assert [risk for _, risk in points] == pytest.approx([0, 1 / 2, 1 / 3])


@given(firsts=FIRSTS)
def test_bins_and_risk_count_every_first_result(firsts: list[tuple[float, bool]]) -> None:
    assert sum(bin_.count for bin_ in calibration_bins(firsts)) == len(firsts)
    covered, risk = risk_by_coverage(firsts)[-1]
    assert covered == 1
    assert risk == pytest.approx(sum(not right for _, right in firsts) / len(firsts))


def test_mean_of_nothing_is_none() -> None:
    assert mean([]) is None
    assert mean([1, 0, 0.5]) == 0.5


def test_a_percentile_lies_between_its_neighbours_in_proportion() -> None:
    values = [4.0, 1.0, 3.0, 2.0]
    assert percentile(values, 0.5) == 2.5
    assert percentile(values, 1) == 4
    assert percentile(values, 0.9) == pytest.approx(3 + 0.7)  # (4 - 1) × 0.9 = 2.7 steps from the first
