from html import unescape
from re import sub

from hypothesis import given
from hypothesis import strategies as st

from ui.marks import Mark, paint, trimmed

texts = st.text(alphabet="甲乙<>&\"' \n", max_size=30)
marks = st.lists(
    st.builds(
        lambda start, length, level: Mark(start, start + length, f"level-{level}", level),
        st.integers(0, 30),
        st.integers(1, 10),
        st.integers(0, 2),
    ),
    max_size=5,
)


@given(texts, st.integers(0, 30), st.integers(0, 30), marks)
def test_painting_changes_no_word(text: str, one: int, other: int, marked: list[Mark]) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    html = paint(text, start, end, marked)
    assert unescape(sub(r"</?mark[^>]*>", "", html)) == text[start:end]


@given(texts, marks)
def test_only_marks_are_tags(text: str, marked: list[Mark]) -> None:
    bare = sub(r'<mark class="level-[012]">|</mark>', "", paint(text, 0, len(text), marked))
    assert not set("<>\"'") & set(bare)


def test_the_higher_mark_shows_and_is_not_cut() -> None:
    html = paint(
        "在2024年底前完成", 0, 10, [Mark(0, 10, "quoted"), Mark(1, 8, "answers", level=1, anchor="quotation")]
    )
    assert html == (
        '<mark class="quoted">在</mark><mark id="quotation" class="answers">2024年底前</mark>'
        '<mark class="quoted">完成</mark>'
    )


def test_an_anchor_is_given_once() -> None:
    parts = [Mark(0, 6, "quoted", anchor="quotation"), Mark(2, 4, "answers", level=1)]
    assert paint("甲乙丙丁戊己", 0, 6, parts).count("id=") == 1


def test_a_mark_that_begins_before_is_painted_from_the_start() -> None:
    assert paint("甲乙丙丁", 2, 4, [Mark(0, 3, "quoted")]) == '<mark class="quoted">丙</mark>丁'


@given(st.text(alphabet="甲 \n\u3000", max_size=12))
def test_trimming_keeps_what_is_not_white(text: str) -> None:
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == text.strip()
