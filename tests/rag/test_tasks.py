"""The duty register: what each filter leaves, in which order, and how wrong names are told."""

import threading
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.task import Quoted, Task
from corpus.tasks import tasks
from rag.errors import BadFilterError, UnknownDocumentError, UnknownPlaceError, UnknownUnitError
from rag.task_query import TaskQuery
from rag.tasks import Entry, TaskRegister
from tests.rag.duties import (
    BEGIN,
    CHECK,
    DOCUMENTS,
    ENTER,
    NOTICE,
    ONE_FIRM,
    PIPES,
    PLAN,
    TASKS,
    TELL,
    entry,
    register,
)

ALL = [*TASKS["plan"], *TASKS["notice"]]


def left(**wanted: Any) -> list[Task]:
    return [found.task for found in register().find(TaskQuery(**wanted))]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, ALL),
        ({"documents": ("notice",)}, [ENTER]),
        ({"documents": ("plan", "notice")}, ALL),
        ({"places": ("示范县",)}, list(TASKS["plan"])),
        ({"places": ("示范",)}, list(TASKS["plan"])),
        ({"places": ("驻马店", "示范县")}, ALL),
        ({"places": ("驻马店",), "documents": ("plan",)}, []),
        ({"units": ("县住房和城乡建设局",)}, [PIPES, ONE_FIRM]),
        ({"units": ("住建局",)}, [PIPES, ONE_FIRM]),
        ({"units": ("示范县住建局",)}, [PIPES, ONE_FIRM]),
        ({"units": ("住房",)}, [PIPES, ONE_FIRM]),
        ({"units": ("公安局",)}, [PIPES, ONE_FIRM, ENTER]),
        ({"units": ("市公安局",)}, [ENTER]),
        ({"units": ("应急管理局",)}, [CHECK]),
        ({"units": ("应急局",)}, [CHECK]),
        ({"units": ("各乡镇",)}, [ONE_FIRM]),
        ({"units": ("应急局", "市公安局")}, [CHECK, ENTER]),
        ({"units": ("住建局",), "lead_only": True}, [PIPES, ONE_FIRM]),
        ({"units": ("公安局",), "lead_only": True}, []),
        ({"lead_only": True}, [PIPES, ONE_FIRM]),
        ({"due_from": date(2024, 12, 31)}, [PIPES, ONE_FIRM]),
        ({"due_to": date(2024, 12, 31)}, [PIPES, ENTER]),
        ({"due_from": date(2024, 7, 1), "due_to": date(2025, 1, 1)}, [PIPES]),
        ({"overdue_at": date(2024, 12, 31)}, [ENTER]),
        ({"overdue_at": date(2025, 1, 1)}, [PIPES, ENTER]),
        ({"recurring": True}, [CHECK]),
        ({"rhythm": "P3M"}, [CHECK]),
        ({"rhythm": "P1M"}, []),
        ({"units": ("县公安局",)}, [PIPES, ONE_FIRM]),
        ({"units": ("县应急局",)}, [CHECK]),
        ({"topic": "瓶改管"}, [PIPES]),
        ({"topic": "燃气"}, [PIPES, ONE_FIRM, CHECK]),
        ({"topic": "燃气、 瓶改管"}, [PIPES]),
        ({"topic": "燃氣"}, [PIPES, ONE_FIRM, CHECK]),
        ({"topic": "燃气 消防"}, []),
        ({"topic": " ，"}, ALL),
        ({"sort": "due"}, [ENTER, PIPES, ONE_FIRM, CHECK, BEGIN, TELL]),
    ],
    ids=str,
)
def test_a_filter_leaves_what_fits(wanted: dict[str, Any], expected: list[Task]) -> None:
    assert left(**wanted) == expected


def test_what_only_begins_on_a_day_is_never_due() -> None:
    assert entry(BEGIN).due is None
    assert entry(PIPES).due == date(2024, 12, 31)
    assert entry(TELL).due is None


