"""Each measure against arithmetic written out by hand."""

from __future__ import annotations

import pytest

from eval.bars import Bars, Miss, missed
from eval.gold import GoldQuestion, GoldQuote, Need
from eval.metrics import (
    calibration_error,
    coverage,
    figures,
    fits,
    hit,
    judge,
    mean,
    reciprocal_rank,
)
from eval.response import Response, Shown


def question(*words: str, need: Need = "any", spans: tuple[str, ...] = ()) -> GoldQuestion:
    quotes = tuple(GoldQuote("a", word) for word in words)
    kind = "duty" if words else "unanswerable"
    return GoldQuestion("t1", "?", kind, ("plain",), quotes, need, spans, None, "fit", "test")


def shown(text: str, *marks: str, score: float | None = None) -> Shown:
    return Shown("a-1", text, marks, score)


def test_hit_looks_at_the_first_results_only() -> None:
    rights = [False, False, True]
    assert (hit(rights, 1), hit(rights, 2), hit(rights, 3), hit([], 3)) == (0, 0, 1, 0)


def test_reciprocal_rank_is_one_over_the_first_right_rank() -> None:
    assert reciprocal_rank([False, True, True]) == 1 / 2
    assert reciprocal_rank([False] * 10 + [True]) == 0  # rank 11 is beyond the depth of 10
    assert reciprocal_rank([]) == 0


def test_coverage_is_the_share_of_quotes_found() -> None:
    wanted = question("甲", "乙", "丙", need="all")
    assert coverage([shown("甲和丙"), shown("丁")], wanted) == pytest.approx(2 / 3)
    assert coverage([], wanted) == 0


@pytest.mark.parametrize(
    ("mark", "span", "right"),
    [
        ("2025年底前", "2025年底前", True),
        ("到2025 年底前", "2025年底前", True),
        ("2025", "2025年底前", False),  # holds only a part
        ("甲" + "一二三四五六七八", "甲", True),  # 8 more, 8 allowed
        ("甲" + "一二三四五六七八九", "甲", False),  # 9 more, 8 allowed
        ("甲" * 20 + "乙" * 10, "甲" * 20, True),  # 10 more, half of 20 allowed
        ("甲" * 20 + "乙" * 11, "甲" * 20, False),
    ],
)
def test_a_mark_fits_with_little_around_the_span(mark: str, span: str, right: bool) -> None:
    assert fits(mark, span) is right


def test_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    # bin 0.9–1.0: scores .9 and 1.0 (mean .95), one of two right (.5): gap .45, weight 2/3
    # bin 0.2–0.3: score .2, not right: gap .2, weight 1/3
    error = calibration_error([0.9, 1.0, 0.2], [True, False, False])
    assert error == pytest.approx(0.45 * 2 / 3 + 0.2 / 3)
    assert calibration_error([], []) is None


def test_mean_of_nothing_is_none() -> None:
    assert mean([]) is None
    assert mean([1, 0, 0.5]) == 0.5


def test_a_span_counts_among_the_first_three_citations_only() -> None:
    wanted = question("甲", spans=("年底",))
    others = [shown("丁")] * 2
    third = judge(wanted, Response((*others, shown("甲年底", "年底"))))
    fourth = judge(wanted, Response((*others, shown("丁"), shown("甲年底", "年底"))))
    assert (third.span, third.span_in_place) == (True, True)
    assert (fourth.span, fourth.span_in_place) == (False, False)


def test_a_span_marked_in_a_wrong_passage_is_not_in_place() -> None:
    judged = judge(question("甲", spans=("年底",)), Response((shown("乙年底", "年底"), shown("甲年底"))))
    assert (judged.span, judged.span_in_place) == (True, False)


def test_an_unanswered_question_scores_zero_in_every_mean() -> None:
    answered = judge(question("甲"), Response((shown("甲", score=0.8),)))
    wrongly = judge(
        question("甲", "乙", need="all"), Response((), nearest=(shown("甲", score=0.1),), refused=True)
    )
    rightly = judge(question(), Response((), refused=True))
    held = figures([answered, wrongly, rightly])
    assert held.questions == 3
    assert (held.hit_1, held.hit_3, held.mrr, held.coverage) == (0.5, 0.5, 0.5, 0)
    assert (held.raw_hit_1, held.refused, held.wrongly_refused) == (1, 1, 0.5)
    assert held.span is None
    # two first results: .8 and right, .1 and right (the refused one): (.2 + .9) / 2
    assert held.calibration == pytest.approx((0.2 + 0.9) / 2)


def test_what_went_wrong_is_named() -> None:
    def faults(asked: GoldQuestion, *citations: Shown, refused: bool = False) -> tuple[str, ...]:
        return judge(asked, Response(citations, refused=refused)).faults

    assert faults(question("甲"), shown("甲")) == ()
    assert faults(question("甲"), shown("乙"), shown("甲")) == ("rank",)
    assert faults(question("甲", "乙", need="all", spans=("丁",)), shown("甲")) == ("coverage", "span")
    assert faults(question("甲"), refused=True) == ("refused",)
    assert faults(question(), shown("甲")) == ("answered",)
    assert faults(question(), refused=True) == ()


def test_words_that_are_not_verbatim_are_counted() -> None:
    wrong = Shown("a-1", "甲", verbatim=False)
    assert figures([judge(question("甲"), Response((wrong, shown("甲"))))]).not_verbatim == 1


def test_bars_are_missed_on_their_wrong_side_only() -> None:
    held = figures(
        [judge(question("甲"), Response((shown("甲"),))), judge(question("甲"), Response((), refused=True))]
    )
    assert missed(held, Bars(hit_1=0.5, hit_3=0.6, wrongly_refused=0.5)) == (Miss("hit_3", 0.5, 0.6),)
    assert missed(held, Bars(hit_1=0.5, hit_3=0.5, wrongly_refused=0.4)) == (
        Miss("wrongly_refused", 0.5, 0.4),
    )
