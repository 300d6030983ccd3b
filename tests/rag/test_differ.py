from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from rag.candidate import Placed
from rag.differ import MOST, differences, differing, differing_words
from rag.marked import Marked
from rag.spans import CandidateSpan
from tests.rag.sample import Opened, clause

HERE = "1.发生较大以上生产安全事故，举一反三开展排查。对电气焊人员开展分级全员培训。（县应急局负责）"
THERE = "2.发生重大以上生产安全事故，举一反三开展排查。对电气焊人员开展全员培训。（街道应急办负责）"


def words(text: str, other: str, near: str) -> list[str]:
    at = text.index(near)
    return [text[start:end] for start, end in differing_words(text, other, (at, at + len(near)))]


def test_a_difference_inside_a_longer_member_is_cut_to_what_differs() -> None:
    here, there = "异地发生较大以上安全生产事故的，举一反三。", "异地发生重大以上安全生产事故的，举一反三。"
    assert words(here, there, "举一反三") == ["较大以上"]
    assert words(there, here, "举一反三") == ["重大以上"]


def test_members_of_a_list_that_the_other_lacks() -> None:
    here = "依据《危险化学品安全管理条例》《煤矿安全条例》《生产安全事故报告条例》，制定标准。"
    there = "依据《危险化学品安全管理条例》《生产安全事故报告条例》，制定标准。"
    assert words(here, there, "制定标准") == ["《煤矿安全条例》"]
    assert words(there, here, "制定标准") == []


def test_neighbours_in_a_list_are_one_difference() -> None:
    here, there = "深化燃气领域、矿山领域、交通领域整治。", "深化燃气领域整治。"
    assert words(here, there, "深化") == ["矿山领域、交通领域整治"]


def test_only_the_sentence_at_hand_is_looked_at() -> None:
    assert words(HERE, THERE, "电气焊人员") == ["分级全员"]
    assert all("事故" not in one for one in words(HERE, THERE, "电气焊人员"))


def test_the_same_words_differ_nowhere() -> None:
    assert differences(HERE, HERE) == ()


def test_another_subject_is_no_pair() -> None:
    assert differences("渔船应当配备救生设备。", "燃气瓶组间应当定期检测。") == ()


texts = st.text(alphabet="燃气矿山学校、，。；《》“”（）的12\n", max_size=60)


@given(texts, texts, st.integers(0, 59))
def test_differences_are_words_of_the_text_that_the_other_has_not(one: str, other: str, at: int) -> None:
    found = differences(one, other)
    assert all(0 <= d.start < d.end <= len(one) and 0 <= d.alike <= 1 for d in found)
    assert [d.start for d in found] == sorted(d.start for d in found)
    near = differing_words(one, other, (at, at + 1))
    assert len(near) <= MOST
    assert all(0 <= start < end <= len(one) for start, end in near)


def test_a_fact_that_both_state_is_no_difference_but_one_of_them_alone_is() -> None:
    texts = (
        "1.对30人以上场所开展检查。较大以上事故应当排查。",
        "1.对30人以上场所开展检查。重大以上事故应当排查。",
    )
    passages = [Opened.of(clause(text, name)).passages[0] for text, name in zip(texts, "ab", strict=True)]
    chosen = [Placed(replace(one, number=number), 0.5) for number, one in enumerate(passages)]
    same, words = CandidateSpan(3, 8, "quantity"), CandidateSpan(15, 25, "piece")
    marks = {number: [Marked(same, 2.0), Marked(words, 1.0)] for number in (0, 1)}
    found = differing(chosen, marks)
    assert {
        number: [texts[number][slice(*one)] for one in stretches] for number, stretches in found.items()
    } == {
        0: ["较大以上事故应当排查"],
        1: ["重大以上事故应当排查"],
    }
    alone = CandidateSpan(15, 19, "quantity")
    assert differing(chosen, {number: [Marked(alone, 2.0), Marked(words, 1.0)] for number in (0, 1)}) == {}
    assert differing(chosen[:1], marks) == {}
