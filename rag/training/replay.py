"""What the stages make of an observed question under given models: how it ranks, marks, and looks to the decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rag.candidate import Candidate
from rag.decide import describe as describe_decision
from rag.quote import mark
from rag.reading.reading import Reading
from rag.reconsider import reconsider, worth_reading
from rag.rerank import rerank
from rag.settings import Settings
from rag.training.observe import ListedSpans, Observed
from rag.weights import BentModel, LinearModel, QuoteModels

Ranked = tuple[Candidate, ...]


@dataclass(frozen=True)
class Models:
    """What ranks and marks: fitted together on the same questions."""

    rerank: LinearModel
    reconsider: BentModel
    quote: QuoteModels


def rank(observed: Observed, models: Models) -> Ranked:
    """The candidates in the order in which they would be ranked, reading included."""
    ranked = rerank(observed.numbers, observed.evidence, models.rerank)
    return reconsider(ranked, readings_of(observed, ranked), models.reconsider)


def readings_of(observed: Observed, ranked: Ranked) -> dict[int, Reading]:
    """What is read of the ranked, by passage number."""
    settings = Settings()
    worth = worth_reading(ranked, most=settings.read, within=settings.read_within)
    return {candidate.passage: observed.read(candidate.passage) for candidate in worth}


def is_first(observed: Observed, models: Models) -> bool:
    """Whether a right clause comes first."""
    best = rank(observed, models)[0].passage
    return bool(observed.right[observed.numbers.index(best)])


def decision_row(observed: Observed, models: Models) -> NDArray[np.float64]:
    """The decision's features, shape (len(decide.NAMES),), float64."""
    ranked = rank(observed, models)
    best = observed.candidates[observed.numbers.index(ranked[0].passage)]
    readings = readings_of(observed, rerank(observed.numbers, observed.evidence, models.rerank))
    readings[best.number] = observed.read(best.number)
    marked = mark(observed.probe, best, readings[best.number], models.quote)
    return describe_decision(observed.probe, ranked, best, marked, readings)


def marked_right(observed: Sequence[Observed], models: Models) -> float:
    """The share of the questions that ask for words whose best mark in a right clause is right."""
    marks = [span_right(o.spans, models.quote) for o in observed if asks_for_words(o)]
    return round(float(np.mean(marks)), 3)


def asks_for_words(observed: Observed) -> bool:
    """Whether there are words to mark in a clause that was found; marking none of them right counts against us."""
    return bool(observed.example.spans) and bool(observed.right.any())


def span_right(spans: ListedSpans | None, models: QuoteModels) -> bool:
    """Whether the best candidate is right; False where no candidate is."""
    if spans is None:
        return False
    model = models.facts if spans.facts else models.words
    return bool(spans.listed.right[int(np.argmax(model.score(spans.listed.rows)))])
