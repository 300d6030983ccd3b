"""`yiju tasks`: the duty register as a table, as JSON, as a file, or as a document's 序时进度表."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Final

from rag.errors import BadFilterError
from rag.schedule import COLUMNS as SCHEDULE_COLUMNS
from rag.schedule import Schedule, schedules
from rag.task_query import TaskQuery
from rag.tasks import Entry, TaskRegister
from ui.labels import LIGHTS, tasks_in_words, units_in_words
from ui.lights import light
from ui.terminal_table import table_lines, terminal_width

HEADINGS: Final = ("状态", "期限", "任务", "单位", "出处")
SHARES: Final = (0, 0, 5, 3, 3)
"""How the columns part the line; 0 for those as wide as their words."""
SCHEDULE_SHARES: Final = (2, 4, 4, 2, 3, 2)


def listed(register: TaskRegister, options: Namespace) -> Iterator[str]:
    """The lines that answer the command; a file is written before its line is said.

    Raises RagError for what the register cannot be asked, OSError for a file that cannot be written.
    """
    if options.as_schedule:
        within = TaskQuery(as_of=options.as_of, include_withdrawn=options.include_withdrawn)
        yield from _schedules(schedules(register, options.as_schedule, within), options)
        return
    found = register.find(
        TaskQuery(
            documents=tuple(options.document),
            places=tuple(options.place),
            units=tuple(options.unit),
            lead_only=options.lead_only,
            due_from=options.due_from,
            due_to=options.due_to,
            overdue_at=options.overdue,
            recurring=options.recurring,
            rhythm=options.rhythm,
            topic=options.topic,
            sort=options.sort,
            as_of=options.as_of,
            include_withdrawn=options.include_withdrawn,
        )
    )
    if options.json:
        from rag.api.task_schemas import TasksOut

        yield TasksOut.of(len(found), found, options.as_of).model_dump_json(indent=2)
        return
    page = options.page.rstrip("/") + "/"
    file = options.csv or options.xlsx or options.ics
    if file is not None:
        _write(found, file, options, page)
        yield f"已写入 {file}：{tasks_in_words(len(found))}"
        return
    yield tasks_in_words(len(found))
    if found:
        yield from _table(found, options.overdue or date.today())


def _write(found: Sequence[Entry], file: Path, options: Namespace, page: str) -> None:
    if options.xlsx:
        from rag.export_xlsx import write_xlsx

        with file.open("wb") as written:
            write_xlsx(found, written, page)
        return
    from rag.export_csv import csv_pieces
    from rag.export_ics import ics_pieces

    pieces: Iterable[bytes] = csv_pieces(found, page) if options.csv else ics_pieces(found, page)
    with file.open("wb") as written:
        written.writelines(pieces)


def _table(found: Sequence[Entry], at: date) -> Iterator[str]:
    rows = [_row(entry, at) for entry in found]
    yield from table_lines(HEADINGS, rows, SHARES, terminal_width())


def _row(entry: Entry, at: date) -> tuple[str, ...]:
    task, document = entry.task, entry.document
    when = entry.due.isoformat() if entry.due else task.frequency.text if task.frequency else ""
    stands = f"{document.number or f'《{document.title}》'} {''.join(entry.clause.labels)}"
    return (LIGHTS[light(entry.due, at)], when, task.duty.text, units_in_words(entry), stands)


def _schedules(wanted: Sequence[Schedule], options: Namespace) -> Iterator[str]:
    if options.json or options.csv or options.ics:
        raise BadFilterError(
            "got --as-schedule with --json, --csv or --ics, expected --xlsx or none of them",
            "序时进度表只能显示在终端，或用 --xlsx 写成工作簿",
        )
    if options.xlsx:
        from rag.export_schedule import write_schedules

        with options.xlsx.open("wb") as written:
            write_schedules(wanted, written)
        yield f"已写入 {options.xlsx}：{sum(len(one.rows) for one in wanted)} 行"
        return
    for one in wanted:
        yield f"《{one.document.title}》序时进度表{'' if one.rows else '：文件里没有任务'}"
        if one.rows:
            yield from table_lines(SCHEDULE_COLUMNS, _unrepeated(one), SCHEDULE_SHARES, terminal_width())


def _unrepeated(schedule: Schedule) -> list[tuple[str, ...]]:
    """The rows with an action and a clause only where they first stand, as a tall cell would show them."""
    shown, above = [], ("", "")
    for row in schedule.rows:
        action, clause, *rest = row.cells
        kept = ("" if action == above[0] else action, "" if (action, clause) == above else clause)
        shown.append((*kept, *rest))
        above = (action, clause)
    return shown
