"""Single questions as people read them: those that failed, those that changed between two runs."""

from __future__ import annotations

from collections.abc import Mapping

from eval.difference import Values
from eval.figures import Report
from eval.judge import Judgement
from eval.ranking import RECIPROCAL

SHOWN_CHARACTERS = 60
SHOWN_RESULTS = 3
NO_RANK = "—"


def failures(report: Report) -> str:
    """One block for each failed question: what was asked, what was wanted, what was shown."""
    return "\n\n".join(_failure(judgement) for judgement in report.judgements if judgement.faults)


def changed(before: Values, report: Report) -> str:
    """One line for each question that went better or worse than in an earlier run, the worst first."""
    moved = [
        (_worth(judgement.values) - _worth(before[judgement.question.id]), judgement)
        for judgement in report.judgements
        if judgement.question.id in before
    ]
    moved.sort(key=lambda pair: pair[0])
    return "\n".join(_change(before, judgement) for gap, judgement in moved if gap)


def _worth(values: Mapping[str, float]) -> float:
    """What a question's response is worth, 0–1: by rank, or, where no document answers, by having refused."""
    return values.get(RECIPROCAL, values.get("refused", 0.0))


def _change(before: Values, judgement: Judgement) -> str:
    question = judgement.question
    was, now = (_place(values) for values in (before[question.id], judgement.values))
    return f"{question.id}: {was} → {now}  {question.question}"


def _place(values: Mapping[str, float]) -> str:
    """The rank of the first right citation, or what became of a question that has none.

    Example:
        >>> _place({"mrr": 0.5}), _place({"mrr": 0.0, "wrongly_refused": 1.0}), _place({"refused": 0.0})
        ('2', 'refused', 'answered')
    """
    if values.get("refused", values.get("wrongly_refused")):
        return "refused"
    if RECIPROCAL not in values:
        return "answered"
    return str(round(1 / values[RECIPROCAL])) if values[RECIPROCAL] else NO_RANK


def _failure(judgement: Judgement) -> str:
    question, response = judgement.question, judgement.response
    wanted = [str(gold)[:SHOWN_CHARACTERS] for gold in question.golds]
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
