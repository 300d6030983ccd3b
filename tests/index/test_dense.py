from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.dense import DenseIndex, DenseSettings
from index.errors import IndexSettingsError

GRAPH = DenseSettings(flat_limit=0)


def unit(rows: int, dimension: int = 8, seed: int = 7) -> NDArray[np.float32]:
    vectors = np.random.default_rng(seed).normal(size=(rows, dimension)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


@pytest.mark.parametrize("settings", [DenseSettings(), GRAPH])
def test_search_finds_the_nearest_best_first(settings: DenseSettings) -> None:
    vectors, question = unit(300), unit(1, seed=1)[0]
    ids, scores = DenseIndex.build(vectors, settings).search(question, 10)
    products = vectors @ question
    assert [ids.dtype.name, scores.dtype.name] == ["int64", "float32"]
    assert ids.tolist() == np.argsort(-products)[:10].tolist()
    np.testing.assert_allclose(scores, products[ids], rtol=1e-5)


def test_the_limit_decides_between_the_two() -> None:
    assert DenseIndex.build(unit(10), DenseSettings(flat_limit=10)).graph is None
    assert DenseIndex.build(unit(11), DenseSettings(flat_limit=10)).graph is not None


def test_scores_are_inner_products() -> None:
    index = DenseIndex.build(np.array([[1, 0], [0.6, 0.8], [0, -1]], dtype=np.float32))
    scores = index.scores(np.array([0, 1], dtype=np.float32))
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, [0, 0.8, -1])


def test_equals_come_in_the_order_of_passages() -> None:
    index = DenseIndex.build(np.repeat(unit(1), 5, axis=0))
    assert index.search(unit(1)[0], 5)[0].tolist() == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(("k", "found"), [(0, 0), (-1, 0), (3, 3), (10**6, 4)])
def test_any_number_may_be_asked_for(k: int, found: int) -> None:
    ids, scores = DenseIndex.build(unit(4)).search(unit(1)[0], k)
    assert (len(ids), len(scores)) == (found, found)


@pytest.mark.parametrize("settings", [DenseSettings(), GRAPH])
def test_a_saved_index_finds_the_same_and_the_same_vectors_make_the_same_files(
    settings: DenseSettings, tmp_path: Path
) -> None:
    index = DenseIndex.build(unit(300), settings)
    index.save(tmp_path / "one")
    DenseIndex.build(unit(300), settings).save(tmp_path / "two")
    names = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert names == sorted(path.name for path in (tmp_path / "two").iterdir())
    for name in names:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    again, question = DenseIndex.load(tmp_path / "one"), unit(1, seed=3)[0]
    np.testing.assert_array_equal(again.search(question, 20)[0], index.search(question, 20)[0])
    np.testing.assert_array_equal(again.scores(question), index.scores(question))
    assert isinstance(again.vectors.base, np.memmap)


def test_no_vectors_find_nothing(tmp_path: Path) -> None:
    DenseIndex.build(np.zeros((0, 8), dtype=np.float32)).save(tmp_path)
    index = DenseIndex.load(tmp_path)
    assert index.vectors.shape == (0, 8)
    assert index.scores(unit(1)[0]).shape == (0,)
    assert index.search(unit(1)[0], 5)[0].tolist() == []


@pytest.mark.parametrize(
    "wrong", [{"flat_limit": -1}, {"neighbours": 1}, {"build_effort": 0}, {"search_effort": 0}]
)
def test_settings_out_of_range_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(IndexSettingsError, match=next(iter(wrong))):
        DenseSettings(**wrong)
