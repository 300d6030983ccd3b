"""Answer or refuse: one calibrated probability for the question, one for each citation."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.answer import AnswerStatus
from rag.candidate import Candidate
from rag.evidence import NAMES as EVIDENCE
from rag.evidence import Probe
from rag.weights import Weights

NAMES = (
    "score",
    "margin to second",
    *(f"top {name}" for name in EVIDENCE if not name.endswith("to best")),
    "best coverage of all",
    "unknown rarest term",
    "year not in passage",
    "terms asked",
    "money asked, none stated",
    "place unknown",
)
"""Features of the decision whether the question has an answer at all."""

RELEVANCE_NAMES = ("score", "gap to best", "question has an answer")
"""Features of the probability that one citation answers; the last is the decision's score."""

_KEPT = [i for i, name in enumerate(EVIDENCE) if not name.endswith("to best")]


def describe(probe: Probe, ranked: Sequence[Candidate], passage_text: str) -> NDArray[np.float64]:
    """The features of the decision, shape (len(NAMES),); `ranked` is best first and not empty, `passage_text` the best's."""
    best = ranked[0]
    margin = best.score - ranked[1].score if len(ranked) > 1 else best.score
    coverage = EVIDENCE.index("coverage")
    question = probe.question
    rarest = probe.terms[0] if probe.terms else ""
    return np.array(
        [
            best.score,
            margin,
            *best.evidence[_KEPT],
            max(candidate.evidence[coverage] for candidate in ranked),
            float(bool(rarest) and rarest not in passage_text),
            float(any(str(year) not in passage_text for year in question.years)),
            np.log(1 + len(probe.terms)),
            float("money" in question.wants[:1] and "元" not in passage_text),
            float(bool(question.unknown_places)),
        ]
    )


def decide(features: NDArray[np.float64], weights: Weights) -> tuple[float, AnswerStatus]:
    """The probability, 0–1, that the question is answered by the best passage, and the status that follows."""
    probability = float(weights.decide.probability(features[None])[0])
    if probability >= weights.answered_from:
        return probability, "answered"
    return probability, "unsure" if probability >= weights.unsure_from else "not_found"


def relevance(ranked: Sequence[Candidate], decision_score: float, weights: Weights) -> NDArray[np.float64]:
    """The probability, 0–1, that each of the ranked passages answers; shape (len(ranked),)."""
    return weights.relevance.probability(relevance_rows(ranked, decision_score))


def relevance_rows(ranked: Sequence[Candidate], decision_score: float) -> NDArray[np.float64]:
    """Features of `relevance`, shape (len(ranked), 3)."""
    best = ranked[0].score
    return np.array([[candidate.score, candidate.score - best, decision_score] for candidate in ranked])
