"""The tasks of one row of a table: its columns say what is to be done, by whom and by when."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from corpus.document import Cell, Clause, Document
from corpus.duties import duties
from corpus.facts import Fact, facts
from corpus.rhythms import with_rhythms
from corpus.stretches import enclosures
from corpus.task_draft import TaskDraft, moved
from corpus.units import unit_list

_WHO: Final = re.compile("单位|部门|责任|牵头|配合|负责|处室|科室|领导|主体")
_WHEN: Final = re.compile("时限|时间|期限|进度|日期|节点")
_NOT_A_DUTY: Final = re.compile("备注|序号|编号|类别|说明|依据|附注")
_UNNAMED: Final = re.compile("第\\d+列")
_TIME: Final = re.compile("^(?:20\\d\\d[年.]|\\d{1,2}月).{0,12}$|^(?:长期|持续|全年|年底前|立即).{0,8}$")
"""A cell that is but a time, in a table whose columns have no names."""
_SEVERAL: Final = re.compile("[ \u3000]{2,}|\n")
"""What stands between the lines of a cell that was written over several."""
_TRAIL: Final = "。；; \u3000\n"
_ROLES: Final = (
    ("牵头", "lead"),
    ("主办", "lead"),
    ("配合", "support"),
    ("协办", "support"),
    ("参与", "support"),
)


def row_tasks(document: Document, clause: Clause) -> Iterator[TaskDraft]:
    """The tasks of a row, in order, in characters of the document: one for each of its deadlines.

    The duty is the last column that says one; a row that names neither units, deadline nor frequency (a group's
    heading) has none.
    """
    duty = _duty_cell(clause)
    if duty is None:
        return
    found = [fact for cell in clause.cells for fact in _cell_facts(document, cell)]
    units = tuple(fact for fact in found if fact.kind == "unit" and fact.role != "standing")
    dates = [fact for cell in clause.cells if _says_when(cell) for fact in _due(document, cell)]
    said = [fact for fact in found if duty.span.start <= fact.start and fact.end <= duty.span.end]
    rhythms = [fact for fact in found if fact.kind == "frequency"]
    if not dates and any(fact.kind == "deadline" for fact in said):
        yield from _read(duty, said, units)
    elif units or dates or rhythms:
        parts = _parts(document, duty, len(dates))
        for place, due in enumerate(dates or [None]):
            start, end = parts[place] if len(parts) > 1 else parts[0]
            inside = [one for one in said if start <= one.start and one.end <= end]
            rhythm = next(
                (one for one in (inside, rhythms)[len(parts) == 1] if one.kind == "frequency"), None
            )
            amounts = tuple(one for one in inside if one.kind == "quantity")
            yield TaskDraft(start, end, due, rhythm, units, amounts)


def _read(cell: Cell, said: Sequence[Fact], units: tuple[Fact, ...]) -> Iterator[TaskDraft]:
    """The tasks of a row whose duty itself says by when, read as a clause is."""
    at = cell.span.start
    own = [moved(fact, -at) for fact in said]
    for one in duties(cell.text, 0, own, (), enclosures(cell.text)):
        amounts = tuple(f for f in said if f.kind == "quantity" and at + one.start <= f.start <= at + one.end)
        due, rhythm = one.deadline and moved(one.deadline, at), one.frequency and moved(one.frequency, at)
        yield TaskDraft(at + one.start, at + one.end, due, rhythm, units, amounts)


def _says_who(cell: Cell) -> bool:
    """Whether a cell's column, or in a table without a head the cell, is of units."""
    named = not _UNNAMED.fullmatch(cell.column)
    return bool(_WHO.search(cell.column) if named else unit_list(cell.text, 0, len(cell.text)))


def _says_when(cell: Cell) -> bool:
    """Whether a cell's column, or in a table without a head the cell, is of times."""
    named = not _UNNAMED.fullmatch(cell.column)
    return bool((_WHEN if named else _TIME).search(cell.column if named else cell.text.strip()))


def _duty_cell(clause: Clause) -> Cell | None:
    """The last cell with words of its own that says what is to be done."""
    said = [
        cell
        for cell in clause.cells
        if cell.text.strip(_TRAIL)
        and not (_says_when(cell) or _says_who(cell) or _NOT_A_DUTY.search(cell.column))
        and not cell.text.strip().isdigit()
    ]
    own = [cell for cell in said if not cell.inherited]
    chosen = own or said
    return chosen[-1] if chosen else None


def _cell_facts(document: Document, cell: Cell) -> Iterator[Fact]:
    """The facts of a cell, in characters of the document; a column of units gives them its role."""
    who = _says_who(cell)
    label = "责任单位：" if who else ""
    found = facts(label + cell.text, years=document.years, issued=document.date)
    for fact in with_rhythms(label + cell.text, found):
        if who and fact.kind == "unit" and fact.role == "duty":
            role = next((role for word, role in _ROLES if word in cell.column), "duty")
            fact = Fact("unit", fact.start, fact.end, fact.value, role, None, fact.group)
        yield moved(fact, cell.span.start - len(label))


_NUMERIC: Final = re.compile("(20\\d\\d)[.．/-](\\d{1,2})(?:[.．/-](\\d{1,2}))?(?=\\D|$)")
_LASTING: Final = re.compile("长期|持续|常态|全年")


def _due(document: Document, cell: Cell) -> list[Fact]:
    """The deadlines of a cell that says by when; one that names no day is a deadline whole (立即整改)."""
    found = [fact for fact in _cell_facts(document, cell) if fact.kind == "deadline"]
    words = cell.text.strip()
    if found or not words:
        return found
    at = cell.span.start + cell.text.index(words)
    numeric = list(_NUMERIC.finditer(words))
    if numeric:
        return [Fact("deadline", at + one.start(), at + one.end(), _day(one), "complete") for one in numeric]
    return [Fact("deadline", at, at + len(words), None, "continue" if _LASTING.search(words) else "complete")]


def _day(match: re.Match[str]) -> str | None:
    """The last day of a date in figures: 2024.12 is 2024-12-31; None for one that is none (2024.13)."""
    year, month = int(match[1]), int(match[2])
    try:
        day = int(match[3]) if match[3] else monthrange(year, month)[1]
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _parts(document: Document, cell: Cell, wanted: int) -> list[tuple[int, int]]:
    """The cell's lines where they are as many as its deadlines, else the cell whole."""
    start, end = cell.span.start, cell.span.end
    cuts = list(_SEVERAL.finditer(document.text, start, end))
    if wanted > 1 and len(cuts) == wanted - 1:
        edges = [start, *(edge for cut in cuts for edge in cut.span()), end]
        return [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    words = document.text[start:end]
    return [(start + len(words) - len(words.lstrip()), start + len(words.rstrip(_TRAIL)))]
