import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer import AnswerStatus
from rag.candidate import Candidate
from rag.decide import NAMES, decide, describe
from rag.evidence import NAMES as EVIDENCE
from rag.evidence import evidence
from rag.marked import Marked
from rag.question import Question
from rag.spans import CandidateSpan
from rag.weights import BentModel, LinearModel, Weights
from tests.rag.sample import NOT_READ, Opened, asking, candidates, clause

TEXT = "1.燃气管道2024年底前检查。电梯每季度检查一次。"
HELD = Opened.of(clause(TEXT), clause("学校演练。", "two"))


READ_NOTHING = dict.fromkeys(range(len(HELD.passages)), NOT_READ)


def weights(decision: LinearModel, relevant: LinearModel | None = None) -> Weights:
    none = LinearModel((), np.empty(0), 0.0)
    straight = BentModel.straight((), np.empty(0))
    return Weights(
        none, straight, none, none, decision, relevant or none, answered_from=0.75, unsure_from=0.25
    )


def features(question: Question, *marked: Marked, margin: float = 1.0) -> dict[str, float]:
    probe = HELD.probe(question)
    rows = evidence(probe, HELD.retrieved(question), HELD.passages, HELD.encoder)
    ranked = (Candidate(0, rows[0], 3.0), Candidate(1, rows[1], 3.0 - margin))
    return dict(
        zip(NAMES, describe(probe, ranked, HELD.passages[0], marked, READ_NOTHING).tolist(), strict=True)
    )


def mark(words: str, score: float = 0.0, kind: str = "piece") -> Marked:
    at = TEXT.index(words)
    return Marked(CandidateSpan(at, at + len(words), kind), score)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("score", "status"),
    [
        # The logistic of ln 3 is 3/4, of −ln 3 is 1/4.
        (math.log(3) + 1e-9, "answered"),
        (math.log(3) - 1e-6, "unsure"),
        (0.0, "unsure"),
        (-math.log(3) + 1e-9, "unsure"),
        (-math.log(3) - 1e-6, "not_found"),
    ],
)
def test_the_status_follows_from_the_probability(score: float, status: AnswerStatus) -> None:
    decision = LinearModel(("score",), np.array([1.0]), 0.0)
    found, followed = decide(np.array([score]), weights(decision))
    assert followed == status
    assert found == pytest.approx(score)


def test_the_score_and_the_margin() -> None:
    found = features(asking("燃气"), margin=0.5)
    assert (found["score"], found["margin to second"]) == (3.0, 0.5)


def test_the_only_candidate_is_its_own_margin() -> None:
    probe = HELD.probe(asking("燃气"))
    row = describe(probe, candidates([3.0]), HELD.passages[0], (), READ_NOTHING)
    assert row[NAMES.index("margin to second")] == 3.0


def test_the_best_ones_evidence_is_looked_at() -> None:
    probe = HELD.probe(asking("燃气"))
    top = Candidate(0, np.arange(len(EVIDENCE), dtype=np.float64), 1.0)
    found = dict(zip(NAMES, describe(probe, (top,), HELD.passages[0], (), READ_NOTHING), strict=True))
    for number, name in enumerate(EVIDENCE):
        assert found.get(f"top {name}") == (None if name.endswith("to best") else number)


def test_nothing_missing() -> None:
    found = features(asking("燃气管道", "deadline"))
    assert (found["missing terms"], found["everything asked found"], found["longest run missing"]) == (
        0,
        1,
        0,
    )
    assert found["everything asked found, fact in its sentence"] == 1


def test_everything_missing() -> None:
    found = features(asking("火星水源", "deadline"))
    assert (found["missing terms"], found["missing rarest term"], found["everything asked found"]) == (
        1,
        1,
        0,
    )
    assert found["terms unknown to all documents"] == 1
    # The pairs 火星, 星水, 水源 are missing one after the other.
    assert found["longest run missing"] == 3


def test_the_longest_stretch_missing_is_unbroken() -> None:
    # 火星, 星燃 and then, after 燃气, 气水, 水源: two and two, never four.
    assert features(asking("火星燃气水源"))["longest run missing"] == 2


def test_what_another_passage_has_is_missing_but_not_unknown() -> None:
    found = features(asking("演练"))
    assert (found["missing terms"], found["terms unknown to all documents"]) == (1, 0)


def test_a_year_that_is_not_there() -> None:
    assert features(asking("燃气", years=(2024,)))["year or article not in passage"] == 0
    assert features(asking("燃气", years=(2024, 2027)))["year or article not in passage"] == 1


def test_a_fact_is_wanted() -> None:
    stated = features(asking("燃气", "deadline"), mark("2024年底前", kind="deadline"))
    assert (stated["fact wanted, none stated"], stated["fact wanted, other words marked"]) == (0, 0)
    missing = features(asking("燃气", "money"), mark("燃气管道"))
    assert (missing["fact wanted, none stated"], missing["fact wanted, other words marked"]) == (1, 1)
    unwanted = features(asking("燃气"), mark("燃气管道"))
    assert (unwanted["fact wanted, none stated"], unwanted["fact wanted, other words marked"]) == (0, 0)


def test_the_sentence_that_is_marked() -> None:
    assert features(asking("燃气"), mark("管道"))["coverage of marked sentence"] == 1
    assert features(asking("燃气"), mark("一次"))["coverage of marked sentence"] == 0
    assert features(asking("燃气"))["coverage of marked sentence"] == 0


def test_how_sure_the_mark_is() -> None:
    # 1 / (e⁰ + e^(−ln 3)) = 1 / (1 + 1/3) = 3/4
    two = features(asking("燃气"), mark("管道", 2.0), mark("一次", 2.0 - math.log(3)))
    assert two["sureness of mark"] == pytest.approx(0.75)
    assert two["score of mark"] == 2.0
    assert features(asking("燃气"), mark("管道", -5.0))["sureness of mark"] == 1
    assert features(asking("燃气"))["sureness of mark"] == 0


def test_a_place_no_document_is_about() -> None:
    assert features(asking("燃气", unknown_places=("火星",)))["place unknown"] == 1
    assert features(asking("燃气"))["place unknown"] == 0


@given(st.text(max_size=12))
def test_features_of_any_question_are_numbers(focus: str) -> None:
    found = features(asking(focus), mark("管道"))
    assert all(math.isfinite(value) for value in found.values())


def test_an_article_that_is_not_there() -> None:
    named = replace(asking("燃气"), text="燃气 第30条")
    assert features(named)["year or article not in passage"] == 1
