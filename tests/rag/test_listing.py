"""Which questions ask for a list of duties, and the filters they are read as; `eval/gold/lists.jsonl` says so."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.task import Task
from rag.answer import Answer
from rag.assistant import Assistant
from rag.listing import Listed, listed
from rag.listing_cues import table
from rag.task_query import TaskQuery
from rag.tasks import TaskRegister

GOLD = Path(__file__).parents[2] / "eval" / "gold"
TODAY = date(2024, 5, 20)
"""The day that the gold questions were asked on."""
BAR = 0.9
ONE_CLAUSE = (
    "plans",
    "plans_own",
    "plans_more",
    "plans_refuse",
    "plans_spans",
    "plans_contrast",
    "plans_asked",
)


def records(name: str) -> Iterator[dict[str, Any]]:
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


LISTS = tuple(records("lists"))
PARTS = ("fit", "check")


def read(assistant: Assistant, question: str, today: date = TODAY, **scope: Any) -> Listed | None:
    state = assistant.state()
    return listed(state.reader.read(question, **scope), state.tasks, today)


def expected(filters: dict[str, Any]) -> TaskQuery:
    def value(name: str, given: Any) -> Any:
        if name in ("due_from", "due_to"):
            return date.fromisoformat(given)
        return tuple(given) if isinstance(given, list) else given

    return TaskQuery(**{name: value(name, given) for name, given in filters.items()})


def test_the_gold_has_enough_of_both_kinds() -> None:
    for part in PARTS:
        for kind in (True, False):
            assert sum(each["part"] == part and each["lists"] == kind for each in LISTS) >= 30
    assert len({each["id"] for each in LISTS}) == len({each["question"] for each in LISTS}) == len(LISTS)


@pytest.mark.parametrize("part", PARTS)
def test_lists_are_told_from_other_questions(assistant: Assistant, part: str) -> None:
    asked = [each for each in LISTS if each["part"] == part]
    found = [each for each in asked if read(assistant, each["question"])]
    right = sum(each["lists"] for each in found)
    assert right >= BAR * sum(each["lists"] for each in asked), "recall"
    assert right >= BAR * len(found), "precision"


@pytest.mark.parametrize("part", PARTS)
def test_the_filters_leave_the_tasks_that_were_meant(assistant: Assistant, part: str) -> None:
    asked = [each for each in LISTS if each["part"] == part and each["lists"]]
    right = 0
    for each in asked:
        found, query = read(assistant, each["question"]), expected(each["filters"])
        meant = {entry.task.id for entry in assistant.tasks.find(query)}
        right += bool(
            found
            and {entry.task.id for entry in found.entries} == meant
            and found.query.lead_only == query.lead_only
        )
    assert right >= BAR * len(asked)


@pytest.mark.parametrize("name", ONE_CLAUSE)
def test_questions_for_one_clause_keep_their_answer(assistant: Assistant, name: str) -> None:
    state = assistant.state()
    wrongly = []
    for each in records(name):
        question = state.reader.read(each["question"], context=each.get("context"))
        if listed(question, state.tasks, TODAY) is not None:
            wrongly.append(each["question"])
    assert wrongly == []


def test_a_question_without_a_cue_does_not_wait_for_the_register(assistant: Assistant) -> None:
    def unread(document: Document) -> tuple[Task, ...]:
        raise AssertionError(f"the tasks of {document.id} were read")

    state = assistant.state()
    register = TaskRegister(tuple(assistant.documents.values()), unread)
    asked, cued = list(records("plans")), 0
    for each in asked:
        question = state.reader.read(each["question"])
        if table().asks.search(question.text.lower()):
            cued += 1
        else:
            assert listed(question, register, TODAY) is None
    assert cued < len(asked) / 4


def test_a_short_name_and_a_day_are_read(assistant: Assistant) -> None:
    found = read(assistant, "襄城住建局 2024年底前 要完成什么")
    assert found is not None
    assert found.query == TaskQuery(
        places=("襄城县",), units=("住建局",), due_to=date(2024, 12, 31), sort="due"
    )
    assert found.entries
    for entry in found.entries:
        assert entry.document.place == "襄城县"
        assert entry.due is not None
        assert entry.due <= date(2024, 12, 31)
        assert any("住房和城乡建设局" in name for name in entry.units)
    days = [entry.due for entry in found.entries]
    assert days == sorted(day for day in days if day)


def test_english_is_read(assistant: Assistant) -> None:
    found = read(assistant, "what must the emergency bureau lead by end of 2024")
    assert found is not None
    assert (found.query.units, found.query.lead_only) == (("应急管理局",), True)
    assert found.query.due_to == date(2024, 12, 31)


def test_a_rhythm_leaves_what_has_just_this_one(assistant: Assistant) -> None:
    found = read(assistant, "襄城每月要做的有哪些")
    assert found is not None
    assert found.entries
    assert {entry.rhythm for entry in found.entries} == {"P1M"}
    often = read(assistant, "襄城定期要做的工作有哪些")
    assert often is not None
    assert {entry.rhythm for entry in often.entries} > {"P1M"}


def test_topic_words_narrow_where_tasks_hold_them(assistant: Assistant) -> None:
    found = read(assistant, "瓶改管方面2024年底前要完成哪些任务")
    assert found is not None
    assert found.query.topic == "瓶改管"
    assert 0 < len(found.entries) < 10


@pytest.mark.parametrize(
    "question",
    [
        "量子计算方面应急管理局要完成哪些任务",
        "档案局2024年底前要完成哪些任务",
        "许昌市应急管理局牵头哪些任务",
        "瓶改管要做什么",
        "三管三必须包括哪些",
        "瓶改管由谁负责",
        "襄城有哪些企业",
        "2024年底前要完成什么，由谁牵头",
        "",
        "任务",
    ],
)
def test_what_asks_for_something_else_is_no_list(assistant: Assistant, question: str) -> None:
    assert read(assistant, question) is None


def test_years_are_those_of_the_day_it_is_asked_on(assistant: Assistant) -> None:
    for today in (TODAY, date(2026, 2, 1)):
        found = read(assistant, "今年要完成的任务有哪些", today)
        assert found is not None
        assert (found.query.due_from, found.query.due_to) == (
            date(today.year, 1, 1),
            date(today.year, 12, 31),
        )


def test_a_named_document_and_the_callers_filters_narrow(assistant: Assistant) -> None:
    held = "zhumadian-2024-7"
    assert held in assistant.documents
    found = read(assistant, "公安局有哪些任务", documents=[held])
    assert found is not None
    assert found.query.documents == (held,)
    assert {entry.document.id for entry in found.entries} == {held}
    titled = read(assistant, "《驻马店市安全生产委员会2024年工作要点》里公安局有哪些任务")
    assert titled is not None
    assert {entry.task.id for entry in titled.entries} == {entry.task.id for entry in found.entries}
    assert titled.query.due_to is None
    placed = read(assistant, "公安局有哪些任务", places=["襄城"])
    assert placed is not None
    assert {entry.document.place for entry in placed.entries} == {"襄城县"}


@given(st.text(max_size=60))
def test_anything_typed_is_read(assistant: Assistant, typed: str) -> None:
    for question in (typed, f"应急局{typed}2024年{typed}要完成哪些任务"):
        found = read(assistant, question)
        assert found is None or found.entries == tuple(assistant.tasks.find(found.query))


def test_an_answer_has_all_tasks_and_cites_the_first_clauses(assistant: Assistant) -> None:
    answer = assistant.ask("应急管理局牵头哪些任务", top_k=3)
    assert answer.status == "answered"
    assert answer.tasks is not None
    query = TaskQuery(units=("应急管理局",), lead_only=True)
    assert answer.tasks.entries == tuple(assistant.tasks.find(query))
    clauses = list(dict.fromkeys(entry.clause.id for entry in answer.tasks.entries))
    assert [citation.clause.id for citation in answer.citations] == clauses[:3]
    assert [citation.rank for citation in answer.citations] == [1, 2, 3]
    marked = duties_marked(answer)
    first = {entry.clause.id for entry in answer.tasks.entries if entry.clause.id in clauses[:3]}
    duties = [entry.task.duty.text for entry in answer.tasks.entries if entry.clause.id in first]
    assert marked
    assert set(marked) <= set(duties)


def duties_marked(answer: Answer) -> list[str]:
    return [
        citation.text[mark.start : mark.end]
        for citation in answer.citations
        for mark in citation.highlights
        if mark.kind == "text"
    ]


def test_no_matching_task_is_said(assistant: Assistant) -> None:
    answer = assistant.ask("住建局2020年底前要完成什么")
    assert (answer.status, answer.reason, answer.citations) == ("not_found", "no_tasks", ())
    assert answer.tasks is not None
    assert answer.tasks.entries == ()
    assert answer.tasks.query.units == ("住建局",)


def test_an_ordinary_answer_lists_no_tasks(assistant: Assistant) -> None:
    assert assistant.ask("瓶改管 deadline?").tasks is None


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("应急管理局牵头哪些任务", "那住建局呢", TaskQuery(units=("住建局",), lead_only=True)),
        (
            "襄城住建局2024年底前要完成什么",
            "那2025年底前的呢",
            TaskQuery(places=("襄城县",), units=("住建局",), due_to=date(2025, 12, 31), sort="due"),
        ),
        (
            "襄城住建局2024年底前要完成什么",
            "驻马店呢",
            TaskQuery(places=("驻马店市",), units=("住建局",), due_to=date(2024, 12, 31), sort="due"),
        ),
        (
            "襄城每月要做的有哪些",
            "每季度的呢",
            TaskQuery(places=("襄城县",), recurring=True, rhythm="P3M"),
        ),
    ],
)
def test_a_list_goes_on(assistant: Assistant, before: str, question: str, expected: TaskQuery) -> None:
    answer = assistant.ask(question, context=before)
    assert answer.tasks is not None
    assert answer.tasks.query == expected


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("襄城住建局2024年底前要完成什么", "那牵头单位呢"),
        ("襄城住建局2024年底前要完成什么", "那瓶改管什么时候完成呢"),
        ("瓶改管 deadline?", "那住建局呢"),
    ],
)
def test_what_goes_on_with_something_else_is_no_list(
    assistant: Assistant, before: str, question: str
) -> None:
    assert assistant.ask(question, context=before).tasks is None


def test_filters_that_leave_no_document_leave_no_list(assistant: Assistant) -> None:
    answer = assistant.ask("公安局有哪些任务", places=["襄城"], documents=["zhumadian-2024-7"])
    assert (answer.status, answer.tasks) == ("not_found", None)
