"""The 任务台账 tab: what it shows of the register, and that all of it stays text."""

import threading
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.api.opening import Opening
from rag.api.task_schemas import TaskFilters
from rag.assistant import Assistant
from rag.errors import BadFilterError
from rag.task_address import address
from tests.rag.duties import CHECK, ENTER, ONE_FIRM, PIPES, PLAN, TELL, entry, worded
from tests.ui.test_view import HOSTILE, Page
from ui import task_view
from ui.lights import SOON, light
from ui.tasks import ROWS, Wanted, choices, shown
from ui.timeline import MOST_BARS, bars, timeline

AT = date(2024, 12, 15)
FOUND = [entry(task) for task in (ENTER, PIPES, ONE_FIRM, CHECK, TELL)]


def html(rows: int = 50, query: str = "") -> str:
    return task_view.register(FOUND, rows, AT, query)


def test_each_row_has_its_light_in_colour_and_word() -> None:
    rows = html().split("<tr>")[2:]
    lights = [
        ("overdue", "逾期"),
        ("soon", "30日内"),
        ("later", "以后"),
        ("undated", "无期限"),
        ("undated", "无期限"),
    ]
    assert len(rows) == len(lights)
    for row, (style, word) in zip(rows, lights, strict=True):
        assert f'<span class="light {style}">{word}</span>' in row


def test_the_lights_are_counted() -> None:
    words = Page(html()).words
    assert "共 5 项任务" in words
    assert "逾期1 项30日内1 项以后1 项无期限2 项" in words.replace("\n", "")


@pytest.mark.parametrize(
    ("due", "at", "expected"),
    [
        (None, AT, "undated"),
        (AT, AT, "soon"),
        (AT, AT + timedelta(days=1), "overdue"),
        (AT + SOON, AT, "soon"),
        (AT + SOON + timedelta(days=1), AT, "later"),
        (date.max, date.max, "soon"),
        (date.max, date.min, "later"),
    ],
)
def test_a_day_has_one_light(due: date | None, at: date, expected: str) -> None:
    assert light(due, at) == expected


def test_a_row_quotes_the_document() -> None:
    words = Page(html()).words
    for said in (
        "基本完成“瓶改管”改造任务",
        "“2024年底前”完成",
        "“2025年底前”建立机制",
        "“6月底前”完成，年份取自文件标题的2024年",
        "频次：每季度至少检查1次（高危行业领域）",
        "数量：不低于60%",
        "牵头：县住房和城乡建设局；县公安局",
        "各乡镇政府",
        "示安〔2024〕1号 一、（一）1.",
        "《关于消防的通知》 1.",
    ):
        assert said in words


def test_a_row_leads_to_its_clause() -> None:
    link = urlsplit(Page(html()).attributes("a", "href")[-4])
    asked = parse_qs(link.query)
    assert link.path == "source/plan"
    clause = PLAN.clause(PIPES.clause_id)
    assert (int(asked["start"][0]), int(asked["end"][0])) == (clause.start, clause.end)
    marked = [PLAN.text[slice(*map(int, each.split("-")))] for each in asked["answer"]]
    assert marked == ["基本完成“瓶改管”改造任务", "2024年底前"]
    assert link.fragment == "quotation"


def test_downloads_take_what_is_shown() -> None:
    links = Page(html(query="place=%E8%A5%84&sort=due")).attributes("a", "href")[:3]
    assert links == [f"v1/tasks.{ending}?place=%E8%A5%84&sort=due" for ending in ("csv", "xlsx", "ics")]


def test_a_long_register_is_shown_in_parts() -> None:
    assert html(2).count("<tr>") == 3
    assert "已显示前 2 项，共 5 项" in html(2)
    assert "已显示全部 5 项" in html(5)


def test_nothing_found_is_said_with_what_to_try() -> None:
    assert "没有符合条件的任务，可以放宽" in task_view.register([], 50, AT, "")


def test_what_documents_and_people_write_stays_text() -> None:
    hostile = worded(HOSTILE, title=HOSTILE)
    page = Page(task_view.register([hostile], 50, AT, f'q="><script>{HOSTILE}'))
    assert HOSTILE in page.words
    assert not {"img", "b", "script"} & {tag for tag, _ in page.tags}
    assert not any(name.startswith("on") for _, attrs in page.tags for name in attrs)
    assert HOSTILE in Page(task_view.trouble(HOSTILE)).words


@given(words=st.text(min_size=1, max_size=40).filter(str.strip))
def test_any_words_stay_text(words: str) -> None:
    plain = Page(task_view.register([worded("甲乙丙")], 50, AT, ""))
    page = Page(task_view.register([worded(words, title=words)], 50, AT, ""))
    assert [tag for tag, _ in page.tags] == [tag for tag, _ in plain.tags]


