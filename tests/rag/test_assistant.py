"""What an assistant answers, from question to citation."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import Encoder
from rag.assistant import Assistant
from rag.errors import BadQuestionError, UnknownDocumentError
from rag.home import Home
from rag.settings import Settings
from rag.weights import Weights
from tests.rag.asking import EXAMPLE, QUESTIONS, few, marked, timeless, whole
from tests.rag.held import NETWORK

# The example of the README.


def test_the_deadline_of_three_documents(assistant: Assistant) -> None:
    answer = assistant.ask(EXAMPLE)
    assert answer.status in ("answered", "unsure")
    assert set(marked(answer)) >= {"xiangcheng-2024-5", "qingping-2024-23", "zhumadian-2024-7"}
    assert marked(answer)["xiangcheng-2024-5"][0] == "2024年底前"
    assert marked(answer)["qingping-2024-23"][0] == "2024年底前"
    assert marked(answer)["zhumadian-2024-7"][0] == "年底前"
    first_of_each = {citation.document.id: citation for citation in reversed(answer.citations)}
    for name in ("xiangcheng-2024-5", "qingping-2024-23", "zhumadian-2024-7"):
        [mark] = [mark for mark in first_of_each[name].highlights if mark.answers]
        assert (mark.kind, mark.value) == ("deadline", "2024-12-31")
        assert "瓶改管" in first_of_each[name].text
    assert first_of_each["xiangcheng-2024-5"].reference == (
        "《襄城县安全生产治本攻坚三年行动实施方案（2024—2026年）》（襄安委〔2024〕5号）三、（六）18."
    )


def test_how_it_was_read_is_told(assistant: Assistant) -> None:
    answer = assistant.ask(EXAMPLE)
    assert answer.question == EXAMPLE
    assert answer.understood.wants == ("deadline",)
    assert answer.took_ms >= 0


# Invariant 1: verbatim.


@few
@given(question=QUESTIONS, top_k=st.integers(1, 12))
def test_every_citation_is_verbatim(assistant: Assistant, question: str, top_k: int) -> None:
    answer = assistant.ask(question, top_k=top_k)
    whole(answer, assistant)
    assert len(answer.citations) <= top_k


@few
@given(question=QUESTIONS, context=QUESTIONS)
def test_also_after_another_question(assistant: Assistant, question: str, context: str) -> None:
    whole(assistant.ask(question, context=context), assistant)


# Invariant 7: deterministic.


@settings(max_examples=15, deadline=None)
@given(question=QUESTIONS)
def test_two_assistants_answer_alike(assistant: Assistant, other: Assistant, question: str) -> None:
    answer = timeless(assistant.ask(question))
    assert answer == timeless(assistant.ask(question)) == timeless(other.ask(question))


@pytest.fixture(scope="module")
def other(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over a copy of the home, so that nothing is shared."""
    copy = tmp_path_factory.mktemp("copy") / "home"
    shutil.copytree(home, copy)
    return Assistant.open(copy)


# Scope.


@pytest.mark.parametrize(
    ("place", "document"),
    [
        ("襄城", "xiangcheng-2024-5"),
        ("青屏", "qingping-2024-23"),
        ("驻马店", "zhumadian-2024-7"),
        ("岫岩", "xiuyan-2024-3"),
    ],
)
def test_a_named_place_is_where_to_look(assistant: Assistant, place: str, document: str) -> None:
    for answer in (assistant.ask(f"{place}燃气安全怎么管"), assistant.ask("燃气安全怎么管", places=[place])):
        shown = (*answer.citations, *answer.nearest)
        assert {citation.document.id for citation in shown} == {document}
    assert assistant.ask("燃气", places=[place]).understood.documents == (document,)


@pytest.mark.parametrize("ids", [["xiuyan-2024-3"], ["qingping-2024-23", "zhumadian-2024-7"]])
def test_only_the_documents_asked_for(assistant: Assistant, ids: Sequence[str]) -> None:
    answer = assistant.ask("燃气安全由谁牵头", documents=ids, top_k=20)
    shown = (*answer.citations, *answer.nearest)
    assert shown
    assert {citation.document.id for citation in shown} <= set(ids)
    assert answer.understood.documents == tuple(sorted(ids))


def test_the_question_before_lends_its_object(assistant: Assistant) -> None:
    answer = assistant.ask("那驻马店呢？", context="襄城的瓶改管什么时候完成")
    assert {citation.document.id for citation in answer.citations} == {"zhumadian-2024-7"}
    assert "瓶改管" in answer.citations[0].text
    assert marked(answer)["zhumadian-2024-7"][0] == "年底前"


# The head of a document.


def test_the_number_of_a_document(assistant: Assistant) -> None:
    answer = assistant.ask("襄城的文号是多少")
    assert (answer.status, marked(answer)) == ("answered", {"xiangcheng-2024-5": ["襄安委〔2024〕5号"]})
    assert answer.citations[0].highlights[0].kind == "number"


