"""Lay questions over articles of law; right are the articles that apply."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.corpora.articles import Articles
from eval.gold import GoldQuestion, load
from eval.rightness import Article

CAUTION = (
    "the built-in model was trained on the development questions of statutes: there, whatever uses its vectors "
    "looks better than it is"
)


def questions(folder: Path) -> tuple[GoldQuestion, ...]:
    """The development questions."""
    return load([folder / "dev.jsonl"], read)


def documents(folder: Path) -> Articles:
    """The articles, cut already."""
    return Articles(folder / "corpus.jsonl.xz")


def read(record: dict[str, Any], source: str) -> GoldQuestion:
    """A question of a record `{id, question, gold: [id of an article]}`; every article that applies is wanted."""
    return GoldQuestion(
        id=str(record["id"]),
        question=record["question"],
        kind="lay",
        style=(),
        golds=tuple(Article(number) for number in record["gold"]),
        need="all",
        spans=(),
        context=None,
        part="fit",
        source=source,
    )
