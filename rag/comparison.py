"""What a comparison is made of: for each document where it lays down the duty and how that differs, or its silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from corpus.document import Document
from rag.align import Place
from rag.answer import Citation, Understood
from rag.offices import office, placeless
from rag.tasks import Entry

SENTENCE_ENDS = "。；;！？!?\n"
Order = Literal["earliest", "later", "same", "none"]


@dataclass(frozen=True, slots=True)
class Due:
    """How a side's deadline stands to those of the others.

    `order` is "same" where all that name a day name the same, "earliest" for the first of several days or the only
    one, "none" without a day; `days` is how many days it is later than the earliest;
    `alone` tells that no other side names a day.
    """

    day: date | None
    order: Order
    days: int = 0
    alone: bool = False


@dataclass(frozen=True, slots=True)
class UnitDifference:
    """How a side's units differ from those of the other sides that name any, one office of several places being one.

    `only` are the full names that no other side has, `missing` those, without their
    place, that all others have and this side lacks.
    """

    only: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """A document that lays down the duty: its clause quoted, its task, and how it differs from the other sides.

    `place` are the words that lay it down; `entry` is None where no task was read of them. `differs` are half-open,
    in characters of `citation.text`; anything outside of it raises ValueError.
    """

    citation: Citation
    place: Place
    entry: Entry | None
    due: Due
    units: UnitDifference
    differs: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        for start, end in self.differs:
            if not 0 <= start < end <= len(self.citation.text):
                raise ValueError(
                    f"a difference must lie inside 0..{len(self.citation.text)}, got [{start}, {end})"
                )

    @property
    def document(self) -> Document:
        """Whose words they are."""
        return self.citation.document

    @property
    def sentence(self) -> tuple[int, int]:
        """The sentence, or sentences, that `place` stands in: half-open, in characters of `citation.text`."""
        text, first, last = self.citation.text, self.place.start, self.place.end - 1
        start = max(text.rfind(mark, 0, first - self.citation.start) for mark in SENTENCE_ENDS) + 1
        ends = [at for mark in SENTENCE_ENDS if (at := text.find(mark, last - self.citation.start)) >= 0]
        end = min(ends, default=len(text) - 1) + 1
        return start, len(text[:end].rstrip())


@dataclass(frozen=True, slots=True)
class Comparison:
    """The sides, by deadline, and the documents that lay down no such duty; `unasked` more were not looked at closely.

    `duty` are the words of the side that fits the question best, None without sides. `reason` says which kind of
    refusal it is where nothing could be asked of the documents (as in an answer), else None.
    """

    question: str
    understood: Understood
    duty: str | None = None
    sides: tuple[Side, ...] = ()
    silent: tuple[Document, ...] = ()
    unasked: int = 0
    reason: str | None = None


def dues(entries: Sequence[Entry | None]) -> tuple[Due, ...]:
    """How each side's deadline stands to the others'."""
    days = [entry.due if entry else None for entry in entries]
    dated = [day for day in days if day is not None]
    first, last = min(dated, default=None), max(dated, default=None)

    def stands(day: date | None) -> Due:
        if day is None or first is None:
            return Due(None, "none")
        if len(dated) == 1:
            return Due(day, "earliest", alone=True)
        if first == last:
            return Due(day, "same")
        return Due(day, "later", (day - first).days) if day > first else Due(day, "earliest")

    return tuple(stands(day) for day in days)


def unit_differences(entries: Sequence[Entry | None]) -> tuple[UnitDifference, ...]:
    """How each side's units differ from the others'; a side that names none is compared with none."""
    held = [_offices(entry) for entry in entries]
    found = []
    for at, own in enumerate(held):
        others = [other for number, other in enumerate(held) if other and number != at]
        if not own or not others:
            found.append(UnitDifference())
            continue
        only = [unit.full for key, unit in own.items() if not any(key in other for other in others)]
        missing = [
            unit.placeless
            for key, unit in others[0].items()
            if key not in own and all(key in other for other in others)
        ]
        found.append(UnitDifference(tuple(only), tuple(missing)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit's full name, with its place and without."""

    full: str
    placeless: str


def _offices(entry: Entry | None) -> dict[str, _Unit]:
    """By office the responsible units of a side."""
    if entry is None:
        return {}
    place = entry.document.place
    units = (*entry.task.units, *entry.task.standing)
    return {office(unit.name, place): _Unit(unit.name, placeless(unit.name, place)) for unit in units}
