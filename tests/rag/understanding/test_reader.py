from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from index.terms import terms
from rag.understanding import Glossary, QuestionReader
from rag.understanding.wants import CONTENT

SLOWEST_QUESTION_S = 0.02
"""A generous bound for a shared machine; a question takes well under a millisecond."""


MIXED = (
    "襄城", "岫岩", "瓶盖管", "deadline", "谁", "牵头", "多久", "一次", "那", "呢",
    "什么时候", "哪些", "文件", "lpg", "老板", "？", "2024年",
)  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        "",
        " ",
        "\n\t",
        "瓶",
        "?",
        "？？？",
        "\x00\x01\x02",
        "🔥🧯",
        "<script>alert(1)</script>",
        "'; DROP TABLE documents; --",
        "%s{}{0}[]()\\",
        "问" * 10_000,
        "瓶盖管" * 3_000,
        "a b " * 2_500,
        "\ud800\udfff",
    ],
)
def test_whatever_is_typed_is_read(reader: QuestionReader, asked: str) -> None:
    question = reader.read(asked, context=asked)
    assert question.asked == asked
    assert bool(CONTENT.search(question.text)) <= bool(question.focus)


@given(st.text(), st.none() | st.text())
def test_reading_never_raises_and_never_varies(
    reader: QuestionReader, asked: str, context: str | None
) -> None:
    assert reader.read(asked, context=context) == reader.read(asked, context=context)


@given(st.lists(st.sampled_from(MIXED)))
def test_any_mixture_is_read_with_its_object(reader: QuestionReader, words: list[str]) -> None:
    question = reader.read("".join(words))
    assert bool(question.focus) == bool(words)
    assert question.documents is None or question.named


def test_the_example_of_the_interface(reader: QuestionReader) -> None:
    question = reader.read("瓶盖管 deadline?")
    assert question.corrections == {"瓶盖管": "瓶改管"}
    assert question.wants == ("deadline",)
    assert question.focus == "瓶改管"
    assert set(question.expansions) == {"deadline"}
    assert "完成时间" in question.expansions["deadline"]


def test_expansions_are_words_of_the_corpus(reader: QuestionReader, documents: tuple[Document, ...]) -> None:
    text = "\n".join(document.text for document in documents)
    for asked in ("老板罚钱", "deadline for LPG boilers", "演习", "住建局和市监局", "焊工 烟感 房子"):
        for words in reader.read(asked).expansions.values():
            assert all(word in text for word in words)


def test_a_home_without_documents_reads_questions(glossary: Glossary) -> None:
    question = QuestionReader((), frozenset(), glossary).read("襄城县瓶改管 deadline")
    assert question.wants == ("deadline",)
    assert question.documents is None
    assert question.expansions == {}


def test_questions_are_read_quickly(reader: QuestionReader) -> None:
    asked = "驻马店市各级安委会一把手多久必须研究一次安全方面的突出问题？"
    reader.read(asked)
    started = time.perf_counter()
    reader.read(asked)
    assert time.perf_counter() - started < SLOWEST_QUESTION_S


def test_a_reader_is_made_quickly(documents: tuple[Document, ...], glossary: Glossary) -> None:
    vocabulary = frozenset(term for document in documents for term in terms(document.text))
    started = time.perf_counter()
    QuestionReader(documents, vocabulary, glossary)
    assert time.perf_counter() - started < 1.0