def test_months_without_a_task_keep_their_place() -> None:
    found = bars([date(2024, 11, 30), date(2024, 11, 1), date(2025, 2, 1)], AT)
    assert [(bar.year, bar.month, bar.count) for bar in found] == [
        (2024, 11, 2), (2024, 12, 0), (2025, 1, 0), (2025, 2, 1),
    ]  # fmt: skip
    assert [bar.light for bar in found] == ["overdue", None, None, "later"]


def test_the_chart_says_what_it_shows() -> None:
    drawn = timeline([date(2024, 11, 30), date(2025, 2, 1)], AT)
    assert 'aria-label="2024年11月 1 项；2025年2月 1 项"' in drawn
    assert drawn.count("<rect") == 2
    assert timeline([], AT) == ""


@given(days=st.lists(st.dates(), min_size=1, max_size=30), at=st.dates())
def test_any_days_make_a_chart_of_bounded_width(days: list[date], at: date) -> None:
    found = bars(days, at)
    assert 1 <= len(found) <= MOST_BARS
    assert all((bar.light is None) == (bar.count == 0) for bar in found)
    assert Page(timeline(days, at)).attributes("svg", "role") == ["img"]


def test_what_is_typed_becomes_a_query() -> None:
    query = Wanted(["襄城县"], " 住建局 ", "2024-1-1", "2024-12-31", "燃气", True).query()
    assert (query.places, query.units, query.lead_only) == (("襄城县",), ("住建局",), True)
    assert (query.due_from, query.due_to) == (date(2024, 1, 1), date(2024, 12, 31))
    assert Wanted().query() == Wanted(unit=" ", due_from="", topic=None).query()


@pytest.mark.parametrize("wanted", [Wanted(due_from="2024-13-01"), Wanted(due_to="2024-02-30")])
def test_a_day_that_is_none_is_told(wanted: Wanted) -> None:
    with pytest.raises(BadFilterError) as refused:
        wanted.query()
    assert "2024-12-31 这样的日期" in refused.value.message_zh


def test_the_address_of_a_download_is_read_back_as_the_same_query() -> None:
    query = Wanted(
        ["襄城县", "驻马店市"], "住建局&x=1", "2024-01-01", "2024-12-31", "燃气 瓶改管", True
    ).query()
    asked = {
        name: values if name == "place" or name == "unit" else values[0]
        for name, values in parse_qs(address(query)).items()
    }
    assert TaskFilters.model_validate(asked).query() == query


@pytest.fixture(scope="module")
def opening(assistant: Assistant) -> Opening:
    return Opening.of(assistant)


def test_the_tab_shows_the_register(opening: Opening, assistant: Assistant) -> None:
    drawn = shown(opening, Wanted())
    assert drawn.more
    assert drawn.html.count("<tr>") == ROWS + 1
    everything = shown(opening, Wanted(), 10_000)
    assert not everything.more
    assert everything.html.count("<tr>") == len(assistant.tasks.entries) + 1


def test_the_tab_narrows_by_place_and_unit(opening: Opening) -> None:
    drawn = shown(opening, Wanted(["襄城县"], "住建局", topic="瓶改管", today="2024-12-15"))
    assert "2024-12-31" in drawn.html
    assert '<span class="light soon">' in drawn.html
    assert "岫岩" not in drawn.html


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (Wanted(unit="应急管里局"), "应急管理局"),
        (Wanted(due_from="昨天"), "期限从应写成"),
        (Wanted(today="2024-02-30"), "基准日期应写成"),
        (Wanted(due_from="2025-01-01", due_to="2024-01-01"), "晚于"),
        (Wanted(topic="没有这样的任务"), "没有符合条件的任务"),
    ],
)
def test_what_cannot_be_done_is_one_line(opening: Opening, wanted: Wanted, said: str) -> None:
    drawn = shown(opening, wanted)
    assert said in Page(drawn.html).words
    assert "<table" not in drawn.html


def test_places_and_units_can_be_chosen(opening: Opening) -> None:
    places, units = choices(opening)
    assert "襄城县" in places
    assert "襄城县应急管理局" in units


def test_while_the_documents_are_prepared_the_tab_says_so(assistant: Assistant) -> None:
    gate = threading.Event()

    def work(_progress: object) -> Assistant:
        gate.wait(10)
        return assistant

    waiting = Opening(work)
    try:
        assert "正在准备" in shown(waiting, Wanted()).html
        assert choices(waiting) == ([], [])
    finally:
        gate.set()
