"""What holds of a document on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document, SourceMap, Status
from corpus.validity import WITHDRAWN, answers_on, issued_by, lapsed_on, status_on

BARE = Document("x", "办法", "办法", (), SourceMap((0,), (0,), (2,)), "x.txt", "")
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
MAYBE = st.none() | DAYS.map(date.isoformat)
DOCUMENTS = st.builds(
    lambda status, issued, since, until, by: replace(
        BARE, status=status, date=issued, since=since, until=until, replaced_by=by
    ),
    st.sampled_from(get_args(Status)), MAYBE, MAYBE, MAYBE, st.none() | st.just("y"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "day", "status"),
    [
        ({"since": "2024-07-01"}, date(2024, 6, 30), "not_yet_in_force"),
        ({"since": "2024-07-01"}, date(2024, 7, 1), "in_force"),
        ({"date": "2024-03-01"}, date(2024, 2, 29), "not_yet_in_force"),
        ({"date": "2024-03-01"}, date(2024, 3, 1), "in_force"),
        ({"until": "2025-01-01"}, date(2024, 12, 31), "in_force"),
        ({"until": "2025-01-01"}, date(2025, 1, 1), "repealed"),
        ({"until": "2025-01-01", "replaced_by": "y"}, date(2025, 1, 1), "superseded"),
        ({"status": "superseded", "until": "2025-01-01"}, date(2024, 12, 31), "in_force"),
        ({"status": "superseded", "until": "2025-01-01"}, date(2025, 1, 1), "superseded"),
        ({"status": "repealed"}, date(1990, 1, 1), "repealed"),
        ({"status": "repealed", "since": "2030-01-01"}, date(2025, 1, 1), "repealed"),
        ({"status": "repealed", "since": "2026-01-01", "until": "2025-06-01"}, date(2025, 6, 1), "repealed"),
        ({"status": "amended", "since": "2024-07-01"}, date(2024, 7, 1), "amended"),
        ({"status": "not_yet_in_force", "since": "2024-07-01"}, date(2024, 7, 1), "in_force"),
        ({"status": "not_yet_in_force"}, date(2024, 7, 1), "not_yet_in_force"),
    ],
)
def test_the_status_on_a_day(said: dict[str, str], day: date, status: Status) -> None:
    assert status_on(replace(BARE, **said), day) == status  # type: ignore[arg-type]


@given(DOCUMENTS, DAYS)
def test_a_withdrawn_text_does_not_answer_and_one_not_yet_issued_neither(
    document: Document, day: date
) -> None:
    if status_on(document, day) in WITHDRAWN or not issued_by(document, day):
        assert not answers_on(document, day)
    else:
        assert answers_on(document, day)


@given(DOCUMENTS, DAYS, DAYS)
def test_what_is_withdrawn_once_stays_withdrawn(document: Document, day: date, later: date) -> None:
    if later >= day and status_on(document, day) in WITHDRAWN:
        assert status_on(document, later) in WITHDRAWN


@given(DOCUMENTS)
def test_the_status_changes_on_the_days_that_are_known_and_on_no_other(document: Document) -> None:
    known = {day for day in (document.since, document.date, document.until) if day}
    day, last = date(2019, 12, 31), None
    while day <= date(2031, 1, 1):
        now = status_on(document, day)
        assert last is None or now == last or day.isoformat() in known
        last, day = now, day + timedelta(days=1)


@given(DOCUMENTS, DAYS)
def test_a_text_that_lapsed_is_withdrawn_though_nobody_withdrew_it(document: Document, day: date) -> None:
    if lapsed_on(document, day):
        assert status_on(document, day) == "repealed"
        assert document.status not in WITHDRAWN
