"""The arithmetic of the measurements; the measurements themselves are the machine's business."""

from __future__ import annotations

import pytest

from eval.bench import Measured, percentile


def test_a_percentile_lies_between_its_neighbours_in_proportion() -> None:
    values = [4.0, 1.0, 3.0, 2.0]
    assert percentile(values, 0.5) == 2.5
    assert percentile(values, 1) == 4
    assert percentile(values, 0.9) == pytest.approx(3 + 0.7)  # (4 - 1) × 0.9 = 2.7 steps from the first


def test_a_row_names_its_bar() -> None:
    assert Measured("server memory", 1234.5, "MB").cells == ["server memory", "1,234.50 MB", "≤ 700"]
    assert Measured("ask, warm, worst", 1, "ms").cells[2] == ""
