"""Pairs of duties that people aligned: where one document lays a duty down, and where another does, or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.document import Document
from eval.gold import GoldError
from rag.align import Place

Part = Literal["fit", "check"]
GOLD_FILE = Path(__file__).parents[1] / "gold" / "alignment.jsonl"


@dataclass(frozen=True, slots=True)
class Aligned:
    """One line: the duty's name, where one document lays it down, and where the document `other` does.

    `clause` and `words` are None where that says nothing of it. `part` is "fit" for every second line, which
    thresholds may be chosen on, "check" for the first of two.
    """

    duty: str
    one: Place
    other: str
    clause: str | None
    words: Place | None
    part: Part


def aligned(documents: Mapping[str, Document], path: Path = GOLD_FILE) -> tuple[Aligned, ...]:
    """The lines of the file, in order.

    Raises GoldError when the file is missing, a line is no record, or names words that the clause does not have.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot read pairs from {path}: {error}; expected UTF-8 JSON lines") from error
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found.append(_aligned(json.loads(line), documents, "check" if number % 2 else "fit"))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise GoldError(f"{path}:{number}: not a pair of duties: {error!r}") from error
    return tuple(found)


def _aligned(record: dict[str, Any], documents: Mapping[str, Document], part: Part) -> Aligned:
    one = _place(record["one"], documents)
    if "absent" in record:
        return Aligned(record["duty"], one, documents[record["absent"]].id, None, None, part)
    words = _place(record["other"], documents)
    return Aligned(record["duty"], one, words.document.id, words.clause.id, words, part)


def _place(record: dict[str, str], documents: Mapping[str, Document]) -> Place:
    """Where the words stand in the clause, white space aside."""
    document = documents[record["clause"].partition("#")[0]]
    clause = document.clause(record["clause"])
    pattern = re.compile(r"\s*".join(map(re.escape, "".join(record["words"].split()))))
    found = pattern.search(document.text, clause.start, clause.end)
    if found is None:
        raise ValueError(f"{clause.id} does not say {record['words']!r}")
    return Place(document, clause, *found.span())
