import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import index.terms
from index.terms import normalised, terms


def test_examples_in_docstrings() -> None:
    found = doctest.testmod(index.terms)
    assert (found.failed, found.attempted) == (0, 4)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第十八条", "第18条"),
        ("二〇二四年六月底前", "2024年6月底前"),
        ("瓶裝液化石油氣", "瓶装液化石油气"),
        ("ＬＰＧ（液化气）", "lpg(液化气)"),
        ("安全，生产", "安全、生产"),
    ],
)
def test_two_spellings_give_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@given(st.text() | st.text("，：；（）？！\u0338\u0301<=>燃Ａ１㈠\u1100\u1161"))
def test_wide_marks_are_written_as_nfkc_writes_them(text: str) -> None:
    encodable = text.encode("utf-8", "ignore").decode("utf-8")
    assert normalised(text) == normalised(unicodedata.normalize("NFKC", encodable))


@pytest.mark.parametrize("text", ["安，全", "安 全", "安a全", "安1全", "安\n全"])
def test_no_pair_reaches_over_what_is_not_chinese(text: str) -> None:
    assert "安全" not in terms(text)
    assert {"安", "全"} <= set(terms(text))


def test_rare_characters_and_numbers_keep_whole() -> None:
    assert terms("𫟼磺，3.5%，GB/T 9704") == ["𫟼", "𫟼磺", "磺", "3.5", "gb", "t", "9704"]


@pytest.mark.parametrize("text", ["", " \n", "，。！", "😀", "\x00\x1b", "\ud800"])
def test_text_without_words_has_no_terms(text: str) -> None:
    assert terms(text) == []


@given(st.text(st.characters()))
def test_any_text_has_terms_without_white_space(text: str) -> None:
    assert all(term and not any(map(str.isspace, term)) for term in terms(text))


@given(st.text(st.sampled_from("安全生产二〇四年第十八条六月底前３Ａb，（）一瓶裝氣後.1"), max_size=40))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalised(text)
    assert normalised(once) == once
    assert terms(once) == terms(text)
