"""The measures, each a few lines, and the figures they add up to.

Rightness is containment of a quote, so there is no fixed list of relevant ids to hand to a ranking library:
the right passages of a question are only known once shown. Hit@k and the reciprocal rank of the first right
passage are a line each, whereas a library of compiled measures costs seconds to import.
Reciprocal rank: Voorhees, TREC-8 (1999). Calibration error: Naeini, Cooper, Hauskrecht, AAAI (2015).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.gold import GoldQuestion, holds, right, squeezed
from eval.response import DEPTH, Response, Shown

SPAN_DEPTH = 3
"""Marks are looked for in this many first citations."""
LITTLE_CHARACTERS = 8
LITTLE_SHARE = 0.5
"""A mark may have this many characters, or this share of the gold span's length, around the gold span."""
CALIBRATION_BINS = 10


def hit(rights: Sequence[bool], depth: int) -> float:
    """1.0 when one of the first `depth` results is right, else 0.0."""
    return float(any(rights[:depth]))


def reciprocal_rank(rights: Sequence[bool], depth: int = DEPTH) -> float:
    """1 / rank of the first right result among the first `depth`, 0.0 without one."""
    return next((1 / rank for rank, ok in enumerate(rights[:depth], start=1) if ok), 0.0)


def coverage(shown: Sequence[Shown], question: GoldQuestion, depth: int = DEPTH) -> float:
    """The share, 0–1, of the question's quotes that the first `depth` results hold."""
    found = [any(holds(s.text, s.document_id, quote) for s in shown[:depth]) for quote in question.quotes]
    return mean(found) or 0.0


def fits(mark: str, span: str) -> bool:
    """Whether the mark is the span, or contains it with little around it (white space aside).

    Example:
        >>> fits("到2025年底前", "2025年底前"), fits("2025", "2025年底前")
        (True, False)
    """
    around = len(squeezed(mark)) - len(span)
    return span in squeezed(mark) and around <= max(LITTLE_CHARACTERS, LITTLE_SHARE * len(span))


def calibration_error(scores: Sequence[float], outcomes: Sequence[bool]) -> float | None:
    """The gap, 0–1, between score and share of right, averaged over equal-width bins; None without scores."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(CALIBRATION_BINS)]
    for score, outcome in zip(scores, outcomes, strict=True):
        bins[min(int(score * CALIBRATION_BINS), CALIBRATION_BINS - 1)].append((score, outcome))
    if not scores:
        return None
    gaps = (abs(sum(score for score, _ in held) - sum(outcome for _, outcome in held)) for held in bins)
    return sum(gaps) / len(scores)


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean, None over nothing."""
    held = list(values)
    return sum(held) / len(held) if held else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """One question's response, judged. An answerable question that was refused scores 0 in every measure.

    `rights` tells of each citation whether it is right, `ranked_rights` of each result shown, citation or
    nearest clause. `span` and `span_in_place` are None when the question has no gold span; the second counts
    a mark only inside a right citation.
    """

    question: GoldQuestion
    response: Response
    rights: tuple[bool, ...]
    ranked_rights: tuple[bool, ...]
    coverage: float
    span: bool | None
    span_in_place: bool | None

    @property
    def faults(self) -> tuple[str, ...]:
        """What went wrong, of "answered", "refused", "rank", "coverage", "span"; empty when all is right."""
        if not self.question.answerable:
            return () if self.response.refused else ("answered",)
        if self.response.refused:
            return ("refused",)
        found = {
            "rank": not any(self.rights[:1]),
            "coverage": self.question.need == "all" and self.coverage < 1,
            "span": self.span is False,
        }
        return tuple(fault for fault, happened in found.items() if happened)


def judge(question: GoldQuestion, response: Response) -> Judgement:
    """The response held against the question's gold."""
    rights = tuple(right(shown.text, shown.document_id, question) for shown in response.citations[:DEPTH])
    ranked = tuple(right(shown.text, shown.document_id, question) for shown in response.ranked[:DEPTH])
    marked = [_marked(shown, question) for shown in response.citations[:SPAN_DEPTH]]
    marked_in_place = [ok and place for ok, place in zip(marked, rights, strict=False)]
    return Judgement(
        question=question,
        response=response,
        rights=rights,
        ranked_rights=ranked,
        coverage=coverage(response.citations, question),
        span=any(marked) if question.spans else None,
        span_in_place=any(marked_in_place) if question.spans else None,
    )


def _marked(shown: Shown, question: GoldQuestion) -> bool:
    return any(fits(mark, span) for mark in shown.marks for span in question.spans)


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over a group of questions, each 0–1, None where no question of the group is of that kind.

    Ranking and spans are over answerable questions, `coverage` over those that need all, `refused` over
    unanswerable, `wrongly_refused` over answerable ones. `raw_…` ignore refusals: nearest clauses count.
    `calibration` is over the first result of every question (lower is better). `not_verbatim` is a count.
    """

    questions: int
    hit_1: float | None
    hit_3: float | None
    hit_5: float | None
    mrr: float | None
    coverage: float | None
    span: float | None
    span_in_place: float | None
    refused: float | None
    wrongly_refused: float | None
    raw_hit_1: float | None
    raw_hit_3: float | None
    calibration: float | None
    not_verbatim: int


def figures(judgements: Sequence[Judgement]) -> Figures:
    """The means over the judgements."""
    answerable = [j for j in judgements if j.question.answerable]
    firsts = [(j.response.ranked[0].score, j.ranked_rights[0]) for j in judgements if j.response.ranked]
    scored = [(score, ok) for score, ok in firsts if score is not None]
    return Figures(
        questions=len(judgements),
        hit_1=mean(hit(j.rights, 1) for j in answerable),
        hit_3=mean(hit(j.rights, 3) for j in answerable),
        hit_5=mean(hit(j.rights, 5) for j in answerable),
        mrr=mean(reciprocal_rank(j.rights) for j in answerable),
        coverage=mean(j.coverage for j in answerable if j.question.need == "all"),
        span=mean(j.span for j in answerable if j.span is not None),
        span_in_place=mean(j.span_in_place for j in answerable if j.span_in_place is not None),
        refused=mean(j.response.refused for j in judgements if not j.question.answerable),
        wrongly_refused=mean(j.response.refused for j in answerable),
        raw_hit_1=mean(hit(j.ranked_rights, 1) for j in answerable),
        raw_hit_3=mean(hit(j.ranked_rights, 3) for j in answerable),
        calibration=calibration_error([score for score, _ in scored], [ok for _, ok in scored]),
        not_verbatim=sum(not shown.verbatim for j in judgements for shown in j.response.ranked),
    )


@dataclass(frozen=True)
class Report:
    """One system's judged questions."""

    system: str
    judgements: tuple[Judgement, ...]

    @property
    def overall(self) -> Figures:
        """The figures over all questions."""
        return figures(self.judgements)

    def by(self, labels: Callable[[GoldQuestion], Iterable[str]]) -> dict[str, Figures]:
        """The figures of each group; a question stands in every group that `labels` names for it."""
        groups: dict[str, list[Judgement]] = {}
        for judgement in self.judgements:
            for label in labels(judgement.question):
                groups.setdefault(label, []).append(judgement)
        return {label: figures(groups[label]) for label in sorted(groups)}
