"""The register as a calendar, read back."""

import tracemalloc
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from corpus.task import TaskDeadline, TaskFrequency
from rag.export_ics import ics_pieces
from rag.recurrence import recurrence
from rag.tasks import Entry
from tests.rag.duties import BEGIN, CHECK, ENTER, NOTICE, ONE_FIRM, PIPES, TELL, entry, many, quoted, worded

BASE = "http://page/"
NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
MEGABYTE = 1024 * 1024


def events(entries: Iterable[Entry]) -> list[Any]:
    calendar = Calendar.from_ical(b"".join(ics_pieces(entries, BASE, NOW)))
    return list(calendar.walk("VEVENT"))


def test_a_deadline_is_an_event_of_its_day_with_a_reminder() -> None:
    (event,) = events([entry(PIPES)])
    assert event.decoded("dtstart") == date(2024, 12, 31)
    assert event.decoded("dtend") == date(2025, 1, 1)
    assert str(event["summary"]) == "期限：基本完成“瓶改管”改造任务"
    assert "牵头：县住房和城乡建设局" in event["description"]
    assert "一、（一）1." in event["description"]
    assert str(event["url"]).startswith("http://page/source/plan?start=")
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-7)


def test_a_recurring_duty_is_a_series_to_the_end_of_the_plan() -> None:
    (event,) = events([entry(CHECK)])
    assert event.decoded("dtstart") == date(2024, 3, 31)
    rule = event["rrule"]
    assert rule["FREQ"] == ["MONTHLY"]
    assert rule["INTERVAL"] == [3]
    assert rule["BYMONTHDAY"] == [-1]
    assert rule["UNTIL"] == [date(2026, 12, 31)]


def test_what_has_no_day_and_no_rhythm_is_in_no_calendar() -> None:
    assert events([entry(TELL), entry(BEGIN)]) == []


def test_a_calendar_read_anew_replaces_what_it_has() -> None:
    entries = [entry(task) for task in (PIPES, ONE_FIRM, CHECK, ENTER)]
    first = [str(event["uid"]) for event in events(entries)]
    assert first == [str(event["uid"]) for event in events(entries)]
    assert len(set(first)) == len(first) == 4


def test_a_dated_rhythm_is_a_deadline_and_a_series_until_it() -> None:
    both = replace(CHECK, deadline=replace(PIPES).deadline)
    deadline, series = events([entry(both)])
    assert deadline.decoded("dtstart") == date(2024, 12, 31)
    assert series["rrule"]["UNTIL"] == [date(2024, 12, 31)]
    assert deadline["uid"] != series["uid"]


def rhythm(value: str | None, held: str = "plan") -> Entry:
    task = CHECK if held == "plan" else replace(
        ENTER, deadline=None, frequency=TaskFrequency(*quoted(NOTICE, "6月底前"), value)
    )  # fmt: skip
    assert task.frequency
    return entry(replace(task, frequency=replace(task.frequency, value=value)))


@pytest.mark.parametrize(
    ("value", "first", "rule"),
    [
        ("P1Y", date(2024, 12, 31), {"FREQ": "YEARLY", "INTERVAL": 1}),
        ("P2Y", date(2024, 12, 31), {"FREQ": "YEARLY", "INTERVAL": 2}),
        ("P6M", date(2024, 6, 30), {"FREQ": "MONTHLY", "INTERVAL": 6, "BYMONTHDAY": (-1,)}),
        ("P3M", date(2024, 3, 31), {"FREQ": "MONTHLY", "INTERVAL": 3, "BYMONTHDAY": (-1,)}),
        ("P1M", date(2024, 3, 31), {"FREQ": "MONTHLY", "INTERVAL": 1, "BYMONTHDAY": (-1,)}),
        ("P18M", date(2024, 3, 31), {"FREQ": "MONTHLY", "INTERVAL": 18, "BYMONTHDAY": (-1,)}),
        ("P15D", date(2024, 3, 31), {"FREQ": "MONTHLY", "BYMONTHDAY": (15, -1)}),
        ("P10D", date(2024, 3, 31), {"FREQ": "MONTHLY", "BYMONTHDAY": (10, 20, -1)}),
        ("P1W", date(2024, 3, 29), {"FREQ": "WEEKLY", "INTERVAL": 1}),
        ("P1D", date(2024, 3, 25), {"FREQ": "DAILY", "INTERVAL": 1}),
        ("PT1H", date(2024, 3, 25), {"FREQ": "DAILY", "INTERVAL": 1}),
    ],
)
def test_a_period_is_due_at_its_end(value: str, first: date, rule: dict[str, Any]) -> None:
    found = recurrence(rhythm(value), NOW.date())
    assert found is not None
    assert found.first == first
    assert found.rule == rule
    assert found.last == date(2026, 12, 31)


@pytest.mark.parametrize("value", [None, "", "P", "P0M", "soon", "P1M2D"])
def test_words_without_a_period_recur_on_no_day(value: str | None) -> None:
    assert recurrence(rhythm(value), NOW.date()) is None


def test_without_date_and_years_a_series_begins_with_the_calendar() -> None:
    found = recurrence(rhythm("P1M", "notice"), NOW.date())
    assert found is not None
    assert found.first == date(2024, 5, 31)
    assert found.last is None


def test_a_rhythm_that_ends_before_its_first_day_is_none() -> None:
    early = replace(CHECK, deadline=replace(PIPES).deadline)
    assert early.deadline
    early = replace(early, deadline=replace(early.deadline, date="2024-03-01"))
    assert recurrence(entry(early), NOW.date()) is None


@given(words=st.text(min_size=1, max_size=200))
def test_no_words_break_out_of_their_line(words: str) -> None:
    found = worded(words, title=words)
    day = TaskDeadline(words, 0, len(words), "2024-12-31", "complete")
    dated = replace(found.task, deadline=day)
    (event,) = events([Entry(dated, found.document, found.clause)])
    assert event.decoded("dtstart") == date(2024, 12, 31)
    assert set(event) == {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "URL", "TRANSP",
                          "CATEGORIES"}  # fmt: skip
    assert len(event.subcomponents) == 1


def test_lines_are_no_longer_than_the_standard_allows() -> None:
    sent = b"".join(ics_pieces([entry(PIPES), entry(CHECK)], BASE, NOW))
    assert max(map(len, sent.split(b"\r\n"))) <= 75
    assert sent.endswith(b"END:VCALENDAR\r\n")
    assert sent.count(b"\n") == sent.count(b"\r\n")


def peak(count: int) -> int:
    tracemalloc.start()
    try:
        assert sum(map(len, ics_pieces(many(count), BASE, NOW))) > 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_many_tasks_take_no_more_memory_than_few() -> None:
    peak(10)
    assert peak(1_500) < peak(150) + MEGABYTE / 4
