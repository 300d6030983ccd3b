"""Questions that ask for a list of duties, read as filters of the register: 住建局2024年底前要完成什么."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rag.errors import RagError
from rag.listing_cues import table
from rag.question import Question
from rag.register_names import documents_of
from rag.task_query import TaskQuery
from rag.tasks import Entry, TaskRegister
from rag.understanding.followup import is_leaning
from rag.understanding.homophones import spell
from rag.understanding.periods import Period, Span, in_chinese, period_of
from rag.understanding.places import also_called, parts
from rag.understanding.wants import object_of
from rag.unit_mentions import UNIT_ENDING, Mention

LONGEST_LISTING = 120
"""A longer question tells a case, and asks for no list, in characters (20–2,000)."""
LONGEST_ADDITION = 24
"""A longer question goes on from no list, in characters (4–120)."""
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


def listed(
    question: Question, register: TaskRegister, today: date, within: TaskQuery | None = None
) -> Listed | None:
    """The tasks that the question asks for, None when it does not ask for a list of them.

    A list is asked for by a cue (哪些任务, 要完成什么, tasks due) beside a unit that the register has, a day or a
    rhythm. Other words narrow it where tasks hold them all; where none do, the question asks for something else.
    What names no year is meant in the year of `today`. `within` says of which day's documents.
    """
    text = question.text.lower()
    cues = table()
    if len(text) > LONGEST_LISTING or not cues.asks.search(text):
        return None
    text = _plain(text)
    strong = [match.span() for match in cues.strong.finditer(text)]
    if cues.elsewhere.search(_without(text, strong)):
        return None
    asked = strong or [match.span() for match in cues.weak.finditer(text)]
    said = _said(text, asked, question, register, today) if asked else None
    if said is None or not said.narrows or _strange(question.unknown_places, said.units):
        return None
    if (said.topic and not (strong or (said.units and said.period))) or not register.speaks_of(said.topic):
        return None
    return _found(said.filters(replace(within or TaskQuery(), places=question.places)), question, register)


def goes_on(question: Question, before: str) -> bool:
    """Whether the question may put something else in place of what the one before listed: 那住建局呢; quick to see."""
    return (
        len(question.text) <= LONGEST_ADDITION
        and is_leaning(question.text)
        and table().asks.search(before.lower()) is not None
    )


def listed_again(question: Question, before: Listed, register: TaskRegister, today: date) -> Listed | None:
    """The list before with the unit, the days, the rhythm or the place that this question puts in; None for none of them."""
    text = _plain(question.text.lower())
    if table().elsewhere.search(text):
        return None
    said = _said(text, (), question, register, today)
    moved = question.places != before.query.places
    if (
        said is None
        or said.topic
        or not (said.narrows or moved)
        or _strange(question.unknown_places, said.units)
    ):
        return None
    return _found(said.filters(replace(before.query, places=question.places)), question, register)


@dataclass(frozen=True, slots=True)
class _Said:
    """What a question says of the tasks it asks for; `leads` that only those which the units lead are wanted."""

    units: tuple[str, ...]
    leads: bool
    period: Period | None
    rhythm: str
    topic: tuple[str, ...]

    @property
    def narrows(self) -> bool:
        """Whether it names a unit, a day or a rhythm."""
        return bool(self.units or self.period or self.rhythm)

    def filters(self, otherwise: TaskQuery) -> TaskQuery:
        """What is said, and where nothing is, what is asked for `otherwise`."""
        query = otherwise
        if self.units:
            query = replace(query, units=self.units, lead_only=self.leads or otherwise.lead_only)
        if self.period:
            query = replace(query, due_from=self.period.first, due_to=self.period.last, sort="due")
        if self.rhythm:
            query = replace(query, recurring=True, rhythm="" if self.rhythm == ANY_RHYTHM else self.rhythm)
        return replace(query, topic=" ".join(self.topic)) if self.topic else query


def _said(
    text: str, asked: Sequence[Span], question: Question, register: TaskRegister, today: date
) -> _Said | None:
    """What the text says beside the words at `asked`; None when that can be nothing, before the register is read."""
    rhythm, rhythm_spans = _rhythm(text)
    period = period_of(_without(text, rhythm_spans), today)
    if not (rhythm or period or question.places or question.expansions or UNIT_ENDING.search(text)):
        return None
    mentions = register.mentions.find(text, question.expansions)
    units = _units(mentions, question.places, register)
    spans = [
        *asked,
        *(mention.span for mention in mentions),
        *rhythm_spans,
        *(period.spans if period else ()),
        *_places(text, question.places),
    ]
    return _Said(units, bool(table().lead.search(text)), period, rhythm, _topic(text, spans))


def _found(query: TaskQuery, question: Question, register: TaskRegister) -> Listed | None:
    """The tasks of the query in the documents of the question; None where its words leave none, or no document."""
    try:
        documents = _documents(question, register)
        if documents is None:
            return None
        query = replace(query, documents=documents)
        found = tuple(register.find(query))
    except RagError:
        return None
    return Listed(query, found) if found or not query.topic else None


def _plain(text: str) -> str:
    """The text with its English days in Chinese and without what stands in 《》."""
    return TITLE.sub(lambda title: " " * len(title.group()), in_chinese(text))


def _without(text: str, spans: Iterable[Span]) -> str:
    """The text with spaces for the words at `spans`, as long as before."""
    kept = list(text)
    for start, end in spans:
        kept[start:end] = " " * (end - start)
    return "".join(kept)


def _rhythm(text: str) -> tuple[str, list[Span]]:
    if not table().often.search(text):
        return "", []
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


def _topic(text: str, said: Sequence[Span]) -> tuple[str, ...]:
    """The words that are left of the text: what the duties are about."""
    words = object_of(text, said).split()
    bare = [TRAILING.sub("", word) for word in words if not table().filler.fullmatch(word)]
    return tuple(dict.fromkeys(word for word in bare if word))


def _documents(question: Question, register: TaskRegister) -> tuple[str, ...] | None:
    """The ids of the documents that were named or are allowed, () where the places alone say which; None for none."""
    if question.documents is None:
        return ()
    allowed = question.documents - question.placeless - question.withheld
    if question.places:
        of_places = documents_of(question.places, register.documents.values()) - question.withheld
        if of_places <= allowed:
            return ()
        allowed = allowed & of_places
    return tuple(sorted(allowed)) or None
