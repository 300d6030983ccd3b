"""The duty register as a calendar: a day for each deadline, a series of days for each recurring duty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from icalendar import Alarm, Calendar, Event, vRecur

from rag.export_table import ROLES, printable, source_address
from rag.recurrence import Recurrence, recurrence
from rag.tasks import Entry

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
PRODUCT: Final = "-//Yiju//任务台账//ZH"
NAME: Final = "任务台账"
REMIND_BEFORE: Final = timedelta(days=-7)
"""When a deadline is reminded of, from the beginning of its day (-90–1 days)."""
REMIND_REPEATED: Final[Mapping[object, timedelta]] = {
    "YEARLY": timedelta(days=-7),
    "MONTHLY": timedelta(days=-3),
    "WEEKLY": timedelta(hours=9),
    "DAILY": timedelta(hours=9),
}
"""The same for a recurring duty, by its rhythm: what comes often is reminded of in the morning of its day."""
LONGEST_SUMMARY: Final = 60
"""Characters of a duty that the calendar shows in one line (20–200)."""


def ics_pieces(entries: Iterable[Entry], base: str, now: datetime | None = None) -> Iterator[bytes]:
    """The calendar piece by piece; `base` is the page's address, which links begin with, `now` the time of writing.

    A deadline is an event of its day, a recurring duty one of the last day of each period. Their identifiers follow
    from the tasks', so that a calendar that is read in anew replaces what it has.
    """
    now = now or datetime.now(UTC)
    frame = Calendar()
    frame.add("prodid", PRODUCT)
    frame.add("version", "2.0")
    frame.add("calscale", "GREGORIAN")
    frame.add("method", "PUBLISH")
    frame.add("x-wr-calname", NAME)
    head, end, _ = frame.to_ical().partition(b"END:VCALENDAR")
    yield head
    for entry in entries:
        for event in _events(entry, base, now):
            yield event.to_ical()
    yield end + b"\r\n"


def _events(entry: Entry, base: str, now: datetime) -> Iterator[Event]:
    if entry.due is not None:
        yield _event(entry, base, now, "期限", entry.due, REMIND_BEFORE)
    repeated = recurrence(entry, now.date())
    if repeated is not None:
        event = _event(entry, base, now, "定期", repeated.first, REMIND_REPEATED[repeated.rule["FREQ"]])
        event.add("rrule", _rule(repeated))
        yield event


def _event(entry: Entry, base: str, now: datetime, kind: str, day: date, reminder: timedelta) -> Event:
    task = entry.task
    words = " ".join(printable(task.duty.text).split())
    summary = words if len(words) <= LONGEST_SUMMARY else words[: LONGEST_SUMMARY - 1] + "…"
    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'yiju:{kind}:{printable(task.id)}')}@yiju")
    event.add("dtstamp", now)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"{kind}：{summary}")
    event.add("description", printable("\n".join(_described(entry))))
    event.add("url", base + source_address(entry))
    event.add("transp", "TRANSPARENT")
    if entry.document.place:
        event.add("categories", [printable(entry.document.place)])
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", summary)
    alarm.add("trigger", reminder)
    event.add_component(alarm)
    return event


def _described(entry: Entry) -> Iterator[str]:
    task = entry.task
    yield task.duty.text
    if task.deadline:
        inferred = f"，{task.deadline.inferred}" if task.deadline.inferred else ""
        yield f"期限：{task.deadline.text}（{ROLES[task.deadline.role]}{inferred}）"
    if task.frequency:
        yield f"频次：{task.frequency.text}"
    if task.lead:
        yield f"牵头：{'、'.join(unit.text for unit in task.lead)}"
    if task.units:
        yield f"责任单位：{'、'.join(unit.text for unit in task.units)}"
    yield f"依据：{entry.reference}"


def _rule(repeated: Recurrence) -> vRecur:
    rule: dict[str, object] = {
        part: list(value) if isinstance(value, tuple) else value for part, value in repeated.rule.items()
    }
    if repeated.last is not None:
        rule["UNTIL"] = repeated.last
    return vRecur(rule)
