"""Questions that ask for a list of duties, read as filters of the register: 住建局2024年底前要完成什么."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from rag.errors import RagError
from rag.question import Question
from rag.register_names import documents_of
from rag.task_query import TaskQuery
from rag.tasks import Entry, TaskRegister
from rag.understanding.homophones import spell
from rag.understanding.periods import Span, in_chinese, period_of
from rag.understanding.places import also_called, parts
from rag.understanding.wants import object_of
from rag.unit_mentions import UNIT_ENDING, Mention

TABLE = Path(__file__).with_suffix(".toml")
LONGEST_LISTING = 120
"""A longer question tells a case, and asks for no list, in characters (20–2,000)."""
TITLE = re.compile("《[^《》]*》")
TRAILING = re.compile("(?:方面|领域|工作|相关|有关)$")
"""What stands behind a topic and is no part of it."""
ANY_RHYTHM = "any"
KEPT_PLACES = 100
"""Sets of places whose names are kept compiled (1–10,000)."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The complete tasks that a question asks for, and the filters it was read as."""

    query: TaskQuery
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Cues:
    """The compiled table: what asks for a list, what asks for something else, and words that narrow nothing."""

    asks: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    elsewhere: re.Pattern[str]
    lead: re.Pattern[str]
    rhythms: Mapping[str, re.Pattern[str]]
    filler: re.Pattern[str]


@cache
def table(path: Path = TABLE) -> Cues:
    """The table of `path`, read once. Raises KeyError or re.error for one that is not written as it says."""
    sections = tomllib.loads(path.read_text(encoding="utf-8"))
    named: Mapping[str, str] = sections["parts"]
    names = re.compile("{(" + "|".join(named) + ")}")

    def pattern(alternatives: Iterable[str]) -> re.Pattern[str]:
        ways = (names.sub(lambda name: named[name.group(1)], one) for one in alternatives)
        return re.compile("|".join(ways), re.ASCII)  # \\b parts English from Chinese

    cues, others = sections["cues"], sections["else"]
    return Cues(
        pattern([*cues["strong"], *cues["weak"]]),
        pattern(cues["strong"]),
        pattern(cues["weak"]),
        pattern(others["elsewhere"]),
        pattern(others["lead"]),
        {rhythm: pattern(ways) for rhythm, ways in sections["rhythm"].items()},
        re.compile(f"(?:{'|'.join(others['filler'])})+"),
    )


def listed(question: Question, register: TaskRegister, today: date) -> Listed | None:
    """The tasks that the question asks for, None when it does not ask for a list of them.

    A list is asked for by a cue (哪些任务, 要完成什么, tasks due) beside a unit that the register has, a day or a
    rhythm. Other words narrow it where tasks hold them all; where none do, the question asks for something else.
    What names no year is meant in the year of `today`.
    """
    text = question.text.lower()
    cues = table()
    if len(text) > LONGEST_LISTING or not cues.asks.search(text):
        return None
    text = TITLE.sub(lambda title: " " * len(title.group()), in_chinese(text))
    strong = [match.span() for match in cues.strong.finditer(text)]
    if cues.elsewhere.search(_without(text, strong)):
        return None
    asked = strong or [match.span() for match in cues.weak.finditer(text)]
    rhythm, rhythm_spans = _rhythm(text)
    period = period_of(_without(text, rhythm_spans), today)
    if not (rhythm or period or question.expansions or UNIT_ENDING.search(text)):
        return None  # before the register is read
    mentions = register.mentions.find(text, question.expansions)
    units = _units(mentions, question.places, register)
    if not (asked and (units or period or rhythm)) or _strange(question.unknown_places, units):
        return None
    said = [
        *asked,
        *(mention.span for mention in mentions),
        *rhythm_spans,
        *(period.spans if period else ()),
        *_places(text, question.places),
    ]
    topic = _topic(text, said)
    if (topic and not (strong or (units and period))) or not register.speaks_of(topic):
        return None
    try:
        query = TaskQuery(
            documents=_documents(question, register),
            places=question.places,
            units=units,
            lead_only=bool(units and cues.lead.search(text)),
            due_from=period.first if period else None,
            due_to=period.last if period else None,
            recurring=bool(rhythm),
            rhythm="" if rhythm == ANY_RHYTHM else rhythm,
            topic=" ".join(topic),
            sort="due" if period else "document",
        )
        found = tuple(register.find(query))
    except RagError:
        return None
    return Listed(query, found) if found or not topic else None


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with spaces for the words at `spans`, as long as before."""
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _rhythm(text: str) -> tuple[str, list[Span]]:
    for rhythm, pattern in table().rhythms.items():
        spans = [match.span() for match in pattern.finditer(text)]
        if spans:
            return rhythm, spans
    return "", []


def _places(text: str, places: Sequence[str]) -> list[Span]:
    """Where the text names these places."""
    return [match.span() for match in _names(tuple(places)).finditer(text)] if places else []


@lru_cache(maxsize=KEPT_PLACES)
def _names(places: tuple[str, ...]) -> re.Pattern[str]:
    """What the places are called, for short or in full, in characters or as they are spoken; the longest first."""
    called = {name for place in places for part in (place, *parts(place)) for name in also_called(part)}
    called |= {spell(name) for name in called}
    return re.compile("|".join(map(re.escape, sorted(called - {""}, key=lambda name: (-len(name), name)))))


def _units(mentions: Sequence[Mention], places: Sequence[str], register: TaskRegister) -> tuple[str, ...]:
    """The names to ask the register for, without the place in front that narrows it already (襄城县公安局)."""
    names = []
    for mention in mentions:
        place = _names(tuple(places)).match(mention.name) if places else None
        bare = mention.name[place.end() :] if place else mention.name
        if bare:  # 青屏街道 alone is the place
            names.append(bare if register.mentions.holds(bare) else mention.name)
    return tuple(dict.fromkeys(names))


def _strange(places: Iterable[str], units: Sequence[str]) -> bool:
    """Whether a place that no document is about was named; what ends like a unit is that unit (我们乡镇)."""
    return any(not place.endswith(tuple(units)) for place in places) if units else any(places)


def _topic(text: str, said: Sequence[Span]) -> list[str]:
    """The words that are left of the text: what the duties are about."""
    words = object_of(text, said).split()
    bare = [TRAILING.sub("", word) for word in words if not table().filler.fullmatch(word)]
    return list(dict.fromkeys(word for word in bare if word))


def _documents(question: Question, register: TaskRegister) -> tuple[str, ...]:
    """The ids of the documents that were named or are allowed, () where the places alone say which."""
    if question.documents is None:
        return ()
    allowed = question.documents - question.placeless
    if question.places:
        of_places = documents_of(question.places, register.documents.values())
        if of_places <= allowed:
            return ()
        allowed = allowed & of_places or allowed
    return tuple(sorted(allowed))
