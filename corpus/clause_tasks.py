"""The tasks of one clause of running text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.asked import asks
from corpus.closings import Closing, closings
from corpus.document import Clause
from corpus.duties import Duty, duties
from corpus.facts import Fact
from corpus.stretches import enclosures
from corpus.subjects import acting, opening_of, takes_up
from corpus.task_draft import TaskDraft, moved

_AIMS: Final = re.compile(
    "指导思想|总体要求|基本原则|工作原则|目标|适用范围|编制依据|工作思路|总体思路|术语|定义|附则"
)
"""Headings of clauses that say what for and how, and ask nothing by themselves."""
_MARKS: Final = " \u3000\n。；;，,"
_TELLING: Final = frozenset({"notice", "preamble"})
"""Kinds of clause that tell what follows; only what they set a time for is a task."""
_ARTICLE: Final = re.compile("第.+条(?:之.+)?")
"""The label of a law's article: what it asks of everybody is a rule, a task only with a deadline or a unit."""
_CHARGED: Final = frozenset({"lead", "duty", "support"})
"""Roles of the units that a sentence names which make them answer for its duty."""


@dataclass(frozen=True, slots=True)
class Above:
    """What a clause says for itself and for those below it that do not say it: units and by when.

    In characters of the document. Units are those of its closings, the deadline one in a bracket of its heading
    (动员部署阶段（2024年3月底前）).
    """

    units: tuple[Fact, ...] = ()
    deadline: Fact | None = None


def said_for_all(clause: Clause, text: str, found: Sequence[Fact], above: Above) -> Above:
    """What a clause says for those below it; where it says nothing, what is said above it."""
    pairs = enclosures(text)
    head = len(text) if clause.kind == "heading" else clause.heading_end - clause.start
    dates = [
        moved(one, clause.start)
        for one in found
        if one.kind == "deadline" and one.end <= head and any(a < one.start < b for a, b in pairs)
    ]
    units = _charged(clause, closings(text, found, pairs, _label_end(clause, text)))
    return Above(units or above.units, dates[0] if len(dates) == 1 else above.deadline)


def said_alone(clause: Clause, text: str, found: Sequence[Fact]) -> Above | None:
    """What a clause says for the one above it when it says but who and by when (责任单位：…), else None."""
    if clause.kind not in ("paragraph", "item"):
        return None
    closed = closings(text, found, enclosures(text), _label_end(clause, text))
    at = _label_end(clause, text)
    for one in closed:
        if text[at : one.start].strip(_MARKS):
            return None
        at = one.end
    if not closed or text[at:].strip(_MARKS):
        return None
    dates = [moved(one, clause.start) for each in closed for one in each.of("deadline")]
    return Above(_charged(clause, closed), dates[0] if dates else None)


def _charged(clause: Clause, closed: Sequence[Closing]) -> tuple[Fact, ...]:
    """The units that closings name, in characters of the document."""
    return tuple(
        moved(one, clause.start) for each in closed for one in each.of("unit") if one.role != "standing"
    )


def closing_line(clause: Clause, text: str, found: Sequence[Fact]) -> tuple[Fact, ...]:
    """The units that a closing names which stands on a line of its own at a clause's end, in characters of the document."""
    closed = closings(text, found, enclosures(text), _label_end(clause, text))
    if len(closed) != 1 or text[closed[0].end :].strip() or not text[: closed[0].start].endswith("\n"):
        return ()
    return _charged(clause, closed)


