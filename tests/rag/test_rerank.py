import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.rerank import rerank
from rag.weights import LinearModel

MODEL = LinearModel(("near", "far"), np.array([2.0, -1.0]), 0.5)


def test_the_weighted_sum_decides() -> None:
    rows = np.array([[1.0, 3.0], [2.0, 0.0], [0.0, 0.0]])
    ranked = rerank([7, 4, 9], rows, MODEL)
    # 0.5 + 2·1 − 3 = −0.5; 0.5 + 2·2 − 0 = 4.5; 0.5
    assert [(one.passage, one.score) for one in ranked] == [(4, 4.5), (9, 0.5), (7, -0.5)]
    assert [one.evidence.tolist() for one in ranked] == [[2.0, 0.0], [0.0, 0.0], [1.0, 3.0]]


def test_equals_stand_by_passage_number() -> None:
    ranked = rerank([8, 2, 5], np.ones((3, 2)), MODEL)
    assert [one.passage for one in ranked] == [2, 5, 8]


@given(st.dictionaries(st.integers(0, 99), st.tuples(st.integers(-3, 3), st.integers(-3, 3)), min_size=1))
def test_the_order_of_arrival_does_not_matter(rows: dict[int, tuple[int, int]]) -> None:
    def ranked(numbers: list[int]) -> list[tuple[int, float]]:
        evidence = np.array([rows[number] for number in numbers], dtype=np.float64)
        return [(one.passage, one.score) for one in rerank(numbers, evidence, MODEL)]

    forward = ranked(list(rows))
    assert forward == ranked(list(reversed(rows)))
    assert [score for _, score in forward] == sorted((score for _, score in forward), reverse=True)
