"""The document that an address names."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends

from corpus.document import Document
from rag.api.problems import shown
from rag.api.ready import Ready
from rag.errors import UnknownDocumentError


def _document(document_id: str, assistant: Ready) -> Document:
    document = assistant.documents.get(document_id)
    if document is None:
        held = ", ".join(list(assistant.documents)[:5]) or "none"
        raise UnknownDocumentError(
            f"got document id {shown(document_id)!r}, expected one that GET /v1/documents lists ({held} …)",
            f"没有编号为“{shown(document_id)}”的文件",
        )
    return document


Held = Annotated[Document, Depends(_document)]
"""The held document of the id in the address. Raises UnknownDocumentError."""
