"""How a measurement is told; the measurements themselves are the machine's business."""

from __future__ import annotations

from eval.measured import Measured


def test_a_row_names_its_bar() -> None:
    assert Measured("server memory", 1234.5, "MB").cells == ("server memory", "1,234.50 MB", "≤ 700")
    assert Measured("ask, warm, worst", 1, "ms").cells[2] == ""
