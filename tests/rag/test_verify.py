from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from rag.verify import Verifier
from tests.index.sample import Part, document, notice, plan

HELD = (plan(), notice())
VERIFIER = Verifier(HELD)
SPACES = st.lists(st.sampled_from(["", "", " ", "\n", "\t", "　", "\u00a0"]), min_size=60, max_size=60)


def bare(text: str) -> str:
    return "".join(text.split())


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Document, int, int]:
    held = draw(st.sampled_from(HELD))
    start = draw(st.integers(0, len(held.text) - 1))
    return held, start, draw(st.integers(start + 1, len(held.text)))


@given(stretches(), SPACES)
def test_every_stretch_is_found_at_its_place(stretch: tuple[Document, int, int], spaces: list[str]) -> None:
    held, start, end = stretch
    words = held.text[start:end]
    quote = "".join(f"{character}{space}" for character, space in zip(words, spaces * 2, strict=False))
    found = VERIFIER.find(quote)
    if not words.strip():
        assert found == ()
        return
    first = start + len(words) - len(words.lstrip())
    assert (held.id, first, first + len(words.strip())) in {
        (one.document.id, one.start, one.end) for one in found
    }


@given(st.text(alphabet="检查燃气县局每季年底 \n一", min_size=1, max_size=4))
def test_every_place_is_the_quote_and_no_place_is_missed(quote: str) -> None:
    found = VERIFIER.find(quote)
    for one in found:
        assert bare(one.document.text[one.start : one.end]) == bare(quote)
        assert one.clause.start <= one.start < one.clause.end
    wanted = bare(quote)
    texts = [bare(held.text) for held in HELD]
    places = sum(text.startswith(wanted, at) for text in texts for at in range(len(text))) if wanted else 0
    assert len(found) == places


def test_the_places_in_order_with_their_clauses() -> None:
    found = VERIFIER.find("燃 气")
    assert [(one.document.id, one.clause.id) for one in found] == [("plan", "plan#1"), ("notice", "notice#0")]
    assert all(one.document.text[one.start : one.end] == "燃气" for one in found)


def test_overlapping_places_all_count() -> None:
    found = Verifier([document("rows", "甲", [Part("甲甲甲")])]).find("甲甲")
    assert [(one.start, one.end) for one in found] == [(0, 2), (1, 3)]


def test_a_quote_over_a_line_end_is_found() -> None:
    found = VERIFIER.find("一、主要任务（一）燃气治理。")
    assert [(one.clause.id, one.start, one.end) for one in found] == [("plan#0", 0, 15)]
    assert found[0].document.text[0:15] == "一、主要任务\n（一）燃气治理。"


def test_what_stands_nowhere() -> None:
    assert VERIFIER.find("2024年底前完成“瓶改管”改造")
    assert VERIFIER.find("2025年底前完成“瓶改管”改造") == ()


def test_punctuation_is_not_ignored() -> None:
    assert VERIFIER.find("2024年底前完成“瓶改管”改造。")
    assert VERIFIER.find("2024年底前完成瓶改管改造。") == ()


def test_nothing_is_nowhere() -> None:
    assert VERIFIER.find("") == VERIFIER.find(" \n　") == Verifier(()).find("燃气") == ()
