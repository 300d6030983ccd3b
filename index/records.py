"""Documents and passages as plain JSON values, and back, equal to what they were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from typing import Any

from corpus.document import Cell, Clause, Document, SourceMap, Span
from index.passages import Passage


def document_record(document: Document) -> dict[str, Any]:
    """A document as JSON values; clauses and cells as lists in the order of their fields, spans as pairs."""
    return {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "clauses": [astuple(clause) for clause in document.clauses],
        "source_map": astuple(document.source_map),
        "source_name": document.source_name,
        "digest": document.digest,
        "number": document.number,
        "issuer": document.issuer,
        "date": document.date,
        "place": document.place,
        "years": document.years,
        "status": document.status,
        "fields": {name: astuple(span) for name, span in document.fields.items()},
    }


def document_of(record: dict[str, Any]) -> Document:
    """The document that `document_record` described."""
    text_starts, source_starts, lengths = record["source_map"]
    return Document(
        **{
            **record,
            "clauses": tuple(_clause(values) for values in record["clauses"]),
            "source_map": SourceMap(tuple(text_starts), tuple(source_starts), tuple(lengths)),
            "years": tuple(record["years"]) if record["years"] else None,
            "fields": {name: Span(*pair) for name, pair in record["fields"].items()},
        }
    )


def _clause(values: Sequence[Any]) -> Clause:
    clause_id, kind, path, labels, start, end, parent, heading_end, cells = values
    return Clause(
        clause_id,
        kind,
        tuple(path),
        tuple(labels),
        start,
        end,
        parent,
        heading_end,
        tuple(_cell(c) for c in cells),
    )


def _cell(values: Sequence[Any]) -> Cell:
    column, text, span, inherited = values
    return Cell(column, text, Span(*span), inherited)


def passage_record(passage: Passage) -> tuple[Any, ...]:
    """A passage as a list of its fields."""
    return astuple(passage)


def passage_of(values: Sequence[Any]) -> Passage:
    """The passage that `passage_record` described."""
    return Passage(*values)
