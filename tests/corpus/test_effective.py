"""From when to when a text says it applies."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import effective
from corpus.library import read_document, shipped_documents
from tests.corpus.notices import read

NOTE = "（2014年7月3日示范县人民政府令第66号公布）"


def stated(closing: str, *, note: str = NOTE, tail: str = "") -> tuple[str | None, str | None]:
    """The days of a text with this closing clause, as a document carries them."""
    held = read(f"示范县供水管理办法\n{note}\n第一条 为了供水，制定本办法。\n第二条 {closing}\n{tail}")
    return held.since, held.until


@pytest.mark.parametrize(
    ("closing", "since", "until"),
    [
        ("本办法自2024年7月1日起施行。", "2024-07-01", None),
        ("本办法自二〇二四年七月一日起施行。", "2024-07-01", None),
        ("本办法自 2024 年 7 月 1 日 起正式实施。", "2024-07-01", None),
        ("本实施办法（试行）从2024年7月1日零时起执行，有效期5年。", "2024-07-01", "2029-07-01"),
        ("本办法自2024年7月1日起施行，有效期至2026年12月31日。", "2024-07-01", "2027-01-01"),
        ("本办法自2024年7月1日起试行，试行两年。", "2024-07-01", "2026-07-01"),
        ("本办法自2024年2月29日起施行，有效期一年。", "2024-02-29", "2025-03-01"),
        ("本办法自公布之日起施行。", "2014-07-03", None),
        ("本办法自公布之日起三十日后施行。", "2014-08-02", None),
        ("本办法自公布之日起满1个月施行，有效期为3年。", "2014-08-03", "2017-08-03"),
        ("本办法有效期自2024年1月1日至2026年12月。", None, "2027-01-01"),
        ("本办法执行期暂定为2024年2月1日至2024年6月30日。", None, "2024-07-01"),
        ("许可证有效期5年，自2020年1月1日起生效。", None, None),
        ("正本自2020年1月1日起生效，正本有效期3年。", None, None),
        ("本办法第九条自2020年1月1日起施行。", None, None),
        ("本办法自2020年1月1日起施行以来，成效明显。", None, None),
        ("本办法自2024年2月30日起施行。", None, None),
    ],
)
def test_what_a_closing_clause_says(closing: str, since: str | None, until: str | None) -> None:
    assert stated(closing) == (since, until)


def test_the_words_that_state_a_day_are_quoted() -> None:
    held = read("示范县供水管理办法\n第一条 本办法自2024年7月1日起施行，有效期5年。\n")
    first, end = effective.since(held), effective.until(held)
    assert first is not None
    assert end is not None
    assert (held.quote(first.span), held.quote(end.span)) == ("自2024年7月1日起施行", "有效期5年")


def test_own_words_outweigh_the_note_below_the_title() -> None:
    note = "（2020年1月1日公布 自2020年3月1日起施行）"
    assert stated("县政府负责解释。", note=note) == ("2020-03-01", None)
    assert stated("本办法自2020年4月1日起施行。", note=note) == ("2020-04-01", None)


def test_from_the_day_of_issue_is_the_documents_own_date() -> None:
    tail = "示范县人民政府\n2024年3月25日\n"
    assert stated("本办法自印发之日起施行，有效期二年。", note="", tail=tail) == ("2024-03-25", "2026-03-25")
    assert stated("本办法自印发之日起施行，有效期二年。", note="") == (None, None)


@pytest.mark.parametrize("path", shipped_documents(), ids=lambda path: str(path.stem))
def test_a_plan_that_says_nothing_of_it_states_no_day(path: object) -> None:
    document = read_document(path)  # type: ignore[arg-type]
    assert (document.since, document.until) == (None, None)


@given(st.dates(date(1980, 1, 1), date(2060, 12, 31)), st.dates(date(1980, 1, 1), date(2060, 12, 31)))
def test_every_day_is_read_back(first: date, last: date) -> None:
    closing = f"本办法自{first:%Y年%-m月%-d日}起施行，有效期至{last:%Y年%-m月%-d日}。"
    assert stated(closing) == (first.isoformat(), (last + timedelta(days=1)).isoformat())
