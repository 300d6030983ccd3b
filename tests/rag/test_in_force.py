"""What is not in force answers only where it is asked for, and with a warning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.document import Document, Status
from corpus.validity import WITHDRAWN, answers_on, issued_by, status_on
from index.encoder import Encoder
from rag.answer import Answer, Citation
from rag.assistant import Assistant
from rag.compare import compare
from rag.in_force import AsOf, InForce
from rag.schedule import schedules
from rag.task_query import TaskQuery
from tests.rag.held import QUESTION, TODAY, holding, made

IDS = ("a", "a@1", "b", "c", "c@1", "c@2")
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
MAYBE = st.none() | DAYS.map(date.isoformat)
QUESTIONS = (
    QUESTION,
    "燃气管道多久检查一次",
    "县住建局2027年底前要完成哪些任务",
    "各县瓶改管期限有什么不同",
    "乙县瓶改管工作方案的文号是多少",
    "《甲县瓶改管工作方案》瓶改管由谁牵头",
)


@st.composite
def said(draw: st.DrawFn) -> dict[str, object]:
    return {
        "status": draw(st.sampled_from(get_args(Status))),
        "date": draw(MAYBE),
        "since": draw(MAYBE),
        "until": draw(MAYBE),
        "replaced_by": draw(st.none() | st.sampled_from(IDS)),
    }


def shown(answer: Answer) -> Iterable[Citation]:
    for citation in (*answer.citations, *answer.nearest):
        yield citation
        yield from citation.copies


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> list[Document]:
    folder = tmp_path_factory.mktemp("texts")
    titles = {"a": "甲县瓶改管工作方案", "b": "乙县瓶改管工作方案", "c": "丙县瓶改管工作方案"}
    return [
        made(name, titles[name[0]], f"{2024 + at % 3}年{6 + at}月底", folder) for at, name in enumerate(IDS)
    ]


# Stale answers: none.


@settings(max_examples=30, deadline=None)
@given(
    told=st.lists(said(), min_size=len(IDS), max_size=len(IDS)),
    question=st.sampled_from(QUESTIONS),
    context=st.none() | st.sampled_from(QUESTIONS),
    as_of=st.none() | DAYS,
    include_withdrawn=st.booleans(),
    named=st.sets(st.sampled_from(IDS), max_size=2),
)
def test_nothing_withdrawn_is_cited_unasked(
    encoder: Encoder,
    texts: list[Document],
    told: list[dict[str, object]],
    question: str,
    context: str | None,
    as_of: date | None,
    include_withdrawn: bool,
    named: set[str],
) -> None:
    documents = [replace(text, **each) for text, each in zip(texts, told, strict=True)]  # type: ignore[arg-type]
    with TemporaryDirectory() as folder:
        assistant = holding(documents, Path(folder) / "home", encoder)
        answer = assistant.ask(
            question,
            context=context,
            documents=sorted(named),
            as_of=as_of,
            include_withdrawn=include_withdrawn,
            top_k=20,
        )
        day = as_of or TODAY
        entries = answer.tasks.entries if answer.tasks else ()
        for document in (*(each.document for each in shown(answer)), *(each.document for each in entries)):
            asked_for = include_withdrawn or document.id in named
            assert asked_for or status_on(document, day) not in WITHDRAWN
            assert as_of is None or issued_by(document, day)
        for citation in shown(answer):
            status = status_on(citation.document, day)
            assert citation.status == status
            assert (citation.caution is None) == (status == "in_force")
            assert citation.caution is None or citation.caution.text.startswith("此文件")


@settings(max_examples=60, deadline=None)
@given(told=st.lists(said(), min_size=len(IDS), max_size=len(IDS)), day=DAYS, named=st.booleans())
def test_what_is_withheld_is_what_does_not_answer(
    texts: list[Document], told: list[dict[str, object]], day: date, named: bool
) -> None:
    documents = [replace(text, **each) for text, each in zip(texts, told, strict=True)]  # type: ignore[arg-type]
    in_force = InForce(documents)
    withheld = in_force.withheld(AsOf(day, named))
    for document in documents:
        if status_on(document, day) in WITHDRAWN or (named and not answers_on(document, day)):
            assert document.id in withheld
    everything = in_force.withheld(AsOf(day, named, include_withdrawn=True))
    assert everything <= withheld
    assert in_force.withheld(AsOf(day, named), IDS) == everything


def test_where_all_answer_none_is_left_out_and_the_scope_stays_open(
    encoder: Encoder, texts: list[Document], tmp_path: Path
) -> None:
    assistant = holding(texts, tmp_path / "home", encoder)
    state = assistant.state()
    assert state.in_force.withheld(AsOf(TODAY)) == frozenset()
    assert state.reader.read("瓶改管什么时候完成").documents is None


# One text in two versions, one repealed, one still to come, one amended.


@pytest.fixture(scope="session")
def library(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("library")
    number = "甲政〔2025〕3号"
    return holding(
        [
            made("a", "甲县瓶改管工作方案", "2027年6月底", folder, number=number, date="2025-06-01", since="2025-07-01"),
            made(
                "a@1", "甲县瓶改管工作方案", "2025年3月底", folder, number="甲政〔2024〕1号", date="2024-01-10",
                status="superseded", until="2025-07-01", replaced_by="a",
            ),
            made("b", "乙县瓶改管工作方案", "2025年9月底", folder, date="2024-02-01", status="repealed", until="2025-12-01"),
            made("c", "丙县瓶改管工作方案", "2028年10月底", folder, date="2026-01-05", since="2026-06-01"),
            made("d", "丁县瓶改管工作方案", "2026年11月底", folder, date="2024-05-01", status="amended"),
        ],
        folder / "home",
        encoder,
    )  # fmt: skip


def cited(answer: Answer) -> set[str]:
    return {each.document.id for each in shown(answer)}


def test_today_answers_what_applies_today(library: Assistant) -> None:
    answer = library.ask(QUESTION, top_k=20)
    assert cited(answer) == {"a", "c", "d"}
    told = {each.document.id: each.caution for each in shown(answer)}
    assert told["a"] is None
    assert told["c"] is not None
    assert (told["c"].status, told["c"].text) == ("not_yet_in_force", "此文件尚未施行（自2026-06-01起施行）")
    assert told["d"] is not None
    assert told["d"].text == "此文件已修改，请核对修改后的规定"


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 1, 9), set()),
        (date(2024, 1, 10), {"a@1"}),
        (date(2025, 5, 31), {"a@1", "b", "d"}),
        (date(2025, 6, 30), {"a", "a@1", "b", "d"}),
        (date(2025, 7, 1), {"a", "b", "d"}),
        (date(2025, 12, 1), {"a", "d"}),
        (date(2026, 1, 5), {"a", "c", "d"}),
    ],
)
def test_a_day_is_answered_from_what_was_issued_and_applied_then(
    library: Assistant, day: date, expected: set[str]
) -> None:
    assert cited(library.ask(QUESTION, top_k=20, as_of=day)) == expected
    tasks = library.tasks.find(TaskQuery(as_of=day))
    assert {entry.document.id for entry in tasks} == expected


def test_withdrawn_texts_are_asked_for_with_a_warning(library: Assistant) -> None:
    answer = library.ask(QUESTION, top_k=20, include_withdrawn=True)
    told = {each.document.id: each.caution for each in shown(answer)}
    assert set(told) == {"a", "a@1", "b", "c", "d"}
    assert told["a@1"] is not None
    assert told["a@1"].replaced_by == "a"
    assert told["a@1"].text == "此文件已被《甲县瓶改管工作方案》的新版本替代（自2025-07-01起）"
    assert told["b"] is not None
    assert told["b"].text == "此文件已废止（自2025-12-01起）"


def test_a_withdrawn_text_named_by_its_id_answers(library: Assistant) -> None:
    for name in ("a@1", "b"):
        assert cited(library.ask(QUESTION, documents=[name])) == {name}
    assert cited(library.ask(QUESTION, documents=["a"])) == {"a"}


def test_a_withdrawn_text_named_in_the_question_is_refused_for_what_it_is(library: Assistant) -> None:
    answer = library.ask("《乙县瓶改管工作方案》规定瓶改管什么时候完成")
    assert (answer.status, answer.reason, answer.nearest) == ("not_found", "withdrawn", ())
    answer = library.ask("甲政〔2024〕1号 瓶改管什么时候完成")
    assert (answer.status, answer.reason) == ("not_found", "withdrawn")


def test_a_title_means_the_version_that_applies(library: Assistant) -> None:
    question = "《甲县瓶改管工作方案》规定瓶改管什么时候完成"
    assert cited(library.ask(question)) == {"a"}
    assert cited(library.ask(question, as_of=date(2025, 1, 1))) == {"a@1"}
    assert cited(library.ask(question, include_withdrawn=True)) == {"a", "a@1"}


def test_what_leans_on_a_question_leans_on_its_day(library: Assistant) -> None:
    before = "《甲县瓶改管工作方案》规定瓶改管什么时候完成"
    assert cited(library.ask("那由谁牵头呢", context=before)) == {"a"}
    assert cited(library.ask("那由谁牵头呢", context=before, as_of=date(2025, 1, 1))) == {"a@1"}


def test_a_documents_own_number_is_that_of_the_version_that_applies(library: Assistant) -> None:
    answer = library.ask("甲县瓶改管工作方案的文号是多少")
    assert "a@1" not in cited(answer)


def test_a_list_has_what_applies(library: Assistant) -> None:
    question = "住建局2030年底前要完成哪些任务"
    answer = library.ask(question)
    assert answer.tasks is not None
    assert {entry.document.id for entry in answer.tasks.entries} == {"a", "c", "d"}
    then = library.ask(question, as_of=date(2025, 1, 1))
    assert then.tasks is not None
    assert {entry.document.id for entry in then.tasks.entries} == {"a@1", "b", "d"}
    assert then.tasks.query.as_of == date(2025, 1, 1)
    assert tuple(library.tasks.find(then.tasks.query)) == then.tasks.entries


def test_a_comparison_sets_side_by_side_what_applies(library: Assistant) -> None:
    now = compare(library, "各县瓶改管期限有什么不同")
    assert {side.citation.document.id for side in now.sides} | {each.id for each in now.silent} == {
        "a",
        "c",
        "d",
    }
    cautions = {side.citation.document.id: side.citation.caution for side in now.sides}
    assert cautions["a"] is None
    then = compare(library, "各县瓶改管期限有什么不同", as_of=date(2025, 1, 1))
    assert {side.citation.document.id for side in then.sides} | {each.id for each in then.silent} == {
        "a@1", "b", "d",
    }  # fmt: skip


def test_tasks_of_a_withdrawn_text_are_found_by_its_id(library: Assistant) -> None:
    register = library.tasks
    assert {entry.document.id for entry in register.find(TaskQuery())} == {"a", "c", "d"}
    assert {entry.document.id for entry in register.find(TaskQuery(documents=("b",)))} == {"b"}
    everything = register.find(TaskQuery(include_withdrawn=True))
    assert {entry.document.id for entry in everything} == {"a", "a@1", "b", "c", "d"}


def test_a_schedule_is_that_of_the_version_that_applies(library: Assistant) -> None:
    def of(wanted: str, **said: object) -> list[str]:
        within = TaskQuery(**said)  # type: ignore[arg-type]
        return [each.document.id for each in schedules(library.tasks, wanted, within)]

    assert of("甲县瓶改管工作方案") == ["a"]
    assert of("甲县瓶改管工作方案", as_of=date(2025, 1, 1)) == ["a@1"]
    assert of("a@1") == ["a@1"]
    assert of("甲县") == ["a"]


def test_words_are_found_in_all_texts(library: Assistant) -> None:
    assert {found.document.id for found in library.verify("2025年3月底前完成")} == {"a@1"}


def test_the_day_changes_while_the_assistant_is_open(encoder: Encoder, tmp_path: Path) -> None:
    last = made(
        "x", "甲县瓶改管工作方案", "2027年6月底", tmp_path, until=(TODAY + timedelta(days=1)).isoformat()
    )
    other = made("y", "乙县瓶改管工作方案", "2027年8月底", tmp_path)
    day = [TODAY]
    assistant = holding([last, other], tmp_path / "home", encoder, lambda: day[0])
    assert cited(assistant.ask(QUESTION)) == {"x", "y"}
    assert {entry.document.id for entry in assistant.tasks.find(TaskQuery())} == {"x", "y"}
    day[0] += timedelta(days=1)
    assert cited(assistant.ask(QUESTION)) == {"y"}
    assert {entry.document.id for entry in assistant.tasks.find(TaskQuery())} == {"y"}


def test_an_undated_version_had_not_begun_while_the_one_before_it_applied(
    encoder: Encoder, tmp_path: Path
) -> None:
    title = "甲县瓶改管工作方案"
    documents = [
        made("x", title, "2027年6月底", tmp_path),
        made("x@1", title, "2025年6月底", tmp_path, status="superseded", until="2026-01-01", replaced_by="x"),
    ]
    assistant = holding(documents, tmp_path / "home", encoder)
    assert cited(assistant.ask(QUESTION, as_of=date(2025, 12, 31))) == {"x@1"}
    assert cited(assistant.ask(QUESTION, as_of=date(2026, 1, 1))) == {"x"}
