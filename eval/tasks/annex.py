"""A document's own schedule (序时进度表) as gold for the tasks found in its body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.document import Clause, Document
from corpus.task import Task
from eval.rightness import squeezed
from eval.tasks.alignment import bigram_f1, contained
from eval.tasks.gold import Case, Stated, ours

SAME_ITEM = 0.5
"""A row speaks of the clause whose words are most like the item it names, when they are at least this alike (0–1)."""
_DUE = re.compile(r"(20\d\d)年(?:底前?|末)?(?!\d)")
_LAST_DAY = "12-31"
_LINES = re.compile(r"\s{2,}")
_NAMES = re.compile("[、，,]")
_AND_SO_ON = re.compile("等(?:有关|相关)?(?:部门|单位)$")
_COLUMNS = {"duty": "要求", "item": "内容", "due": "时间|时限", "units": "单位|部门"}


def like_row(row: Stated, mine: Stated) -> float:
    """Likeness of a row's words to a duty's, 0–1: a schedule words duties anew, shorter or longer."""
    one, other = row.duty, mine.duty
    return max(bigram_f1(one, other), contained(one, other), contained(other, one))


def schedule(document: Document, found: Sequence[Task]) -> tuple[Case, ...]:
    """The items of a document's schedule, each with its rows and our tasks from the clause it speaks of.

    Clauses of the chapters that the schedule covers which have tasks but no row are cases without gold. None for a
    document without a schedule. Only what the authors wrote is read of the rows: day and units by their own simple
    forms, not by the program's reading of facts.
    """
    items: defaultdict[str, list[Stated]] = defaultdict(list)
    for clause in document.clauses:
        if clause.kind == "row":
            for item, stated in _row(clause):
                items[item].append(stated)
    body: defaultdict[str, list[Task]] = defaultdict(list)
    for task in found:
        if document.clause(task.clause_id).kind != "row":
            body[task.clause_id].append(task)
    clauses = {
        clause.id: squeezed(document.text[clause.start : clause.end])
        for clause in document.clauses
        if clause.kind not in ("row", "annex")
    }
    spoken_of = _spoken_of(items, clauses)
    cases = [
        Case(clause, item, tuple(items[item]), tuple(map(ours, body[clause])))
        for item, clause in spoken_of.items()
    ]
    cases += [Case(item, item, tuple(rows), ()) for item, rows in items.items() if item not in spoken_of]
    chapters = {document.clause(clause).path[0] for clause in spoken_of.values()}
    cases += [
        Case(clause, clauses[clause], (), tuple(map(ours, mine)))
        for clause, mine in body.items()
        if clause not in spoken_of.values() and mine and document.clause(clause).path[0] in chapters
    ]
    return tuple(cases)


def _spoken_of(items: dict[str, list[Stated]], clauses: dict[str, str]) -> dict[str, str]:
    """The clause of every item, one to one, the likest first."""
    pairs = sorted(
        ((bigram_f1(item, words), item, clause) for item in items for clause, words in clauses.items()),
        reverse=True,
    )
    chosen: dict[str, str] = {}
    for likeness, item, clause in pairs:
        if likeness >= SAME_ITEM and item not in chosen and clause not in chosen.values():
            chosen[item] = clause
    return chosen


def _row(clause: Clause) -> Iterator[tuple[str, Stated]]:
    """The tasks of a row with the words of the item it belongs to: one for each of its days."""
    cells = {
        name: next((cell.text for cell in clause.cells if re.search(column, cell.column)), "")
        for name, column in _COLUMNS.items()
    }
    if not cells["duty"].strip():
        return
    days = _DUE.findall(cells["due"])
    duties = _LINES.split(cells["duty"].strip())
    if len(duties) != len(days):
        duties = [cells["duty"]] * max(1, len(days))
    names = (_AND_SO_ON.sub("", squeezed(name)) for name in _NAMES.split(cells["units"]))
    units = frozenset(name for name in names if name)
    for place, duty in enumerate(duties):
        date = f"{days[place]}-{_LAST_DAY}" if days else None
        yield squeezed(cells["item"]), Stated(squeezed(duty), date, at=clause.start + place, units=units)
