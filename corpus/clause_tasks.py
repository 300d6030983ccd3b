"""The tasks of one clause of running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.closings import Closing, closings
from corpus.document import Clause
from corpus.duties import Duty, duties, main_duty
from corpus.facts import Fact
from corpus.stretches import enclosures
from corpus.subjects import acting
from corpus.task_draft import TaskDraft, moved

_AIMS: Final = re.compile(
    "指导思想|总体要求|基本原则|工作原则|目标|适用范围|编制依据|工作思路|总体思路|术语|定义|附则"
)
"""Headings of clauses that say what for and how, and ask nothing by themselves."""


def clause_tasks(clause: Clause, text: str, found: Sequence[Fact], *, whole: bool) -> Iterator[TaskDraft]:
    """The tasks of a clause, in order, in characters of the document.

    `text` are the clause's own words and `found` their facts, in characters of them. `whole` tells that no clause
    stands below it: then one without deadline and frequency is itself a task.
    """
    pairs = enclosures(text)
    start = _opening(clause, text)
    closed = closings(text, found, pairs, start)
    stated = list(duties(text, start, found, closed, pairs))
    if not stated and whole and not _AIMS.search("".join(clause.path)):
        main = main_duty(text, _label_end(clause, text), start, closed, pairs)
        stated = [main] if main else []
    for duty in stated:
        end = duty.end
        held = next((one for one in closed if one.start >= end), None)
        yield _draft(clause, text, duty, found, closed, held, pairs)


def _label_end(clause: Clause, text: str) -> int:
    label = clause.labels[-1] if clause.labels else ""
    at = len(label) if text.startswith(label) else 0
    while at < len(text) and text[at] in " \u3000":
        at += 1
    return at


def _opening(clause: Clause, text: str) -> int:
    """Where a clause's sentences begin: behind a run-in heading or a label."""
    return (
        clause.heading_end - clause.start if clause.heading_end > clause.start else _label_end(clause, text)
    )


def _draft(
    clause: Clause,
    text: str,
    duty: Duty,
    found: Sequence[Fact],
    closed: Sequence[Closing],
    held: Closing | None,
    pairs: tuple[tuple[int, int], ...],
) -> TaskDraft:
    units = [fact for fact in held.of("unit") if fact.role != "standing"] if held else []
    left, right = duty.sentence
    for fact in found:
        if fact.kind == "unit" and fact.role in ("lead", "duty", "support") and left <= fact.start < right:
            if not any(one.start <= fact.start < one.end for one in closed):
                units.append(fact)
    if not units:
        units = [
            Fact("unit", *name, text[slice(*name)], "duty")
            for name in acting(text, duty.sentence, duty.end, pairs)
        ]
    amounts = [
        fact
        for fact in found
        if fact.kind == "quantity" and duty.start <= fact.start and fact.end <= duty.end
    ]
    at = clause.start
    return TaskDraft(
        at + duty.start,
        at + duty.end,
        duty.deadline and moved(duty.deadline, at),
        duty.frequency and moved(duty.frequency, at),
        tuple(moved(one, at) for one in units),
        tuple(moved(one, at) for one in amounts),
    )
