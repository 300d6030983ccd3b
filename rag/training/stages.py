"""The order in which the weights are fitted: who comes first, which words answer, how sure, from where it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from rag.evidence import NAMES as EVIDENCE
from rag.reconsider import NAMES as RECONSIDERED
from rag.reconsider import describe as describe_read
from rag.relevance import NAMES as RELEVANCE
from rag.relevance import describe as describe_relevance
from rag.rerank import rerank
from rag.span_evidence import BETTER_WITH_MORE, FACT_NAMES, WORD_NAMES
from rag.training.aims import Listed, Surprise, thinned
from rag.training.bent import Bend, fit_bent
from rag.training.decisions import Decisions
from rag.training.examples import FOLDS
from rag.training.fit import fit_lists, fit_rows
from rag.training.observe import Observed
from rag.training.replay import (
    Models,
    asks_for_words,
    decision_row,
    is_first,
    marked_right,
    rank,
    readings_of,
    span_right,
)
from rag.weights import BentModel, LinearModel, QuoteModels, Weights

RANK_WEIGHT = 5.0
"""How much more a question over plans counts than one over other documents, where candidates are ranked (1–50)."""
PLAN_WEIGHT = 30.0
"""The same where it is decided whether there is an answer (1–50)."""
QUOTE_WEIGHT = 30.0
"""The same where the answering words are chosen (1–50)."""
NEAR_MISS_WEIGHT = 0.2
"""How much a question whose answer was taken away counts beside the same with its answer (0–1)."""
PENALTY = 3.0
RECONSIDER = Bend(units=16, penalty=3.0, bend_penalty=8.0, seed=1)
"""The model that ranks with the readings at hand."""
QUOTE_PENALTY = 5.0
RELEVANT_RANKS = 10
WRONGLY_REFUSED = 0.04
"""The share of answerable questions over plans that may be refused, on questions not fitted on (0–1)."""
UNANSWERABLE_SHARE = 0.1
"""The share of questions asked in use that no document answers, as guessed (0–1)."""
SURE = 0.95
"""The share of answers that must be right, on questions not fitted on, to stand without the word unsure (0–1)."""

_FACT_SIGNS = dict.fromkeys(BETTER_WITH_MORE, 1)


def fit_weights(plans: Sequence[Observed], others: Sequence[Observed]) -> tuple[Weights, dict[str, object]]:
    """All weights, and a note with figures measured on questions left out while fitting."""
    fit = _Fit(plans, others)
    models = fit.models(range(len(plans)))
    decisions = fit.decisions(models)
    decision = decisions.fit(np.ones(len(decisions.rows), dtype=np.bool_))
    left_out = decisions.left_out()
    answerable = np.array([observed.example.answerable for observed in plans])
    unsure_from = float(np.quantile(left_out[answerable], WRONGLY_REFUSED))
    answered_from = _sure_from(left_out, fit.firsts, answerable, unsure_from)
    relevance = fit.relevance(decision, models)
    refused = left_out < unsure_from
    note: dict[str, object] = {
        "questions over plans": len(plans),
        "questions over regulations": len(others),
        "plans, right clause first (left out)": fit.first_left_out,
        "plans, asked words marked (left out)": fit.marked_left_out,
        "plans, unanswerable refused (left out)": round(float(refused[~answerable].mean()), 3),
        "plans, answerable refused (left out)": round(float(refused[answerable].mean()), 3),
        "regulations, right clause first": fit.first(others, models),
        "regulations, asked words marked": marked_right(others, models),
    }
    weights = Weights(
        models.rerank,
        models.reconsider,
        models.quote.facts,
        models.quote.words,
        decision,
        relevance,
        round(answered_from, 4),
        round(unsure_from, 4),
    )
    return weights, note


class _Fit:
    """The observations, and each stage's model fitted on the plans' questions of some numbers and all others."""

    def __init__(self, plans: Sequence[Observed], others: Sequence[Observed]) -> None:
        self.plans, self.others = plans, others
        self._rankings = [Listed(o.evidence, o.right) for o in others if o.right.any()]
        self._left_out = {
            fold: self.models([i for i, o in enumerate(plans) if o.example.fold != fold])
            for fold in range(FOLDS)
        }
        self.firsts = np.array([is_first(o, self.left_out(o)) for o in plans])
        answerable = np.array([o.example.answerable for o in plans])
        self.first_left_out = round(float(self.firsts[answerable].mean()), 3)
        marks = [span_right(o.spans, self.left_out(o).quote) for o in plans if asks_for_words(o)]
        self.marked_left_out = round(float(np.mean(marks)), 3)

    def left_out(self, observed: Observed) -> Models:
        """The models that have not seen this question over plans."""
        return self._left_out[observed.example.fold]

    def models(self, numbers: Sequence[int]) -> Models:
        """All that ranks and marks, from the plans' questions of these numbers and all others."""
        rerank_model = self.rerank(numbers)
        return Models(rerank_model, self.reconsider(numbers, rerank_model), self.quote(numbers))

    def reconsider(self, numbers: Sequence[int], rerank_model: LinearModel) -> BentModel:
        """The order once the first few are read; here every question counts the same, whatever it is asked of."""
        lists = []
        for observed in [*(self.plans[i] for i in numbers), *self.others]:
            if observed.right.any():
                ranked = rerank(observed.numbers, observed.evidence, rerank_model)
                held = dict(zip(observed.numbers, observed.right, strict=True))
                right = np.array([held[candidate.passage] for candidate in ranked])
                lists.append(Listed(describe_read(ranked, readings_of(observed, ranked)), right))
        rows = np.vstack([entry.rows for entry in lists])
        return fit_bent(RECONSIDERED, rows, Surprise(lists), RECONSIDER)

    def rerank(self, numbers: Sequence[int]) -> LinearModel:
        lists = [Listed(self.plans[i].evidence, self.plans[i].right, RANK_WEIGHT) for i in numbers]
        kept = [entry for entry in lists if entry.right.any()]
        return fit_lists(EVIDENCE, [*kept, *self._rankings], penalty=PENALTY)

    def quote(self, numbers: Sequence[int]) -> QuoteModels:
        """What chooses the words, from the plans' questions of these numbers and all others."""
        chosen = [(self.plans[i].spans, QUOTE_WEIGHT) for i in numbers] + [
            (o.spans, 1.0) for o in self.others
        ]
        lists: dict[bool, list[Listed]] = {True: [], False: []}
        for spans, weight in chosen:
            if spans:
                lists[spans.facts].append(thinned(replace(spans.listed, weight=weight)))
        return QuoteModels(
            fit_lists(FACT_NAMES, lists[True], penalty=QUOTE_PENALTY, signs=_FACT_SIGNS),
            fit_lists(WORD_NAMES, lists[False], penalty=QUOTE_PENALTY),
        )

    def decisions(self, models: Models) -> Decisions:
        """Every question and its near miss, as the decision sees them.

        Plans are ranked and marked by models that have not seen them, so that the scores look as they will in use.
        """
        rows, answerable, importance, folds, natural = [], [], [], [], []
        for observed in self.plans:
            for case, weight in _with_near_miss(observed, PLAN_WEIGHT):
                rows.append(decision_row(case, self.left_out(observed)))
                answerable.append(case.natural and case.example.answerable)
                importance.append(weight)
                folds.append(observed.example.fold)
                natural.append(case.natural)
        for observed in self.others:
            named = observed.probe.question.documents is not None
            for case, weight in _with_near_miss(observed, 1.0) if named else [(observed, 1.0)]:
                rows.append(decision_row(case, models))
                answerable.append(is_first(case, models))
                importance.append(weight)
                folds.append(-1)
                natural.append(False)
        return Decisions(*map(np.array, (rows, answerable, importance, folds, natural)))

    def relevance(self, decision: LinearModel, models: Models) -> LinearModel:
        """How likely each ranked clause answers; plans are ranked by models that have not seen them."""
        rows, right, weights = [], [], []
        plans = in_use(np.array([o.example.answerable for o in self.plans]))
        others = in_use(np.array([o.example.answerable for o in self.others]))
        cases = [(o, self.left_out(o), weight) for o, weight in zip(self.plans, plans, strict=True)]
        cases += [(o, models, weight) for o, weight in zip(self.others, others, strict=True)]
        for observed, fitted, weight in cases:
            ranked = rank(observed, fitted)
            order = ranked[:RELEVANT_RANKS]
            score = float(decision.score(decision_row(observed, fitted)[None])[0])
            held = dict(zip(observed.numbers, observed.right, strict=True))
            rows.append(describe_relevance(ranked, score, observed.probe.searched)[:RELEVANT_RANKS])
            right += [bool(held[candidate.passage]) for candidate in order]
            weights += [weight] * len(order)
        return fit_rows(RELEVANCE, np.vstack(rows), np.array(right), np.array(weights), penalty=PENALTY)

    @staticmethod
    def first(observed: Sequence[Observed], models: Models) -> float:
        return round(float(np.mean([is_first(o, models) for o in observed if o.example.answerable])), 3)


def in_use(answerable: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Weights under which the unanswerable make up `UNANSWERABLE_SHARE`: the gold set has more than people ask."""
    share = float((~answerable).mean())
    if share == 0:
        return np.ones(len(answerable))
    return np.where(answerable, 1.0, UNANSWERABLE_SHARE / (1 - UNANSWERABLE_SHARE) * (1 - share) / share)


def _with_near_miss(observed: Observed, weight: float) -> list[tuple[Observed, float]]:
    miss = observed.without_right()
    cases = [(observed, weight)]
    return cases if miss is None else [*cases, (miss, weight * NEAR_MISS_WEIGHT)]


def _sure_from(
    probabilities: NDArray[np.float64], right: NDArray[np.bool_], answerable: NDArray[np.bool_], least: float
) -> float:
    """The lowest probability from which on the share of right answers is `SURE`, at least `least`."""
    weights = in_use(answerable)
    order = np.argsort(-probabilities)
    shares = np.cumsum((weights * right)[order]) / np.cumsum(weights[order])
    sure = np.flatnonzero(shares >= SURE)
    return max(least, float(probabilities[order[sure[-1]]])) if len(sure) else 1.0
