"""What a clause states in fixed form: by when, who, how often, how many."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from corpus.dates import deadlines
from corpus.frequency import frequencies
from corpus.quantity import quantities
from corpus.units import units

FactKind = Literal["deadline", "unit", "frequency", "quantity"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact, half-open, in characters of the text it was found in.

    `value`: an ISO day (deadline), the unit's name as written (unit), an ISO 8601 duration (frequency), or
    comparator, number and unit (quantity, ">=60%"); None where the words name none. `role`: what is due
    (deadline: complete, establish, report, continue, start) or in which part (unit: lead, joint, support, duty,
    standing). `inferred` says where a missing year was taken from. `group` is the whole list that a
    unit stands in (县消防救援大队、公安局 before 牵头) or a frequency (周调度、月讲评), None for one that stands alone.
    `whom` is where a bracket says for whom a frequency holds (高危行业领域每月).
    """

    kind: FactKind
    start: int
    end: int
    value: str | None = None
    role: str | None = None
    inferred: str | None = None
    group: tuple[int, int] | None = None
    whom: tuple[int, int] | None = None


def facts(text: str, *, years: tuple[int, int] | None, issued: str | None = None) -> tuple[Fact, ...]:
    """Finds every fact of a text, in order of start; facts of one kind never overlap.

    `years` are the first and last year the document speaks of, `issued` the day it was signed (ISO). A quantity
    inside another fact (30日内, 每年2次) is part of it and no fact of its own.

    Example: `2024年底前完成` holds `Fact("deadline", 0, 7, "2024-12-31", "complete")`.

    Raises:
        ValueError: `issued` is no ISO date.
    """
    found = [
        Fact("deadline", one.start, one.end, one.date, one.role, one.inferred)
        for one in deadlines(text, years=years, issued=issued)
    ]
    rhythms = frequencies(text)
    lists = _lists(text, [(one.start, one.end) for one in rhythms])
    found += [
        Fact("frequency", one.start, one.end, one.value, group=group, whom=one.whom)
        for one, group in zip(rhythms, lists, strict=True)
    ]
    found += [
        Fact(
            "unit",
            one.start,
            one.end,
            text[one.start : one.end],
            one.role,
            None,
            (one.group_start, one.group_end),
        )
        for one in units(text)
    ]
    taken = [(one.start, one.end) for one in found]
    found += [
        Fact("quantity", one.phrase_start, one.phrase_end, one.value)
        for one in quantities(text)
        if not any(start < one.phrase_end and one.phrase_start < end for start, end in taken)
    ]
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end, fact.kind)))


def _lists(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int] | None]:
    """For each span the list it stands in: neighbours with 、 between them."""
    lists: list[list[tuple[int, int]]] = []
    for span in spans:
        if lists and text[lists[-1][-1][1] : span[0]] == "、":
            lists[-1].append(span)
        else:
            lists.append([span])
    return [(one[0][0], one[-1][1]) if len(one) > 1 else None for one in lists for _ in one]


_SENTENCE: Final = re.compile("[^。；;！!？?\n\t]+[。；;！!？?]*")
_PHRASE: Final = re.compile("[^。；;！!？?\n\t，,]+[。；;！!？?，,]*")


def segments(text: str, *, fine: bool = False) -> tuple[tuple[int, int], ...]:
    """The sentence pieces of a text, half-open, in order: cut at 。；！？ and at line and cell ends.

    With `fine` also at commas. Each piece keeps the punctuation that ends it; line and cell ends belong to none.

    Example: `segments("甲；乙，丙。")` is `((0, 2), (2, 6))`, and with `fine` `((0, 2), (2, 4), (4, 6))`.
    """
    pattern = _PHRASE if fine else _SENTENCE
    return tuple(match.span() for match in pattern.finditer(text) if match[0].strip())
