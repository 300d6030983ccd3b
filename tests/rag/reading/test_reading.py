import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.reading.reading import CLIPPED, LONGEST, UNREAD, Reading, found
from tests.rag.sample import NOT_READ, read

TEXT = "完成管道检查。其后再查。"


def test_the_score_of_a_stretch_is_that_of_its_ends() -> None:
    reading = read("管道", TEXT, 6.0).placed(10)
    starts, ends = np.array([12, 12, 0]), np.array([14, 15, 5])
    assert reading.score(starts, ends).tolist() == [6.0, 3.0 - 8.0, UNREAD]
    begins, lasts = reading.edges(starts, ends)
    assert begins.tolist() == [0, 0, UNREAD]
    assert lasts.tolist() == [0, -11, UNREAD]


def test_characters_expected_to_answer() -> None:
    reading = read("管道", TEXT).placed(10)
    assert reading.expected == 2
    assert reading.inside(np.array([10, 13, 0]), np.array([13, 14, 5])).tolist() == [1, 1, 0]


def test_the_best_stretches_reach_over_no_sentence_end() -> None:
    bounds = np.array([TEXT.index("。")])
    best = read("管道", TEXT).best(bounds, 3)
    assert TEXT[slice(*best[0])] == "管道"
    assert all("。" not in TEXT[start : end - 1] for start, end in best)


def test_what_was_not_read() -> None:
    assert NOT_READ.best(np.array([3]), 5) == []
    assert (NOT_READ.expected, found(NOT_READ)) == (0.0, -2 * CLIPPED + CLIPPED)
    assert NOT_READ.score(np.array([0]), np.array([2])).tolist() == [UNREAD]


logits = arrays(np.float32, st.integers(1, 40), elements=st.floats(-30, 30, width=32))


@given(logits, st.integers(0, 9), st.integers(1, 8), st.lists(st.integers(0, 48)))
def test_stretches_lie_in_what_was_read_best_first(
    starts: np.ndarray, first: int, count: int, ends_of_sentences: list[int]
) -> None:
    reading = Reading(starts, starts[::-1].copy(), 1 / (1 + np.exp(-starts)), 0.0, first)
    best = reading.best(np.array(sorted(ends_of_sentences), dtype=np.int64), count)
    assert len(best) <= count
    assert len(set(best)) == len(best)
    for start, end in best:
        assert first <= start < end <= first + len(starts)
        assert end - start <= LONGEST
        assert not any(start <= mark < end - 1 for mark in ends_of_sentences)
    if best:
        scores = reading.score(*np.array(best).T)
        assert scores == pytest.approx(sorted(scores, reverse=True))
    assert -CLIPPED <= found(reading) <= CLIPPED
