from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.build import IndexSettings, build
from index.dense import DenseSettings
from index.snapshot import Snapshot
from rag.question import Question
from rag.retrieve import BLOCK, _best, retrieve, weigh
from rag.settings import Settings
from tests.index.sample import HashEncoder, notice, plan

ENCODER = HashEncoder()
# The plan's four clauses with words are passages 0–3, the notice's one is passage 4.
OF_DOCUMENTS = np.array([0, 0, 0, 0, 1], dtype=np.int32)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("retrieve")
    return build(folder, [plan(), notice()], ENCODER)


def question(text: str, documents: frozenset[str] | None = None) -> Question:
    return Question(asked=text, text=text, focus=text, documents=documents)


def test_a_term_counts_by_the_best_of_what_it_is() -> None:
    asked = Question(
        asked="",
        text="瓶改管时限",
        focus="瓶改",
        carried="燃气",
        expansions={"时限": ("完成", "燃气"), "瓶": ("罐",)},
        near=frozenset({"瓶"}),
    )
    settings = Settings(
        focus_weight=1.0, aside_weight=0.25, expansion_weight=0.5, near_weight=0.125, carried_weight=0.75
    )
    assert weigh(asked, settings) == {
        **dict.fromkeys(["瓶", "瓶改", "改"], 1.0),
        **dict.fromkeys(["改管", "管", "管时", "时", "时限", "限"], 0.25),
        **dict.fromkeys(["燃", "燃气", "气"], 0.75),
        **dict.fromkeys(["完", "完成", "成"], 0.5),
        "罐": 0.125,
    }


@given(
    st.lists(st.tuples(st.integers(-3, 9), st.booleans()), min_size=1, max_size=30),
    st.integers(1, 40),
)
def test_the_best_allowed_above_nothing(entries: list[tuple[int, bool]], count: int) -> None:
    scores = np.array([score for score, _ in entries], dtype=np.float32)
    allowed = np.array([may for _, may in entries])
    by_hand = sorted(
        (n for n, (score, may) in enumerate(entries) if may and score > 0), key=lambda n: -entries[n][0]
    )
    assert _best(scores, allowed, count).tolist() == by_hand[:count]


@given(st.integers(0, 2**32 - 1), st.integers(1, 400), st.integers(1, 60))
def test_the_best_of_many(seed: int, most: int, count: int) -> None:
    # Few values, so that many are equal at the edge; enough of them for the estimate by blocks.
    drawn = np.random.default_rng(seed)
    scores = drawn.integers(-1, most, 70 * BLOCK + 5).astype(np.float32)
    allowed = drawn.random(len(scores)) < 0.7
    order = np.lexsort((np.arange(len(scores)), -np.where(allowed, scores, 0)))
    by_hand = [n for n in order[:count].tolist() if allowed[n] and scores[n] > 0]
    assert _best(scores, allowed, count).tolist() == by_hand


def test_equals_stand_by_passage_number() -> None:
    scores = np.array([1, 2, 1, 2, 0], dtype=np.float32)
    assert _best(scores, np.ones(5, dtype=np.bool_), 5).tolist() == [1, 3, 0, 2]


def test_both_searches_over_everything(snapshot: Snapshot) -> None:
    found = retrieve(question("瓶改管"), snapshot, ENCODER, OF_DOCUMENTS, Settings())
    assert found.order_lexical.tolist()[0] == 2
    assert "瓶改" in snapshot.documents["plan"].text[snapshot.passages[2].start : snapshot.passages[2].end]
    assert found.lexical.shape == found.dense.shape == (5,)
    assert found.lexical.tolist() == snapshot.lexical.scores(weigh(question("瓶改管"), Settings())).tolist()


@pytest.mark.parametrize(
    ("scope", "allowed"), [({"plan"}, {0, 1, 2, 3}), ({"notice"}, {4}), ({"plan", "notice"}, {0, 1, 2, 3, 4})]
)
def test_only_what_is_in_scope(snapshot: Snapshot, scope: set[str], allowed: set[int]) -> None:
    asked = question("燃气治理检查", frozenset(scope))
    found = retrieve(asked, snapshot, ENCODER, OF_DOCUMENTS, Settings())
    put_forward = {*found.order_lexical.tolist(), *found.order_dense.tolist()}
    assert put_forward
    assert put_forward <= allowed


