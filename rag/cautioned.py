"""Citations and answers with the warnings that go with texts not in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from corpus.document import Document
from rag.answer import Answer, Citation
from rag.caution import caution


def with_caution(citation: Citation, day: date, held: Mapping[str, Document]) -> Citation:
    """The citation, and each of its copies, with a warning where its document is not in force on `day`."""
    told = caution(citation.document, day, held)
    copies = tuple(with_caution(copy, day, held) for copy in citation.copies)
    if told is None and copies == citation.copies:
        return citation
    return replace(citation, caution=told, copies=copies)


def with_cautions(answer: Answer, day: date, held: Mapping[str, Document]) -> Answer:
    """The answer with a warning at every citation of a text that is not in force on `day`."""
    return replace(
        answer,
        citations=tuple(with_caution(citation, day, held) for citation in answer.citations),
        nearest=tuple(with_caution(citation, day, held) for citation in answer.nearest),
    )
