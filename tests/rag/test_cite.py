from dataclasses import replace

from corpus.document import Span
from rag.candidate import HeadField, Placed
from rag.cite import FACT_AS_GOOD, NEARLY_AS_GOOD, cite, cite_head
from rag.marked import Marked
from rag.spans import CandidateSpan, SpanKind
from tests.index.sample import Part, document
from tests.rag.sample import Opened, clause

TEXT = "（一）2024年6月底前摸排，2025年底前改造，每月检查。（县应急局、县公安局牵头）"
OPENED = Opened.of(clause(TEXT)).passages[0]


def span(words: str, kind: SpanKind, score: float, value: str | None = None) -> Marked:
    at = TEXT.index(words)
    return Marked(CandidateSpan(at, at + len(words), kind, value), score)


def shown(*marked: Marked) -> list[tuple[str, str, str | None, bool]]:
    citation = cite(2, Placed(OPENED, 0.75), marked)
    assert (citation.rank, citation.score, citation.text) == (2, 0.75, TEXT)
    return [(TEXT[m.start : m.end], m.kind, m.value, m.answers) for m in citation.highlights]


def test_the_answering_fact_beside_the_others_of_its_kind() -> None:
    assert shown(
        span("2025年底前", "deadline", 3.0, "2025-12-31"), span("2024年6月底前", "deadline", 1.9)
    ) == [
        ("2024年6月底前", "deadline", "2024-06-30", False),
        ("2025年底前", "deadline", "2025-12-31", True),
    ]


def test_a_second_fact_that_may_as_well_be_meant() -> None:
    later, earlier = (
        span("2025年底前", "deadline", 3.0),
        span("2024年6月底前", "deadline", 3.0 - FACT_AS_GOOD),
    )
    assert [words for words, _, _, answers in shown(later, earlier) if answers] == [
        "2024年6月底前",
        "2025年底前",
    ]
    words = span("改造", "piece", 3.0)
    assert [words for words, _, _, answers in shown(later, words, earlier) if answers] == [
        "2024年6月底前",
        "2025年底前",
    ], "mere words are never marked beside a fact"


def test_units_are_marked_alone() -> None:
    assert shown(span("县应急局、县公安局", "lead units", 1.0)) == [
        ("县应急局、县公安局", "unit", None, True)
    ]


def test_mere_words_with_the_next_that_is_nearly_as_good() -> None:
    near = span("改造", "piece", 3.0 - NEARLY_AS_GOOD)
    assert shown(span("检查", "piece", 3.0), near) == [
        ("改造", "text", None, True),
        ("检查", "text", None, True),
    ]


def test_not_the_next_that_is_much_worse() -> None:
    far = span("改造", "piece", 3.0 - NEARLY_AS_GOOD - 0.01)
    assert shown(span("检查", "piece", 3.0), far) == [("检查", "text", None, True)]


def test_not_the_next_that_overlaps_but_the_one_after() -> None:
    overlapping = span("月检查", "piece", 2.9)
    assert shown(span("检查", "piece", 3.0), overlapping, span("摸排", "piece", 2.8)) == [
        ("摸排", "text", None, True),
        ("检查", "text", None, True),
    ]


def test_a_clause_of_which_nothing_is_marked() -> None:
    assert shown() == []


def test_the_whole_clause_though_a_part_was_found() -> None:
    text = "甲乡检查隐患。" * 100
    held = Opened.of(clause(text)).passages
    assert len(held) == 2
    citation = cite(1, Placed(held[1], 0.5), ())
    assert (citation.text, citation.start, citation.end) == (text, 0, 700)


def test_the_field_of_a_head() -> None:
    held = document("d", "通知", [Part("某县\n某安〔2024〕1号\n"), Part("正文。")])
    held = replace(held, fields={"number": Span(3, 13)})
    citation = cite_head(3, HeadField(held, Span(3, 13), "number"), 0.95)
    [mark] = citation.highlights
    assert (citation.rank, citation.score, citation.clause.id) == (3, 0.95, "d#0")
    assert (citation.text[mark.start : mark.end], mark.kind, mark.answers) == (
        "某安〔2024〕1号",
        "number",
        True,
    )


def test_a_field_of_a_later_clause_is_marked_in_that_clause() -> None:
    held = document("d", "通知", [Part("正文。\n"), Part("某县政府\n2024年3月25日")])
    at = held.text.index("2024")
    citation = cite_head(1, HeadField(held, Span(at, at + 10), "deadline"), 0.95)
    [mark] = citation.highlights
    assert (citation.clause.id, citation.text[mark.start : mark.end]) == ("d#1", "2024年3月25日")
