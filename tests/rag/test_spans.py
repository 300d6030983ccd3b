import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Cell, Clause, Span
from corpus.facts import facts
from corpus.units import unit_groups
from rag.spans import _LIST_WITH_BRACKETS, FACT_KINDS, WORD_KINDS, CandidateSpan, candidate_spans
from tests.rag.sample import clause

WORDS = st.text(
    alphabet="县应急局牵头，、。；：（）()“”《》即为的由2024年底前每季度一次3万元%\n\t ", max_size=40
)


def spans(text: str, row: Clause | None = None) -> tuple[CandidateSpan, ...]:
    made = row or clause(text).clauses[0]
    return candidate_spans(made, text, facts(text, years=(2024, 2026)), unit_groups(text))


def of_kind(text: str, kind: str) -> list[str]:
    return [text[span.start : span.end] for span in spans(text) if span.kind == kind]


@given(WORDS)
def test_every_span_lies_inside_and_comes_once_in_order(text: str) -> None:
    found = spans(text)
    places = [(span.start, span.end) for span in found]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(set(places))
    assert {span.kind for span in found} <= {*FACT_KINDS, *WORD_KINDS}


@given(WORDS)
def test_every_fact_is_a_candidate(text: str) -> None:
    places = {(span.start, span.end) for span in spans(text)}
    assert {(fact.start, fact.end) for fact in facts(text, years=(2024, 2026))} <= places


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("2024年底前完成改造。", "deadline", ["2024年底前"]),
        ("每季度检查一次。", "frequency", ["每季度检查一次"]),
        ("奖励3万元。", "money", ["3万元"]),
        ("推进“瓶改管”工作。", "quoted", ["“瓶改管”"]),
        ("按《安全生产法》处理。", "quoted", ["《安全生产法》"]),
        ("重点单位（学校、医院）必查。", "bracketed", ["学校、医院"]),
        ("三同时即同时设计。", "explained", ["同时设计"]),
    ],
)
def test_words_of_a_kind(text: str, kind: str, expected: list[str]) -> None:
    assert of_kind(text, kind) == expected


def test_a_fact_keeps_its_normalised_value() -> None:
    [deadline] = [span for span in spans("2024年底前完成改造。") if span.kind == "deadline"]
    assert (deadline.start, deadline.end, deadline.value) == (0, 7, "2024-12-31")


def test_the_units_that_lead_and_those_that_join() -> None:
    text = "加强检查。（县应急局、县公安局牵头，县教育局配合）"
    assert "县应急局、县公安局" in of_kind(text, "lead units")
    assert "县教育局" in [*of_kind(text, "units"), *of_kind(text, "unit")]


def test_a_list_without_what_leads_up_and_trails_off() -> None:
    text = "对学校、医院、商场等场所。"
    assert of_kind(text, "list") == ["对学校、医院、商场", "对学校、医院、商场等场所", "学校、医院、商场"]
    assert of_kind(text, "member") == ["学校", "医院", "商场"]


def test_members_of_a_list_may_carry_brackets() -> None:
    assert "燃气（瓶装、管道）、电梯" in of_kind("燃气（瓶装、管道）、电梯。", "list")


def test_the_words_from_and_after_a_verb() -> None:
    text = "各单位应当实行台账管理。"
    assert "应当实行台账管理" in of_kind(text, "from verb")
    assert "台账管理" in of_kind(text, "after verb")


def test_pieces_run_together_up_to_three() -> None:
    text = "甲甲，乙乙，丙丙，丁丁。"
    assert of_kind(text, "piece") == ["甲甲", "乙乙", "丙丙", "丁丁"]
    assert of_kind(text, "pieces") == [
        "甲甲，乙乙",
        "甲甲，乙乙，丙丙",
        "乙乙，丙丙",
        "乙乙，丙丙，丁丁",
        "丙丙，丁丁",
    ]
    assert of_kind(text, "sentence") == ["甲甲，乙乙，丙丙，丁丁"]


def test_the_cells_of_a_row_by_what_their_columns_are_called() -> None:
    text = "学校\t2024年底\t县教育局\t每月"
    columns = ("对象", "完成时限", "责任单位", "备注")
    places = [(0, 2), (3, 9), (10, 14), (15, 17)]
    start = 100  # cells count in characters of the document, spans in those of the clause
    cells = [
        Cell(column, text[a:b], Span(start + a, start + b))
        for column, (a, b) in zip(columns, places, strict=True)
    ]
    above = Cell("任务", "改造", Span(4, 6), inherited=True)
    empty = Cell("备注", "", Span(start, start))
    row = Clause("t#1", "row", ("1",), ("1",), start, start + len(text), cells=(above, *cells, empty))
    kinds = {(span.start, span.end): span.kind for span in spans(text, row)}
    assert [kinds[place] for place in places] == ["cell", "deadline", "units", "cell"]


@given(st.text("甲乙、，（）()。〔\n", max_size=30))
def test_lists_are_found_as_by_the_plain_pattern(text: str) -> None:
    # The same without telling where a list may begin, or that nothing is given back: slower, but plain to read.
    member = r"(?:[^、，,：:。；;！？!?\n\t（）()〔〕]|[（(][^（）()\n]*[）)])+"
    plain = re.compile(f"{member}(?:、{member})+")
    found, expected = ([match.span() for match in one.finditer(text)] for one in (_LIST_WITH_BRACKETS, plain))
    assert found == expected
