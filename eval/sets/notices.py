"""Questions over government notices as running text; a right passage contains the answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.library import slug
from eval.corpora.files import Packed, unpack_texts
from eval.gold import GoldQuestion, load
from eval.rightness import Quote, squeezed


def questions(folder: Path) -> tuple[GoldQuestion, ...]:
    """The development questions."""
    return load([folder / "dev.jsonl"], read)


def documents(folder: Path) -> Packed:
    """The notices as .txt files, named after their ids."""
    return Packed(folder / "documents.jsonl.xz", unpack_texts)


def read(record: dict[str, Any], source: str) -> GoldQuestion:
    """A question of a record `{id, question, doc, answer}`."""
    return GoldQuestion(
        id=record["id"],
        question=record["question"],
        kind="notice",
        style=(),
        golds=(Quote(slug(record["doc"]), squeezed(record["answer"])),),
        need="any",
        spans=(),
        context=None,
        part="fit",
        source=source,
    )