def test_the_issuers_of_all_documents_up_to_top_k(assistant: Assistant) -> None:
    everything = assistant.ask("文件是谁发的", top_k=9)
    assert set(marked(everything)) == set(assistant.documents)
    assert assistant.ask("文件是谁发的", top_k=2).citations == everything.citations[:2]


def test_a_date_that_no_head_states(assistant: Assistant) -> None:
    answer = assistant.ask("青屏的方案是哪天印发的")
    assert (answer.status, answer.reason, answer.nearest) == ("not_found", "not_stated", ())


# Refusals, each with its reason.


@pytest.mark.parametrize("question", ["？！……", "🙂🙂", "\x00\x01\x02", "@@@"])
def test_a_question_without_words(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.reason, answer.nearest) == ("not_found", "no_words", ())


def test_what_no_document_says_comes_with_the_nearest(assistant: Assistant) -> None:
    answer = assistant.ask("量子计算机的采购预算")
    assert (answer.status, answer.reason) == ("not_found", "no_document_says")
    assert 1 <= len(answer.nearest) <= Settings().nearest


def test_a_place_no_document_is_about(assistant: Assistant) -> None:
    answer = assistant.ask("瓶改管什么时候完成", places=["火星"])
    assert answer.status == "not_found"
    assert answer.citations == ()
    named = assistant.ask("深圳市瓶改管什么时候完成")
    assert (named.status, named.reason) == ("not_found", "place_unknown")
    whole(named, assistant)


def test_a_sure_answer_of_another_place_is_still_refused(home: Path, encoder: Encoder) -> None:
    sure = replace(Weights.load(), answered_from=0.0, unsure_from=0.0)
    held = Home(home, encoder)
    believing = Assistant(held, held.open_or_create(), encoder, NETWORK, Settings(home=home), sure)
    assert believing.ask("瓶改管什么时候完成").status == "answered"
    answer = believing.ask("深圳市瓶改管什么时候完成")
    assert (answer.status, answer.reason, answer.citations) == ("not_found", "place_unknown", ())


# Bad input.


@pytest.mark.parametrize("question", ["", " ", "\n\t　", "\u00a0"])
def test_an_empty_question(assistant: Assistant, question: str) -> None:
    with pytest.raises(BadQuestionError, match="question is empty") as refused:
        assistant.ask(question)
    assert "问题是空的" in refused.value.message_zh
    assert refused.value.type == "bad-question"


@pytest.mark.parametrize("top_k", [0, -1, 101, 10**6])
def test_too_few_or_too_many(assistant: Assistant, top_k: int) -> None:
    with pytest.raises(BadQuestionError, match=rf"top_k must lie in 1..100, got {top_k}"):
        assistant.ask(EXAMPLE, top_k=top_k)


@pytest.mark.parametrize("top_k", [1, 100])
def test_as_few_or_as_many_as_allowed(assistant: Assistant, top_k: int) -> None:
    assert 1 <= len(assistant.ask(EXAMPLE, top_k=top_k).citations) <= top_k


@pytest.mark.parametrize(
    "question",
    [
        "安",
        "的",
        "瓶改管" * 3334,
        "安全生产，" * 2000,
        "瓶改管\x00\x1b[31m什么时候\x07完成",
        "瓶改管🔥什么时候完成🙂",
        "<script>alert('瓶改管')</script>",
        "'; DROP TABLE documents; -- 瓶改管",
        "瓶\ud800改管",
        "(((((((((([[[[[{{{{{***+++???\\",
        "\u202e瓶改管\u200b",
        "1" * 5000,
    ],
)
def test_odd_questions_are_answered_or_refused(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.question == question
    whole(answer, assistant)
    whole(assistant.ask("什么时候完成", context=question), assistant)


def test_a_document_that_is_not_held(assistant: Assistant) -> None:
    with pytest.raises(UnknownDocumentError, match="'mars-2024-1'") as refused:
        assistant.ask(EXAMPLE, documents=["xiuyan-2024-3", "mars-2024-1"])
    assert "mars-2024-1" in refused.value.message_zh


def test_an_answer_none_of_whose_citations_is_likelier_right_than_wrong_is_unsure(
    home: Path, encoder: Encoder
) -> None:
    sure = replace(Weights.load(), answered_from=0.0, unsure_from=0.0)
    held = Home(home, encoder)
    snapshot = held.open_or_create()
    strict = Settings(home=home, stands_from=1.0)
    assert Assistant(held, snapshot, encoder, NETWORK, strict, sure).ask(EXAMPLE).status == "unsure"
    lenient = Settings(home=home, stands_from=0.0)
    assert Assistant(held, snapshot, encoder, NETWORK, lenient, sure).ask(EXAMPLE).status == "answered"
