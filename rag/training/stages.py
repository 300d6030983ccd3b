"""The order in which the weights are fitted: who comes first, how sure, from where it counts, which words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.candidate import Candidate
from rag.decide import NAMES as DECISION
from rag.decide import RELEVANCE_NAMES, relevance_rows
from rag.decide import describe as describe_decision
from rag.evidence import NAMES as EVIDENCE
from rag.quote import NAMES as SPANS
from rag.rerank import rerank
from rag.training.fit import Listed, fit_lists, fit_rows
from rag.training.observe import Observed
from rag.weights import LinearModel, Weights

FOLDS = 5
PLAN_WEIGHT = 6.0
"""How much more a question over plans counts than one over regulations, of which there are many more (1–50)."""
PENALTY = 3.0
RELEVANT_RANKS = 10
WRONGLY_REFUSED = 0.02
"""The share of answerable questions over plans that may be refused, on questions not fitted on (0–1)."""
SURE = 0.6
"""From this probability an answer stands without the word unsure (0–1)."""


def fit_weights(plans: Sequence[Observed], others: Sequence[Observed]) -> tuple[Weights, dict[str, object]]:
    """All weights, and a note with figures measured on questions left out while fitting."""
    rank_lists = [_ranking(o, PLAN_WEIGHT) for o in plans if o.right.any()]
    other_lists = [_ranking(o, 1.0) for o in others if o.right.any()]
    model = fit_lists(EVIDENCE, [*rank_lists, *other_lists], penalty=PENALTY)
    ranked_plans = _ranked_out_of_fold(plans, other_lists)
    ranked_others = [_rank(o, model) for o in others]
    decide_rows, decide_right = _decisions([*plans, *others], [*ranked_plans, *ranked_others])
    importance = np.array([PLAN_WEIGHT] * len(plans) + [1.0] * len(others))
    decision = fit_rows(DECISION, decide_rows, decide_right, importance, penalty=PENALTY)
    out_of_fold = _probabilities_out_of_fold(decide_rows, decide_right, importance, len(plans))
    answerable = np.array([o.example.answerable for o in plans])
    unsure_from = float(np.quantile(out_of_fold[answerable], WRONGLY_REFUSED))
    scores = decision.score(decide_rows)
    relevant = _fit_relevance([*plans, *others], [*ranked_plans, *ranked_others], scores, importance)
    spans = [o.spans for o in plans if o.spans] * round(PLAN_WEIGHT) + [o.spans for o in others if o.spans]
    quote = fit_lists(SPANS, spans, penalty=PENALTY)
    hits = [
        bool(o.right[_best(o, ranked)])
        for o, ranked in zip(plans, ranked_plans, strict=True)
        if o.right.any()
    ]
    note: dict[str, object] = {
        "questions over plans": len(plans),
        "questions over regulations": len(others),
        "plans, right clause first (left out while fitting)": round(float(np.mean(hits)), 3),
        "regulations, right clause first": round(_first(others, ranked_others), 3),
        "plans, unanswerable refused (left out)": round(
            float((out_of_fold[~answerable] < unsure_from).mean()), 3
        ),
        "plans, answerable refused (left out)": round(
            float((out_of_fold[answerable] < unsure_from).mean()), 3
        ),
        "spans in lists": len(spans),
        "spans right first": round(float(np.mean([_span_right(s, quote) for s in spans])), 3),
    }
    weights = Weights(
        model, quote, decision, relevant, round(max(SURE, unsure_from), 4), round(unsure_from, 4)
    )
    return weights, note


def _ranking(observed: Observed, weight: float) -> Listed:
    return Listed(observed.considered.evidence, observed.right, weight)


def _rank(observed: Observed, model: LinearModel) -> tuple[Candidate, ...]:
    return rerank(observed.considered.numbers, observed.considered.evidence, model)


def _ranked_out_of_fold(plans: Sequence[Observed], others: Sequence[Listed]) -> list[tuple[Candidate, ...]]:
    ranked: dict[int, tuple[Candidate, ...]] = {}
    for fold in range(FOLDS):
        kept = [_ranking(o, PLAN_WEIGHT) for i, o in enumerate(plans) if i % FOLDS != fold and o.right.any()]
        model = fit_lists(EVIDENCE, [*kept, *others], penalty=PENALTY)
        ranked |= {i: _rank(o, model) for i, o in enumerate(plans) if i % FOLDS == fold}
    return [ranked[i] for i in range(len(plans))]


def _best(observed: Observed, ranked: tuple[Candidate, ...]) -> int:
    return observed.considered.numbers.index(ranked[0].passage)


def _first(observed: Sequence[Observed], ranked: Sequence[tuple[Candidate, ...]]) -> float:
    pairs = [(o, r) for o, r in zip(observed, ranked, strict=True) if o.example.answerable]
    return float(np.mean([o.right[_best(o, r)] for o, r in pairs]))


def _decisions(
    observed: Sequence[Observed], ranked: Sequence[tuple[Candidate, ...]]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    rows, right = [], []
    for entry, order in zip(observed, ranked, strict=True):
        best = entry.considered.candidates[_best(entry, order)]
        rows.append(describe_decision(entry.considered.probe, order, f"{best.context}\n{best.own}"))
        right.append(bool(entry.right[_best(entry, order)]))
    return np.array(rows), np.array(right)


def _probabilities_out_of_fold(
    rows: NDArray[np.float64], right: NDArray[np.bool_], importance: NDArray[np.float64], plans: int
) -> NDArray[np.float64]:
    probabilities = np.empty(plans)
    numbers = np.arange(len(rows))
    for fold in range(FOLDS):
        left_out = (numbers < plans) & (numbers % FOLDS == fold)
        model = fit_rows(DECISION, rows[~left_out], right[~left_out], importance[~left_out], penalty=PENALTY)
        probabilities[numbers[left_out]] = model.probability(rows[left_out])
    return probabilities


def _fit_relevance(
    observed: Sequence[Observed],
    ranked: Sequence[tuple[Candidate, ...]],
    scores: NDArray[np.float64],
    importance: NDArray[np.float64],
) -> LinearModel:
    rows, right, weights = [], [], []
    for entry, order, score, weight in zip(observed, ranked, scores, importance, strict=True):
        held = dict(zip(entry.considered.numbers, entry.right, strict=True))
        shown = order[:RELEVANT_RANKS]
        rows.append(relevance_rows(shown, float(score)))
        right += [bool(held[candidate.passage]) for candidate in shown]
        weights += [weight] * len(shown)
    return fit_rows(RELEVANCE_NAMES, np.vstack(rows), np.array(right), np.array(weights), penalty=PENALTY)


def _span_right(spans: Listed, model: LinearModel) -> bool:
    return bool(spans.right[int(np.argmax(model.score(spans.rows)))])
