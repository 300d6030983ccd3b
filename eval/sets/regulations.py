"""Questions over regulations and laws in Word files; a right passage contains a gold passage or is a part of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from corpus.library import slug
from eval.corpora.files import Packed, unpack_tar
from eval.gold import GoldQuestion, load
from eval.rightness import Excerpt, squeezed

ESCAPED_LINE_END = r"\n"
"""Some gold passages have their line ends written as a backslash and an n, which no document says."""


def questions(folder: Path) -> tuple[GoldQuestion, ...]:
    """The development questions."""
    return load([folder / "dev.jsonl"], read)


def documents(folder: Path) -> Packed:
    """The regulations as .docx files."""
    return Packed(folder / "documents.tar", unpack_tar)


def read(record: dict[str, Any], source: str) -> GoldQuestion:
    """A question of a record `{id, question, title, gold: [passage], kind}`; a title is its file's name."""
    passages = (words.replace(ESCAPED_LINE_END, "\n") for words in record["gold"])
    golds = tuple(Excerpt(slug(record["title"]), squeezed(words)) for words in passages)
    return GoldQuestion(
        id=record["id"],
        question=record["question"],
        kind=record["kind"].strip(),
        style=(),
        golds=golds,
        need="all" if len(golds) > 1 else "any",
        spans=(),
        context=None,
        part="fit",
        source=source,
    )
