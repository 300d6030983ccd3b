import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index.training.data import is_apart
from rag.training.aims import Doubt, Listed, Surprise, thinned
from rag.training.bent import Bend, fit_bent
from rag.training.examples import Example, document_id, read_gold, read_questions, regulations, squeezed
from rag.training.fit import fit_lists, fit_rows

# Lists of ten candidates of which one is right: told by the first feature, the second is noise.
NAMES = ("telling", "noise")
RANDOM = np.random.default_rng(1)


def listed() -> Listed:
    right = np.arange(10) == RANDOM.integers(10)
    return Listed(np.column_stack([right + RANDOM.normal(0, 0.2, 10), RANDOM.normal(0, 1, 10)]), right)


LISTS = [listed() for _ in range(30)]


def test_lists_are_fitted_to_what_separates_them() -> None:
    model = fit_lists(NAMES, LISTS, penalty=0.1)
    telling, noise = model.weights
    assert (model.names, model.bias) == (NAMES, 0.0)
    assert telling > 5 * abs(noise)
    for entry in LISTS:
        assert entry.right[int(np.argmax(model.score(entry.rows)))]


def test_a_feature_turned_round_has_its_weight_turned_round() -> None:
    turned = [Listed(entry.rows * [-1, 1], entry.right) for entry in LISTS]
    there, back = fit_lists(NAMES, LISTS, penalty=1.0), fit_lists(NAMES, turned, penalty=1.0)
    np.testing.assert_allclose(back.weights, there.weights * [-1, 1], rtol=1e-2, atol=1e-3)


def test_a_feature_in_another_unit_orders_alike() -> None:
    metres = [Listed(entry.rows * [1000, 1], entry.right) for entry in LISTS]
    there, again = fit_lists(NAMES, LISTS, penalty=1.0), fit_lists(NAMES, metres, penalty=1.0)
    np.testing.assert_allclose(again.weights * [1000, 1], there.weights, rtol=1e-2, atol=1e-3)


def test_several_right_ones_count_together() -> None:
    rows = np.array([[1.0], [1.0], [0.0]])
    several = Listed(rows, np.array([True, True, False]))
    assert fit_lists(("one",), [several], penalty=0.1).weights[0] > 0
    none_to_tell = Listed(np.ones((3, 1)), np.array([True, False, True]))
    assert fit_lists(("one",), [none_to_tell], penalty=0.1).weights.tolist() == [0.0]


def test_a_heavier_penalty_makes_smaller_weights() -> None:
    light, heavy = (fit_lists(NAMES, LISTS, penalty=penalty).weights for penalty in (0.1, 100.0))
    assert abs(heavy[0]) < abs(light[0])


def test_a_list_of_weight_two_counts_as_if_it_came_twice() -> None:
    lists = LISTS[:4]
    heavy = fit_lists(NAMES, [Listed(entry.rows, entry.right, 2.0) for entry in lists], penalty=1.0)
    twice = fit_lists(NAMES, [*lists, *lists], penalty=1.0)
    np.testing.assert_allclose(heavy.weights, twice.weights, rtol=1e-3)


def matched() -> Listed:
    """Ten candidates of which one has both features above nought or both below: neither tells it alone."""
    right = np.arange(10) == RANDOM.integers(10)
    first, second = RANDOM.choice((-1.0, 1.0), 10), RANDOM.uniform(0.5, 1.5, 10)
    return Listed(np.column_stack([first, second * first * np.where(right, 1, -1)]), right)


def test_units_tell_what_only_two_features_together_say() -> None:
    lists, others = [matched() for _ in range(40)], [matched() for _ in range(40)]

    def firsts(units: int) -> float:
        rows = np.vstack([one.rows for one in lists])
        model = fit_bent(NAMES, rows, Surprise(lists), Bend(units, 0.1, 0.01, seed=1))
        return float(np.mean([one.right[int(np.argmax(model.score(one.rows)))] for one in others]))

    assert firsts(8) > 0.9
    assert firsts(0) < 0.5


