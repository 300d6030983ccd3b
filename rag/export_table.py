"""The duty register as a table: which columns it has and what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import quote, urlencode

from corpus.due_role import DeadlineRole
from corpus.task import Quoted
from rag.tasks import Entry

ROLES: Final[Mapping[DeadlineRole, str]] = {
    "complete": "完成",
    "establish": "建立机制",
    "report": "报送备案",
    "continue": "持续",
    "start": "起始",
}
"""What is due on the day of a deadline."""

FORMULA_OPENERS: Final = tuple("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, in half and in full width."""
_UNPRINTABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

Value = str | date | None


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in characters, and what it holds of a task."""

    heading: str
    width: int
    value: Callable[[Entry], Value]


def printable(text: str) -> str:
    r"""The text without what neither XML nor UTF-8 can carry: each such character becomes a replacement mark.

    >>> printable("甲\x07乙")
    '甲\ufffd乙'
    """
    return _UNPRINTABLE.sub("\ufffd", text)


def opens_formula(text: str) -> bool:
    """Whether a spreadsheet might run the text of a cell instead of showing it.

    >>> opens_formula("=1+1"), opens_formula(" @SUM(A1)"), opens_formula("2024年底前")
    (True, True, False)
    """
    return text.startswith(FORMULA_OPENERS) or text.lstrip().startswith(FORMULA_OPENERS)


def source_address(entry: Entry) -> str:
    """The address of the source view, relative to the page, opened at the task in its clause."""
    task, clause = entry.task, entry.clause
    marked = [task.duty, *([task.deadline] if task.deadline else [])]
    within = [each for each in marked if clause.start <= each.start and each.end <= clause.end]
    spans = [("start", clause.start), ("end", clause.end)]
    answers = [("answer", f"{each.start}-{each.end}") for each in within]
    return f"source/{quote(entry.document.id, safe='')}?{urlencode([*spans, *answers])}#quotation"


def _words(quotations: Iterable[Quoted], between: str = "、") -> str:
    return between.join(dict.fromkeys(one.text for one in quotations))


def _how_often(entry: Entry) -> str:
    frequency = entry.task.frequency
    if frequency is None:
        return ""
    whom = frequency.whom.text if frequency.whom else ""
    return frequency.text if whom in frequency.text else f"{frequency.text}（{whom}）"


COLUMNS: Final = (
    Column("地区", 12, lambda entry: entry.document.place),
    Column("任务", 52, lambda entry: entry.task.duty.text),
    Column("期限", 12, lambda entry: entry.due),
    Column("期限原文", 16, lambda entry: entry.task.deadline.text if entry.task.deadline else None),
    Column("要求", 10, lambda entry: ROLES[entry.task.deadline.role] if entry.task.deadline else None),
    Column("年份依据", 18, lambda entry: entry.task.deadline.inferred if entry.task.deadline else None),
    Column("频次", 20, _how_often),
    Column("数量", 16, lambda entry: _words(entry.task.quantities, "；")),
    Column("牵头单位", 24, lambda entry: _words(entry.task.lead)),
    Column("责任单位", 40, lambda entry: _words(entry.task.units)),
    Column("另需负责", 24, lambda entry: _words(entry.task.standing)),
    Column("文件", 36, lambda entry: entry.document.title),
    Column("文号", 18, lambda entry: entry.document.number),
    Column("条款", 18, lambda entry: "".join(entry.clause.labels)),
    Column("任务编号", 30, lambda entry: entry.task.id),
)
"""The columns of a table of tasks; a link to the clause stands after them."""
LINK_HEADING: Final = "原文"
LINK_WIDTH: Final = 12


def row(entry: Entry) -> tuple[Value, ...]:
    """What stands in the columns for one task: words fit to print, a day, or nothing."""
    values = (column.value(entry) for column in COLUMNS)
    return tuple(printable(value) if isinstance(value, str) else value for value in values)
