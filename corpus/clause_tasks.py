"""The tasks of one clause of running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from corpus.closings import Closing, closings
from corpus.document import Clause
from corpus.duties import Duty, duties
from corpus.facts import Fact
from corpus.stretches import enclosures
from corpus.subjects import acting, takes_up
from corpus.task_draft import TaskDraft, moved

_AIMS: Final = re.compile(
    "指导思想|总体要求|基本原则|工作原则|目标|适用范围|编制依据|工作思路|总体思路|术语|定义|附则"
)
"""Headings of clauses that say what for and how, and ask nothing by themselves."""
_CHARGED: Final = frozenset({"lead", "duty", "support"})
"""Roles of the units that a sentence names which make them answer for its duty."""


def clause_tasks(clause: Clause, text: str, found: Sequence[Fact], *, whole: bool) -> Iterator[TaskDraft]:
    """The tasks of a clause, in order, in characters of the document.

    `text` are the clause's own words and `found` their facts, in characters of them. `whole` tells that no clause
    stands below it. Of aims, and of the words that introduce the clauses below a heading, only duties with a
    deadline or a frequency are tasks.
    """
    pairs = enclosures(text)
    start = _opening(clause, text)
    closed = closings(text, found, pairs, start)
    stated = duties(text, start, found, closed, pairs)
    if _AIMS.search("".join(clause.path)) or not (whole or start == _label_end(clause, text)):
        stated = tuple(duty for duty in stated if duty.bound)
    elif not stated:
        stated = _heading(text, _label_end(clause, text), start)
    for duty in stated:
        held = next((one for one in closed if one.start >= duty.end), None)
        yield _draft(clause, text, duty, found, closed, held, pairs)


def _heading(text: str, start: int, end: int) -> tuple[Duty, ...]:
    """The duty that a run-in heading states where no sentence follows it."""
    words = text[start:end].rstrip("。；：: \u3000\n")
    return (Duty(start, start + len(words), (start, end)),) if words else ()


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
    units += [
        fact
        for fact in found
        if fact.kind == "unit"
        and fact.role in _CHARGED
        and left <= fact.start < right
        and not any(one.start <= fact.start < one.end for one in closed)
    ]
    names = acting(text, duty.sentence, duty.end, pairs)
    if not units or not takes_up(tuple(text[slice(*name)] for name in names)):
        units += [Fact("unit", *name, text[slice(*name)], "duty") for name in names]
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
