"""Figures are means over the questions that they are about, and bars are held against them."""

from __future__ import annotations

import pytest

from eval.bars import BARS, Bar, Miss, missed
from eval.corpora.kept import Made
from eval.figures import figures
from eval.judge import judge
from eval.response import Response, Shown
from tests.eval.sample import judged, question, shown


def test_an_unanswered_question_scores_zero_in_every_mean() -> None:
    held = figures(
        judge(
            [question("甲"), question("甲", "乙", need="all"), question()],
            [
                Response((shown("甲", score=0.8),), took_ms=2),
                Response((), nearest=(shown("甲", score=0.1),), refused=True, took_ms=4),
                Response((), refused=True),
            ],
        )
    )
    assert held.questions == 3
    assert (held.hit_1, held.hit_3, held.mrr, held.coverage, held.recall_5) == (0.5, 0.5, 0.5, 0, 0)
    assert (held.raw_hit_1, held.refused, held.wrongly_refused) == (1, 1, 0.5)
    assert held.span is None
    # two first results: .8 and right, .1 and right (the refused one): (.2 + .9) / 2
    assert held.calibration == pytest.approx((0.2 + 0.9) / 2)
    assert held.ask_p50 == 3
    assert held.ask_p99 == pytest.approx(3.98)  # .99 of the way from 2 to 4


def test_nothing_measured_is_no_figure() -> None:
    held = figures([])
    assert (held.questions, held.hit_1, held.ask_p50, held.calibration) == (0, None, None, None)


def test_words_that_are_not_verbatim_are_counted() -> None:
    wrong = Shown("a-1", "甲", verbatim=False)
    assert figures([judged(question("甲"), wrong, shown("甲"))]).not_verbatim == 1


def test_bars_are_missed_on_their_wrong_side_only() -> None:
    held = figures([judged(question("甲"), shown("甲")), judged(question("甲"), refused=True)])
    least, most = Bar("hit_3", 0.6), Bar("wrongly_refused", 0.4, at_most=True)
    assert missed([Bar("hit_1", 0.5), least], held) == (Miss(least, 0.5),)
    assert missed([Bar("wrongly_refused", 0.5, at_most=True), most], held) == (Miss(most, 0.5),)
    assert missed([Bar("span", 1.0), Bar("making_seconds", 0, at_most=True)], held) == ()


def test_making_the_home_has_bars_too() -> None:
    bars = [Bar("making_seconds", 90, at_most=True), Bar("making_megabytes", 2000, at_most=True)]
    assert missed(bars, figures([]), Made(91, None)) == (Miss(bars[0], 91),)


def test_every_bar_is_of_a_figure() -> None:
    names = set(figures([]).__dataclass_fields__)
    names |= {f"making_{field}" for field in Made.__dataclass_fields__}
    assert {bar.figure for bars in BARS.values() for bar in bars} <= names
