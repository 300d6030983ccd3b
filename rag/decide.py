"""Answer or refuse: one calibrated probability for the question, one for each citation."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.terms import normalised
from rag.answer import AnswerStatus
from rag.candidate import Candidate
from rag.evidence import MORE_IS_BETTER
from rag.evidence import NAMES as EVIDENCE
from rag.marked import Marked
from rag.opened import OpenedPassage
from rag.probe import Probe, nearness
from rag.question import Question
from rag.reading.reading import CLIPPED, Reading, found
from rag.spans import FACT_KINDS
from rag.wanted import FACT_WANTS, wanted, wanted_facts
from rag.weights import Weights

NAMES = (
    "score",
    "margin to second",
    *(f"top {name}" for name in EVIDENCE if not name.endswith("to best")),
    "best coverage of all",
    "missing terms",
    "missing terms, near ones not counted",
    "missing rarest term",
    "longest run missing",
    "terms unknown to all documents",
    "year or article not in passage",
    "terms asked",
    "fact wanted, none stated",
    "fact wanted, other words marked",
    "everything asked found",
    "everything asked found, fact in its sentence",
    "coverage of marked sentence",
    "typed words unknown to all documents",
    "sureness of mark",
    "score of mark",
    "as read",
    "as read, where marked",
    "words expected",
    "best read of all",
    "money wanted",
    "quantity wanted",
    "deadline wanted",
    "frequency wanted",
    "units wanted",
    "place unknown",
)
"""Features of the decision whether the question has an answer at all."""

SPEAKS_FOR = (
    "score",
    "margin to second",
    *(f"top {name}" for name in MORE_IS_BETTER if not name.endswith("to best")),
    "best coverage of all",
    "everything asked found",
    "everything asked found, fact in its sentence",
    "coverage of marked sentence",
    "sureness of mark",
    "score of mark",
    "as read",
    "as read, where marked",
    "words expected",
    "best read of all",
)
SPEAKS_AGAINST = (
    "missing terms",
    "missing terms, near ones not counted",
    "missing rarest term",
    "longest run missing",
    "terms unknown to all documents",
    "year or article not in passage",
    "fact wanted, none stated",
    "fact wanted, other words marked",
    "typed words unknown to all documents",
    "place unknown",
)
"""The features of which more can only speak for, or against, there being an answer."""

NEAR = 0.55
"""The cosine from which a term that is not in a passage counts as meant by it (0–1)."""

_KEPT = [i for i, name in enumerate(EVIDENCE) if not name.endswith("to best")]
_COVERAGE = EVIDENCE.index("coverage")
_STATED_NEAR = EVIDENCE.index("wanted fact in best sentence")
_ARTICLE = re.compile(r"第\d+条")
_SENTENCE_ENDS = "。；;！？!?\n\t"


def describe(
    probe: Probe,
    ranked: Sequence[Candidate],
    best: OpenedPassage,
    marked: Sequence[Marked],
    readings: Mapping[int, Reading],
) -> NDArray[np.float64]:
    """The features of the decision, shape (len(NAMES),), float64.

    `ranked` is best first and not empty, `best` the first of them, `marked` its candidate spans, best first;
    `readings`, by passage number, holds that of the best.
    """
    top = ranked[0]
    question = probe.question
    text = f"{best.context}\n{best.own}"
    held = probe.meant(text, probe.held(text))
    near = nearness(probe, [best.tokens], best.encoder)[0] >= NEAR
    missing, missing_even_near = ~held, ~(held | near)
    want = wanted(question)
    wants_fact = want in FACT_WANTS
    stated = wanted_facts(question, best.facts, best.clause_text)
    complete = float(not missing.any())
    # People call item 14. of a plan its 第14条 as well.
    said = text + "".join(f"第{label.strip('.．、')}条" for label in best.clause.labels)
    return np.array(
        [
            top.score,
            top.score - ranked[1].score if len(ranked) > 1 else top.score,
            *top.evidence[_KEPT],
            max(candidate.evidence[_COVERAGE] for candidate in ranked),
            probe.share(missing),
            probe.share(missing_even_near),
            float(missing_even_near[:1].any()),
            _longest_missing(probe, missing_even_near),
            probe.share(~probe.known),
            float(any(number not in said for number in _numbers_named(question))),
            np.log(1 + len(probe.terms)),
            float(wants_fact and not stated),
            float(wants_fact and bool(marked) and marked[0].span.kind not in FACT_KINDS),
            complete,
            complete * float(bool(stated) and top.evidence[_STATED_NEAR] > 0),
            _coverage_at(probe, best, marked),
            _unknown(probe),
            _sureness(marked),
            marked[0].score if marked else 0.0,
            *_as_read(best, marked, readings),
            float(want == "money"),
            float(want == "quantity"),
            float(want == "deadline"),
            float(want == "frequency"),
            float(want in ("units", "who_leads")),
            float(bool(question.unknown_places)),
        ]
    )


def _as_read(
    best: OpenedPassage, marked: Sequence[Marked], readings: Mapping[int, Reading]
) -> tuple[float, ...]:
    """What reading found in the best passage, at its mark, how many words, and the most found in any passage."""
    reading = readings[best.number]
    at_mark = -CLIPPED
    if marked:
        span = marked[0].span
        score = float(reading.score(np.array([span.start]), np.array([span.end]))[0])
        at_mark = max(-CLIPPED, min(CLIPPED, score))
    return found(reading), at_mark, math.log1p(reading.expected), max(map(found, readings.values()))


def _numbers_named(question: Question) -> tuple[str, ...]:
    """The years and articles (第30条) the person named: an answer says them too."""
    return (*map(str, question.years), *_ARTICLE.findall(question.text))


def _coverage_at(probe: Probe, best: OpenedPassage, marked: Sequence[Marked]) -> float:
    """The coverage of the sentence that holds the best mark, 0–1."""
    if not marked:
        return 0.0
    text, span = best.clause_text, marked[0].span
    start = max(text.rfind(end, 0, span.start) for end in _SENTENCE_ENDS) + 1
    ends = [at for end in _SENTENCE_ENDS if (at := text.find(end, span.end)) >= 0]
    return probe.share(probe.held(normalised(text[start : min(ends, default=len(text))])))


def _unknown(probe: Probe) -> float:
    """How many terms that may be words stand in no document, per term asked, 0–1."""
    return (
        float((~probe.known & (probe.weights > probe.weights.max() / 2)).mean()) if len(probe.terms) else 0.0
    )


def _longest_missing(probe: Probe, missing: NDArray[np.bool_]) -> float:
    """The longest stretch of the asked object's characters whose pairs are all missing: a word unheard of, in characters."""
    gone = {term for term, absent in zip(probe.terms, missing, strict=True) if absent}
    longest = run = 0
    for pair in map("".join, pairwise(probe.focus)):
        run = run + 1 if pair in gone else 0
        longest = max(longest, run)
    return float(longest)


def _sureness(marked: Sequence[Marked]) -> float:
    """The share of the softmax mass that the best mark holds, 0–1."""
    if not marked:
        return 0.0
    scores = np.array([one.score for one in marked])
    return float(1 / np.exp(scores - scores[0]).sum())


def decide(features: NDArray[np.float64], weights: Weights) -> tuple[float, AnswerStatus]:
    """The decision's score (unbounded, higher is surer that the best passage answers) and the status that follows."""
    score = float(weights.decide.score(features[None])[0])
    probability = float(weights.decide.probability(features[None])[0])
    if probability >= weights.answered_from:
        return score, "answered"
    return score, "unsure" if probability >= weights.unsure_from else "not_found"
