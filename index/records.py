"""Documents and passages as plain JSON values, and back, equal to what they were."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from typing import Any, Final

from corpus.document import Cell, Clause, Document, Flaw, SourceMap, Span
from index.passages import Passage
from index.task_records import task_records, tasks_of

_PASSAGE_FIELDS: Final = fields(Passage)


def document_record(document: Document) -> dict[str, Any]:
    """A document as JSON values; clauses and cells as lists in the order of their fields, spans as pairs."""
    return {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "clauses": [_clause_record(clause) for clause in document.clauses],
        "source_map": _map_record(document.source_map),
        "source_name": document.source_name,
        "digest": document.digest,
        "number": document.number,
        "issuer": document.issuer,
        "date": document.date,
        "place": document.place,
        "years": document.years,
        "status": document.status,
        # Sorted, because equal documents are to have equal records.
        "fields": {name: (span.start, span.end) for name, span in sorted(document.fields.items())},
        "since": document.since,
        "until": document.until,
        "replaced_by": document.replaced_by,
        "version": document.version,
        "flaws": [(flaw.kind, flaw.detail, flaw.page) for flaw in document.flaws],
        "tasks": task_records(document),
    }


def document_of(record: dict[str, Any]) -> Document:
    """The document that `document_record` described."""
    clauses = tuple(_clause(values) for values in record["clauses"])
    return Document(
        **{
            **record,
            "clauses": clauses,
            "source_map": SourceMap(*(tuple(column) for column in record["source_map"])),
            "years": tuple(record["years"]) if record["years"] else None,
            "fields": {name: Span(*pair) for name, pair in record["fields"].items()},
            "flaws": tuple(Flaw(*values) for values in record["flaws"]),
            "tasks": tasks_of(record.get("tasks"), record["id"], record["text"], clauses),
        }
    )


def _map_record(source_map: SourceMap) -> tuple[Any, ...]:
    return source_map.text_starts, source_map.source_starts, source_map.lengths, source_map.page_starts


def _clause_record(clause: Clause) -> tuple[Any, ...]:
    return (
        clause.id,
        clause.kind,
        clause.path,
        clause.labels,
        clause.start,
        clause.end,
        clause.parent,
        clause.heading_end,
        [(cell.column, cell.text, (cell.span.start, cell.span.end), cell.inherited) for cell in clause.cells],
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
    return tuple(getattr(passage, field.name) for field in _PASSAGE_FIELDS)


def passage_of(values: Sequence[Any]) -> Passage:
    """The passage that `passage_record` described."""
    return Passage(*values)


def document_json(document: Document) -> bytes:
    """A document's record as JSON in UTF-8, on one line; equal documents give equal bytes."""
    return _json(document_record(document))


def passages_json(passages: Sequence[Passage]) -> bytes:
    """The passages' records as a JSON array in UTF-8, on one line."""
    return _json([passage_record(passage) for passage in passages])


def _json(value: object) -> bytes:
    # A lone surrogate goes as it came: `json.loads` lets it pass too.
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
