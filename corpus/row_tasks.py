"""The tasks of one row of a table: its columns say what is to be done, by whom and by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from corpus.document import Cell, Clause, Document
from corpus.facts import Fact, facts
from corpus.task_draft import TaskDraft, moved

_WHO: Final = re.compile("单位|部门|责任|牵头|配合|负责|处室|科室|领导|主体")
_WHEN: Final = re.compile("时限|时间|期限|进度|日期|节点")
_NOT_A_DUTY: Final = re.compile("备注|序号|编号|类别|说明|依据|附注")
_SEVERAL: Final = re.compile("[ \u3000]{2,}|\n")
"""What stands between the lines of a cell that was written over several."""
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
    dates = [
        fact for cell in clause.cells if _WHEN.search(cell.column) for fact in _cell_facts(document, cell)
    ]
    dates = [fact for fact in dates if fact.kind == "deadline"]
    if not dates:
        dates = [
            fact
            for fact in found
            if fact.kind == "deadline" and fact.start >= duty.span.start and fact.end <= duty.span.end
        ]
    rhythms = [fact for fact in found if fact.kind == "frequency"]
    if not (units or dates or rhythms):
        return
    spans = _parts(document, duty, len(dates))
    for place in range(max(1, len(dates))):
        start, end = spans[place] if len(spans) > 1 else spans[0]
        yield TaskDraft(
            start,
            end,
            dates[place] if dates else None,
            next(
                (one for one in rhythms if (start <= one.start and one.end <= end) or len(spans) == 1), None
            ),
            units,
            tuple(one for one in found if one.kind == "quantity" and start <= one.start and one.end <= end),
        )


def _duty_cell(clause: Clause) -> Cell | None:
    """The last cell with words of its own that says what is to be done."""
    said = [
        cell
        for cell in clause.cells
        if cell.text.strip()
        and not any(p.search(cell.column) for p in (_WHEN, _NOT_A_DUTY))
        and not _WHO.search(cell.column)
    ]
    own = [cell for cell in said if not cell.inherited]
    chosen = own or said
    return chosen[-1] if chosen else None


def _cell_facts(document: Document, cell: Cell) -> Iterator[Fact]:
    """The facts of a cell, in characters of the document; a column of units gives them its role."""
    who = _WHO.search(cell.column)
    label = "责任单位：" if who else ""
    found = facts(label + cell.text, years=document.years, issued=document.date)
    for fact in found:
        if who and fact.kind == "unit" and fact.role == "duty":
            role = next((role for word, role in _ROLES if word in cell.column), "duty")
            fact = Fact("unit", fact.start, fact.end, fact.value, role, None, fact.group)
        yield moved(fact, cell.span.start - len(label))


def _parts(document: Document, cell: Cell, wanted: int) -> list[tuple[int, int]]:
    """The cell's lines where they are as many as its deadlines, else the cell whole."""
    start, end = cell.span.start, cell.span.end
    cuts = list(_SEVERAL.finditer(document.text, start, end))
    if wanted > 1 and len(cuts) == wanted - 1:
        edges = [start, *(edge for cut in cuts for edge in cut.span()), end]
        return [(edges[i], edges[i + 1]) for i in range(0, len(edges), 2)]
    words = document.text[start:end]
    return [(start + len(words) - len(words.lstrip()), start + len(words.rstrip("。；; \n")))]
