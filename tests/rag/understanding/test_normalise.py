from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.understanding.normalise import LONGEST_QUESTION, normalise, plain


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("  瓶改管\t\n 時限 ", "瓶改管 时限"),
        ("ＬＰＧ　ｄｅａｄｌｉｎｅ?", "LPG deadline?"),
        ("誰牽頭?", "谁牵头？"),
        ("危險化學品,誰負責", "危险化学品，谁负责"),
        ("a\x00b\x07c\u200bd\ufeff", "abcd"),
        ("\ud800瓶改管", "瓶改管"),
        ("襄安委〔2024〕5号", "襄安委〔2024〕5号"),
        ("", ""),
        ("\u3000\n", ""),
    ],
)
def test_plain(asked: str, expected: str) -> None:
    assert plain(asked) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("第十八條", "第18条"),
        ("二〇二四年六月底前", "2024年6月底前"),
        ("三管三必须", "三管三必须"),
        ("一岗双责多久查一次", "一岗双责多久查1次"),
    ],
)
def test_numerals_become_digits_but_sayings_stay(asked: str, expected: str) -> None:
    assert normalise(asked) == expected


def test_a_question_is_bounded() -> None:
    assert len(plain("问" * 10_000)) == LONGEST_QUESTION
    assert len(plain("ﷺ" * 10_000)) <= LONGEST_QUESTION


@given(st.text())
def test_plain_is_settled(asked: str) -> None:
    once = plain(asked)
    assert plain(once) == once
    assert once == once.strip()
