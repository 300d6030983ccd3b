from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.candidate import Retrieved
from rag.fuse import fuse
from rag.settings import Settings


def retrieved(
    lexical: list[float], dense: list[float], by_words: list[int], by_meaning: list[int]
) -> Retrieved:
    return Retrieved(
        {},
        np.array(lexical, dtype=np.float32),
        np.array(dense, dtype=np.float32),
        np.zeros(len(lexical), dtype=np.int32),
        np.array(by_words, dtype=np.int64),
        np.array(by_meaning, dtype=np.int64),
        len(lexical),
    )


def test_scores_are_summed_after_scaling() -> None:
    found = retrieved([4, 1, 0, 2], [0.0, 0.5, 1.0, 0.25], [0, 3, 1], [2, 1])
    # over the best, 4, and half the cosine: 1 + 0; 0.25 + 0.25; 0 + 0.5; 0.5 + 0.125
    assert fuse(found, Settings(dense_weight=0.5, fused_to_best=0)).tolist() == [0, 3, 1, 2]
    # 1 + 0; 0.25 + 1; 0 + 2; 0.5 + 0.5
    assert fuse(found, Settings(dense_weight=2.0, fused_to_best=0)).tolist() == [2, 1, 0, 3]


def test_what_lies_far_below_the_best_is_left_out() -> None:
    found = retrieved([8, 4, 2, 1], [0, 0, 0, 0], [0, 1, 2, 3], [])
    assert fuse(found, Settings(fused_to_best=0.25)).tolist() == [0, 1, 2]
    assert fuse(found, Settings(fused_to_best=0.5)).tolist() == [0, 1]
    assert fuse(found, Settings(fused_to_best=1)).tolist() == [0]


def test_only_what_a_search_put_forward() -> None:
    found = retrieved([4, 8, 1], [0, 1, 0], [2], [0])
    # scaled by the best of the two, 4, though passage 1 out of scope has 8: 1; 0.25
    assert fuse(found, Settings(fused_to_best=0)).tolist() == [0, 2]


def test_at_most_as_many_as_are_reranked() -> None:
    found = retrieved([3, 2, 1], [0, 0, 0], [0, 1, 2], [])
    assert fuse(found, Settings(reranked=2)).tolist() == [0, 1]


def test_nothing_found() -> None:
    assert fuse(retrieved([0, 0], [0, 0], [], []), Settings()).tolist() == []


def test_found_by_meaning_alone() -> None:
    assert fuse(retrieved([0, 0], [0.25, 0.5], [], [1, 0]), Settings()).tolist() == [1, 0]


@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(-4, 4)), min_size=1, max_size=20), st.integers(1, 30)
)
def test_each_once_best_first_equals_by_number(scores: list[tuple[int, int]], count: int) -> None:
    everything = list(range(len(scores)))
    found = retrieved([float(a) for a, _ in scores], [b / 4 for _, b in scores], everything, everything[::-1])
    best = max(a for a, _ in scores) or 1
    # Powers of two and a weight of 0 keep the arithmetic of both sides alike.
    by_hand = sorted(everything, key=lambda number: (-np.float32(scores[number][0] / best), number))
    settings = Settings(dense_weight=0, reranked=count, fused_to_best=0)
    assert fuse(found, settings).tolist() == by_hand[:count]
    near = [number for number in by_hand[:count] if 4 * scores[number][0] >= scores[by_hand[0]][0]]
    assert fuse(found, replace(settings, fused_to_best=0.25)).tolist() == near
