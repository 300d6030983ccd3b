"""A list of duties as the answer to a question: on the page, in the terminal, in `/v1/ask`, and in its own tab."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from rag.answer import Answer, Understood
from rag.api.task_schemas import TaskFilters
from rag.cite_task import cite_tasks
from rag.listing import Listed
from rag.task_query import TaskQuery
from rag.tasks import Entry
from tests.rag.duties import CHECK, ENTER, ONE_FIRM, PIPES, TELL, entry, worded
from tests.ui.test_view import HOSTILE, Page, alone
from ui import listing, view
from ui.labels import filters_in_words
from ui.tasks import Wanted
from ui.terminal import answer_lines

AT = date(2024, 12, 15)
FOUND = tuple(entry(task) for task in (ENTER, PIPES, ONE_FIRM, CHECK, TELL))
QUERY = TaskQuery(units=("住建局",), lead_only=True, due_to=date(2025, 12, 31), sort="due")


def html(entries: tuple[Entry, ...] = FOUND, query: TaskQuery = QUERY) -> str:
    return listing.table(Listed(query, entries), AT)


def answered(entries: tuple[Entry, ...] = FOUND, query: TaskQuery = QUERY) -> Answer:
    cited = cite_tasks(entries, 5, 0.95)
    status = "answered" if cited else "not_found"
    return Answer("问", status, Understood("问"), cited, tasks=Listed(query, entries))  # type: ignore[arg-type]


def columns(page: str) -> list[list[str]]:
    rows = re.findall("<tr>(.*?)</tr>", page)
    return [re.findall('<td data-column="(.*?)">', row) for row in rows if "<td" in row]


def test_the_table_has_its_columns_and_every_task() -> None:
    assert columns(html()) == [["期限", "任务", "牵头", "单位", "出处"]] * len(FOUND)
    words = Page(html()).words
    for said in (
        "共 5 项任务",
        "牵头单位：住建局",
        "期限：到 2025-12-31",
        "2024-12-31",
        "“2024年底前”完成",
        "基本完成“瓶改管”改造任务",
        "频次：每季度至少检查1次（高危行业领域）",
        "示安〔2024〕1号 一、（一）1.",
    ):
        assert said in words


def test_who_leads_stands_apart_from_the_others() -> None:
    row = html((entry(PIPES),))
    assert '<td data-column="牵头">县住房和城乡建设局</td><td data-column="单位">县公安局</td>' in row


def test_an_asked_unit_is_named_before_the_others() -> None:
    many = tuple(replace(unit, text=f"单位{number}") for number, unit in enumerate(PIPES.units * 5))
    asked = replace(PIPES.units[1], text="县公安局")
    listed = Listed(TaskQuery(units=("公安局",)), ())
    assert listing.table(listed, AT).count("<td") == 0
    named = listing._named((*many, asked), frozenset({"县公安局"}))
    assert f"县公安局、单位0、单位1、单位2、单位3、单位4等 {len(many) + 1} 个单位" in named


@pytest.mark.parametrize(
    ("count", "shown", "folded"), [(1, 1, 0), (30, 30, 0), (31, 30, 1), (500, 30, 470), (501, 30, 470)]
)
def test_what_is_beyond_the_first_rows_is_folded(count: int, shown: int, folded: int) -> None:
    page = html((entry(PIPES),) * count)
    first, _, rest = page.partition("<details")
    assert (first.count("<td ") // 5, rest.count("<td ") // 5) == (shown, folded)
    assert (f"展开其余 {folded} 项" in page) == bool(folded)
    assert ("其余见任务台账" in page) == (count > listing.MOST_ROWS)
    assert f"共 {count} 项任务" in page


def test_downloads_and_the_tab_have_the_same_filters() -> None:
    page = Page(html())
    links = {link for link in page.attributes("a", "href") if "source/" not in link}
    assert {urlsplit(link).path for link in links} == {"v1/tasks.csv", "v1/tasks.xlsx", "v1/tasks.ics", ""}
    for link in links:
        asked = dict(parse_qsl(urlsplit(link).query))
        if urlsplit(link).path:
            sent = parse_qs(urlsplit(link).query)
            assert TaskFilters.model_validate({**sent, **scalars(asked)}).query() == QUERY
        else:
            assert asked.pop("tab") == "register"
            assert Wanted.asked(asked, ()).query() == QUERY


def scalars(asked: dict[str, str]) -> dict[str, str]:
    return {name: words for name, words in asked.items() if name not in ("place", "unit", "document")}


@pytest.mark.parametrize(
    "query",
    [
        TaskQuery(places=("襄城县",), recurring=True, rhythm="P1M", sort="due"),
        TaskQuery(recurring=True, sort="due"),
        TaskQuery(due_from=date(2024, 1, 1), topic="燃气 瓶改管", sort="due"),
    ],
    ids=str,
)
def test_the_tab_reads_its_filters_from_the_address(query: TaskQuery) -> None:
    to = listing.tab_address(Listed(query, FOUND))
    assert to is not None
    asked = parse_qsl(urlsplit(to).query)
    places = [words for name, words in asked if name == "place"]
    assert Wanted.asked(dict(asked), places).query() == query


@pytest.mark.parametrize("query", [TaskQuery(documents=("plan",)), TaskQuery(units=("住建局", "公安局"))])
def test_filters_that_the_tab_lacks_lead_to_no_tab(query: TaskQuery) -> None:
    assert listing.tab_address(Listed(query, FOUND)) is None
    assert "?tab=" not in html(query=query)


def test_no_task_is_said_with_the_filters() -> None:
    words = Page(html(())).words
    assert "没有符合条件的任务" in words
    assert "牵头单位：住建局" in words
    assert "<table" not in html(())


def test_hostile_words_stay_words() -> None:
    page = Page(html((worded(HOSTILE, title=HOSTILE),), TaskQuery(units=(HOSTILE,), topic=HOSTILE)))
    assert not page.attributes("img", "src")
    assert HOSTILE in page.words


def test_a_turn_shows_the_table_and_no_cards() -> None:
    page = view.turn(answered(), alone)
    assert '<div class="listing">' in page
    assert 'class="card' not in page
    assert "没有符合条件的任务" in view.turn(answered(()), alone)


def test_the_terminal_lists_every_task() -> None:
    lines = answer_lines(answered(), bold=False)
    assert lines[0] == "共 5 项任务"
    assert lines[1] == "理解为：牵头单位：住建局 · 期限：到 2025-12-31"
    whole = "".join(lines)
    for said in ("期限", "牵头", "2024-12-31", "2025-12-31"):
        assert said in whole
    assert answer_lines(answered(()), bold=False)[0] == "没有符合条件的任务"


def test_filters_are_told_in_words() -> None:
    assert filters_in_words(TaskQuery(places=("甲县", "乙县"), recurring=True)) == [
        "地区：甲县、乙县",
        "频次：定期（有频次的）",
    ]
    assert filters_in_words(TaskQuery(due_from=date(2024, 1, 1), due_to=date(2024, 6, 30), topic="燃气")) == [
        "期限：从 2024-01-01 到 2024-06-30",
        "关键词：燃气",
    ]
    assert filters_in_words(TaskQuery()) == []