@pytest.mark.parametrize(
    "days",
    [
        {"due_from": date(2025, 1, 1), "due_to": date(2024, 12, 31)},
        {"due_from": date(2025, 1, 1), "overdue_at": date(2025, 1, 1)},
    ],
)
def test_days_that_leave_no_room_are_refused(days: dict[str, Any]) -> None:
    with pytest.raises(BadFilterError) as refused:
        TaskQuery(**days)
    assert "2025-01-01" in refused.value.message
    assert "2025-01-01" in refused.value.message_zh


def test_an_unknown_unit_is_told_with_the_nearest_names() -> None:
    with pytest.raises(UnknownUnitError) as refused:
        left(units=("县应急局管理处",))
    assert "县应急局" in refused.value.message_zh
    with pytest.raises(UnknownUnitError) as refused:
        left(units=("zzz",))
    assert "无" in refused.value.message_zh


def test_a_unit_of_another_place_is_not_meant() -> None:
    assert left(units=("驻马店市公安局",)) == [ENTER]


def test_an_unknown_place_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownPlaceError) as refused:
        left(places=("海南省",))
    assert "示范县" in refused.value.message_zh


def test_an_unknown_document_is_told() -> None:
    with pytest.raises(UnknownDocumentError):
        left(documents=("nope",))


def test_an_empty_register_finds_nothing() -> None:
    assert TaskRegister((), lambda _document: ()).find(TaskQuery()) == []
    with pytest.raises(UnknownPlaceError):
        TaskRegister((), lambda _document: ()).find(TaskQuery(places=("示范县",)))


def test_units_come_by_how_often_they_are_named() -> None:
    assert register().units == (
        "示范县住房和城乡建设局",
        "示范县公安局",
        "各乡镇政府",
        "示范县应急管理局",
        "驻马店市公安局",
    )


def test_tasks_are_read_once_however_many_ask() -> None:
    reads: list[str] = []

    def read(held: Document) -> tuple[Task, ...]:
        reads.append(held.id)
        return TASKS[held.id]

    shared = TaskRegister(DOCUMENTS, read)
    threads = [threading.Thread(target=shared.find, args=(TaskQuery(),)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reads == ["plan", "notice"]


def test_tasks_that_came_with_a_document_are_not_read_again() -> None:
    kept = TaskRegister([replace(PLAN, tasks=(PIPES,)), replace(NOTICE, tasks=())], tasks)
    assert [entry.task for entry in kept.entries] == [PIPES]


def test_a_task_that_does_not_quote_cannot_be_entered() -> None:
    other = replace(PIPES, duty=Quoted("基本完成", 0, 4))
    with pytest.raises(ValueError, match="must quote"):
        Entry(other, PLAN, PLAN.clause(other.clause_id))


def test_a_reference_names_document_and_clause() -> None:
    assert (
        entry(PIPES).reference
        == "《示范县安全生产三年行动方案（2024—2026年）》（示安〔2024〕1号）一、（一）1."
    )
    assert entry(ENTER).reference == f"《{NOTICE.title}》1."


DAYS = st.none() | st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(
    due_from=DAYS,
    due_to=DAYS,
    overdue_at=DAYS,
    lead_only=st.booleans(),
    recurring=st.booleans(),
    topic=st.sampled_from(["", "燃气", "瓶改管", "完成"]),
    sort=st.sampled_from(["due", "document"]),
)
def test_a_further_filter_never_adds_a_task(topic: str, sort: Any, **wanted: Any) -> None:
    try:
        found = left(topic=topic, sort=sort, **wanted)
    except BadFilterError:
        return
    assert set(map(id, found)) <= set(map(id, left(topic=topic)))
    for task in found:
        due = entry(task).due
        assert due is not None or not any(wanted[name] for name in ("due_from", "due_to", "overdue_at"))
    if sort == "due":
        days = [entry(task).due or date.max for task in found]
        assert days == sorted(days)


def test_it_is_quick_to_see_that_no_task_speaks_of_something() -> None:
    held = register()
    assert held.speaks_of(["瓶改管", "消防"])
    assert held.speaks_of([])
    assert not held.speaks_of(["瓶改管", "量子"])
