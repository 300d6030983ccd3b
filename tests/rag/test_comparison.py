"""How sides stand to one another: days, units, sentences; by hand."""

from dataclasses import replace
from datetime import date

import pytest

from corpus.task import Task
from rag.align import Place
from rag.cite_task import cite_task
from rag.comparison import Due, Side, UnitDifference, dues, unit_differences
from rag.offices import office, placeless
from rag.tasks import Entry
from tests.rag.duties import BEGIN, CHECK, ENTER, ONE_FIRM, PIPES, PLAN, TELL, entry, unit

OLDER, LATER = date(2024, 12, 31), date(2025, 12, 31)


def side(task: Task) -> Side:
    held = entry(task)
    place = Place(held.document, held.clause, task.duty.start, task.duty.end)
    return Side(cite_task(1, 0.9, place, held), place, held, Due(None, "none"), UnitDifference())


def test_days_stand_to_the_earliest() -> None:
    assert dues([entry(PIPES), entry(ONE_FIRM), entry(TELL), None]) == (
        Due(OLDER, "earliest"),
        Due(LATER, "later", 365),
        Due(None, "none"),
        Due(None, "none"),
    )


def test_one_day_alone_and_the_same_day_twice() -> None:
    assert dues([entry(PIPES), entry(TELL)])[0] == Due(OLDER, "earliest", alone=True)
    assert dues([entry(PIPES), entry(PIPES)]) == (Due(OLDER, "same"), Due(OLDER, "same"))
    assert dues([entry(BEGIN)]) == (Due(None, "none"),)  # a day on which something begins is no deadline
    assert dues([]) == ()


def test_one_office_of_two_places_is_the_same() -> None:
    police = unit(PLAN, "县公安局", "示范县公安局")
    plan = entry(
        replace(PIPES, units=(police, unit(PLAN, "县住房和城乡建设局", "示范县住房和城乡建设局")), lead=())
    )
    assert unit_differences([plan, entry(ENTER)]) == (
        UnitDifference(only=("示范县住房和城乡建设局",)),
        UnitDifference(missing=("住房和城乡建设局",)),
    )


def test_a_side_without_units_is_compared_with_none() -> None:
    assert unit_differences([entry(PIPES), entry(TELL)]) == (UnitDifference(), UnitDifference())
    assert unit_differences([None, entry(CHECK)]) == (UnitDifference(), UnitDifference())


def test_offices() -> None:
    assert (
        office("岫岩满族自治县应急管理局", "岫岩满族自治县")
        == office("市应急管理局", "驻马店市")
        == "应急管理局"
    )
    assert office("各乡镇人民政府", "襄城县") == office("乡镇政府", None)
    assert office("新密市青屏街街道", "新密市青屏街街道")
    assert placeless("街道办事处", "新密市青屏街街道") == "街道办事处"


def test_a_side_shows_the_sentence_of_its_duty() -> None:
    shown = side(CHECK)
    start, end = shown.sentence
    assert shown.citation.text[start:end] == "2.每季度至少检查1次（高危行业领域每月）。"
    start, end = side(TELL).sentence
    assert side(TELL).citation.text[start:end] == "4.加强宣传。"


def test_a_cited_task_has_its_facts_marked() -> None:
    citation = side(PIPES).citation
    marked = {(mark.kind, citation.text[mark.start : mark.end]): mark.value for mark in citation.highlights}
    assert marked == {
        ("text", "基本完成“瓶改管”改造任务"): None,
        ("deadline", "2024年底前"): "2024-12-31",
        ("quantity", "不低于60%"): ">=60%",
    }


def test_what_stands_outside_of_the_clause_is_not_marked() -> None:
    elsewhere = Entry(replace(TELL, deadline=PIPES.deadline), PLAN, PLAN.clause(TELL.clause_id))
    place = Place(PLAN, elsewhere.clause, TELL.duty.start, TELL.duty.end)
    assert [mark.kind for mark in cite_task(1, 0.9, place, elsewhere).highlights] == ["text"]


@pytest.mark.parametrize("stretch", [(-1, 2), (3, 3), (0, 10_000)])
def test_a_difference_outside_of_the_clause_cannot_be_made(stretch: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="a difference must lie inside"):
        replace(side(PIPES), differs=(stretch,))
