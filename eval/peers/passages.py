"""Our passages as the peers index and show them."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.document import Document
from eval.response import Shown
from index.passages import PassageSettings, passages


def cut(documents: Sequence[Document]) -> tuple[list[str], list[Shown]]:
    """What is indexed of each passage (context and words) and what is shown of it (words), in order."""
    indexed: list[str] = []
    shown: list[Shown] = []
    for document in documents:
        for passage in passages(document, PassageSettings()):
            indexed.append(passage.indexed(document))
            shown.append(Shown(document.id, document.text[passage.start : passage.end]))
    return indexed, shown
