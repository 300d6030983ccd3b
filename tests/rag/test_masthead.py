from dataclasses import replace

import pytest

from corpus.document import Document, Span
from rag.masthead import asks_for_head, head_fields
from rag.question import Question, Want
from tests.index.sample import Part, document
from tests.rag.sample import asking


def issued(name: str, title: str, number: str | None, date: str | None) -> Document:
    """A document whose head states a number, a date, both or neither, and always its issuer."""
    made = document(name, title, [Part(f"某县政府\n{number or ''}\n{date or ''}\n"), Part("正文。\n")])
    stated = {"issuer": "某县政府", "number": number, "date": date}
    fields = {
        field: Span(made.text.index(words), made.text.index(words) + len(words))
        for field, words in stated.items()
        if words
    }
    return replace(made, fields=fields)


GAS = issued("gas", "燃气安全治理方案", "某安〔2024〕1号", "2024年3月25日")
LIFT = issued("lift", "电梯安全检查通知", "某安〔2024〕2号", None)
HELD = (GAS, LIFT)


def asks(focus: str, *wants: Want) -> bool:
    return asks_for_head(asking(focus, *wants), HELD, strangers=0.34)


@pytest.mark.parametrize("want", ["number", "date", "issuer", "addressees"])
@pytest.mark.parametrize("focus", ["方案", "这份文件", "燃气安全治理方案", "电梯安全检查通知", "", "它"])
def test_a_document_by_its_title_or_by_a_general_name(focus: str, want: Want) -> None:
    assert asks(focus, want)


@pytest.mark.parametrize("focus", ["瓶改管", "消防车道", "液化石油气储配站"])
def test_a_number_of_something_inside_is_not_the_heads(focus: str) -> None:
    assert not asks(focus, "number")


@pytest.mark.parametrize("want", ["deadline", "who_leads", "units", "quantity", "list"])
def test_another_want_is_not_the_heads(want: Want) -> None:
    assert not asks("方案", want)


def test_what_is_wanted_first_decides() -> None:
    assert asks("方案", "number", "deadline")
    assert not asks("方案", "deadline", "number")
    assert not asks("方案")


def test_how_many_strangers_are_let_in() -> None:
    # Pairs: 燃气 and 方案 are known, 气瓶 and 瓶方 hold the stranger 瓶: 2 of 4.
    question = asking("燃气瓶方案", "number")
    assert len({"燃气", "气瓶", "瓶方", "方案"}) == 4
    assert asks_for_head(question, HELD, strangers=0.5)
    assert not asks_for_head(question, HELD, strangers=0.49)


def quoted(question: Question) -> list[tuple[str, str]]:
    return [(field.document.id, field.document.quote(field.span)) for field in head_fields(question, HELD)]


def test_the_number_of_every_document() -> None:
    assert quoted(asking("文件", "number")) == [("gas", "某安〔2024〕1号"), ("lift", "某安〔2024〕2号")]


def test_the_named_title_alone() -> None:
    # 电梯, 梯安, 安全, … are seven pairs of the one title; the other shares 安全 alone.
    assert quoted(asking("电梯安全检查通知", "number")) == [("lift", "某安〔2024〕2号")]


def test_the_document_in_scope_alone() -> None:
    assert quoted(asking("文件", "number", documents=frozenset({"lift"}))) == [("lift", "某安〔2024〕2号")]


def test_a_date_that_is_not_stated_is_not_made_up() -> None:
    assert quoted(asking("文件", "date")) == [("gas", "2024年3月25日")]
    assert quoted(asking("文件", "date", documents=frozenset({"lift"}))) == []


def test_another_documents_date_does_not_stand_in_for_it() -> None:
    assert quoted(asking("电梯安全检查通知", "date")) == []


def test_nothing_held() -> None:
    assert head_fields(asking("文件", "number"), ()) == ()


@pytest.mark.parametrize(("want", "kind"), [("number", "number"), ("date", "deadline"), ("issuer", "text")])
def test_what_kind_of_words_are_marked(want: Want, kind: str) -> None:
    assert {field.kind for field in head_fields(asking("文件", want), HELD)} == {kind}
