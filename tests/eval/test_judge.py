"""What is made of one response: right results, shares of the golds, marks, faults."""

from __future__ import annotations

import pytest

from eval.gold import GoldQuestion
from eval.judge import fits, held_share, judge
from eval.response import Response, Shown
from tests.eval.sample import judged, question, shown


def test_the_share_of_golds_found_counts_a_passage_for_each_it_holds() -> None:
    wanted = question("甲", "乙", "丙", need="all")
    assert held_share([shown("甲和丙"), shown("丁")], wanted) == pytest.approx(2 / 3)
    assert held_share([shown("丁"), shown("甲和丙")], wanted, depth=1) == 0
    assert held_share([], wanted) == 0
    assert held_share([shown("甲")], question()) == 0


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


def test_a_span_counts_among_the_first_three_citations_only() -> None:
    wanted = question("甲", spans=("年底",))
    third = judged(wanted, *[shown("丁")] * 2, shown("甲年底", "年底"))
    fourth = judged(wanted, *[shown("丁")] * 3, shown("甲年底", "年底"))
    assert (third.values["span"], third.values["span_in_place"]) == (1, 1)
    assert (fourth.values["span"], fourth.values["span_in_place"]) == (0, 0)


def test_a_span_marked_in_a_wrong_passage_is_not_in_place() -> None:
    values = judged(question("甲", spans=("年底",)), shown("乙年底", "年底"), shown("甲年底")).values
    assert (values["span"], values["span_in_place"]) == (1, 0)


def test_measures_that_do_not_apply_are_left_out() -> None:
    plain, nobody = judged(question("甲"), shown("甲")), judged(question(), refused=True)
    assert not plain.values.keys() & {"span", "coverage", "recall_5", "refused"}
    assert nobody.values == {"refused": 1}


def test_a_refusal_scores_nothing_but_in_the_raw_measures() -> None:
    wrongly = judge([question("甲")], [Response((), nearest=(shown("甲"),), refused=True)])[0]
    assert (wrongly.values["hit_1"], wrongly.values["raw_hit_1"]) == (0, 1)
    assert (wrongly.values["mrr"], wrongly.values["raw_mrr"]) == (0, 1)
    assert wrongly.values["wrongly_refused"] == 1


def test_what_went_wrong_is_named() -> None:
    def faults(asked: GoldQuestion, *citations: Shown, refused: bool = False) -> tuple[str, ...]:
        return judged(asked, *citations, refused=refused).faults

    assert faults(question("甲"), shown("甲")) == ()
    assert faults(question("甲"), shown("乙"), shown("甲")) == ("rank",)
    assert faults(question("甲", "乙", need="all", spans=("丁",)), shown("甲")) == ("coverage", "span")
    assert faults(question("甲"), refused=True) == ("refused",)
    assert faults(question(), shown("甲")) == ("answered",)
    assert faults(question(), refused=True) == ()


def test_the_first_result_is_a_citation_or_else_the_nearest() -> None:
    assert judged(question("甲"), shown("甲", score=0.8)).first == (0.8, True)
    near = judge([question("甲")], [Response((), nearest=(shown("乙", score=0.1),), refused=True)])[0]
    assert near.first == (0.1, False)
    assert judged(question("甲"), shown("甲")).first is None
    assert judged(question("甲")).first is None
