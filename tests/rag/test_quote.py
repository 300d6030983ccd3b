from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.opened import OpenedPassage
from rag.pieces import folded
from rag.probe import Probe
from rag.question import Want
from rag.quote import mark
from rag.span_evidence import CONSIDERED, FACT_NAMES, PROPOSED, WORD_NAMES, describe
from rag.spans import FACT_KINDS
from rag.weights import QuoteModels
from tests.rag.sample import NOT_READ, Opened, asking, clause, feature, model, read

THREE = "（一）2024年6月底前完成燃气管道摸排，2024年底前完成老旧电梯改造，2025年9月底前建成消防站。（县应急局牵头）"
BLANK = QuoteModels(model(FACT_NAMES), model(WORD_NAMES))
"""All candidates are worth the same, so that the first in the text comes first."""
GOVERNED = QuoteModels(model(FACT_NAMES, coverage_of_its_own=1.0), model(WORD_NAMES))
"""What a date rules over, up to the next date, decides."""


def asked(text: str, focus: str, *wants: Want) -> tuple[Probe, OpenedPassage]:
    held = Opened.of(clause(text))
    return held.probe(asking(focus, *wants)), held.passages[0]


def marked(text: str, focus: str, *wants: Want, models: QuoteModels = GOVERNED) -> list[str]:
    probe, opened = asked(text, focus, *wants)
    return [text[one.span.start : one.span.end] for one in mark(probe, opened, NOT_READ, models)]


@pytest.mark.parametrize(
    ("focus", "deadline"),
    [("燃气管道", "2024年6月底前"), ("电梯改造", "2024年底前"), ("消防站", "2025年9月底前")],
)
def test_the_asked_object_decides_between_three_deadlines(focus: str, deadline: str) -> None:
    assert marked(THREE, focus, "deadline")[0] == deadline


def test_only_facts_of_the_wanted_kind_are_candidates() -> None:
    assert sorted(marked(THREE, "电梯", "deadline")) == ["2024年6月底前", "2024年底前", "2025年9月底前"]
    assert set(marked(THREE, "电梯", "who_leads")) == {"县应急局"}


def test_a_value_is_handed_on() -> None:
    probe, opened = asked(THREE, "消防站", "deadline")
    assert mark(probe, opened, NOT_READ, GOVERNED)[0].span.value == "2025-09-30"


def test_words_where_no_fact_is_wanted() -> None:
    probe, opened = asked(THREE, "电梯")
    spans, rows, facts = describe(probe, opened, NOT_READ)
    assert (facts, rows.shape) == (False, (len(spans), len(WORD_NAMES)))
    assert spans == opened.spans


def test_words_where_the_wanted_fact_is_not_stated() -> None:
    probe, opened = asked("1.加强燃气检查。", "燃气", "deadline")
    spans, rows, facts = describe(probe, opened, NOT_READ)
    assert (facts, rows.shape) == (False, (len(spans), len(WORD_NAMES)))
    assert not {span.kind for span in spans} & set(FACT_KINDS)


def test_facts_have_their_own_features() -> None:
    probe, opened = asked(THREE, "电梯", "deadline")
    spans, rows, facts = describe(probe, opened, NOT_READ)
    assert (facts, rows.shape) == (True, (3, len(FACT_NAMES)))
    assert feature(FACT_NAMES, rows, "deadline by deadline") == [1, 1, 1]
    assert feature(FACT_NAMES, rows, "first of its kind") == [1, 0, 0]
    assert feature(FACT_NAMES, rows, "length") == pytest.approx(np.log([9, 7, 9]))
    assert [span.start for span in spans] == sorted(span.start for span in spans)


def test_a_term_speaks_for_the_date_that_alone_rules_over_it() -> None:
    # The object's pairs 燃气, 气管, 管道 stand after the first date and nowhere else.
    probe, opened = asked(THREE, "燃气管道", "deadline")
    _, rows, _ = describe(probe, opened, NOT_READ)
    assert feature(FACT_NAMES, rows, "coverage of its own") == pytest.approx([1, 0, 0])
    assert feature(FACT_NAMES, rows, "coverage of its own, gap to best") == pytest.approx([0, -1, -1])
    assert feature(FACT_NAMES, rows, "best placed") == [1, 0, 0]


def test_a_term_that_every_date_rules_over_speaks_for_each_alike() -> None:
    probe, opened = asked("1.检查2024年6月底前完成，检查2025年底前完成。", "检查", "deadline")
    _, rows, _ = describe(probe, opened, NOT_READ)
    assert feature(FACT_NAMES, rows, "coverage of its own") == pytest.approx([0.5, 0.5])


