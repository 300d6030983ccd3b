"""What is said of a held text stays beside what its file says, and its tasks follow."""

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.document import Document
from corpus.holding import Holding
from corpus.library import read_document
from corpus.tasks import tasks

TEXT = "关于燃气的通知\n\n一、6月底前完成改造。（县应急管理局负责）\n\n二、名称照旧。\n"


@pytest.fixture
def held(tmp_path: Path) -> Document:
    path = tmp_path / "gas.txt"
    path.write_text(TEXT, encoding="utf-8")
    read = read_document(path)
    assert (read.place, read.date) == (None, None)
    return replace(read, tasks=tasks(read))


def holding(**said: str) -> Holding:
    return Holding("gas", "gas~0.txt", "gas.txt", "0", **said)  # type: ignore[arg-type]


def test_tasks_that_nothing_said_bears_upon_are_kept(held: Document) -> None:
    said = holding(status="repealed", since="2024-01-01", until="2025-01-01").said_of(held)
    assert said.status == "repealed"
    assert said.tasks
    assert said.tasks is held.tasks


def test_tasks_are_read_again_with_the_place_and_the_date_that_are_said(held: Document) -> None:
    said = holding(place="襄城县", date="2024-03-25").said_of(held)
    assert held.tasks is not None
    assert said.tasks is not None
    (before,), (after,) = held.tasks, said.tasks
    assert before.deadline is not None
    assert after.deadline is not None
    assert (before.units[0].name, before.deadline.date) == ("县应急管理局", None)
    assert (after.units[0].name, after.deadline.date) == ("襄城县应急管理局", "2024-06-30")
    assert holding(place="襄城县", date="2024-03-25").said_of(said).tasks is said.tasks


def test_tasks_that_were_not_read_stay_unread(held: Document) -> None:
    assert holding(place="襄城县").said_of(replace(held, tasks=None)).tasks is None
