"""Questions over the four documents that ship; a right passage contains a quote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from eval.gold import GoldQuestion, load
from eval.rightness import Quote, squeezed

GOLD_FOLDER = Path(__file__).parents[1] / "gold"
FILES = ("plans.jsonl", "plans_own.jsonl")
UNSEEN = ("plans_unseen.jsonl",)
"""Written by someone who did not know the program; nothing is ever fitted on them, nor are their failures read."""
FRESH = ("plans_fresh.jsonl",)
"""The same, written later: those before it had been asked too often while choosing between variants."""


def questions(files: tuple[str, ...] = FILES) -> tuple[GoldQuestion, ...]:
    """The questions of files that ship."""
    return load([GOLD_FOLDER / name for name in files], read)


def read(record: dict[str, Any], source: str) -> GoldQuestion:
    """A question of a record `{id, question, kind, style, gold: [{doc, quote}], need, span, context, part}`."""
    return GoldQuestion(
        id=record["id"],
        question=record["question"],
        kind=record["kind"],
        style=tuple(record["style"]),
        golds=tuple(Quote(entry["doc"], squeezed(entry["quote"])) for entry in record["gold"]),
        need=record["need"],
        spans=tuple(squeezed(span) for span in record["span"]),
        context=record["context"],
        part=record.get("part", "fit"),
        source=source,
    )