def test_of_very_many_stretches_those_that_reading_finds_likeliest_are_looked_at() -> None:
    text = "1." + "".join(f"加强第{n}类设备检查，" for n in range(60)) + "推动瓶改管。"
    probe, opened = asked(text, "瓶改管")
    assert len(opened.spans) > CONSIDERED
    spans, _, _ = describe(probe, opened, read("推动瓶改管", text))
    assert CONSIDERED <= len(spans) <= CONSIDERED + PROPOSED
    assert "推动瓶改管" in {text[span.start : span.end] for span in spans}


def test_a_count_in_the_question_is_compared_with_the_members_of_a_list() -> None:
    probe, opened = asked("1.做到查问题、讲要求、督整改。", "做到哪三项工作", "list")
    spans, rows, _ = describe(probe, opened, NOT_READ)
    fitting = map(bool, feature(WORD_NAMES, rows, "count as asked"))
    three = {opened.clause_text[s.start : s.end]: fits for s, fits in zip(spans, fitting, strict=True)}
    assert three["查问题、讲要求、督整改"]
    assert not three["查问题"]
    assert all(fits == (words.count("、") == 2) for words, fits in three.items())


def test_what_was_read_is_a_candidate_beside_the_facts() -> None:
    probe, opened = asked(THREE, "电梯", "deadline")
    reading = read("老旧电梯", THREE)
    spans, rows, facts = describe(probe, opened, reading)
    found = {THREE[span.start : span.end]: row for span, row in zip(spans, rows, strict=True)}
    assert facts
    assert set(found) > {"2024年6月底前", "2024年底前", "2025年9月底前", "老旧电梯"}
    column = FACT_NAMES.index("as read, words")
    assert found["老旧电梯"][column] == 8
    assert found["2024年底前"][column] == 0
    trusting = QuoteModels(model(FACT_NAMES, as_read=1.0), model(WORD_NAMES))
    best = mark(probe, opened, reading, trusting)[0]
    assert THREE[best.span.start : best.span.end] == "老旧电梯"


def test_how_well_a_stretch_is_what_was_read() -> None:
    probe, opened = asked("1.做到查问题、讲要求。", "做到哪两项", "list")
    text = opened.clause_text
    spans, rows, _ = describe(probe, opened, read("查问题、讲要求", text))
    by_words = {text[s.start : s.end]: row for s, row in zip(spans, rows, strict=True)}
    names = ("as read", "as read, gap to best", "begins as read", "ends as read", "inside as read")
    got = [by_words["查问题、讲要求"][WORD_NAMES.index(name)] for name in names]
    assert got == [8, 0, 0, 0, 1]
    # Of the seven characters that answer, three lie in the list's first member.
    left_out = by_words["查问题"][WORD_NAMES.index("inside as read, left out")]
    assert left_out == pytest.approx(4 / 7)


def test_equals_keep_the_order_of_the_text() -> None:
    starts = [(one.span.start, one.span.end) for one in mark(*asked(THREE, "电梯"), NOT_READ, BLANK)]
    assert starts == sorted(starts)


def test_a_clause_with_nothing_to_mark() -> None:
    assert mark(*asked("。", "燃气"), NOT_READ, BLANK) == ()


@settings(max_examples=60)
@given(
    st.text(
        alphabet="燃气电梯，。、（）“”2024年底前每月一次县局牵头完成为 \n", min_size=1, max_size=40
    ).filter(str.strip),
    st.sampled_from(["燃气", "电梯完成", "火星", "几次", "哪三项"]),
    st.sampled_from([(), ("deadline",), ("who_leads",), ("frequency",), ("money",), ("list",), ("number",)]),
)
def test_marks_lie_inside_best_first(text: str, focus: str, wants: Sequence[Want]) -> None:
    probe, opened = asked(text, focus, *wants)
    marks = mark(
        probe, opened, NOT_READ, QuoteModels(model(FACT_NAMES, length=1.0), model(WORD_NAMES, length=1.0))
    )
    assert all(0 <= one.span.start < one.span.end <= len(opened.clause_text) for one in marks)
    assert all(a.score >= b.score for a, b in pairwise(marks))
    assert len({one.span for one in marks}) == len(marks)


@given(st.text())
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert folded(folded(text)) == folded(text)
