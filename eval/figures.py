"""The figures that judged questions add up to, over all of them and over groups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from eval.corpora.kept import Made
from eval.gold import GoldQuestion
from eval.judge import Judgement
from eval.metrics import calibration_error, mean, percentile

HALF, NEARLY_ALL = 0.5, 0.99


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over a group of questions, each 0–1, None where no question of the group is of that kind.

    Ranking and spans are over answerable questions, `recall_5` and `coverage` over those that need all, `refused`
    over unanswerable, `wrongly_refused` over answerable ones. `raw_…` ignore refusals: nearest clauses count.
    `calibration` is over the first result of every question (lower is better). `ask_p50` and `ask_p99` are the
    milliseconds that half and 99 of 100 questions did not exceed. `not_verbatim` is a count.
    """

    questions: int
    hit_1: float | None
    hit_3: float | None
    hit_5: float | None
    mrr: float | None
    recall_5: float | None
    coverage: float | None
    span: float | None
    span_in_place: float | None
    refused: float | None
    wrongly_refused: float | None
    raw_hit_1: float | None
    raw_hit_3: float | None
    raw_hit_5: float | None
    raw_mrr: float | None
    calibration: float | None
    ask_p50: float | None
    ask_p99: float | None
    not_verbatim: int


def figures(judgements: Sequence[Judgement]) -> Figures:
    """The means over the judgements."""

    def over(name: str) -> float | None:
        return mean(j.values[name] for j in judgements if name in j.values)

    times = [j.response.took_ms for j in judgements if j.response.took_ms is not None]
    return Figures(
        questions=len(judgements),
        hit_1=over("hit_1"),
        hit_3=over("hit_3"),
        hit_5=over("hit_5"),
        mrr=over("mrr"),
        recall_5=over("recall_5"),
        coverage=over("coverage"),
        span=over("span"),
        span_in_place=over("span_in_place"),
        refused=over("refused"),
        wrongly_refused=over("wrongly_refused"),
        raw_hit_1=over("raw_hit_1"),
        raw_hit_3=over("raw_hit_3"),
        raw_hit_5=over("raw_hit_5"),
        raw_mrr=over("raw_mrr"),
        calibration=calibration_error([j.first for j in judgements if j.first is not None]),
        ask_p50=percentile(times, HALF) if times else None,
        ask_p99=percentile(times, NEARLY_ALL) if times else None,
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


@dataclass(frozen=True)
class SetReport:
    """One set asked of every system, the product first.

    `documents` and `passages` are how many the home holds; `made` is what it took to make it, None for a home
    that was there. `caution` is what to bear in mind when the figures are read.
    """

    name: str
    reports: tuple[Report, ...]
    documents: int
    passages: int
    made: Made | None = None
    caution: str = ""

    @property
    def ours(self) -> Report:
        """The product's report."""
        return self.reports[0]
