"""Two runs, question by question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.difference import difference, differences

VALUES = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from([0.0, 0.5, 1.0]), min_size=1)


def values(**measured: float) -> dict[str, dict[str, float]]:
    return {question: {"mrr": value} for question, value in measured.items()}


def test_only_questions_of_both_runs_are_compared() -> None:
    found = difference("mrr", values(a=0, b=1, gone=1), values(a=1, b=0.5, new=0))
    assert found is not None
    assert (found.questions, found.before, found.now, found.higher, found.lower) == (2, 0.5, 0.75, 1, 1)
    assert found.change == 0.25
    assert difference("mrr", values(a=1), values(b=1)) is None
    assert difference("span", values(a=1), values(a=1)) is None


def test_an_interval_holds_the_change_and_narrows_with_more_questions() -> None:
    before, now = values(a=0, b=0, c=1, d=1), values(a=1, b=0, c=1, d=1)
    few = difference("mrr", before, now)
    many = difference(
        "mrr",
        {f"{n}{question}": held for n in range(25) for question, held in before.items()},
        {f"{n}{question}": held for n in range(25) for question, held in now.items()},
    )
    assert few is not None
    assert many is not None
    assert few.low <= few.change <= few.high
    assert many.change == few.change
    # A share of .25 over 100 questions: standard error √(.25 × .75 / 100) = .043, 1.96 of them either way.
    assert many.low == pytest.approx(0.25 - 0.085, abs=0.02)
    assert many.high == pytest.approx(0.25 + 0.085, abs=0.02)


@given(before=VALUES, now=VALUES)
def test_turning_the_runs_round_turns_the_change_round(
    before: dict[str, float], now: dict[str, float]
) -> None:
    there, back = (
        differences(values(**first), values(**second)) for first, second in ((before, now), (now, before))
    )
    for one, other in zip(there, back, strict=True):
        assert one.change == pytest.approx(-other.change)
        assert (one.higher, one.lower) == (other.lower, other.higher)
        assert one.low - 1e-9 <= one.change <= one.high + 1e-9


@given(run=VALUES)
def test_a_run_does_not_differ_from_itself(run: dict[str, float]) -> None:
    for one in differences(values(**run), values(**run)):
        assert (one.change, one.low, one.high, one.higher, one.lower) == (0, 0, 0, 0, 0)
