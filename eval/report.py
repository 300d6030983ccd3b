"""Figures as people and programs read them: tables, a list of failures, JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.bars import Miss
from eval.gold import GoldQuestion
from eval.metrics import Figures, Judgement, Report
from eval.table import markdown, plain

Layout = Callable[[Sequence[str], Sequence[Sequence[str]]], str]
LAYOUTS: dict[str, Layout] = {"plain": plain, "markdown": markdown}

COLUMNS: dict[str, str] = {
    "questions": "n",
    "hit_1": "hit@1",
    "hit_3": "hit@3",
    "hit_5": "hit@5",
    "mrr": "MRR@10",
    "coverage": "cov@10",
    "span": "span",
    "span_in_place": "span*",
    "refused": "refused",
    "wrongly_refused": "wrongly",
    "raw_hit_1": "raw@1",
    "raw_hit_3": "raw@3",
    "calibration": "ECE",
}
LEGEND = (
    "cov@10: questions that need all; span: marked among the first three, span*: and in a right citation; "
    "refused: unanswerable ones; wrongly: answerable ones refused; raw: ranking ignoring refusals; "
    "ECE: gap between score and share of right"
)
GROUPINGS: dict[str, Callable[[GoldQuestion], Iterable[str]]] = {
    "kind": lambda question: [question.kind],
    "style": lambda question: question.style,
    "part": lambda question: [question.part],
    "file": lambda question: [question.source],
}
COMPARED = ("kind", "style")
SHOWN_CHARACTERS = 60
SHOWN_RESULTS = 3
NOTHING = "—"


def tables(reports: Sequence[Report], layout: Layout) -> str:
    """Every system overall; the first one by kind, style, part and file; all of them by kind and style."""
    first = reports[0]
    sections = [_table("system", {report.system: report.overall for report in reports}, layout)]
    sections += [_table(name, first.by(labels), layout) for name, labels in GROUPINGS.items()]
    sections += [_compared(name, reports, layout) for name in COMPARED if len(reports) > 1]
    return "\n\n".join([*sections, LEGEND])


def failures(report: Report) -> str:
    """One block for each failed question: what was asked, what was wanted, what was shown."""
    return "\n\n".join(_failure(judgement) for judgement in report.judgements if judgement.faults)


def bar_lines(misses: Iterable[Miss]) -> str:
    """One line for each bar missed."""
    return "\n".join(
        f"bar missed: {miss.figure} is {miss.got:.3f}, the bar is {miss.bar:g}" for miss in misses
    )


def as_json(reports: Sequence[Report]) -> dict[str, Any]:
    """Every system's figures, and what became of each question."""
    return {report.system: _report_json(report) for report in reports}


def _table(name: str, groups: Mapping[str, Figures], layout: Layout) -> str:
    head = [name, *COLUMNS.values()]
    rows = [[label, *(_cell(getattr(held, key)) for key in COLUMNS)] for label, held in groups.items()]
    return layout(head, rows)


def _compared(name: str, reports: Sequence[Report], layout: Layout) -> str:
    """Each system's hit@1 / hit@3 for each group."""
    groups = [report.by(GROUPINGS[name]) for report in reports]
    head = [f"{name}, hit@1 / hit@3", *(report.system for report in reports)]
    rows = [
        [label, *(f"{_cell(group[label].hit_1)} / {_cell(group[label].hit_3)}" for group in groups)]
        for label in groups[0]
        if groups[0][label].hit_1 is not None
    ]
    return layout(head, rows)


def _cell(value: float | int | None) -> str:
    if value is None:
        return NOTHING
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _failure(judgement: Judgement) -> str:
    question, response = judgement.question, judgement.response
    wanted = [f"{quote.document}: {quote.words[:SHOWN_CHARACTERS]}" for quote in question.quotes]
    shown = [
        f"{'+' if ok else '-'} {shown.document_id}: {_one_line(shown.text)}  [{' | '.join(shown.marks)}]"
        for shown, ok in list(zip(response.ranked, judgement.ranked_rights, strict=False))[:SHOWN_RESULTS]
    ]
    about = f"{question.id} {question.kind} {'/'.join(question.style)}"
    asked = f"{question.context} → {question.question}" if question.context else question.question
    lines = [
        f"{about}: {asked}  ({', '.join(judgement.faults)})",
        *(f"  want {line}" for line in wanted or ["a refusal"]),
        *(f"  span {' | '.join(question.spans)}" for _ in question.spans[:1]),
        *(f"  {line}" for line in shown),
    ]
    return "\n".join(lines)


def _one_line(text: str) -> str:
    return " ".join(text.split())[:SHOWN_CHARACTERS]


def _report_json(report: Report) -> dict[str, Any]:
    return {
        "overall": asdict(report.overall),
        **{
            name: {label: asdict(held) for label, held in report.by(labels).items()}
            for name, labels in GROUPINGS.items()
        },
        "questions": [_judgement_json(judgement) for judgement in report.judgements],
    }


def _judgement_json(judgement: Judgement) -> dict[str, Any]:
    return {
        "id": judgement.question.id,
        "faults": judgement.faults,
        "refused": judgement.response.refused,
        "rights": judgement.rights,
        "ranked_rights": judgement.ranked_rights,
        "coverage": judgement.coverage,
        "span": judgement.span,
        "scores": [shown.score for shown in judgement.response.ranked],
        "took_ms": judgement.response.took_ms,
    }
