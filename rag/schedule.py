"""A document's 序时进度表: its tasks in the six columns that offices draw by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.document import Document
from corpus.task import Quoted
from rag.register_names import documents_of
from rag.task_query import TaskQuery
from rag.tasks import Entry, TaskRegister

COLUMNS: Final = ("任务名称", "任务内容", "具体要求", "完成时间", "责任单位", "备注")


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


def schedules(register: TaskRegister, wanted: str, within: TaskQuery | None = None) -> tuple[Schedule, ...]:
    """The schedules of the document of that id, number or title, or else of all documents about that place.

    A table that is such a schedule already only repeats what the clauses say, and is left out. `within` says of which
    day's documents, today's unless given; one that does not apply then is meant by its id only.
    Raises UnknownPlaceError, with the nearest names, when it names neither.
    """
    held = register.documents
    withheld = register.withheld(within or TaskQuery())
    ids = [one.id for one in held.values() if wanted in (one.id, one.number, one.title)]
    if not ids:
        about = documents_of([wanted], held.values())
        ids = [document_id for document_id in held if document_id in about]
    ids = [wanted] if wanted in held else [document_id for document_id in ids if document_id not in withheld]
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
