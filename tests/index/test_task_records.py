"""Tasks come back from their records as they were, and what is no quotation is never written."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from corpus.library import read_document, shipped_documents
from corpus.task import Quoted, Task, TaskDeadline, TaskFrequency, TaskQuantity, TaskUnit
from corpus.tasks import tasks
from index.manifest import corpus_hash
from index.records import document_json, document_of
from tests.index.sample import Part, document, plan

SHIPPED = {path.stem: path for path in shipped_documents()}


def back(held: Document) -> Document:
    return document_of(json.loads(document_json(held)))


def with_task(**fields: object) -> Document:
    """The plan with one task of its third clause."""
    held = plan()
    start = held.text.index("完成")
    task = Task("plan#2@1", "plan", "plan#2", Quoted("完成", start, start + 2))
    return replace(held, tasks=(replace(task, **fields),))  # type: ignore[arg-type]


@st.composite
def documents_with_tasks(draw: st.DrawFn) -> Document:
    parts = draw(st.lists(st.builds(Part, words=st.text(min_size=1, max_size=12)), min_size=1, max_size=3))
    held = document("d", "题", parts)
    words = st.text(max_size=3)

    def quotation() -> tuple[str, int, int]:
        start = draw(st.integers(0, len(held.text) - 1))
        end = draw(st.integers(start + 1, len(held.text)))
        return held.text[start:end], start, end

    def unit() -> TaskUnit:
        text, start, end = quotation()
        return TaskUnit(text, start, end, draw(st.one_of(st.just(text), words)))

    def either(made: object) -> object:
        return made if draw(st.booleans()) else None

    def task(place: int) -> Task:
        clause = draw(st.sampled_from(held.clauses))
        units = tuple(unit() for _ in range(draw(st.integers(0, 3))))
        value = draw(st.none() | words)
        whom = either(Quoted(*quotation()))
        return Task(
            f"{clause.id}@{place}",
            held.id,
            clause.id,
            Quoted(*quotation()),
            either(TaskDeadline(*quotation(), value, "report", draw(st.none() | words))),  # type: ignore[arg-type]
            units[: draw(st.integers(0, len(units)))],
            units,
            either(TaskFrequency(*quotation(), value, whom)),  # type: ignore[arg-type]
            tuple(TaskQuantity(*quotation(), value) for _ in range(draw(st.integers(0, 2)))),
            tuple(unit() for _ in range(draw(st.integers(0, 2)))),
        )

    return replace(held, tasks=tuple(task(place) for place in range(1, draw(st.integers(0, 3)) + 1)))


@given(documents_with_tasks())
def test_any_tasks_come_back_from_their_records(held: Document) -> None:
    found = back(held)
    assert found == held
    assert found.tasks == held.tasks
    assert document_json(found) == document_json(held)


@pytest.mark.parametrize("name", SHIPPED)
def test_the_tasks_of_the_shipped_documents_come_back(name: str) -> None:
    read = read_document(SHIPPED[name])
    held = replace(read, tasks=tasks(read))
    assert held.tasks
    assert back(held) == held


def test_tasks_not_read_yet_are_none_and_no_tasks_are_none_at_all() -> None:
    assert back(plan()).tasks is None
    assert back(replace(plan(), tasks=())).tasks == ()


def test_a_record_without_tasks_is_of_a_document_whose_tasks_are_not_read() -> None:
    record = json.loads(document_json(with_task()))
    del record["tasks"]
    assert document_of(record) == plan()


def test_the_corpus_hash_changes_with_the_tasks() -> None:
    hashes = {corpus_hash([one]) for one in (plan(), replace(plan(), tasks=()), with_task())}
    assert len(hashes) == 3


def test_what_is_no_quotation_is_not_written() -> None:
    with pytest.raises(ValueError, match="must quote"):
        document_json(with_task(duty=Quoted("完成了", 0, 3)))
    with pytest.raises(ValueError, match="must quote"):
        document_json(with_task(standing=(TaskUnit("各单位", 0, 3, "各单位"),)))


def test_units_that_lead_but_are_not_first_are_not_written() -> None:
    text = plan().text
    one, other = (TaskUnit(text[at : at + 2], at, at + 2, text[at : at + 2]) for at in (0, 2))
    assert back(with_task(lead=(one,), units=(one, other))) == with_task(lead=(one,), units=(one, other))
    with pytest.raises(ValueError, match="leading units of plan#2@1"):
        document_json(with_task(lead=(other,), units=(one, other)))
