"""Tasks that people wrote down, and ours as they are compared with them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from corpus.document import Document
from corpus.task import Task
from eval.gold import GoldError
from eval.rightness import squeezed

Part = Literal["fit", "check"]
GOLD_FILE = Path(__file__).parents[1] / "gold" / "tasks.jsonl"


@dataclass(frozen=True, slots=True)
class Stated:
    """One task reduced to what is compared; all words without white space.

    `date` is an ISO day, or the deadline's words where they name no day; None without a deadline. `at` is where
    the deadline's words stand, so that tasks which share them are known (-1: unknown). `rhythm` is the frequency's
    ISO 8601 duration, or its words.
    """

    duty: str
    date: str | None = None
    at: int = -1
    lead: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    rhythm: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A place of a document with the tasks that it should yield and those that we found there.

    `name` is a clause's id; `words` are the words of the place, squeezed.
    """

    name: str
    words: str
    gold: tuple[Stated, ...]
    ours: tuple[Stated, ...]


def ours(task: Task) -> Stated:
    """One of our tasks, to be compared."""
    due, rhythm = task.deadline, task.frequency
    return Stated(
        duty=squeezed(task.duty.text),
        date=(due.date or squeezed(due.text)) if due else None,
        at=due.start if due else -1,
        lead=frozenset(squeezed(unit.text) for unit in task.lead),
        units=frozenset(squeezed(unit.text) for unit in task.units),
        rhythm=(rhythm.value or squeezed(rhythm.text)) if rhythm else None,
    )


def labelled(
    documents: Iterable[Document],
    found: dict[str, tuple[Task, ...]],
    part: Part | None,
    path: Path = GOLD_FILE,
) -> tuple[Case, ...]:
    """The clauses labelled by hand, each with our tasks; every second line is of the part "fit", the first "check".

    `found` are our tasks by document id. Raises GoldError when the file is missing, a line is no record, or names a
    clause that no document has.
    """
    held = {document.id: document for document in documents}
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise GoldError(f"cannot read tasks from {path}: {error}; expected JSON lines") from error
    cases = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or (part is not None and part != ("check" if number % 2 else "fit")):
            continue
        try:
            cases.append(_case(json.loads(line), held, found))
        except (ValueError, KeyError, TypeError) as error:
            raise GoldError(f"{path}:{number}: not a clause with its tasks: {error!r}") from error
    return tuple(cases)


def _case(record: dict[str, Any], held: dict[str, Document], found: dict[str, tuple[Task, ...]]) -> Case:
    document = held[record["clause"].split("#")[0]]
    clause = document.clause(record["clause"])
    words = squeezed(document.text[clause.start : clause.end])
    return Case(
        name=clause.id,
        words=words,
        gold=tuple(_stated(one, words) for one in record["tasks"]),
        ours=tuple(ours(task) for task in found[document.id] if task.clause_id == clause.id),
    )


def _stated(record: dict[str, Any], words: str) -> Stated:
    duty, due, rhythm = squeezed(record["duty"]), record["deadline"], record["frequency"]
    return Stated(
        duty=duty,
        date=(due["date"] or squeezed(due["text"])) if due else None,
        at=_before(words, squeezed(due["text"]), duty) if due else -1,
        lead=frozenset(map(squeezed, record["lead"])),
        units=frozenset(map(squeezed, record["units"])),
        rhythm=(rhythm["value"] or squeezed(rhythm["text"])) if rhythm else None,
    )


def _before(words: str, due: str, duty: str) -> int:
    """Where the deadline stands that a duty has: the last one before the duty's end, else the first."""
    end = words.find(duty) + len(duty)
    at = words.rfind(due, 0, end)
    return at if at >= 0 else words.find(due)