def test_nothing_in_scope_finds_nothing(snapshot: Snapshot) -> None:
    found = retrieve(question("燃气", frozenset()), snapshot, ENCODER, OF_DOCUMENTS, Settings())
    assert not len(found.order_lexical)
    assert not len(found.order_dense)


def test_each_search_puts_forward_so_many(snapshot: Snapshot) -> None:
    settings = Settings(lexical_candidates=2, dense_candidates=1)
    found = retrieve(question("燃气检查"), snapshot, ENCODER, OF_DOCUMENTS, settings)
    assert (len(found.order_lexical), len(found.order_dense)) == (2, 1)


def test_no_search_by_meaning(snapshot: Snapshot) -> None:
    found = retrieve(question("燃气"), snapshot, ENCODER, OF_DOCUMENTS, Settings(dense_candidates=0))
    assert not len(found.order_dense)


def test_only_clauses_in_scope_are_found(snapshot: Snapshot) -> None:
    everything = question("燃气 瓶改管")
    free = retrieve(everything, snapshot, ENCODER, OF_DOCUMENTS, Settings())
    assert len(free.order_lexical) > 1
    allowed = snapshot.passages[int(free.order_lexical[-1])].clause_id
    found = retrieve(
        replace(everything, clauses=frozenset({allowed})), snapshot, ENCODER, OF_DOCUMENTS, Settings()
    )
    shown = {snapshot.passages[int(n)].clause_id for n in (*found.order_lexical, *found.order_dense)}
    assert shown == {allowed}
    assert found.searched == sum(passage.clause_id == allowed for passage in snapshot.passages)


def test_what_is_withheld_is_not_found(snapshot: Snapshot) -> None:
    everything = question("燃气治理检查")
    found = retrieve(
        replace(everything, withheld=frozenset({"plan"})), snapshot, ENCODER, OF_DOCUMENTS, Settings()
    )
    assert {*found.order_lexical.tolist(), *found.order_dense.tolist()} == {4}
    assert found.searched == 1


@pytest.mark.parametrize("withheld", ["plan", "notice"])
def test_the_graph_puts_forward_nothing_withheld(tmp_path: Path, withheld: str) -> None:
    build(tmp_path, [plan(), notice()], ENCODER, IndexSettings(dense=DenseSettings(flat_limit=0)))
    graphed = Snapshot.load(tmp_path, ENCODER.fingerprint, ENCODER.dimension)
    assert graphed.dense.graph is not None
    asked = replace(question("燃气治理检查"), withheld=frozenset({withheld}))
    found = retrieve(asked, graphed, ENCODER, OF_DOCUMENTS, Settings())
    shown = {graphed.passages[n].document_id for n in (*found.order_lexical, *found.order_dense)}
    assert withheld not in shown
    assert len(shown) == 1


def test_documents_whose_place_is_unknown_are_reached_with_lowered_scores(snapshot: Snapshot) -> None:
    asked = question("燃气治理", documents=frozenset({"notice"}))
    unplaced = replace(asked, unplaced=frozenset({"plan"}))
    everywhere = retrieve(question("燃气治理"), snapshot, ENCODER, OF_DOCUMENTS, Settings())
    strict = retrieve(asked, snapshot, ENCODER, OF_DOCUMENTS, Settings())
    assert set(strict.order_lexical) <= {4}
    for factor in (0.5, 0.125):
        settings = Settings(unplaced_factor=factor)
        found = retrieve(unplaced, snapshot, ENCODER, OF_DOCUMENTS, settings)
        assert set(found.order_lexical) == set(everywhere.order_lexical)
        assert np.array_equal(found.lexical[:4], everywhere.lexical[:4] * np.float32(factor))
        assert np.array_equal(found.lexical[4:], everywhere.lexical[4:])
        assert np.allclose(found.dense[:4], everywhere.dense[:4] * factor)
        assert found.searched == strict.searched


def test_where_places_are_compared_only_their_own_documents_answer(snapshot: Snapshot) -> None:
    asked = replace(
        question("燃气治理", documents=frozenset({"notice"})), unplaced=frozenset({"plan"}), across=True
    )
    assert set(retrieve(asked, snapshot, ENCODER, OF_DOCUMENTS, Settings()).order_lexical) <= {4}
