"""Gold questions: what was asked, and which verbatim words of which document answer it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

GOLD_FOLDER = Path(__file__).parent / "gold"
SETS: dict[str, tuple[str, ...]] = {"plans": ("plans.jsonl", "plans_own.jsonl")}
"""The sets that ship, each with its files in `gold/`."""

Part = Literal["fit", "check"]
Need = Literal["any", "all"]

_WHITE_SPACE = re.compile(r"\s+")
_WIDE = str.maketrans("(),;:", "（），；：")


class GoldError(ValueError):
    """A file of gold questions that cannot be read."""


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words that answer, squeezed (no white space, wide punctuation), and the document they stand in.

    `document` is the id's part before its first "-" ("xiangcheng" for "xiangcheng-2024-5").
    """

    document: str
    words: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question with its answer; no quotes at all means that no document answers.

    `need` "any": one quote is enough; "all": each is wanted. `spans` are the shortest words that should be
    marked, normalised as quotes are; any one is right. `part` keeps questions apart: thresholds may be fitted
    on "fit", never on "check". `source` is the stem of the file it came from.
    """

    id: str
    question: str
    kind: str
    style: tuple[str, ...]
    quotes: tuple[GoldQuote, ...]
    need: Need
    spans: tuple[str, ...]
    context: str | None
    part: Part
    source: str

    @property
    def answerable(self) -> bool:
        """Whether a document answers."""
        return bool(self.quotes)


def squeezed(text: str) -> str:
    r"""The text without white space, its brackets, commas, colons and semicolons full-width.

    Example:
        >>> squeezed("各乡镇 (街道),\n负责")
        '各乡镇（街道），负责'
    """
    return _WHITE_SPACE.sub("", text).translate(_WIDE)


def holds(passage: str, document_id: str, quote: GoldQuote) -> bool:
    """Whether the passage, of that document, contains the quote (both squeezed)."""
    return document_id.partition("-")[0] == quote.document and quote.words in squeezed(passage)


def right(passage: str, document_id: str, question: GoldQuestion) -> bool:
    """Whether the passage contains any of the question's quotes."""
    return any(holds(passage, document_id, quote) for quote in question.quotes)


def load(paths: Iterable[Path]) -> tuple[GoldQuestion, ...]:
    """The questions of JSON-lines files, in order.

    Raises GoldError when a file is missing, a line is no record, or an id occurs twice.
    """
    questions: list[GoldQuestion] = []
    seen: set[str] = set()
    for path in paths:
        for number, line in enumerate(_lines(path), start=1):
            question = _read(line, path, number)
            if question.id in seen:
                raise GoldError(f"{path}:{number}: id {question.id} occurs twice; ids must be unique")
            seen.add(question.id)
            questions.append(question)
    return tuple(questions)


def shipped(sets: Sequence[str]) -> tuple[Path, ...]:
    """The files of the named sets. Raises GoldError for a set that does not ship."""
    unknown = [name for name in sets if name not in SETS]
    if unknown:
        raise GoldError(f"no set named {unknown[0]!r}; expected one of: {', '.join(SETS)}")
    return tuple(GOLD_FOLDER / name for chosen in sets for name in SETS[chosen])


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot read questions from {path}: {error}; expected UTF-8 JSON lines") from error
    return [line for line in text.splitlines() if line.strip()]


def _read(line: str, path: Path, number: int) -> GoldQuestion:
    try:
        record = json.loads(line)
        return GoldQuestion(
            id=record["id"],
            question=record["question"],
            kind=record["kind"],
            style=tuple(record["style"]),
            quotes=tuple(GoldQuote(entry["doc"], squeezed(entry["quote"])) for entry in record["gold"]),
            need=record["need"],
            spans=tuple(squeezed(span) for span in record["span"]),
            context=record["context"],
            part=record.get("part", "fit"),
            source=path.stem,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}:{number}: not a gold question: {error!r}") from error
