from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from rag.arrange import COPIES, arrange
from rag.candidate import Placed
from rag.copies import copy_of
from rag.opened import OpenedPassage
from tests.rag.sample import HashEncoder, Opened, Part, document

LONG = "甲乡检查隐患。" * 100
"""700 characters: two passages of one clause."""
PASSAGES = Opened.of(
    *(
        document(
            name,
            name,
            [Part("一项任务。", label="1."), Part("二项任务。", label="2."), Part(LONG, label="3.")],
        )
        for name in ("east", "west")
    ),
    encoder=HashEncoder(),
).passages
EAST, WEST = PASSAGES[:4], PASSAGES[4:]
ORDERS = st.lists(
    st.tuples(st.sampled_from(PASSAGES), st.integers(0, 8).map(lambda eighths: eighths / 8)), max_size=12
)


def placed(*entries: tuple[OpenedPassage, float]) -> list[Placed]:
    return [Placed(opened, probability) for opened, probability in entries]


def test_a_second_clause_of_a_document_counts_less() -> None:
    ranked = placed((EAST[0], 0.8), (EAST[1], 0.75), (WEST[0], 0.5))
    # After the first, 0.75 · 0.5 = 0.375 < 0.5.
    assert arrange(ranked, damping=0.5, count=3) == (ranked[0], ranked[2], ranked[1])
    # 0.75 · 0.75 = 0.5625 > 0.5.
    assert arrange(ranked, damping=0.75, count=3) == tuple(ranked)


def test_a_third_clause_counts_less_again() -> None:
    ranked = placed((EAST[0], 0.8), (EAST[1], 0.75), (EAST[2], 0.75), (WEST[0], 0.25))
    # 0.75 · 0.5 = 0.375 > 0.25 > 0.75 · 0.25 = 0.1875
    assert arrange(ranked, damping=0.5, count=4) == (ranked[0], ranked[1], ranked[3], ranked[2])


def test_copies_beyond_the_second_take_no_place() -> None:
    names = ("one", "two", "three", "four")
    alike = [document(name, name, [Part(LONG[:70], label="1.")]) for name in names]
    *rest, other = Opened.of(*alike, document("five", "five", [Part("一项任务。", label="1.")])).passages
    copies = tuple(rest)
    ranked = placed(*((opened, 0.5) for opened in copies), (other, 0.25))
    arranged = arrange(ranked, damping=1, count=9, copy_of=copy_of)
    assert [entry.opened for entry in arranged] == [*copies[:COPIES], other]
    assert arranged[0].copies == copies[COPIES:]
    assert not any(entry.copies for entry in arranged[1:])
    assert arrange(ranked, damping=1, count=9) == tuple(ranked)


def test_no_damping_keeps_the_order() -> None:
    ranked = placed((EAST[0], 0.8), (EAST[1], 0.75), (WEST[0], 0.5), (EAST[2], 0.25))
    assert arrange(ranked, damping=1, count=9) == tuple(ranked)


def test_both_parts_of_a_long_clause_are_one_citation() -> None:
    assert EAST[2].clause == EAST[3].clause
    ranked = placed((EAST[3], 0.8), (WEST[0], 0.5), (EAST[2], 0.25))
    assert arrange(ranked, damping=1, count=9) == tuple(ranked[:2])


def test_nothing_to_arrange() -> None:
    assert arrange([], damping=0.5, count=5) == ()


@given(ORDERS, st.integers(0, 8).map(lambda eighths: eighths / 8), st.integers(1, 8))
def test_each_clause_once_and_fewer_are_the_first_of_more(
    entries: list[tuple[OpenedPassage, float]], damping: float, count: int
) -> None:
    ranked = placed(*entries)
    everything = arrange(ranked, damping=damping, count=len(ranked))
    clauses = [entry.opened.clause.id for entry in everything]
    assert sorted(clauses) == sorted({opened.clause.id for opened, _ in entries})
    assert arrange(ranked, damping=damping, count=count) == everything[:count]
    assert arrange(list(ranked), damping=damping, count=len(ranked)) == everything


@given(ORDERS)
def test_every_document_has_its_turn_before_any_has_two(entries: list[tuple[OpenedPassage, float]]) -> None:
    ranked = [entry for entry in placed(*entries) if entry.probability > 0]
    documents = [entry.opened.document.id for entry in arrange(ranked, damping=0, count=len(ranked))]
    several = len(set(documents))
    assert len(set(documents[:several])) == several


@given(ORDERS)
def test_within_a_document_the_likelier_comes_first(entries: list[tuple[OpenedPassage, float]]) -> None:
    ranked = sorted(placed(*entries), key=lambda entry: -entry.probability)
    chosen = arrange(ranked, damping=0.5, count=len(ranked))
    by_document = groupby(sorted(chosen, key=lambda e: e.opened.document.id), lambda e: e.opened.document.id)
    for _, group in by_document:
        probabilities = [entry.probability for entry in group]
        assert probabilities == sorted(probabilities, reverse=True)
