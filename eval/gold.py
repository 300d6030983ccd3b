"""Gold questions: what was asked, and what answers it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from eval.response import Shown
from eval.rightness import Gold

Part = Literal["fit", "check"]
Need = Literal["any", "all"]


class GoldError(ValueError):
    """Gold questions, or the documents they are asked of, that cannot be read."""


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """One question with its answer; no golds at all means that no document answers.

    `need` "any": one gold is enough; "all": each is wanted. `spans` are the shortest words that should be
    marked, squeezed; any one is right. `part` keeps questions apart: thresholds may be fitted on "fit", never
    on "check". `source` is the stem of the file it came from.
    """

    id: str
    question: str
    kind: str
    style: tuple[str, ...]
    golds: tuple[Gold, ...]
    need: Need
    spans: tuple[str, ...]
    context: str | None
    part: Part
    source: str

    @property
    def answerable(self) -> bool:
        """Whether a document answers."""
        return bool(self.golds)

    def answered_by(self, shown: Shown) -> bool:
        """Whether the passage is or holds any of the golds."""
        return any(gold.held_by(shown) for gold in self.golds)


Read = Callable[[dict[str, Any], str], GoldQuestion]
"""Makes a question of a JSON record and the stem of its file; what it raises says what is wrong."""


def load(paths: Iterable[Path], read: Read) -> tuple[GoldQuestion, ...]:
    """The questions of JSON-lines files, in order.

    Raises GoldError when a file is missing, a line is no record, or an id occurs twice.
    """
    questions: list[GoldQuestion] = []
    seen: set[str] = set()
    for path in paths:
        for number, line in enumerate(_lines(path), start=1):
            question = _question(line, path, number, read)
            if question.id in seen:
                raise GoldError(f"{path}:{number}: id {question.id} occurs twice; ids must be unique")
            seen.add(question.id)
            questions.append(question)
    return tuple(questions)


def _lines(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"cannot read questions from {path}: {error}; expected UTF-8 JSON lines") from error
    return [line for line in text.splitlines() if line.strip()]


def _question(line: str, path: Path, number: int, read: Read) -> GoldQuestion:
    try:
        return read(json.loads(line), path.stem)
    except (ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}:{number}: not a gold question: {error!r}") from error