def test_without_units_a_bent_fit_is_the_plain_one() -> None:
    plain = fit_lists(NAMES, LISTS, penalty=1.0)
    rows, none = np.vstack([one.rows for one in LISTS]), Bend(0, 1.0, 1.0, seed=1)
    bent = fit_bent(NAMES, rows, Surprise(LISTS), none)
    np.testing.assert_allclose(bent.weights / bent.scale, plain.weights, rtol=1e-3, atol=1e-3)
    again = fit_bent(NAMES, rows, Surprise(LISTS), none)
    assert again.weights.tolist() == bent.weights.tolist()


def logistic(weights: Mapping[str, float]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    draw = np.random.default_rng(2)
    rows = draw.normal(0, 1, (400, len(weights))) + 3
    score = (rows - 3) @ np.array(list(weights.values()))
    return rows, draw.random(400) < 1 / (1 + np.exp(-score))


def test_rows_give_back_the_signs_they_were_made_with() -> None:
    rows, right = logistic({"for": 2.0, "against": -3.0, "neither": 0.0})
    model = fit_rows(("for", "against", "neither"), rows, right, np.ones(400), penalty=0.1)
    assert model.weights[0] > 1
    assert model.weights[1] < -1
    assert abs(model.weights[2]) < 0.7


def test_rows_bent_without_units_are_the_plain_fit() -> None:
    rows, right = logistic({"for": 2.0, "against": -3.0, "neither": 0.0})
    plain = fit_rows(("for", "against", "neither"), rows, right, np.ones(400), penalty=1.0)
    bent = fit_bent(
        ("for", "against", "neither"), rows, Doubt(right, np.ones(400)), Bend(0, 1.0, 1.0, seed=1)
    )
    np.testing.assert_allclose(bent.probability(rows), plain.probability(rows), atol=1e-3)


def test_units_tell_rows_that_only_two_features_together_do() -> None:
    draw = np.random.default_rng(3)
    rows = draw.normal(0, 1, (600, 2))
    right = rows[:, 0] * rows[:, 1] > 0
    told = [
        fit_bent(NAMES, rows[:300], Doubt(right[:300], np.ones(300)), Bend(units, 0.1, 0.01, seed=1))
        for units in (0, 8)
    ]
    plain, bent = (((model.probability(rows[300:]) > 0.5) == right[300:]).mean() for model in told)
    assert bent > 0.9
    assert plain < 0.7


def test_a_sign_holds_the_plain_weight_of_a_bent_model() -> None:
    rows, right = logistic({"for": 2.0, "against": -3.0, "neither": 0.0})
    doubt, names = Doubt(right, np.ones(400)), ("for", "against", "neither")
    held = fit_bent(names, rows, doubt, Bend(0, 1.0, 1.0, seed=1), signs={"for": -1, "against": 1})
    assert held.weights[0] <= 0 <= held.weights[1]


def test_the_bias_gives_the_share_of_right_ones() -> None:
    right = np.array([True] * 30 + [False] * 10)
    model = fit_rows(("same",), np.ones((40, 1)), right, np.ones(40), penalty=0.1)
    # The feature tells nothing: the probability is 30 of 40.
    assert model.probability(np.ones((1, 1))) == pytest.approx([0.75], abs=1e-3)


def test_the_importance_of_rows_counts() -> None:
    right = np.array([True, False])
    model = fit_rows(("same",), np.ones((2, 1)), right, np.array([3.0, 1.0]), penalty=0.1)
    assert model.probability(np.ones((1, 1))) == pytest.approx([0.75], abs=1e-3)


def test_fitting_twice_gives_the_same() -> None:
    rows, right = logistic({"for": 1.0, "against": -1.0})
    first, second = (fit_rows(("a", "b"), rows, right, np.ones(400), penalty=1.0) for _ in range(2))
    assert (first.weights.tolist(), first.bias) == (second.weights.tolist(), second.bias)
    lists = [fit_lists(NAMES, LISTS, penalty=1.0).weights.tolist() for _ in range(2)]
    assert lists[0] == lists[1]


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.integers(0, 30))
def test_thinning_keeps_all_right_ones_and_so_many_wrong(right: list[bool], wrong: int) -> None:
    entry = Listed(np.arange(len(right), dtype=np.float64)[:, None], np.array(right), 2.0)
    kept = thinned(entry, wrong)
    numbers = kept.rows[:, 0].astype(int).tolist()
    assert numbers == sorted(set(numbers))
    assert kept.right.tolist() == [right[number] for number in numbers]
    assert sum(kept.right) == sum(right)
    assert len(numbers) - sum(right) == min(wrong, len(right) - sum(right))
    assert kept.weight == 2.0
    assert (thinned(entry, wrong).rows == kept.rows).all()


