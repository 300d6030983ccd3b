import json
from pathlib import Path

import numpy as np
import pytest

from rag.weights import PARTS, BentModel, LinearModel, Weights

MODEL = LinearModel(("near", "far"), np.array([2.0, -1.0]), 0.5)
OTHER = LinearModel(("length",), np.array([0.25]), -1.0)
BENT = BentModel(
    ("near", "far"),
    centre=np.array([1.0, 0.0]),
    scale=np.array([2.0, 1.0]),
    weights=np.array([1.0, -1.0]),
    inner=np.array([[0.5, 0.0], [1.0, 0.0]]),
    biases=np.array([0.0, 0.25]),
    outer=np.array([2.0, 4.0]),
)
WEIGHTS = Weights(MODEL, BENT, OTHER, MODEL, OTHER, MODEL, answered_from=0.75, unsure_from=0.25)


def test_the_weighted_sum_by_hand() -> None:
    rows = np.array([[1.0, 1.0], [0.0, 0.5], [0.0, 3.5]])
    assert MODEL.score(rows).tolist() == [1.5, 0.0, -3.0]
    # 1 / (1 + e^1.5) from below, one half, 1 / (1 + e^3)
    np.testing.assert_allclose(MODEL.probability(rows), [0.8175745, 0.5, 0.0474259], atol=1e-7)


def test_the_bent_sum_by_hand() -> None:
    # z = ((3 - 1) / 2, 0.5) = (1, 0.5): 1 - 0.5 + 2 tanh(0.5 + 0.5) + 4 tanh(0.25)
    np.testing.assert_allclose(
        BENT.score(np.array([[3.0, 0.5]])), [0.5 + 2 * 0.7615942 + 4 * 0.2449187], atol=1e-6
    )
    plain = BentModel.straight(("near", "far"), np.array([2.0, -1.0]))
    rows = np.array([[1.0, 1.0], [0.0, 3.5]])
    assert plain.score(rows).tolist() == (MODEL.score(rows) - MODEL.bias).tolist()


def test_a_probability_stays_one_however_far_the_score() -> None:
    assert MODEL.probability(np.array([[1e9, 0.0], [-1e9, 0.0]])).tolist() == pytest.approx([1.0, 0.0])


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text(WEIGHTS.to_json({"questions": 3}), encoding="utf-8")
    read = Weights.load(path)
    rows = np.array([[0.3, -0.7]])
    for part in PARTS:
        written, found = getattr(WEIGHTS, part), getattr(read, part)
        kept = rows[:, : len(written.names)]
        assert (found.names, found.score(kept).tolist()) == (written.names, written.score(kept).tolist())
    assert (read.answered_from, read.unsure_from) == (0.75, 0.25)
    assert json.loads(path.read_text(encoding="utf-8"))["note"] == {"questions": 3}


@pytest.mark.parametrize("part", [*PARTS, "answered_from", "unsure_from"])
def test_a_file_without_a_part_is_refused(tmp_path: Path, part: str) -> None:
    held = json.loads(WEIGHTS.to_json({}))
    del held[part]
    path = tmp_path / "weights.json"
    path.write_text(json.dumps(held), encoding="utf-8")
    with pytest.raises(ValueError, match=f"no part '{part}'; make the file again"):
        Weights.load(path)


def test_the_features_must_be_the_fitted_ones_in_their_order() -> None:
    WEIGHTS.expect("rerank", ("near", "far"))
    for names in (("far", "near"), ("near",), ("near", "far", "length"), ()):
        with pytest.raises(
            ValueError, match=rf"rerank were fitted on other features \(2, expected {len(names)}\)"
        ):
            WEIGHTS.expect("rerank", names)


def test_the_models_that_choose_words() -> None:
    assert (WEIGHTS.quote.facts, WEIGHTS.quote.words) == (OTHER, MODEL)
