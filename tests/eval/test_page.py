"""The page stands alone, holds every figure, and is the same every time."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

from eval.page import page
from eval.plots import plots
from tests.eval.sample import set_report
from tests.eval.test_report import OURS, PEER

SETS = [set_report(OURS, PEER)]


def test_each_plot_is_a_drawing() -> None:
    drawn = plots(SETS[0])
    assert [ElementTree.fromstring(svg).tag for svg in drawn] == ["{http://www.w3.org/2000/svg}svg"] * 4
    assert [
        title in svg
        for title, svg in zip(
            ["right among", "calibration", "risk by coverage", "time to an answer"], drawn, strict=True
        )
    ] == [True] * 4


def test_what_was_not_measured_is_not_drawn() -> None:
    assert len(plots(set_report(PEER))) == 1


def test_the_page_needs_nothing_else_and_is_the_same_every_time() -> None:
    text = page(SETS)
    assert text.startswith("<!doctype html>")
    assert text.count("<svg") == 4
    assert "<td>plans · peer</td>" in text
    assert "src=" not in text
    assert text == page(SETS)
