"""Clauses, neighbours, sources and exact words, looked up."""

import pytest
from hypothesis import given

from corpus.library import shipped_documents
from rag.assistant import Assistant
from rag.errors import UnknownClauseError
from tests.rag.asking import few, stretches

# Clauses, neighbours, sources.


def test_a_clause_by_its_id(assistant: Assistant) -> None:
    for document in assistant.documents.values():
        for clause in document.clauses[::20]:
            assert assistant.clause(clause.id) == (document, clause)


@pytest.mark.parametrize("clause_id", ["", "#", "mars#1", "xiuyan-2024-3", "xiuyan-2024-3#火星", "一"])
def test_no_such_clause(assistant: Assistant, clause_id: str) -> None:
    with pytest.raises(UnknownClauseError):
        assistant.clause(clause_id)
    with pytest.raises(UnknownClauseError):
        assistant.neighbours(clause_id)


@pytest.mark.parametrize(("at", "before", "after"), [(0, 2, 2), (5, 0, 0), (5, 2, 3), (-1, 1, 4)])
def test_the_neighbours_in_order(assistant: Assistant, at: int, before: int, after: int) -> None:
    clauses = assistant.documents["xiangcheng-2024-5"].clauses
    here = range(len(clauses))[at]
    above, below = assistant.neighbours(clauses[here].id, before, after)
    assert above == tuple(clauses[i] for i in range(here - before, here) if i >= 0)
    assert below == tuple(clauses[i] for i in range(here + 1, here + 1 + after) if i < len(clauses))


def test_the_source_as_it_was_shipped(assistant: Assistant) -> None:
    for path in shipped_documents():
        assert assistant.source_path(path.stem).read_bytes() == path.read_bytes()


@few
@given(question=stretches())
def test_a_verified_quote_stands_where_it_is_said_to(assistant: Assistant, question: str) -> None:
    for found in assistant.verify(question):
        stands = found.document.text[found.start : found.end]
        assert "".join(stands.split()) == "".join(question.split())
        assert found.document is assistant.documents[found.document.id]
