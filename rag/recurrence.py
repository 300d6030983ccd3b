"""When a recurring duty falls due: its rhythm as days of the calendar."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from rag.tasks import Entry

_DURATION: Final = re.compile(r"P(?:T?)(?P<number>\d{1,4})(?P<unit>[YMWDH])")
_MONTHS_A_YEAR: Final = 12
_LAST_DAY: Final = -1
_FRIDAY: Final = 4
_PARTS_OF_MONTH: Final[Mapping[str, tuple[int, ...]]] = {
    "P15D": (15, _LAST_DAY),
    "P10D": (10, 20, _LAST_DAY),
}
"""半月 and 旬 are parts of a month, not so many days: they end on these days of it."""

Rule = Mapping[str, str | int | tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The days on which a recurring duty falls due: the first of them, and the RFC 5545 rule for the others.

    `last` is the day that none of them comes after, None where nothing says when the duty ends.
    """

    first: date
    rule: Rule
    last: date | None


def recurrence(entry: Entry, otherwise_from: date) -> Recurrence | None:
    """The recurrence of a task: due at the end of each period, from the document's own day on to its last one.

    A quarter ends with March, June, September and December, a week with its Friday. The days begin with the
    document's date, else with the year its title names, else `otherwise_from`; they end with the deadline, else with
    the last year the title names. None where the words name no period, or where it ends before the first day.
    """
    frequency = entry.task.frequency
    duration = _DURATION.fullmatch(frequency.value) if frequency and frequency.value else None
    if duration is None or int(duration["number"]) == 0:
        return None
    since, last = _begin(entry, otherwise_from), _end(entry)
    first, rule = _rhythm(duration[0], int(duration["number"]), duration["unit"], since)
    if last is not None and first > last:
        return None
    return Recurrence(first, rule, last)


def _begin(entry: Entry, otherwise: date) -> date:
    document = entry.document
    if document.date:
        return date.fromisoformat(document.date)
    return date(document.years[0], 1, 1) if document.years else otherwise


def _end(entry: Entry) -> date | None:
    if entry.due is not None:
        return entry.due
    years = entry.document.years
    return date(years[1], _MONTHS_A_YEAR, 31) if years else None


def _rhythm(duration: str, number: int, unit: str, since: date) -> tuple[date, Rule]:
    if duration in _PARTS_OF_MONTH:
        days = _PARTS_OF_MONTH[duration]
        length = monthrange(since.year, since.month)[1]
        first = next(day for day in days if day == _LAST_DAY or day >= since.day)
        day = length if first == _LAST_DAY else first
        return since.replace(day=day), {"FREQ": "MONTHLY", "BYMONTHDAY": days}
    if unit == "Y":
        return date(since.year, _MONTHS_A_YEAR, 31), {"FREQ": "YEARLY", "INTERVAL": number}
    if unit == "M":
        return _period_end(since, number), {
            "FREQ": "MONTHLY", "INTERVAL": number, "BYMONTHDAY": (_LAST_DAY,)
        }  # fmt: skip
    if unit == "W":
        friday = since + timedelta(days=(_FRIDAY - since.weekday()) % 7)
        return friday, {"FREQ": "WEEKLY", "INTERVAL": number}
    # A calendar of days cannot say by the hour: such a duty stands on every day.
    return since, {"FREQ": "DAILY", "INTERVAL": number if unit == "D" else 1}


def _period_end(since: date, months: int) -> date:
    """The last day of the period of so many months that `since` lies in, periods counted from January.

    >>> _period_end(date(2024, 3, 25), 3), _period_end(date(2024, 3, 25), 6)
    (datetime.date(2024, 3, 31), datetime.date(2024, 6, 30))
    """
    ends = -(-since.month // months) * months if months <= _MONTHS_A_YEAR else since.month
    year, month = since.year + (ends - 1) // _MONTHS_A_YEAR, (ends - 1) % _MONTHS_A_YEAR + 1
    return date(year, month, monthrange(year, month)[1])
