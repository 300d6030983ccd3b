from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from corpus.document import Document, SourceMap
from corpus.library import read_document
from index.terms import terms
from rag.understanding import Glossary, QuestionReader

SHIPPED = Path(__file__).parents[3] / "corpus" / "documents"


def vocabulary_of(documents: Sequence[Document]) -> frozenset[str]:
    return frozenset(term for document in documents for term in terms(document.text))


def made(
    identity: str, title: str, text: str, place: str | None = None, number: str | None = None
) -> Document:
    return Document(
        identity, title, text, (), SourceMap((), (), ()), f"{identity}.txt", "0", number=number, place=place
    )


@pytest.fixture(scope="session")
def documents() -> tuple[Document, ...]:
    return tuple(read_document(path) for path in sorted(SHIPPED.glob("*.txt")))


@pytest.fixture(scope="session")
def glossary() -> Glossary:
    return Glossary.load()


@pytest.fixture(scope="session")
def reader(documents: tuple[Document, ...], glossary: Glossary) -> QuestionReader:
    return QuestionReader(documents, vocabulary_of(documents), glossary)


@pytest.fixture(scope="session")
def make_document():  # type: ignore[no-untyped-def]
    return made


@pytest.fixture(scope="session")
def make_reader(glossary: Glossary):  # type: ignore[no-untyped-def]
    return lambda *documents: QuestionReader(documents, vocabulary_of(documents), glossary)
