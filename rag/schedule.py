"""A document's 序时进度表: its tasks in the six columns that offices draw by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import IO, Any, Final

from openpyxl import Workbook

from corpus.document import Document
from corpus.task import Quoted
from rag.export_table import printable
from rag.export_xlsx import add_styles, begin_sheet, cell_of
from rag.register_names import documents_of
from rag.task_query import TaskQuery
from rag.tasks import Entry, TaskRegister

COLUMNS: Final = ("任务名称", "任务内容", "具体要求", "完成时间", "责任单位", "备注")
WIDTHS: Final = (22, 60, 44, 14, 36, 24)
"""The widths of the columns, in characters."""
LONGEST_SHEET_NAME: Final = 31
"""Characters that Excel allows a sheet's name."""
_REPEATING: Final = (0, 1)
"""The columns that say the same for neighbouring rows: the action, and the clause within it."""
_NO_SHEET_NAME: Final = str.maketrans(dict.fromkeys("[]:*?/\\'", "-"))


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One duty as the schedule shows it; every cell is the document's words, `remark` under fixed labels."""

    action: str
    clause: str
    requirement: str
    time: str
    units: str
    remark: str

    @property
    def cells(self) -> tuple[str, ...]:
        """The six cells, in the order of the columns."""
        return (self.action, self.clause, self.requirement, self.time, self.units, self.remark)


@dataclass(frozen=True, slots=True)
class Schedule:
    """The schedule of one document."""

    document: Document
    rows: tuple[ScheduleRow, ...]


def schedules(register: TaskRegister, wanted: str) -> tuple[Schedule, ...]:
    """The schedules of the document of that id, number or title, or else of all documents about that place.

    A table that is such a schedule already only repeats what the clauses say, and is left out.
    Raises UnknownPlaceError, with the nearest names, when it names neither.
    """
    held = register.documents
    ids = [one.id for one in held.values() if wanted in (one.id, one.number, one.title)]
    if not ids:
        about = documents_of([wanted], held.values())
        ids = [document_id for document_id in held if document_id in about]
    return tuple(Schedule(held[one], _rows(register.find(TaskQuery(documents=(one,))))) for one in ids)


def _rows(entries: Sequence[Entry]) -> tuple[ScheduleRow, ...]:
    return tuple(_row(entry) for entry in entries if not _is_schedule(entry))


def _is_schedule(entry: Entry) -> bool:
    return {cell.column for cell in entry.clause.cells} >= set(COLUMNS[:-1])


def _row(entry: Entry) -> ScheduleRow:
    task, path = entry.task, entry.clause.path
    time = task.deadline or task.frequency
    remarks = []
    if task.standing:
        remarks.append(f"另需负责：{_words(task.standing)}")
    if task.deadline and task.deadline.inferred:
        remarks.append(task.deadline.inferred)
    return ScheduleRow(
        action=path[-2] if len(path) > 1 else "".join(path),
        clause=" ".join(entry.document.quote(entry.clause.span).split()),
        requirement=task.duty.text,
        time=time.text if time else "",
        units=_words(task.units),
        remark="；".join(remarks),
    )


def _words(quotations: Sequence[Quoted]) -> str:
    return "、".join(dict.fromkeys(one.text for one in quotations))


def write_schedules(wanted: Sequence[Schedule], file: IO[bytes]) -> None:
    """Writes a workbook with one sheet for each schedule; what repeats from row to row is one tall cell."""
    book = Workbook()
    book.remove(book.active)
    add_styles(book)
    for number, schedule in enumerate(wanted, start=1):
        sheet = begin_sheet(book, _sheet_name(number, schedule.document), COLUMNS, WIDTHS)
        for row in schedule.rows:
            sheet.append([cell_of(sheet, printable(cell)) for cell in row.cells])
        for column in _REPEATING:
            _merge(sheet, column, [row.cells[: column + 1] for row in schedule.rows])
    book.save(file)


def _merge(sheet: Any, column: int, keys: Sequence[tuple[str, ...]]) -> None:
    """Makes one cell of each run of rows with the same key; row 1 is the head."""
    first = 2
    for _, run in groupby(keys):
        last = first + len(list(run)) - 1
        if last > first:
            sheet.merge_cells(start_row=first, end_row=last, start_column=column + 1, end_column=column + 1)
        first = last + 1


def _sheet_name(number: int, document: Document) -> str:
    """A name that no other sheet has, of characters that Excel allows."""
    place = (document.place or document.id).translate(_NO_SHEET_NAME)
    return f"{number} {place}"[:LONGEST_SHEET_NAME]