def clause_tasks(
    clause: Clause, text: str, found: Sequence[Fact], above: Above, *, whole: bool
) -> Iterator[TaskDraft]:
    """The tasks of a clause, in order, in characters of the document.

    `text` are the clause's own words and `found` their facts, in characters of them; `above` is what its heading and
    the clauses above say for it. `whole` tells that no clause stands below it. Of aims, and of the words that
    introduce the clauses below a heading, only duties with a deadline or a frequency are tasks.
    """
    pairs = enclosures(text)
    label, start = _label_end(clause, text), _opening(clause, text, found, pairs)
    closed = closings(text, found, pairs, start)
    stated = duties(text, start, found, closed, pairs, heading=_heading(text, label, start))
    telling = clause.kind in _TELLING or _AIMS.search("".join(clause.path))
    if telling or not (whole or start == label):
        stated = tuple(duty for duty in stated if duty.bound)
    elif not stated and whole:
        heading = _heading(text, label, start)
        stated = (heading,) if heading else ()
    law = any(_ARTICLE.fullmatch(label) for label in clause.labels)
    for duty in stated:
        held = next((one for one in closed if one.start >= duty.end), None)
        units = tuple(moved(one, clause.start) for one in _units(text, duty, found, closed, held, pairs))
        charged = duty.deadline is not None or bool(units or above.units)
        if (charged or not law) and asks(text[duty.start : duty.end], charged=charged):
            yield _draft(clause, duty, found, units or above.units, _due(clause, duty, held, above))


def _due(clause: Clause, duty: Duty, held: Closing | None, above: Above) -> Fact | None:
    """By when: the duty's own deadline, else that of its closing, else, where it does not recur, that of its heading."""
    due = duty.deadline or next(iter(held.of("deadline") if held else ()), None)
    if due:
        return moved(due, clause.start)
    return None if duty.frequency else above.deadline


def _heading(text: str, start: int, end: int) -> Duty | None:
    """The duty that a run-in heading states, for a clause whose sentences say no other."""
    words = text[start:end].rstrip("。；：: \u3000\n")
    return Duty(start, start + len(words), (start, end)) if words else None


def _label_end(clause: Clause, text: str) -> int:
    label = clause.labels[-1] if clause.labels else ""
    at = len(label) if text.startswith(label) else 0
    while at < len(text) and text[at] in " \u3000":
        at += 1
    return at


def _opening(clause: Clause, text: str, found: Sequence[Fact], pairs: Sequence[tuple[int, int]]) -> int:
    """Where a clause's sentences begin: behind a label, or a run-in heading that is no sentence of its own.

    One that says by when, or that a bracket closes over at once, is (开展排查。（县公安局负责）).
    """
    head = clause.heading_end - clause.start
    told = any(
        fact.kind in ("deadline", "frequency")
        and fact.end <= head
        and not any(a < fact.start < b for a, b in pairs)
        for fact in found
    )
    behind = head + len(text[head:]) - len(text[head:].lstrip(_MARKS)) if head > 0 else 0
    told = told or any(one.start == behind for one in closings(text, found, pairs, max(0, head)))
    return _label_end(clause, text) if told or head <= 0 else head


def _units(
    text: str,
    duty: Duty,
    found: Sequence[Fact],
    closed: Sequence[Closing],
    held: Closing | None,
    pairs: tuple[tuple[int, int], ...],
) -> tuple[Fact, ...]:
    """The units that answer for a duty: those of its closing, those its sentence names, and who is to act."""
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
    names = acting(text, duty.sentence, (duty.start, duty.end), pairs)
    if not (units or names):  # 各部门要制定方案；每月报送进展。
        opening = opening_of(text, left)
        names = acting(text, (opening, left), (left, left), pairs) if opening < left else ()
    if not units or not takes_up(tuple(text[slice(*name)] for name in names)):
        units += [Fact("unit", *name, text[slice(*name)], "duty") for name in names]
    return tuple(units)


def _draft(
    clause: Clause, duty: Duty, found: Sequence[Fact], units: tuple[Fact, ...], due: Fact | None
) -> TaskDraft:
    at = clause.start
    amounts = (
        fact
        for fact in found
        if fact.kind == "quantity" and duty.start <= fact.start and fact.end <= duty.end
    )
    rhythm = duty.frequency and moved(duty.frequency, at)
    return TaskDraft(
        at + duty.start, at + duty.end, due, rhythm, units, tuple(moved(one, at) for one in amounts)
    )
