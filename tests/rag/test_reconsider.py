import math

import numpy as np
import pytest

from rag.reading.reading import CLIPPED
from rag.reconsider import NAMES, READ, describe, reconsider, worth_reading
from rag.weights import BentModel
from tests.rag.sample import candidates, read

TEXT = "燃气管道检查"
AS_READ = NAMES.index(READ[0])


def weighing(**weights: float) -> BentModel:
    """A plain sum of the named features."""
    return BentModel.straight(NAMES, np.array([weights.get(name.replace(" ", "_"), 0.0) for name in NAMES]))


def test_a_better_reading_comes_first() -> None:
    readings = {0: read("管道", TEXT, -2.0), 1: read("管道", TEXT, 6.0)}
    ranked = reconsider(candidates([1.0, 0.5]), readings, weighing(score=1, as_read=1))
    assert [(one.passage, one.score) for one in ranked] == [(1, 6.5), (0, -1.0)]


def test_without_weight_on_reading_the_order_stays() -> None:
    readings = {0: read("管道", TEXT, -2.0), 1: read("管道", TEXT, 6.0)}
    ranked = reconsider(candidates([1.0, 0.5, 0.5]), readings, weighing(score=1))
    assert [one.passage for one in ranked] == [0, 1, 2]


def test_one_not_read_is_as_bad_as_the_worst_read() -> None:
    rows = describe(candidates([3.0, 2.0, 1.0]), {0: read("管道", TEXT, 4.0), 1: read("气", TEXT, -1.0)})
    assert rows[:, 0].tolist() == [3, 2, 1]
    assert rows[:, AS_READ].tolist() == [4, -1, -1]
    assert rows[:, AS_READ + 1] == pytest.approx([math.log(3), math.log(2), math.log(2)])
    assert rows[:, AS_READ + 2].tolist() == [0, -5, -5]
    assert rows[:, AS_READ + 3].tolist() == [1, 1, 0]


def test_nothing_read() -> None:
    [row] = describe(candidates([1.0]), {}).tolist()
    assert (row[0], row[AS_READ:]) == (1.0, [-CLIPPED, 0.0, 0.0, 0.0])


def test_a_very_sure_reading_counts_as_a_sure_one() -> None:
    assert describe(candidates([1.0]), {0: read("管道", TEXT, 80.0)})[0, AS_READ] == CLIPPED


def test_only_what_is_still_in_the_race_is_read() -> None:
    ranked = candidates([5.0, 4.0, 1.9, 1.8])
    assert [one.passage for one in worth_reading(ranked, most=4, within=3.1)] == [0, 1, 2]
    assert [one.passage for one in worth_reading(ranked, most=2, within=9.0)] == [0, 1]
    assert [one.passage for one in worth_reading(ranked, most=4, within=0.0)] == [0]
