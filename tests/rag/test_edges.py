import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.edges import mended

TEXTS = st.text(alphabet="执行《》“”〔〕0123号安全a@.标准（）、，", min_size=1, max_size=40)


@pytest.mark.parametrize(
    ("text", "words", "whole"),
    [
        ("执行《安全生产培训机构基本条件》标准", "基本条件》标准", "《安全生产培训机构基本条件》标准"),
        ("执行《安全生产培训机构基本条件》标准", "执行《安全", "执行《安全生产培训机构基本条件》"),
        ("按岫安委发〔2022〕10号办", "2022〕10号", "〔2022〕10号"),
        ("（邮箱：ajjawb999@163.com）", "ajjawb", "ajjawb999@163.com"),
        ("达到70%以上", "7", "70%"),
        ("推进APP平台", "PP平台", "APP平台"),
    ],
)
def test_what_belongs_together_is_not_cut(text: str, words: str, whole: str) -> None:
    start = text.index(words)
    first, last = mended(text, start, start + len(words))
    assert whole in text[first:last]


@pytest.mark.parametrize("words", ["安全生产", "机构基本条件", "《安全生产培训机构基本条件》", "标准"])
def test_what_is_whole_stays(words: str) -> None:
    text = "执行《安全生产培训机构基本条件》标准"
    start = text.index(words)
    assert mended(text, start, start + len(words)) == (start, start + len(words))


@given(TEXTS, st.data())
def test_a_stretch_only_grows_and_stays_in_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = mended(text, start, end)
    assert 0 <= first <= start
    assert end <= last <= len(text)