def lines(path: Path, *records: Mapping[str, object]) -> Path:
    text = "".join(f"{json.dumps(record, ensure_ascii=False)}\n" for record in records)
    path.write_text(text, encoding="utf-8")
    return path


GOLD = {
    "question": "瓶改管何时完成",
    "part": "a",
    "gold": [{"doc": "xiangcheng", "quote": "2024 年底前\n完成(一)"}],
    "span": ["2024 年底前"],
}
NONE = {"question": "火星", "part": "b", "gold": [], "span": [], "context": "襄城呢"}


def test_gold_questions_are_read(tmp_path: Path) -> None:
    answered, refused = read_gold(lines(tmp_path / "gold.jsonl", GOLD, NONE), part=None)
    assert answered == Example(
        "瓶改管何时完成", None, (("xiangcheng", "2024年底前完成（一）"),), ("2024年底前",)
    )
    assert (refused.context, refused.answerable, answered.answerable) == ("襄城呢", False, True)


def test_only_the_questions_of_one_part(tmp_path: Path) -> None:
    path = lines(tmp_path / "gold.jsonl", GOLD, NONE)
    assert [example.question for example in read_gold(path, part="b")] == ["火星"]
    assert read_gold(path, part="c") == ()


def test_which_clause_is_right() -> None:
    example = Example("问", None, (("xiangcheng", "2024年底前完成（一）"),), ())
    assert example.right("xiangcheng-2024-5", "18.于 2024年\n底前完成(一)改造")
    assert not example.right("xiangcheng-2024-5", "2025年底前完成（一）")
    assert not example.right("xiuyan-2024-3", "2024年底前完成（一）")
    assert not Example("问", None, (), ()).right("xiangcheng-2024-5", "")


def test_squeezing_widens_brackets_and_drops_white_space() -> None:
    assert squeezed(" (一)\n[2024] a,b;c: d　e ") == "（一）〔2024〕a，b；c：de"


def law(apart: bool) -> str:
    """A name of a regulation that the built-in model was, or wasn't, kept from."""
    return next(name for name in (f"某市条例第{n}" for n in range(10_000)) if is_apart(name) == apart)


KEPT, TRAINED = law(apart=True), law(apart=False)


def about(name: str | None, article: str, text: str) -> dict[str, str | None]:
    return {
        "question": "何时",
        "law": name,
        "article": article,
        "text": text,
        "span": text[:2] if name else None,
    }


def test_questions_over_regulations_are_read(tmp_path: Path) -> None:
    path = lines(tmp_path / "q.jsonl", about(KEPT, "第一条", "每 年检查"), about(None, "", ""))
    answered, refused = read_questions(path)
    assert answered.golds == ((document_id(KEPT), "每年检查"),)
    assert answered.spans == ("每",) == (squeezed("每 "),)
    assert (refused.golds, refused.spans, refused.answerable) == ((), (), False)


def test_the_regulations_asked_about_become_documents(tmp_path: Path) -> None:
    path = lines(
        tmp_path / "q.jsonl",
        about(KEPT, "第二条", "每年检查。"),
        about(TRAINED, "第一条", "每月检查。"),
        about(None, "", ""),
    )
    articles = [
        {"law": KEPT, "article": "第一条", "text": " 为了安全。 "},
        {"law": KEPT, "article": "第二条", "text": "每年检查。"},
        {"law": "别的条例", "article": "第一条", "text": "无关。"},
    ]
    [made] = regulations(path, articles, keep=5)
    assert (made.id, made.title, made.text) == (document_id(KEPT), KEPT, f"{KEPT}\n为了安全。\n每年检查。")
    assert [made.text[clause.start : clause.end] for clause in made.clauses] == [
        KEPT,
        "为了安全。",
        "每年检查。",
    ]
    assert made.place == "某市"
    assert regulations(path, articles, keep=0) == ()
