from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import Answer, AnswerStatus, Citation, Highlight, Understood
from tests.index.sample import plan

DOCUMENT = plan()
LENGTH = len(DOCUMENT.text)
CLAUSE = DOCUMENT.clauses[2]
WORDS = "1.2024年底前完成“瓶改管”改造。\n"


def citation(*marks: Highlight) -> Citation:
    return Citation(1, 0.9, DOCUMENT, CLAUSE, WORDS, CLAUSE.start, CLAUSE.end, marks)


def test_a_quotation_keeps_its_place() -> None:
    assert DOCUMENT.text[citation().start : citation().end] == WORDS


@given(
    st.integers(-3, LENGTH + 3), st.integers(-3, LENGTH + 3), st.integers(0, LENGTH), st.integers(0, LENGTH)
)
def test_no_citation_but_a_verbatim_one(start: int, end: int, from_: int, to: int) -> None:
    words = DOCUMENT.text[from_:to]
    if 0 <= start < end <= LENGTH and DOCUMENT.text[start:end] == words:
        assert Citation(1, 0.5, DOCUMENT, CLAUSE, words, start, end).text == words
    else:
        with pytest.raises(ValueError, match="must be verbatim"):
            Citation(1, 0.5, DOCUMENT, CLAUSE, words, start, end)


def test_one_changed_character_is_no_quotation() -> None:
    with pytest.raises(ValueError, match="must be verbatim"):
        replace(citation(), text=WORDS.replace("2024", "2025"))


@given(st.integers(-30, 60), st.integers(-30, 60))
def test_a_highlight_lies_inside_and_is_not_empty(start: int, end: int) -> None:
    mark = Highlight(start, end, "deadline")
    if 0 <= start < end <= len(WORDS):
        assert citation(mark).highlights == (mark,)
    else:
        with pytest.raises(ValueError, match="must lie inside"):
            citation(mark)


def test_the_reference_line() -> None:
    assert citation().reference == "《示范县三年行动方案》（示安〔2024〕1号）一、（一）1."


def test_the_reference_line_of_a_document_without_number() -> None:
    unnumbered = replace(citation(), document=replace(DOCUMENT, number=None))
    assert unnumbered.reference == "《示范县三年行动方案》一、（一）1."


@pytest.mark.parametrize("status", ["answered", "unsure"])
def test_an_answer_has_a_citation(status: AnswerStatus) -> None:
    assert Answer("问", status, Understood("问"), (citation(),)).citations == (citation(),)
    with pytest.raises(ValueError, match="does not go with 0 citations"):
        Answer("问", status, Understood("问"))


def test_a_refusal_has_none() -> None:
    assert Answer("问", "not_found", Understood("问"), nearest=(citation(),)).citations == ()
    with pytest.raises(ValueError, match="does not go with 1 citations"):
        Answer("问", "not_found", Understood("问"), (citation(),))
