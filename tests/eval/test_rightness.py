"""A passage is right in one of three ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.response import Shown
from eval.rightness import LEAST_CONTAINED, Article, Excerpt, Quote, squeezed

WORDS = st.text("甲乙丙丁，。（）", min_size=1, max_size=40)


def test_a_quote_stands_in_a_passage_of_its_document() -> None:
    quote = Quote("here", squeezed("各乡镇(街道), 负责"))
    assert quote.held_by(Shown("here-2024-5", "…各乡 镇（街道），\n负责到底"))
    assert not quote.held_by(Shown("there-2024-5", "…各乡镇（街道），负责到底"))
    assert not quote.held_by(Shown("here-2024-5", "各乡镇负责"))


def test_an_excerpt_also_holds_a_passage_that_is_long_enough() -> None:
    excerpt = Excerpt("law", squeezed("发酵肉制品生产许可类别编号0402，包括：发酵肉灌制品、发酵火腿制品"))
    assert excerpt.held_by(Shown("law", "发酵肉制品 生产许可类别编号0402"))
    assert not excerpt.held_by(Shown("law", "发酵火腿制品"))
    assert not excerpt.held_by(Shown("law-2", "发酵肉制品生产许可类别编号0402"))


@pytest.mark.parametrize(("length", "right"), [(LEAST_CONTAINED, True), (LEAST_CONTAINED - 1, False)])
def test_long_enough_is_twelve_squeezed_characters(length: int, right: bool) -> None:
    assert Excerpt("law", "甲" * 50).held_by(Shown("law", " 甲" * length)) is right


@given(before=WORDS, words=WORDS, after=WORDS)
def test_what_is_around_the_words_and_between_them_does_not_matter(
    before: str, words: str, after: str
) -> None:
    passage = Shown("law", f"{before}\n{'　'.join(words)} {after}")
    for gold in (Quote("law", squeezed(words)), Excerpt("law", squeezed(words))):
        assert gold.held_by(passage)


def test_an_article_is_told_by_the_end_of_its_clause() -> None:
    assert Article("S1").held_by(Shown("电力法", "…", clause_id="电力法#S1"))
    assert not Article("S1").held_by(Shown("电力法", "…", clause_id="电力法#S11"))
    assert not Article("S1").held_by(Shown("电力法", "…"))


@given(text=st.text())
def test_squeezing_twice_changes_nothing(text: str) -> None:
    once = squeezed(text)
    assert squeezed(once) == once
    assert not any(character.isspace() for character in once)
