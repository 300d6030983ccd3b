"""Days in a question: by when, from when, in which period, in Chinese and English."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.understanding.normalise import normalise
from rag.understanding.periods import in_chinese, period_of

TODAY = date(2024, 5, 20)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024年底前", None, "2024-12-31"),
        ("2024年底", None, "2024-12-31"),
        ("到2025年底", None, "2025-12-31"),
        ("到2025年", None, "2025-12-31"),
        ("二〇二四年底前", None, "2024-12-31"),
        ("24年底前", None, "2024-12-31"),
        ("年底之前", None, "2024-12-31"),
        ("2024年年底", None, "2024-12-31"),
        ("2025年", "2025-01-01", "2025-12-31"),
        ("2025年度", "2025-01-01", "2025-12-31"),
        ("2025年前", None, "2024-12-31"),
        ("2025年以后", "2026-01-01", None),
        ("2025年6月1日起", "2025-06-01", None),
        ("2024年6月底前", None, "2024-06-30"),
        ("2024年6月前", None, "2024-05-31"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("2月底前", None, "2024-02-29"),
        ("2024年6月30日前", None, "2024-06-30"),
        ("2024-06-30前", None, "2024-06-30"),
        ("2024.6.30", "2024-06-30", "2024-06-30"),
        ("2024年上半年", "2024-01-01", "2024-06-30"),
        ("下半年", "2024-07-01", "2024-12-31"),
        ("第三季度", "2024-07-01", "2024-09-30"),
        ("3月上旬", "2024-03-01", "2024-03-10"),
        ("今年", "2024-01-01", "2024-12-31"),
        ("明年底前", None, "2025-12-31"),
        ("本月", "2024-05-01", "2024-05-31"),
        ("本月底前", None, "2024-05-31"),
        ("下个月", "2024-06-01", "2024-06-30"),
        ("上个月", "2024-04-01", "2024-04-30"),
        ("本季度", "2024-04-01", "2024-06-30"),
        ("这周", "2024-05-20", "2024-05-26"),
        ("30天内", "2024-05-20", "2024-06-19"),
        ("2024年7月到12月", "2024-07-01", "2024-12-31"),
        ("2024年至2026年", "2024-01-01", "2026-12-31"),
        ("2024年1月1日—2025年6月30日", "2024-01-01", "2025-06-30"),
        ("已经逾期的", None, "2024-05-19"),
        ("by the end of 2024", None, "2024-12-31"),
        ("by June 2024", None, "2024-06-30"),
        ("by 31 December 2025", None, "2025-12-31"),
        ("by Dec 31, 2025", None, "2025-12-31"),
        ("before 2025", None, "2024-12-31"),
        ("before July 2024", None, "2024-06-30"),
        ("in 2025", "2025-01-01", "2025-12-31"),
        ("due in 2026", "2026-01-01", "2026-12-31"),
        ("in the first half of 2025", "2025-01-01", "2025-06-30"),
        ("in Q3 2024", "2024-07-01", "2024-09-30"),
        ("after 2025", "2026-01-01", None),
        ("by year-end", None, "2024-12-31"),
        ("next month", "2024-06-01", "2024-06-30"),
        ("overdue", None, "2024-05-19"),
    ],
)
def test_a_period_is_read(text: str, first: str | None, last: str | None) -> None:
    period = period_of(in_chinese(normalise(text).lower()), TODAY)
    assert period is not None
    assert (str(period.first or ""), str(period.last or "")) == (first or "", last or "")


@pytest.mark.parametrize(
    "text",
    ["", "应急局要做什么", "每年", "每半年", "30人以上", "2024号文", "13月底前", "第18条", "2023年2月30日前"],
)
def test_what_is_no_day_of_the_calendar_is_none(text: str) -> None:
    period = period_of(normalise(text), TODAY)
    assert period is None or text.startswith("2023年")  # the year alone is left of 2月30日


def test_around_the_new_year_months_go_on() -> None:
    assert period_of("下个月", date(2024, 12, 5)).first == date(2025, 1, 1)  # type: ignore[union-attr]
    assert period_of("上个月", date(2024, 1, 5)).last == date(2023, 12, 31)  # type: ignore[union-attr]


@given(
    st.text(alphabet="2024年底前上半月日到至第3季度今本下个之以后0156-/. by end of", max_size=24),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
)
def test_any_words_are_read_and_what_is_said_is_inside(text: str, today: date) -> None:
    text = in_chinese(text)
    period = period_of(text, today)
    if period is None:
        return
    assert period.first or period.last
    assert all(0 <= start < end <= len(text) for start, end in period.spans)
